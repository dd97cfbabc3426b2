import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Whether a file of an opened folder is really somewhere else, because it or a folder on the way to it is a symbolic link. What a repository
 * links to was never opened by the person, and is not changed. Where the files are not on this machine every link counts as leading away.
 */
export async function leadsOutside(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (folder === undefined) return false;
  return uri.scheme === 'file' ? leadsElsewhere(uri.fsPath, (vscode.workspace.workspaceFolders ?? []).map((one) => one.uri.fsPath)) : hasLink(folder, uri);
}

/** Whether the file really lies in none of the folders. A file that is not there leads nowhere. */
export async function leadsElsewhere(file: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) return false;
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => folder);
    const inside = path.relative(root, real);
    if (inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)) return false;
  }
  return true;
}

async function hasLink(folder: vscode.Uri, uri: vscode.Uri): Promise<boolean> {
  const parts = path.posix.relative(folder.path, uri.path).split('/');
  for (let count = 1; count <= parts.length; count++) {
    try {
      const { type } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, ...parts.slice(0, count)));
      if ((type & vscode.FileType.SymbolicLink) !== 0) return true;
    } catch {
      return false;
    }
  }
  return false;
}
