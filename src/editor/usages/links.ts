import * as vscode from 'vscode';

/**
 * Whether a file of an opened folder is really somewhere else, because it or a folder on the way to it is a symbolic link. What a repository
 * links to was never opened by the person, and is not changed. Where the files are not on this machine every link counts as leading away.
 */
export async function leadsOutside(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (folder === undefined) return false;
  if (uri.scheme !== 'file') return hasLink(folder, uri);
  const { leadsElsewhere } = await import('./realPlace.js');
  return leadsElsewhere(uri.fsPath, (vscode.workspace.workspaceFolders ?? []).map((one) => one.uri.fsPath));
}

async function hasLink(folder: vscode.Uri, uri: vscode.Uri): Promise<boolean> {
  const parts = uri.path.slice(folder.path.replace(/\/$/, '').length + 1).split('/');
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
