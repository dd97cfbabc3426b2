import type { TextEdit } from '../../finding.js';
import { canonical } from '../../ir/names.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue, RequestBody } from '../request.js';
import { headersOf, joined, namedHeader, NO_HEADERS, type HeaderList } from './headers.js';
import { historyOf } from './history.js';
import { insertArgument, insertEntry } from './insert.js';
import { mediaOf } from './media.js';
import { literalAt } from './properties.js';
import { statementBelow } from './statements.js';
import { quoted, valueExpression } from './values.js';

interface Header {
  readonly name: string;
  readonly value: HeaderValue;
}

interface Message {
  readonly headers: HeaderList;
  readonly content: IrNode | undefined;
  /** What its initialiser sets. */
  readonly initial: ReadonlyMap<string, IrNode>;
}

/** The call that makes the content, where it can be seen. */
function makerOf(content: IrNode | undefined, code: Code): CallNode | undefined {
  if (content === undefined) return undefined;
  const node = unwrap(content);
  if (node.kind === 'call' && code.tracer.functionOf(node) === undefined) return node;
  const [origin, other] = code.tracer.origins(node, (end) => end.kind === 'call' && code.tracer.functionOf(end) === undefined);
  return origin?.node.kind === 'call' && origin.path.length === 0 && other === undefined ? origin.node : undefined;
}

function typeOf(maker: CallNode): string {
  return calleeText(unwrap(maker.callee));
}

/** The body that a content is made of. */
export function bodyOfContent(content: IrNode | undefined, code: Code): RequestBody | undefined {
  if (content === undefined || (unwrap(content).kind === 'name' && code.slice(content) === 'null')) return undefined;
  const maker = makerOf(content, code);
  const type = maker === undefined ? '' : typeOf(maker);
  const value = maker?.arguments[0]?.value;
  if (/(?:^|\.)JsonContent\.Create$/.test(type)) return { value, form: 'json' };
  if (/(?:FormUrlEncoded|Multipart(?:FormData)?)Content$/.test(type)) return { value, form: 'form' };
  return { value: type.endsWith("Content") ? value : content, form: 'text' };
}

/** What the content says of its type: an argument, or what is set on it later. Of a content from elsewhere nothing is known. */
export function contentTypeOf(content: IrNode | undefined, code: Code): HeaderList {
  if (content === undefined || (unwrap(content).kind === 'name' && code.slice(content) === 'null')) return NO_HEADERS;
  const maker = makerOf(content, code);
  if (maker === undefined || !/(?:Content|JsonContent\.Create)$/.test(typeOf(maker))) return { ...NO_HEADERS, isOpen: true };
  const type = typeOf(maker).endsWith("StringContent") ? mediaArgument(maker, code) : undefined;
  const later = headersOf(historyOf(maker, code).actions, code);
  return joined([type === undefined ? NO_HEADERS : { ...NO_HEADERS, sources: [namedHeader('Content-Type', type, mediaOf(type, code) ?? type)] }, later]);
}

/** `new StringContent(text, Encoding.UTF8, "application/json")`, also with a header's value in the second place. */
function mediaArgument(maker: CallNode, code: Code): IrNode | undefined {
  const named = maker.arguments.find(({ name }) => name === 'mediaType');
  const [, second, third] = maker.arguments;
  if (named !== undefined || third !== undefined) return (named ?? third)?.value;
  if (second === undefined || second.name === 'encoding') return undefined;
  return /Encoding\b|encoding/.test(code.slice(second.value)) || code.slice(second.value) === 'null' ? undefined : second.value;
}

/** Edits that give a `StringContent` its media type: its headers are set nowhere else. */
export function contentIn(content: IrNode | undefined, { name, value }: Header, code: Code): TextEdit[] | undefined {
  const maker = canonical(name) === 'contentType' && value.kind === 'text' ? makerOf(content, code) : undefined;
  if (maker === undefined || value.kind !== 'text' || !typeOf(maker).endsWith("StringContent") || maker.arguments.some((argument) => argument.name !== undefined)) return undefined;
  const type = quoted(value.text.split(';')[0] ?? value.text, code.languageId);
  if (maker.arguments.length === 2 && mediaArgument(maker, code) === undefined) return insertArgument(maker, type, code);
  const encoding = code.says(/^[\t ]{0,40}(?:global )?using System\.Text;/m) ? 'Encoding.UTF8' : 'System.Text.Encoding.UTF8';
  return maker.arguments.length === 1 ? insertArgument(maker, `${encoding}, ${type}`, code) : undefined;
}

/** Edits that add a header to a message: to its content, to its initialiser, below the last line that sets one, or below the message. */
export function addToMessage(call: CallNode, header: Header, { headers: { setters }, content, initial }: Message, code: Code): TextEdit[] | undefined {
  // .NET throws where a content's header is set on the message.
  if (/^content/i.test(header.name)) return contentIn(content, header, code);
  const written = valueExpression(header.value, code);
  if (written === undefined) return undefined;
  const given = literalAt(initial.get('headers'));
  const name = quoted(header.name, code.languageId);
  if (given !== undefined) return insertEntry(given, `{ ${name}, ${written.expression} }`, code);
  const bind = call.parent?.kind === 'bind' && call.parent.value === call ? call.parent : undefined;
  const variable = call.isNew && bind?.targets.length === 1 ? bind.targets[0]?.name : undefined;
  if (bind === undefined || variable === undefined) return undefined;
  const statement = `${variable}.Headers.Add(${name}, ${written.expression});`;
  const own = setters.filter(({ path }) => path[0] === 'headers');
  const last = own.findLast(({ node }) => node.parent === bind.parent);
  if (last !== undefined) return statementBelow(last.node, statement, code);
  // `var` and `using` stand before what the representation has of the statement.
  const line = code.text.lastIndexOf('\n', bind.start - 1) + 1;
  const lead = /^\s*(?:using\s+)?(?:var|HttpRequestMessage)\s+$/.exec(code.text.slice(line, bind.start));
  return own.length > 0 || lead === null ? undefined : statementBelow({ start: line + (/^\s*/.exec(lead[0])?.[0].length ?? 0), end: bind.end }, statement, code);
}
