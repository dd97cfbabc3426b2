/// <reference types="mocha" />
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** A token of the right shape that no Stigg has ever made. Never written out: marketplaces refuse files that hold one. */
export function madeUpServerKey(): string {
  return `server-${randomUUID()}:${randomUUID()}`;
}

/** Asks again until the answer is there; the wait of every suite that watches something asynchronous. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>, within = 10_000): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${String(within)} ms for ${what}`);
    await sleep(25);
  }
}

/** Ours among the diagnostics of a document. */
export function stiggDiagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Stigg');
}

export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

/** Waits until the document has exactly so many of our diagnostics. */
export function diagnosticsToBe(count: number, uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return eventually(`${String(count)} diagnostics`, () => {
    const found = stiggDiagnostics(uri);
    return found.length === count ? found : undefined;
  });
}

/** What hovers say at a position, as Markdown; VS Code shows the messages of diagnostics above it. */
export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap(({ contents }) => contents.filter((content) => content instanceof vscode.MarkdownString)).map(({ value }) => value);
}

/** The actions of all extensions at a range, with their edits made. */
export function codeActionsAt(uri: vscode.Uri, range: vscode.Range, kind: vscode.CodeActionKind): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind.value, 100);
}

/** Long enough for a scan that should not happen to have happened. */
export function aScansTime(): Promise<void> {
  return sleep(900);
}

/** An unsaved document in an editor of its own. */
export async function openUntitled(language: string, content = ''): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
  const { document } = editor;
  // An untitled document takes the name of one that was closed a moment ago, and now and then its text as well.
  if (document.getText() !== content) {
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, document.lineCount, 0), content); });
  }
  return editor;
}

const temporaryRoot = path.join(tmpdir(), `stigg-host-${String(process.pid)}`);

/** A folder of its own, outside of the workspace; `removeTemporaryFolders` deletes it. */
export async function temporaryFolder(): Promise<string> {
  await mkdir(temporaryRoot, { recursive: true });
  return mkdtemp(path.join(temporaryRoot, 'test-'));
}

export function removeTemporaryFolders(): Promise<void> {
  return rm(temporaryRoot, { recursive: true, force: true });
}

/** A file in a folder of its own. */
export async function writeTemporaryFile(name: string, content: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.file(path.join(await temporaryFolder(), name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** Inserts as typing does, a character group at a time, with pauses shorter than the wait before a scan. */
export async function type(editor: vscode.TextEditor, text: string): Promise<void> {
  for (const part of text.match(/[^]{1,12}/g) ?? []) {
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => { edit.insert(end, part); }, { undoStopBefore: false, undoStopAfter: false });
    await sleep(10);
  }
}

/** Closes everything without asking about unsaved text. */
export async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.tabs.length > 0) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
