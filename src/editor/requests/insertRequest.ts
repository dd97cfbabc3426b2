import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { REQUESTS, type RequestTemplate } from '../../snippets/catalogue.js';
import { escapeSnippet } from '../../snippets/snippet.js';
import { wrappingFor } from '../../snippets/fence.js';
import { requestTarget, type RequestsDeps } from './target.js';

/** Where a curl may stand as it is. In a program it would be a syntax error, so there it gets a document of its own. */
export const SHELL_LIKE: readonly string[] = ['shellscript', 'plaintext', 'markdown', 'mdx'];

/**
 * Asks for a request (or takes the one named by `argument`) and puts it where the cursors are, or into a new shell
 * script where the active editor is no place for it. The key itself is never inserted, only its variable.
 */
export async function insertRequest(deps: RequestsDeps, argument: unknown): Promise<void> {
  // The tree passes its node, which names no request: only a string does.
  const template = typeof argument === 'string' ? requestById(argument) : await pickRequest(deps);
  if (template === undefined) return;
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isPlaceForRequest(editor)) {
    await insertInNewDocument(deps, template);
    return;
  }
  if (await insertAtCursors(deps, template, editor)) return;
  const elsewhere = vscode.l10n.t('Open in a New Document');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('This editor is read-only, so nothing was inserted. The request can go into a new document instead.'),
    elsewhere,
  );
  if (choice === elsewhere) await insertInNewDocument(deps, template);
}

function requestById(id: string): RequestTemplate {
  const found = REQUESTS.find((template) => template.id === id);
  if (found !== undefined) return found;
  throw new ExpectedError(
    'unknownRequest',
    vscode.l10n.t('There is no request called "{0}".', id),
    vscode.l10n.t('Use one of: {0}.', REQUESTS.map((template) => template.id).join(', ')),
  );
}

async function pickRequest(deps: RequestsDeps): Promise<RequestTemplate | undefined> {
  const target = requestTarget(deps);
  const items = REQUESTS.map((template) => ({
    label: template.title(),
    detail: template.description(),
    description: template.build(target).plain.split('"')[1] ?? '',
    template,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Insert Authenticated Request'),
    placeHolder: vscode.l10n.t('The request reads the key from $STIGG_SERVER_API_KEY; the key itself is not inserted.'),
    matchOnDescription: true,
  });
  return picked?.template;
}

function isPlaceForRequest(editor: vscode.TextEditor): boolean {
  // The panel's output view counts as an editor too.
  return SHELL_LIKE.includes(editor.document.languageId) && editor.document.uri.scheme !== 'output';
}

/** @returns false when the editor took nothing, which is how VS Code treats read-only editors */
async function insertAtCursors(deps: RequestsDeps, template: RequestTemplate, editor: vscode.TextEditor): Promise<boolean> {
  const { document } = editor;
  const before = document.version;
  // From the bottom up, so that no insertion moves the places of those still to come. One snippet for each cursor:
  // two requests with the same Idempotency-Key would count as one.
  const places = [...editor.selections].sort((a, b) => b.start.compareTo(a.start));
  for (const [index, place] of places.entries()) {
    const snippet = snippetAt(deps, template, document, place.start);
    await editor.insertSnippet(snippet, place, { undoStopBefore: index === 0, undoStopAfter: index === places.length - 1 });
  }
  return document.version !== before;
}

/** The request as it belongs at this position of this document. */
export function snippetAt(deps: RequestsDeps, template: RequestTemplate, document: vscode.TextDocument, position: vscode.Position): vscode.SnippetString {
  const wrapping = wrappingFor(document.languageId, document.getText(new vscode.Range(0, 0, position.line, 0)));
  const { snippet } = template.build(requestTarget(deps));
  return new vscode.SnippetString(escapeSnippet(wrapping.before) + snippet + escapeSnippet(wrapping.after));
}

async function insertInNewDocument(deps: RequestsDeps, template: RequestTemplate): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'shellscript', content: '' });
  const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  const editor = await vscode.window.showTextDocument(document, column);
  await insertAtCursors(deps, template, editor);
}
