import * as vscode from 'vscode';

/** All safe fixes of a file at once; also for `editor.codeActionsOnSave`. */
export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('stigg');
