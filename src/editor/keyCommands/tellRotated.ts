import * as vscode from 'vscode';
import { isCancelled } from '../../errors.js';
import type { RotationResult } from '../../keys/rotation.js';
import type { Leftovers } from '../afterRotation/leftovers.js';
import { dateTimeWords } from '../environments/wording.js';
import { summaryOf } from '../usages/summary.js';
import type { UsageSearch } from '../usages/usages.js';

/** What a rotation is followed by. */
export type AfterRotation = Pick<Leftovers, 'begin' | 'subjects'>;

/**
 * Looks for the old value. undefined: that was cancelled or failed, which harms nothing; it can be looked for later.
 *
 * @param reportError told why it failed
 */
export async function searchAfterRotation(leftovers: AfterRotation, result: RotationResult, oldKeyId: string, signal: AbortSignal, reportError: (error: unknown) => void, report?: (files: number) => void): Promise<UsageSearch | undefined> {
  try {
    return await leftovers.begin(result, oldKeyId, signal, report);
  } catch (error) {
    // The rotation itself has succeeded, and is told as such.
    if (!isCancelled(error)) reportError(error);
    return undefined;
  }
}

/** Says what became of both values, where the old one still stands, and leads there. */
export async function tellRotated(name: string, result: RotationResult, search: UsageSearch | undefined, leftovers: AfterRotation): Promise<void> {
  const show = vscode.l10n.t('Show Usages');
  const replace = vscode.l10n.t('Replace All…');
  const later = vscode.l10n.t('Search Now');
  const summary = search === undefined ? undefined : summaryOf(search);
  const subjectId = leftovers.subjects.find(({ keyId, oldKeyId }) => oldKeyId !== null && keyId === result.newKey.keyId)?.id;
  const actions = subjectId === undefined ? [] : search === undefined ? [later] : summary === undefined ? [] : [show, ...(search.usages.some(({ isOutside }) => !isOutside) ? [replace] : [])];
  const message = [outcomeWords(name, result), leftWords(search, summary)].join(' ');
  const choice = await (result.old.kind === 'stillValid' ? vscode.window.showWarningMessage(message, ...actions) : vscode.window.showInformationMessage(message, ...actions));
  const node = { kind: 'subject', subjectId };
  if (choice !== undefined) await vscode.commands.executeCommand('stiggKeys.leftovers.focus');
  if (choice === replace) await vscode.commands.executeCommand('stiggKeys.leftovers.replaceAll', node);
  if (choice === later) await vscode.commands.executeCommand('stiggKeys.leftovers.search', node);
}

function outcomeWords(name: string, { old, newKey }: RotationResult): string {
  switch (old.kind) {
    case 'expiring':
      return vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; the old one keeps working until {2}.', name, newKey.mask, dateTimeWords(old.at));
    case 'revoked':
      return old.proved
        ? vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; Stigg answers 401 to the old one.', name, newKey.mask)
        : vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; Stigg lists the old one as ended.', name, newKey.mask);
    case 'stillValid':
      return vscode.l10n.t('"{0}" was rotated and the new value works, but the old value is STILL VALID and could not be given the end you chose. {1} It is tried again at the next refresh; revoke it if that does not help.', name, old.reason);
  }
}

function leftWords(search: UsageSearch | undefined, summary: string | undefined): string {
  if (search === undefined) return vscode.l10n.t('Where the old value still stands was not searched.');
  if (summary === undefined) return [vscode.l10n.t('Nothing here was found to hold the old value; other machines, CI and hosting are not seen.'), ...search.skipped].join(' ');
  return vscode.l10n.t('The old value still stands in: {0}.', summary);
}
