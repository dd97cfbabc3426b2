import * as vscode from 'vscode';
import type { SharedState } from '../../keys/vault.js';

/** What is under way or left to do, by the records of it in shared state; a count of each kind. */
export interface UnfinishedWork {
  readonly rotations: number;
  readonly creations: number;
  readonly remediations: number;
  /** Rotations whose old value still stands somewhere. */
  readonly leftovers: number;
}

/** Of one environment, or of all; then a record that cannot be understood counts as well. */
export async function unfinishedWork(state: Pick<SharedState, 'list' | 'read'>, environmentId?: string): Promise<UnfinishedWork> {
  const names: string[] = [];
  for (const name of await state.list('')) {
    if (environmentId === undefined || environmentOf(await state.read(name)) === environmentId) names.push(name);
  }
  const count = (prefix: string): number => names.filter((name) => name.startsWith(prefix)).length;
  return { rotations: count('rotation-'), creations: count('creation-'), remediations: count('remediation-'), leftovers: count('leftovers-') };
}

function environmentOf(text: string | undefined): unknown {
  try {
    const record: unknown = JSON.parse(text ?? '');
    return typeof record === 'object' && record !== null && 'environmentId' in record ? record.environmentId : undefined;
  } catch {
    return undefined;
  }
}

/** One line for each kind that there is something of. */
export function unfinishedLines({ rotations, creations, remediations, leftovers }: UnfinishedWork): readonly string[] {
  return [
    rotations === 0 ? '' : vscode.l10n.t('Unfinished rotations: {0}. A new value that is not stored yet is then known to Stigg alone, and an old one keeps the end it has there.', rotations),
    creations === 0 ? '' : vscode.l10n.t('Unfinished creations of keys: {0}. A key that Stigg has made meanwhile is then in nobody\'s keychain.', creations),
    remediations === 0 ? '' : vscode.l10n.t('Unfinished remediations of leaks: {0}. A leaked value that still works then stays valid.', remediations),
    leftovers === 0 ? '' : vscode.l10n.t('Rotations whose old value still stands somewhere: {0}.', leftovers),
  ].filter((line) => line !== '');
}
