import { lineEndAt, nextLineAt } from '../../lines.js';
import type { Span } from '../language.js';

/** A fenced code block. The span is that of its content: whole lines, without the fences. */
export interface Fence extends Span {
  /** The first word of what stands behind the opening fence; empty where there is none. */
  readonly name: string;
  /** The content's lines with their line ends, without what the list or the quotation around them puts before each. */
  readonly lines: readonly Span[];
  /** What has to stand before a new line. */
  readonly prefix: string;
  readonly isQuoted: boolean;
}

/** A Markdown document as far as code is concerned, in order. */
export interface MarkdownBlocks {
  readonly frontmatter: (Span & { readonly languageId: string }) | undefined;
  readonly fences: readonly Fence[];
  readonly comments: readonly Span[];
}

interface Container {
  readonly quotes: number;
  /** Columns of white space inside of the quotation. */
  readonly indent: number;
  /** Where the line's own text begins. */
  readonly at: number;
  readonly prefix: string;
}

const FENCE = /(?:`{3,}(?=[^`\r\n]*(?:[\r\n]|$))|~{3,})/y;
const INFO = /[^\S\r\n]{0,20}\{?[^\S\r\n]{0,20}\.?(?:language-)?([\w#+-]{0,40})/y;
const MARKER = /(?:[-*+]|\d{1,9}[.)])[ \t]/y;
/** Nobody nests deeper. */
const DEEPEST = 20;
const DEEPEST_INDENT = 200;

/** Finds the fenced code of a Markdown text; a fence that is not closed goes on to the end. */
export function markdownBlocks(text: string): MarkdownBlocks {
  const fences: Fence[] = [];
  const comments: Span[] = [];
  const frontmatter = frontmatterOf(text);
  const mark = /<!--|`{3,}|~{3,}/g;
  let mayClose = true;
  mark.lastIndex = frontmatter?.after ?? 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const at = found.index;
    if (found[0] !== '<!--') {
      const opened = openedAt(text, at);
      if (opened === undefined) continue;
      fences.push(opened.fence);
      mark.lastIndex = opened.after;
    } else if (mayClose && text.charAt(at - 1) !== '`') {
      const end = text.indexOf('-->', at + 4);
      mayClose = end !== -1;
      if (!mayClose) continue;
      mark.lastIndex = end + 3;
      comments.push({ start: at, end: end + 3 });
    }
  }
  return { frontmatter: frontmatter?.block, fences, comments };
}

function frontmatterOf(text: string): { readonly block: Span & { readonly languageId: string }; readonly after: number } | undefined {
  const open = /^\uFEFF?(---|\+\+\+)[^\S\r\n]*(?:\r\n?|\n)/.exec(text);
  if (open?.[1] === undefined) return undefined;
  const close = open[1] === '---' ? /^(?:---|\.\.\.)[^\S\r\n]*$/gm : /^\+\+\+[^\S\r\n]*$/gm;
  close.lastIndex = open[0].length;
  const end = close.exec(text);
  // Without an end it is a thematic break.
  if (end === null) return undefined;
  return { block: { start: open[0].length, end: end.index, languageId: open[1] === '---' ? 'yaml' : 'toml' }, after: end.index + end[0].length };
}

/** The fence that opens there; undefined where the line holds something else before. */
function openedAt(text: string, at: number): { readonly fence: Fence; readonly after: number } | undefined {
  const lineStart = startOfLine(text, at);
  const container = lineStart === undefined ? undefined : containerAt(text, lineStart);
  if (container?.at !== at) return undefined;
  FENCE.lastIndex = at;
  const open = FENCE.exec(text)?.[0];
  return open === undefined ? undefined : fenceAt(text, container, open);
}

function fenceAt(text: string, container: Container, open: string): { readonly fence: Fence; readonly after: number } {
  INFO.lastIndex = container.at + open.length;
  const name = INFO.exec(text)?.[1] ?? '';
  const start = afterLine(text, container.at);
  const lines: Span[] = [];
  let at = start;
  let after = text.length;
  while (at < text.length) {
    const end = afterLine(text, at);
    const own = contentStart(text, at, container);
    if (own === undefined) {
      // The quotation is over, and with it the code in it.
      after = at;
      break;
    }
    if (closes(text, own, open)) {
      after = end;
      break;
    }
    lines.push({ start: Math.min(own, end), end });
    at = end;
  }
  const end = lines.at(-1)?.end ?? start;
  const { prefix, quotes } = container;
  return { fence: { name, start: Math.min(start, end), end, lines, prefix, isQuoted: quotes > 0 }, after: Math.max(after, start) };
}

function closes(text: string, at: number, open: string): boolean {
  let from = at;
  while (text.charAt(from) === ' ' || text.charAt(from) === '\t') from++;
  if (!text.startsWith(open, from)) return false;
  let to = from + open.length;
  while (text.charAt(to) === open.charAt(0)) to++;
  while (text.charAt(to) === ' ' || text.charAt(to) === '\t') to++;
  return to >= text.length || text.charAt(to) === '\n' || text.charAt(to) === '\r';
}

/** The quotations and list items that the line starts with. */
function containerAt(text: string, lineStart: number): Container {
  let at = lineStart;
  let quotes = 0;
  let insideFrom = lineStart;
  let prefix = '';
  for (let depth = 0; depth < DEEPEST; depth++) {
    at = afterBlanks(text, at);
    if (text.charAt(at) === '>') {
      quotes++;
      at++;
      if (text.charAt(at) === ' ') at++;
      insideFrom = at;
      prefix = text.slice(lineStart, at);
      continue;
    }
    MARKER.lastIndex = at;
    const marker = MARKER.exec(text)?.[0];
    if (marker === undefined) break;
    at += marker.length;
  }
  at = afterBlanks(text, at);
  const inside = text.slice(insideFrom, at).replace(/\S/g, ' ');
  return { quotes, indent: at - insideFrom, at, prefix: prefix.replace(/[^\s>]/g, ' ') + inside };
}

/** Where a line of the code begins behind what its container puts before it; undefined when the line is outside of the quotation. */
function contentStart(text: string, lineStart: number, { quotes, indent }: Container): number | undefined {
  let at = lineStart;
  for (let quote = 0; quote < quotes; quote++) {
    at = afterBlanks(text, at);
    if (text.charAt(at) !== '>') return undefined;
    at++;
    if (text.charAt(at) === ' ') at++;
  }
  for (let column = 0; column < indent && (text.charAt(at) === ' ' || text.charAt(at) === '\t'); column++) at++;
  return at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t' || (at === 0 && text.startsWith('\uFEFF'))) at++;
  return at;
}

/** Undefined where the line starts too far away for everything in between to be a container. */
function startOfLine(text: string, at: number): number | undefined {
  for (let from = at; at - from <= DEEPEST_INDENT; from--) {
    if (from === 0 || text.charAt(from - 1) === '\n' || text.charAt(from - 1) === '\r') return from;
  }
  return undefined;
}

function afterLine(text: string, at: number): number {
  return nextLineAt(text, lineEndAt(text, at));
}
