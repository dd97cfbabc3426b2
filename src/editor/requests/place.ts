import * as vscode from 'vscode';
import { fenceInfo, fenceLanguage, isFenced, openFence, wrappingFor } from '../../snippets/fence.js';
import type { SnippetParts } from '../../snippets/snippet.js';
import type { Writer, WrittenRequest } from '../../snippets/writer.js';
import type { Piece } from './insertion.js';

/** What code at a position has to be. */
export interface Place {
  /** VS Code's id, or of a code block in Markdown its own language; undefined in a block that does not say. */
  readonly languageId: string | undefined;
  /** Markdown outside of a code block, where every language may begin a block. */
  readonly isProse: boolean;
}

/** VS Code's id of the document's language, also of request files for which no extension is installed. */
export function languageOf({ languageId, uri }: Pick<vscode.TextDocument, 'languageId' | 'uri'>): string {
  return languageId === 'rest' || (languageId === 'plaintext' && /\.(?:http|rest)$/i.test(uri.path)) ? 'http' : languageId;
}

export function placeAt(document: vscode.TextDocument, position: vscode.Position): Place {
  const languageId = languageOf(document);
  if (!isFenced(languageId)) return { languageId, isProse: false };
  const info = openFence(textBefore(document, position));
  return info === undefined ? { languageId, isProse: true } : { languageId: fenceLanguage(info), isProse: false };
}

/** The editors in which nobody writes: the panel's output counts as one. */
export function isForPeople({ document }: vscode.TextEditor): boolean {
  return document.uri.scheme !== 'output' && document.languageId !== 'search-result';
}

/** The writers whose text may stand there, in the order they are offered. */
export function writersFor(writers: readonly Writer[], { languageId, isProse }: Place): Writer[] {
  const fitting = writers.filter(({ languageIds }) => languageIds.includes(languageId ?? 'markdown'));
  return isProse ? [...fitting, ...writers.filter((writer) => !fitting.includes(writer))] : fitting;
}

/** Code that may stand in a file, in a block of Markdown, or alone. */
export interface Code extends WrittenRequest {
  readonly languageId: string;
  /** Lines that must stay before the head of a file. */
  readonly before?: RegExp | undefined;
  readonly file: () => SnippetParts;
}

export function codeOf(writer: Writer, written: WrittenRequest): Code {
  return { ...written, languageId: writer.languageIds[0], before: writer.before, file: () => writer.file(written) };
}

/**
 * The code as it belongs at this position. In a file without anything else, and in a code block of its own, it brings along what makes it
 * run as it is. `typed`: what stands there only to be replaced.
 */
export function pieceFor(code: Code, document: vscode.TextDocument, position: vscode.Position, typed = ''): Piece {
  const languageId = languageOf(document);
  if (isFenced(languageId)) {
    const wrapping = wrappingFor(languageId, textBefore(document, position), fenceInfo(code.languageId));
    if (wrapping.before === '') return { parts: code.parts, head: [] };
    return { parts: [wrapping.before, ...(code.head.length > 0 ? withoutLastBreak(code.file()) : code.parts), wrapping.after], head: [] };
  }
  const isWhole = languageId !== 'plaintext' && document.uri.scheme !== 'vscode-notebook-cell' && document.getText().trim() === typed;
  if (isWhole) return { parts: withoutLastBreak(code.file()), head: [] };
  return { parts: code.parts, head: code.head, ...(code.before === undefined ? {} : { before: code.before }) };
}

function textBefore(document: vscode.TextDocument, position: vscode.Position): string {
  return document.getText(new vscode.Range(0, 0, position.line, 0));
}

/** A tab stop ends where the cursor goes next: the file's last line break would put it below the code. */
function withoutLastBreak(parts: SnippetParts): SnippetParts {
  const last = parts.at(-1);
  return typeof last === 'string' ? [...parts.slice(0, -1), last.replace(/\n$/, '')] : parts;
}
