import { t } from '@vscode/l10n';
import type { Environment, EnvironmentType } from '../keys/model.js';

/** What is kept of an environment to list its server before the keychain was asked. Names and ids, no secret. */
export interface ServedEnvironment {
  readonly id: string;
  readonly displayName: string;
  readonly type: EnvironmentType;
  readonly account: string | null;
}

/** More environments than this have no servers of their own: nobody would find one among them. */
export const SERVERS_MAX = 50;

const TYPES: readonly EnvironmentType[] = ['PRODUCTION', 'SANDBOX', 'DEVELOPMENT'];

export function servedOf({ id, displayName, type, account }: Environment): ServedEnvironment {
  return { id, displayName, type, account: account?.displayName ?? null };
}

/**
 * The servers' names, in the order given, by environment id. VS Code finds a server again by its name alone, so no two are the same: what two
 * accounts call "Production" is told apart by the account, and by the id where that is not enough.
 */
export function serverLabels(environments: readonly ServedEnvironment[]): ReadonlyMap<string, string> {
  const listed = environments.slice(0, SERVERS_MAX);
  const labels = new Map<string, string>();
  for (const write of [short, withAccount, withId]) {
    const counts = new Map<string, number>();
    const words = new Map(listed.map((environment) => [environment.id, labels.get(environment.id) ?? write(environment)]));
    for (const label of words.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const [id, label] of words) if (counts.get(label) === 1) labels.set(id, label);
  }
  // In the order given, whichever round has named them.
  return new Map(listed.flatMap(({ id }) => { const label = labels.get(id); return label === undefined ? [] : [[id, label] as const]; }));
}

/** Production is unmistakable in words; a name that is the type says it already. */
function short({ displayName, type }: ServedEnvironment): string {
  const name = shown(displayName);
  return type === 'PRODUCTION' && name.trim().toLowerCase() !== 'production' ? t('Stigg: {0} (PRODUCTION)', name) : t('Stigg: {0}', name);
}

function withAccount(environment: ServedEnvironment): string {
  return environment.account === null ? withId(environment) : `${short(environment)} · ${shown(environment.account)}`;
}

/** As much of a name as fits. VS Code would draw an icon for `$(x)`. */
function shown(name: string): string {
  return Array.from(name).slice(0, 60).join('').replaceAll('$(', '$\u200b(');
}

function withId(environment: ServedEnvironment): string {
  return `${short(environment)} · ${environment.id}`;
}

/** Reads back what `JSON.stringify` made of the list; whatever is not understood is left out. */
export function parseServed(text: string | undefined): readonly ServedEnvironment[] {
  let value: unknown;
  try {
    value = text === undefined ? [] : JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.slice(0, SERVERS_MAX).flatMap(parseOne) : [];
}

function parseOne(value: unknown): ServedEnvironment[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, displayName, type, account } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof displayName !== 'string') return [];
  // A type that is not known is treated with the care that production gets.
  return [{ id, displayName, type: TYPES.find((known) => known === type) ?? 'PRODUCTION', account: typeof account === 'string' ? account : null }];
}
