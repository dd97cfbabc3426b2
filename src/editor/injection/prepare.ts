import type * as vscode from 'vscode';
import { environmentChanges, type InjectedKeys } from '../../inject/variables.js';
import { agreed, type Consents, type Receiver } from './consent.js';
import type { InjectionDeps } from './deps.js';
import { environmentFor, handoverOf, readKeys, requireTrust, type Handover } from './handover.js';
import { namesIn } from './names.js';
import type { Preparation } from './processTerminal.js';

/** Everything that handing over takes. */
export interface PrepareDeps extends Pick<InjectionDeps, 'vault' | 'inventory' | 'active' | 'now'> {
  readonly consents: Pick<Consents, 'isGiven' | 'give'>;
}

/** A receiver before it is known which environment it gets. */
export interface Asking extends Omit<Receiver, 'isNamed'> {
  /** true: the active environment's. */
  readonly environment: string | true;
  /** Where the names of variables come from. */
  readonly namesFolder: vscode.Uri | undefined;
  /** Of the question which environment is meant. */
  readonly title: string;
}

/** Finds out what is to be handed over, asks for consent, and only then reads the values. undefined: the person said no. */
export async function prepare(deps: PrepareDeps, asking: Asking): Promise<{ readonly handover: Handover; readonly keys: InjectedKeys } | undefined> {
  requireTrust();
  const environment = await environmentFor(deps, asking.environment, asking.title);
  if (environment === undefined) return undefined;
  const handover = handoverOf(await deps.vault.list(), environment, await namesIn(asking.namesFolder));
  const receiver: Receiver = { ...asking, isNamed: asking.environment !== true };
  if (!(await agreed(deps.consents, receiver, handover, deps.now))) return undefined;
  return { handover, keys: await readKeys(deps.vault, handover) };
}

/** The same, as a process takes it. */
export async function changesFor(deps: PrepareDeps, asking: Asking): Promise<(Pick<Preparation, 'changes'> & { readonly handover: Handover }) | undefined> {
  const prepared = await prepare(deps, asking);
  return prepared === undefined ? undefined : { handover: prepared.handover, changes: environmentChanges(prepared.handover.names, prepared.keys) };
}
