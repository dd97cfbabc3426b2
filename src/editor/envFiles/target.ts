import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isEnvScript } from '../../envFiles/script.js';
import { ExpectedError } from '../../errors.js';
import { isEnvFile } from '../../scan/envFiles.js';
import { ignoreLine } from '../diagnostics/ignoreLine.js';
import { gitFactsOf } from './gitFacts.js';

/** Examples are made to be shared. */
const SHARED = /\.(?:example|sample|template|dist|defaults?)(?:\.|$)/i;
const FILES_MAX = 50;

/** The file to write to: one that is there, or a new one. undefined: the person changed their mind. */
export async function chooseTarget(): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const [first] = folders;
  if (first === undefined) {
    throw new ExpectedError('noLocalFolder', vscode.l10n.t('No folder of this machine is open: whether only you can read a file cannot be made sure elsewhere.'), vscode.l10n.t('Open a local folder first.'));
  }
  const there = (await vscode.workspace.findFiles('**/{.env,.env.*,*.env,.dev.vars}', '**/{node_modules,.git}/**', FILES_MAX))
    .filter(({ path: name }) => isNameOfTarget(name))
    .sort((a, b) => a.path.localeCompare(b.path));
  const other = vscode.l10n.t('Another file…');
  const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [
    ...there.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })),
    { label: other, description: vscode.l10n.t('a new one, such as .env.local') },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Into which file?'), placeHolder: vscode.l10n.t('Git must not track it'), ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  if (picked.uri !== undefined) return picked.uri;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Into which file?'), prompt: vscode.l10n.t('Its path in {0}', first.name), value: '.env.local', ignoreFocusOut: true,
    validateInput: (text) => (isEnvScript(text.trim()) ? `${aScript(text.trim())} ${useDotenv()}` : isNameOfEnvFile(text) ? undefined : vscode.l10n.t('An env file inside of the folder, such as .env.local')),
  });
  return name === undefined ? undefined : vscode.Uri.joinPath(first.uri, name.trim());
}

function isNameOfTarget(name: string): boolean {
  return isEnvFile(name) && !isEnvScript(name) && !SHARED.test(name);
}

function aScript(name: string): string {
  return vscode.l10n.t('{0} is a script that a shell runs: a key that is put between its lines could break it.', name);
}

function useDotenv(): string {
  return vscode.l10n.t('Choose .env, and read it in .envrc by the line "dotenv".');
}

function isNameOfEnvFile(text: string): boolean {
  const name = text.trim();
  return isNameOfTarget(name) && !path.isAbsolute(name) && !/[\\\p{C}]/u.test(name) && !name.split('/').some((part) => part === '..' || part === '.' || part === '' || part === '.git');
}

/** Rejects for a file that no key may be written to: outside of the workspace, behind a link, a script, not a file, tracked by git. */
export async function refuseUnfit(target: vscode.Uri): Promise<void> {
  const name = vscode.workspace.asRelativePath(target);
  const another = vscode.l10n.t('Choose another file.');
  const folder = vscode.workspace.getWorkspaceFolder(target);
  if (target.scheme !== 'file' || folder === undefined) throw new ExpectedError('outside', vscode.l10n.t('{0} is not in this workspace.', name), another);
  if (isEnvScript(target.path)) throw new ExpectedError('envScript', aScript(name), useDotenv());
  const stat = await lstat(target.fsPath).catch(() => undefined);
  if (stat?.isSymbolicLink() === true) throw new ExpectedError('symbolicLink', vscode.l10n.t('{0} is a link to another file.', name), another);
  if (stat !== undefined && !stat.isFile()) throw new ExpectedError('notAFile', vscode.l10n.t('{0} is no ordinary file.', name), another);
  // A second name of the same file may be anywhere, and would keep the old content.
  if (stat !== undefined && stat.nlink > 1) throw new ExpectedError('hardLink', vscode.l10n.t('{0} is the same file as another one (a hard link).', name), another);
  const parent = path.dirname(target.fsPath);
  const [realParent, realRoot] = await Promise.all([realpath(parent).catch(() => undefined), realpath(folder.uri.fsPath).catch(() => undefined)]);
  if (realParent === undefined || realRoot === undefined) throw new ExpectedError('noSuchFolder', vscode.l10n.t('There is no folder {0}.', path.dirname(name)), another);
  if (path.relative(realRoot, realParent) !== path.relative(folder.uri.fsPath, parent)) throw new ExpectedError('symbolicLink', vscode.l10n.t('A folder on the way to {0} is a link.', name), another);
  const { root, isTracked } = await gitFactsOf(target);
  if (root !== undefined && isTracked !== false) {
    throw new ExpectedError('tracked', isTracked === true ? vscode.l10n.t('Git tracks {0}: a key in it would be in the next commit.', name) : vscode.l10n.t('Whether git tracks {0} cannot be told.', name), vscode.l10n.t('Choose a file that git ignores, such as .env.local.'));
  }
}

/** Makes sure that git ignores the file, by adding it to the .gitignore after the person has agreed. False: they did not. */
export async function ensureIgnored(target: vscode.Uri): Promise<boolean> {
  const { root, isIgnored } = await gitFactsOf(target);
  if (root === undefined || isIgnored === true) return true;
  const name = vscode.workspace.asRelativePath(target);
  const file = vscode.Uri.joinPath(target.with({ path: root }), '.gitignore');
  const add = vscode.l10n.t('Add to .gitignore');
  const choice = await vscode.window.showWarningMessage(vscode.l10n.t('Git does not ignore {0}.', name), { modal: true, detail: vscode.l10n.t('It is added to {0} first; without that nothing is written.', vscode.workspace.asRelativePath(file)) }, add);
  if (choice !== add) return false;
  await appendTo(file, target.path.slice(root.replace(/\/$/, '').length + 1));
  // What a later line takes back is not ignored.
  if ((await gitFactsOf(target)).isIgnored !== true) throw new ExpectedError('notIgnored', vscode.l10n.t('{0} is in .gitignore now, but git still does not ignore it.', name), vscode.l10n.t('Look for a line in .gitignore that takes it back, then run this again; no key was written.'));
  return true;
}

/** Through the document, so that what somebody has typed there and not saved is kept. */
async function appendTo(file: vscode.Uri, relativePath: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true });
  let isChanged = await vscode.workspace.applyEdit(edit);
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const added = ignoreLine(text, relativePath);
  if (added !== undefined) {
    const insertion = new vscode.WorkspaceEdit();
    insertion.insert(file, document.positionAt(text.length), added);
    isChanged = (await vscode.workspace.applyEdit(insertion)) && (await document.save());
  }
  if (!isChanged) throw new ExpectedError('ignoreFileUnchanged', vscode.l10n.t('{0} could not be changed.', vscode.workspace.asRelativePath(file)), vscode.l10n.t('Add {0} to it by hand.', relativePath));
}
