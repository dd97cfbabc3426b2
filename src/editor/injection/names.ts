import * as vscode from 'vscode';
import { DEFAULT_VARIABLE_NAMES, type VariableNames } from '../../inject/variables.js';

/** The names under which what runs in a folder gets its keys, as .stigg-keys.json and package.json say at this moment. */
export async function namesIn(folder: vscode.Uri | undefined): Promise<VariableNames> {
  if (folder === undefined) return DEFAULT_VARIABLE_NAMES;
  const [{ Project }, { readerBeside }] = await Promise.all([import('../../project/project.js'), import('../diagnostics/workspaceReader.js')]);
  return new Project(readerBeside(folder)).variableNamesFor(folder.path);
}

/** The folder that something without a place of its own belongs to: that of the active editor, else the first one. */
export function currentFolder(): vscode.WorkspaceFolder | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return (uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
}
