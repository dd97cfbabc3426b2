import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { insertEntry } from './insert.js';
import { addToLines, phpLine } from './phpEdits.js';
import { phpContent, phpMethod } from './phpOptions.js';
import { isOpenObject, literalAt, properties, valuesIn } from './properties.js';
import { argumentOf, mentionsStigg, queriesIn, textAt } from './sources.js';

const OPENERS: Readonly<Record<string, number>> = { file_get_contents: 2, fopen: 3, file: 2 };
const WRAPPERS = properties('http', 'https');
const OPTIONS = properties('method', 'header', 'content');

/** `file_get_contents($url, false, stream_context_create(['http' => […]]))` */
export function streams(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  const position = callee.kind === 'name' && !call.isNew ? OPENERS[callee.name] : undefined;
  const url = argumentOf(call, 'filename', 0)?.value;
  if (position === undefined || url === undefined || !mentionsStigg([url], code)) return undefined;
  const context = argumentOf(call, 'context', position)?.value;
  const made = context === undefined ? undefined : code.tracer.sole(context);
  const isMade = made?.kind === 'call' && /(?:^|[.\\])stream_context_create$/.test(calleeText(unwrap(made.callee)));
  const wrappers = isMade ? made.arguments[0]?.value : undefined;
  const own = valuesIn(wrappers, WRAPPERS, code);
  const http = own.get('http') ?? own.get('https');
  const options = valuesIn(http, OPTIONS, code);
  const header = options.get('header');
  const headers = header === undefined ? [] : linesIn(header, code);
  return {
    call,
    method: phpMethod(options.get('method'), true, code),
    address: [url],
    headers: headers ?? [],
    isOpen: headers === undefined || (context !== undefined && !isMade) || isOpenObject(wrappers, code) || isOpenObject(http, code),
    body: phpContent(options.get('content'), code),
    parameters: queriesIn([url], code),
    addHeader: (name, value) => {
      const line = phpLine(name, value, code);
      const literal = literalAt(http);
      if (line === undefined) return undefined;
      if (header !== undefined) return unwrap(header).kind === 'list' ? addToLines(header, line, code) : undefined;
      return literal === undefined ? undefined : insertEntry(literal, `'header' => [${line}]`, code);
    },
  };
}

/** The headers of a list, or of a text with one in each line; undefined where they cannot be seen. */
function linesIn(header: IrNode, code: Code): HeaderSource[] | undefined {
  const node = code.tracer.sole(header) ?? unwrap(header);
  const joined = node.kind === 'call' && calleeText(unwrap(node.callee)) === 'implode' ? node.arguments[1]?.value : undefined;
  if (joined !== undefined || node.kind === 'list') return [{ kind: 'object', node: joined ?? header }];
  if (node.kind !== 'text' && node.kind !== 'operation') return undefined;
  return code.textOf(node).split(/\r?\n|\r/).flatMap((line): HeaderSource[] => {
    const at = line.indexOf(':');
    if (at === -1) return [];
    const name = line.slice(0, at).trim();
    const found = code.text.indexOf(name, node.start);
    const span = found === -1 || found + name.length > node.end ? node : { start: found, end: found + name.length };
    return [{ kind: 'pair', name: textAt(span, name), value: textAt({ start: span.end, end: node.end }, line.slice(at + 1).trim()), start: node.start, end: node.end }];
  });
}
