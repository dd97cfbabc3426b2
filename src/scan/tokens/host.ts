import type { Span } from '../languages/language.js';
import type { ScanFile } from '../scanFile.js';

const STIGG_HOST = /\b(?:edge\.)?(?:api|mcp)\.stigg\.io\b/i;
/** Where a request says that it comes from is not where it goes. */
const ANY_HOST = /(?<!\b(?:origin|referr?er)["'`]?\s{0,4}[:,=]\s{0,4}["'`]?)\b(?:https?|wss?):\/\/[a-z\d[]/i;
/** How far a statement reaches around its header, about ten lines. UTF-16 code units. */
const NEARBY = 400;
/** Nodes that hold statements. */
const BLOCK = /^(?:program|module|source_file|compilation_unit|config_file|document|stream)$|(?:^|_)(?:block|body|statements)$/;
const LINE_END = /(?<![\\`^])\r?\n/;
const PARAGRAPH_END = /\r?\n[ \t]{0,80}\r?\n|\n(?=###)/;

/** Whether what is sent from there goes to Stigg: by the hosts nearby; where there are none, as with a base URL in a constant, by those of the document. */
export function isSentToStigg(file: ScanFile, place: Span): boolean {
  const host = hostAround(file, place);
  return host === undefined ? file.documentMatches(STIGG_HOST) : host === 'stigg';
}

/** Whether the statement itself says that it is somebody else who gets it. */
export function isSentElsewhere(file: ScanFile, place: Span): boolean {
  return hostAround(file, place, BLOCK) === 'other';
}

/** Whose host the code around the place names: the smallest expression, command or paragraph that names any decides. */
function hostAround(file: ScanFile, place: Span, limit?: RegExp): 'stigg' | 'other' | undefined {
  for (const text of surroundings(file, place, limit)) {
    if (STIGG_HOST.test(text)) return 'stigg';
    if (ANY_HOST.test(text)) return 'other';
  }
  return undefined;
}

/** The texts around the place, each larger than the one before. */
function* surroundings({ text, syntax }: ScanFile, { start, end }: Span, limit: RegExp | undefined): Iterable<string> {
  const nearby = { start: Math.max(0, start - NEARBY), end: Math.min(text.length, end + NEARBY) };
  let last = { start, end };
  for (const node of syntax?.nodesAround(start, end) ?? []) {
    if (limit?.test(node.type) === true) return;
    const span = { start: Math.max(nearby.start, node.startIndex), end: Math.min(nearby.end, node.endIndex) };
    if (span.start >= last.start && span.end <= last.end) continue;
    last = span;
    yield text.slice(span.start, span.end);
  }
  if (syntax === undefined) {
    for (const limits of [LINE_END, PARAGRAPH_END]) {
      const before = text.slice(nearby.start, start).split(limits).at(-1) ?? '';
      const [after = ''] = text.slice(start, nearby.end).split(limits);
      yield before + after;
    }
  }
  if (limit === undefined) yield text.slice(nearby.start, nearby.end);
}
