import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { InjectedKeys, VariableNames } from '../../inject/variables.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import { activeOrPicked } from '../keyCommands/pick.js';
import type { InjectionDeps } from './deps.js';

/** Which keys a process is to get, and under which names; without their values, so that it can be shown and agreed to first. */
export interface Handover {
  readonly environment: Environment;
  readonly names: VariableNames;
  readonly server?: StoredKey;
  readonly publishable?: StoredKey;
}

type Deps = Pick<InjectionDeps, 'vault' | 'inventory' | 'active'>;

/** Refuses in words where scripts of an untrusted workspace would get a key. Every way of handing one over begins with it. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ExpectedError(
    'workspaceNotTrusted',
    vscode.l10n.t('No key is handed over in Restricted Mode: scripts of this workspace could read it.'),
    vscode.l10n.t('Trust the workspace first.'),
  );
}

/**
 * The environment whose keys are meant: the one that is named by slug, id or display name, otherwise the active one, otherwise a choice.
 * Nothing is asked of Stigg, so that a process starts without a network. undefined: the person changed their mind.
 */
export async function environmentFor({ vault, inventory, active }: Deps, wanted: string | true, title: string): Promise<Environment | undefined> {
  const stored = await vault.list();
  if (wanted !== true) return namedEnvironment(stored, wanted);
  const id = active.chosen?.id ?? active.id;
  const known = id === undefined ? undefined : environments(stored).find((environment) => environment.id === id);
  return known ?? (await activeOrPicked(inventory, undefined, title, active))?.environment;
}

/** Rejects with `unknownEnvironment` or `ambiguousEnvironment`. */
export function namedEnvironment(stored: readonly StoredKey[], wanted: string): Environment {
  const all = environments(stored);
  const ways: readonly ((environment: Environment) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ slug }) => slug === wanted,
    ({ displayName }) => displayName.toLowerCase() === wanted.toLowerCase(),
  ];
  const found = ways.map((way) => all.filter(way)).find((matches) => matches.length > 0) ?? [];
  const [first, ...others] = found;
  if (first === undefined) {
    throw new ExpectedError(
      'unknownEnvironment',
      vscode.l10n.t('No environment called "{0}" is stored on this machine.', plain(wanted)),
      all.length === 0 ? vscode.l10n.t('Run "Stigg: Add Environment" first.') : vscode.l10n.t('Stored are: {0}.', all.slice(0, 12).map(({ slug }) => slug).join(', ')),
    );
  }
  if (others.length > 0) throw new ExpectedError('ambiguousEnvironment', vscode.l10n.t('"{0}" names {1} environments.', plain(wanted), found.length), vscode.l10n.t('Name it by its id: {0}.', found.map(({ id }) => id).join(', ')));
  return first;
}

function environments(stored: readonly StoredKey[]): readonly Environment[] {
  const ids = [...new Set(stored.map(({ environmentId }) => environmentId))];
  return ids.flatMap((id) => managementKeyOf(stored, id)?.manages ?? []);
}

/**
 * The keys of an environment that a process gets: its own server key or the chosen key, and the publishable one where it is stored.
 * Kinds that the project reads under no name are left out. Rejects with `valueMissing` when nothing is left.
 */
export function handoverOf(stored: readonly StoredKey[], environment: Environment, names: VariableNames, chosen?: StoredKey): Handover {
  const main = chosen ?? managementKeyOf(stored, environment.id);
  const publishable = main?.type === 'CLIENT' ? main : youngest(stored.filter((key) => key.environmentId === environment.id && key.type === 'CLIENT'));
  const handover: Handover = {
    environment,
    names,
    ...(main !== undefined && main.type !== 'CLIENT' && names.server.length > 0 ? { server: main } : {}),
    ...(publishable !== undefined && names.publishable.length > 0 ? { publishable } : {}),
  };
  if (handover.server === undefined && handover.publishable === undefined) {
    throw new ExpectedError('valueMissing', vscode.l10n.t('No key of {0} is stored on this machine that this project reads.', environment.displayName), vscode.l10n.t('Add the environment again and paste a key, or see "variables" in .stigg-keys.json.'));
  }
  return handover;
}

/** The values, read at the last moment. Rejects with `valueMissing` and the vault's errors. */
export async function readKeys(vault: Pick<InjectionDeps['vault'], 'read'>, { environment, server, publishable }: Handover): Promise<InjectedKeys> {
  const [serverValue, publishableValue] = await Promise.all([server, publishable].map(async (key) => {
    if (key === undefined) return undefined;
    const secret = await vault.read(key);
    if (secret === undefined) {
      throw new ExpectedError(
        'valueMissing',
        vscode.l10n.t('The value of "{0}" ({1}) is no longer stored on this machine.', key.displayName, environment.displayName),
        vscode.l10n.t('Use "Store Key" on the key, or add the environment again, and paste it.'),
      );
    }
    return secret;
  }));
  return { ...(serverValue === undefined ? {} : { server: serverValue }), ...(publishableValue === undefined ? {} : { publishable: publishableValue }) };
}

/** What a process holds, line by line, masked; first of all whether it acts on real customers. */
export function handoverLines({ environment, names, server, publishable }: Handover, now: Date): string[] {
  const lines = environment.type === 'PRODUCTION' ? [vscode.l10n.t('PRODUCTION: what you run here acts on real customers.')] : [];
  for (const [key, variables] of [[server, names.server], [publishable, names.publishable]] as const) {
    if (key === undefined) continue;
    lines.push(vscode.l10n.t('{0}: {1} ({2}) of {3}', variables.join(', '), plain(key.displayName), key.mask, plain(environment.displayName)));
    if (key.expireAt !== null && Date.parse(key.expireAt) <= now.getTime()) lines.push(vscode.l10n.t('This key has expired: Stigg will answer 401.'));
  }
  return lines;
}

/** Fit to be shown on one line: no control characters, and none that turn the direction of text. */
export function plain(text: string, longest = 120): string {
  const shown = text.replace(/\p{C}/gu, '?');
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

function youngest(keys: readonly StoredKey[]): StoredKey | undefined {
  return keys.toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];
}
