import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { withProgress } from '../report.js';
import { filesOf, filesWords, placesWords } from '../usages/summary.js';
import type { ReplaceOptions, Usage } from '../usages/usages.js';
import type { Leftovers, Subject } from './leftovers.js';

const MOST_SHOWN = 15;

/** Everything inside of the workspace, after the person has seen which files that is. */
export async function replaceAll(leftovers: Leftovers, subject: Subject): Promise<void> {
  await replace(leftovers, subject, subject.search?.usages.filter(({ isOutside }) => !isOutside) ?? []);
}

/** @param uri the file that was chosen; otherwise the person is asked */
export async function replaceFile(leftovers: Leftovers, subject: Subject, uri: vscode.Uri | undefined): Promise<void> {
  const inside = subject.search?.usages.filter(({ isOutside }) => !isOutside) ?? [];
  let file = uri;
  if (file === undefined && inside.length > 0) {
    const picked = await vscode.window.showQuickPick(filesOf(inside).map((one) => ({ label: vscode.workspace.asRelativePath(one), uri: one })), { placeHolder: vscode.l10n.t('In which file?') });
    if (picked === undefined) return;
    file = picked.uri;
  }
  await replace(leftovers, subject, inside.filter((usage) => usage.uri.toString() === file?.toString()));
}

async function replace(leftovers: Leftovers, subject: Subject, usages: readonly Usage[]): Promise<void> {
  if (usages.length === 0) {
    throw new ExpectedError('nothingToReplace', vscode.l10n.t('Nothing in the workspace can be replaced.'), vscode.l10n.t('Search again, or change what is left by hand.'));
  }
  const options = await confirm(subject, usages);
  if (options === undefined) return;
  const { files, left } = await withProgress(vscode.l10n.t('Replacing "{0}"', subject.keyName), (signal) => leftovers.replace(subject.id, usages, options, signal));
  const done = vscode.l10n.t('{0} changed and saved.', filesWords(files.length));
  if (left.length === 0) void vscode.window.showInformationMessage(done);
  else void vscode.window.showWarningMessage([done, vscode.l10n.t('Left as it was: {0}; the view says why. {1}', placesWords(left.length), left[0]?.reason ?? '')].join(' '));
}

/** undefined: the person changed their mind. */
async function confirm(subject: Subject, usages: readonly Usage[]): Promise<ReplaceOptions | undefined> {
  const replaceIt = vscode.l10n.t('Replace');
  const bare = vscode.l10n.t('Replace, No Comments');
  const files = filesOf(usages);
  const hasEnvFiles = usages.some(({ kind }) => kind === 'envFile');
  const rest = files.length - MOST_SHOWN;
  const choice = await vscode.window.showInformationMessage(
    subject.oldKeyId === null
      ? vscode.l10n.t('Replace "{0}" in {1}?', subject.keyName, filesWords(files.length))
      : vscode.l10n.t('Replace the old value of "{0}" in {1}?', subject.keyName, filesWords(files.length)),
    {
      modal: true,
      detail: [
        ...files.slice(0, MOST_SHOWN).map((uri) => vscode.workspace.asRelativePath(uri)),
        ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : []),
        '',
        vscode.l10n.t('Code reads the environment variable instead, and the files are saved.'),
        ...(hasEnvFiles ? [vscode.l10n.t('Env files keep the variable without a value, with a comment that says where it is now: programs get it from a terminal opened from the sidebar.')] : []),
      ].join('\n'),
    },
    replaceIt, ...(hasEnvFiles ? [bare] : []),
  );
  if (choice === replaceIt) return { hasEnvNote: true };
  return choice === bare ? { hasEnvNote: false } : undefined;
}
