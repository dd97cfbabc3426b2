import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { DiagnosticsController } from './controller.js';
import { IGNORE_FILE_COMMAND } from './fixCommands.js';
import { ignoreLine } from './ignoreLine.js';

/** Adds a file to the nearest .gitignore of its repository, and says what else it takes when git has the file already. */
export async function ignoreFile(controller: Pick<DiagnosticsController, 'contextOf'>, args: readonly unknown[]): Promise<void> {
  const [uri] = args;
  if (typeof uri !== 'string') throw new TypeError(`${IGNORE_FILE_COMMAND} was called with unexpected arguments`);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const file = document.uri;
  const { folder, exists } = await ignoreFileFor(file);
  const target = vscode.Uri.joinPath(folder, '.gitignore');
  const path = file.path.slice(folder.path.replace(/\/$/, '').length + 1);
  const name = vscode.workspace.asRelativePath(target, false);
  if (exists ? !(await append(target, path)) : !(await create(target, ignoreLine('', path) ?? ''))) {
    throw new ExpectedError('ignoreFileUnchanged', vscode.l10n.t('{0} could not be changed.', name), vscode.l10n.t('Add {0} to it by hand.', path));
  }
  if ((await controller.contextOf(document)).isTracked(path) !== true) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is in {1} now.', path, name));
    return;
  }
  const copy = vscode.l10n.t('Copy Command');
  const command = `git rm --cached -- ${quoted(vscode.workspace.asRelativePath(file, false))}`;
  const message = vscode.l10n.t('{0} is in {1} now, but git tracks it already. To take it out of the index and keep the file, run: {2}. The key stays in the history: rotate it.', path, name, command);
  // Not awaited: the fix is done.
  void vscode.window.showWarningMessage(message, copy).then((choice) => (choice === copy ? vscode.env.clipboard.writeText(command) : undefined));
}

/** The folder of the nearest .gitignore up to the repository's root; where there is none, the root, or without a repository the workspace folder. */
async function ignoreFileFor(file: vscode.Uri): Promise<{ readonly folder: vscode.Uri; readonly exists: boolean }> {
  let nearest: vscode.Uri | undefined;
  for (let folder = vscode.Uri.joinPath(file, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    if (nearest === undefined && (await isThere(vscode.Uri.joinPath(folder, '.gitignore')))) nearest = folder;
    const isRoot = await isThere(vscode.Uri.joinPath(folder, '.git'));
    if (isRoot || folder.path === '/' || folder.path === vscode.Uri.joinPath(folder, '..').path) {
      const own = isRoot ? folder : (vscode.workspace.getWorkspaceFolder(file)?.uri ?? vscode.Uri.joinPath(file, '..'));
      // An ignore file above the repository, or above a workspace without one, is not this file's.
      return nearest !== undefined && `${nearest.path}/`.startsWith(`${own.path.replace(/\/$/, '')}/`) ? { folder: nearest, exists: true } : { folder: own, exists: false };
    }
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Through the document, so that what somebody has typed there and not saved is kept. */
async function append(target: vscode.Uri, path: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(target);
  const text = document.getText();
  const added = ignoreLine(text, path);
  if (added === undefined) return true;
  const wasDirty = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(target, document.positionAt(text.length), added);
  return (await vscode.workspace.applyEdit(edit)) && (wasDirty || document.save());
}

async function create(target: vscode.Uri, text: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(target, { contents: new TextEncoder().encode(text), ignoreIfExists: false, overwrite: false });
  return vscode.workspace.applyEdit(edit);
}

/** For the shells that git is used in. */
function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `"${path.replace(/(["$`\\])/g, '\\$1')}"`;
}
