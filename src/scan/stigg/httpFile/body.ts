import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import type { Span } from '../../languages/language.js';
import { operationsIn } from '../graphql/operations.js';
import { valueIn } from '../payload/notation.js';
import { asWritten, lastName, Writing } from '../payload/written.js';

const PLACE = /\{\{([^{}\r\n]{0,200})\}\}/g;

/** The value of a body that is written out as JSON; what is put in when it is sent keeps its name. undefined for any other body. */
export function jsonBody(text: string, { start, end }: Span): IrNode | undefined {
  const written = new Writing();
  let from = start;
  for (const match of text.slice(start, end).matchAll(PLACE)) {
    const at = start + match.index;
    written.addStretch(text.slice(from, at), from);
    from = at + match[0].length;
    const name = lastName(match[1] ?? '');
    written.addHole({ kind: 'name', name, start: at, end: from });
  }
  written.addStretch(text.slice(from, end), from);
  return valueIn(written);
}

/** The body of a GraphQL request: a document and, behind an empty line, its variables. What the document writes out itself counts like variables. */
export function graphqlBody(text: string, lines: readonly Span[]): IrNode | undefined {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const at = lines.findIndex(({ start, end }, index) => /^\s*\{/.test(text.slice(start, end)) && index > 0 && isBlank(text, lines[index - 1]) && !isDocument(text.slice(start, last.end)));
  const document = { start: first.start, end: at === -1 ? last.end : lines[at]?.start ?? last.end };
  const variables = at === -1 ? undefined : jsonBody(text, { start: document.end, end: last.end });
  const inputs = operationsIn(asWritten(text, document.start, document.end)).map(({ input }) => input);
  const values = [...(variables === undefined ? [] : [variables]), ...inputs];
  if (values.length === 0) return undefined;
  return made({
    kind: 'object', type: undefined, start: document.start, end: last.end, innerStart: document.start, innerEnd: last.end,
    entries: values.map((value) => ({ key: undefined, keyStart: value.start, keyEnd: value.start, value, isSpread: true, isShorthand: false, start: value.start, end: value.end })),
  });
}

/** A query may begin with a brace like its variables: then no quote follows. */
function isDocument(text: string): boolean {
  return /^\s*\{\s*[A-Za-z_}]/.test(text.slice(0, 400)) && !/^\s*\{\s*\}/.test(text.slice(0, 400));
}

function isBlank(text: string, line: Span | undefined): boolean {
  return line === undefined || text.slice(line.start, line.end).trim() === '';
}
