import * as vscode from 'vscode';
import type { HeadLine } from '../../snippets/customerToken/code.js';
import { missingHead } from '../../snippets/customerToken.js';
import { toSnippetText, type SnippetParts } from '../../snippets/snippet.js';

/** Code that goes to a cursor, and what has to be at the head of the document for it. */
export interface Piece {
  readonly parts: SnippetParts;
  readonly head: readonly HeadLine[];
  /** Lines that must stay before the head. */
  readonly before?: RegExp;
}

/**
 * Puts a piece where each cursor is, and what is missing at the head of the document, as one step to undo. Each cursor gets a piece of its
 * own: two requests with the same idempotency key would count as one.
 * @returns false when the editor took nothing, which is how VS Code treats read-only editors
 */
export async function insertPieces(editor: vscode.TextEditor, pieceAt: (position: vscode.Position) => Piece): Promise<boolean> {
  const { document } = editor;
  const before = document.version;
  // From the bottom up, so that no insertion moves the places of those still to come.
  const places = [...editor.selections].sort((a, b) => b.start.compareTo(a.start));
  const pieces = places.map((place) => ({ place, piece: pieceAt(place.start) }));
  const [first] = pieces;
  const edit = first === undefined ? undefined : headEdit(document, first.piece);
  let moved = 0;
  if (edit !== undefined) {
    if (!(await editor.edit((builder) => { builder.insert(edit.position, edit.text); }, { undoStopBefore: true, undoStopAfter: false }))) return false;
    moved = edit.text.split('\n').length - 1;
  }
  for (const [index, { place, piece }] of pieces.entries()) {
    const lines = edit !== undefined && place.start.isAfterOrEqual(edit.position) ? moved : 0;
    const range = new vscode.Range(place.start.translate(lines), place.end.translate(lines));
    await editor.insertSnippet(new vscode.SnippetString(toSnippetText(piece.parts)), range, { undoStopBefore: index === 0 && edit === undefined, undoStopAfter: index === places.length - 1 });
  }
  return document.version !== before;
}

/** What is to be inserted at the head of the document for a piece; undefined when everything is there. */
export function headEdit(document: vscode.TextDocument, { head, before }: Piece): { readonly position: vscode.Position; readonly text: string } | undefined {
  // What another cell imports is there for this one.
  const elsewhere = otherCells(document);
  const missing = missingHead({ head: head.filter(({ present }) => !present(elsewhere)), ...(before === undefined ? {} : { before }) }, document.getText());
  if (missing === undefined) return undefined;
  // A last line without an end cannot have anything below it yet.
  const isBelow = missing.line >= document.lineCount;
  return isBelow
    ? { position: document.lineAt(document.lineCount - 1).range.end, text: `\n${missing.text}` }
    : { position: new vscode.Position(missing.line, 0), text: missing.text };
}

function otherCells(document: vscode.TextDocument): string {
  if (document.uri.scheme !== 'vscode-notebook-cell') return '';
  const cells = vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document))?.getCells() ?? [];
  return cells.filter((cell) => cell.document !== document && cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === document.languageId)
    .map((cell) => cell.document.getText()).join('\n');
}

/** Opens a document for a whole file in the first of the languages that this VS Code knows. */
export async function insertInNewDocument(languageIds: readonly string[], file: SnippetParts): Promise<void> {
  const known = new Set(await vscode.languages.getLanguages());
  const language = languageIds.find((id) => known.has(id));
  const document = await vscode.workspace.openTextDocument({ ...(language === undefined ? {} : { language }), content: '' });
  const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  const editor = await vscode.window.showTextDocument(document, column);
  await insertPieces(editor, () => ({ parts: file, head: [] }));
}

/** Says that nothing could be inserted. True: the person wants it in a new document instead. */
export async function offerNewDocument(): Promise<boolean> {
  const elsewhere = vscode.l10n.t('Open in a New Document');
  const choice = await vscode.window.showWarningMessage(vscode.l10n.t('This editor is read-only, so nothing was inserted. The code can go into a new document instead.'), elsewhere);
  return choice === elsewhere;
}
