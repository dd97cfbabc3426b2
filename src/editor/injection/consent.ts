import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { InjectionDeps } from './deps.js';
import { handoverLines, plain, type Handover } from './handover.js';

const NAME = 'stiggKeys.injectionConsents';
/** Older ones are asked for again. */
const MOST = 200;
/** What cannot be shown as a whole is not agreed to. */
const LONGEST_SHOWN = 1_000;

/** Something that wants keys. What it is made of is what was agreed to: with anything else the person is asked again. */
export interface Receiver {
  readonly kind: 'task' | 'debug' | 'terminal';
  /** The command line, or what comes nearest to one. */
  readonly what: string;
  /** Where it runs. */
  readonly folder: string;
  /** What else decides about what runs, such as the script that a command names. Shown. */
  readonly more?: readonly string[];
  /** The same, where it is too much to be shown. */
  readonly exact?: string;
  /** It names the environment, rather than taking the active one. */
  readonly isNamed: boolean;
}

/** What a person agreed to in this workspace: digests, which hold neither a key nor a command line. */
export class Consents {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  isGiven(receiver: Receiver, handover: Handover): boolean {
    return isRemembered(receiver, handover) && this.#all().includes(digestOf(receiver, handover));
  }

  async give(receiver: Receiver, handover: Handover): Promise<void> {
    const digest = digestOf(receiver, handover);
    await this.#memento.update(NAME, [...this.#all().filter((other) => other !== digest), digest].slice(-MOST));
  }

  /** Resolves with how many there were. */
  async withdraw(): Promise<number> {
    const count = this.#all().length;
    await this.#memento.update(NAME, undefined);
    return count;
  }

  #all(): readonly string[] {
    const value = this.#memento.get<unknown>(NAME);
    return Array.isArray(value) ? value.filter((digest) => typeof digest === 'string') : [];
  }
}

/** Production is asked about each time, unless what asks names it: otherwise a switch of the active environment would be enough. */
export function isRemembered({ isNamed }: Receiver, { environment }: Handover): boolean {
  return environment.type !== 'PRODUCTION' || isNamed;
}

/** Keys may be rotated under a consent; environment, kinds of keys, names of variables and everything about the receiver may not change. */
function digestOf(receiver: Receiver, { environment, names, server, publishable }: Handover): string {
  const { kind, what, folder, more = [], exact = '', isNamed } = receiver;
  const parts = [kind, what, folder, more, exact, isNamed, environment.id, server === undefined ? [] : names.server, server?.type ?? '', publishable === undefined ? [] : names.publishable];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Asks, unless it was agreed to. False: no. Rejects with `cannotShow` where a person could not see what they agree to. */
export async function agreed(consents: Pick<Consents, 'isGiven' | 'give'>, receiver: Receiver, handover: Handover, now: InjectionDeps['now']): Promise<boolean> {
  if (consents.isGiven(receiver, handover)) return true;
  const lines = [receiver.what, receiver.folder, ...(receiver.more ?? [])];
  if (lines.some((line) => line.length > LONGEST_SHOWN)) {
    throw new ExpectedError('cannotShow', vscode.l10n.t('This is too long to be shown, so nobody can agree to it: more than {0} characters.', LONGEST_SHOWN), vscode.l10n.t('Put it into a script, and run that.'));
  }
  // The first button is the one that Enter presses: a question that comes up while someone types must not give production away.
  const no = handover.environment.type === 'PRODUCTION' ? [vscode.l10n.t('Do Not Hand Over')] : [];
  const once = vscode.l10n.t('Only This Time');
  const always = vscode.l10n.t('Allow for This Workspace');
  const choice = await vscode.window.showWarningMessage(question(receiver, handover), { modal: true, detail: detail(receiver, handover, now()) }, ...no, once, ...(isRemembered(receiver, handover) ? [always] : []));
  if (choice === always) await consents.give(receiver, handover);
  return choice === once || choice === always;
}

function question({ kind }: Receiver, { environment }: Handover): string {
  const name = environment.type === 'PRODUCTION' ? vscode.l10n.t('{0} (PRODUCTION)', plain(environment.displayName)) : plain(environment.displayName);
  switch (kind) {
    case 'task':
      return vscode.l10n.t('Hand keys of {0} to a task?', name);
    case 'debug':
      return vscode.l10n.t('Hand keys of {0} to a debug session?', name);
    case 'terminal':
      return vscode.l10n.t('Open terminals of this workspace with keys of {0}?', name);
  }
}

function detail(receiver: Receiver, handover: Handover, now: Date): string {
  const { kind, what, folder, more = [] } = receiver;
  const runs = [what, ...more].map((line) => plain(line.replace(/\r\n?|\n/g, ' ⏎ '), LONGEST_SHOWN));
  const reads = kind === 'debug'
    ? vscode.l10n.t('Everything that it starts can read them. So can other extensions that watch debug sessions while it starts.')
    : vscode.l10n.t('Everything that it starts can read them.');
  return [
    [...runs, vscode.l10n.t('in {0}', plain(folder, LONGEST_SHOWN))].join('\n'),
    handoverLines(handover, now).join('\n'),
    isRemembered(receiver, handover) ? reads : `${reads} ${vscode.l10n.t('For production you are asked each time, unless it is named where this is configured.')}`,
  ].join('\n\n');
}
