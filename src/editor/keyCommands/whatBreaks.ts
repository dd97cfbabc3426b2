import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { KeyRow } from '../../keys/inventory.js';
import { summaryOf } from '../usages/summary.js';
import type { Usages } from '../usages/usages.js';

/** What is known to use a key's present value, in whole sentences. */
export interface Breaks {
  /** Whether the places can be shown: those of a key that is not stored are found, but nothing remembers what to look for. */
  readonly isShowable: boolean;
  readonly words: string;
}

/**
 * Looked for before a key is ended. Rejects with CancelledError; that it cannot be looked for is an answer.
 *
 * @param fingerprintOf of the key's present value; undefined where nobody gives it out
 */
export async function whatBreaks(usages: Usages, { stored, key }: KeyRow, fingerprintOf: () => Promise<string | undefined>, signal: AbortSignal): Promise<Breaks> {
  try {
    const fingerprint = await fingerprintOf();
    if (fingerprint === undefined) return { isShowable: false, words: vscode.l10n.t('The value of "{0}" is not stored here, so what uses it cannot be searched for.', key.displayName) };
    const search = await usages.find(new Set([fingerprint]), signal);
    const summary = summaryOf(search);
    // Where was not looked belongs to what was not found.
    const unseen = [vscode.l10n.t('Other machines, CI and hosting are not seen.'), ...search.skipped];
    return summary === undefined
      ? { isShowable: false, words: [vscode.l10n.t('Nothing here is known to use it.'), ...unseen].join(' ') }
      : { isShowable: stored !== null, words: [vscode.l10n.t('This will break: {0}.', summary), ...unseen].join(' ') };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { isShowable: false, words: vscode.l10n.t('What uses it could not be searched for: {0}', error.message) };
  }
}
