import * as vscode from 'vscode';

export function openFolders(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

export function isOpen(folder: vscode.Uri): boolean {
  const key = folder.toString();
  return openFolders().some((uri) => uri.toString() === key);
}

/** Whether warnings are wanted there. */
export function isEnabled(folder: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('stiggKeys', folder).get('diagnostics.enabled', true);
}

/** Whether the URI is that of the folder, or lies below it. */
export function isUnder(uri: string, folder: string): boolean {
  return uri.startsWith(folder) && (uri.length === folder.length || folder.endsWith('/') || uri[folder.length] === '/');
}

/** The folder of the workspace that a file belongs to: the innermost. */
export function ownerOf(uri: string): string | undefined {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri))?.uri.toString();
}
