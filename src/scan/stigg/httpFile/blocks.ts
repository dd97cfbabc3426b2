import type { Span } from '../../languages/language.js';
import { linesOf } from '../../languages/structured/lines.js';

/** One request of a request file, as it is cut into lines. */
export interface RequestBlock {
  readonly method: string | undefined;
  /** The parts of its address: those of the request line and of the lines that go on with it. */
  readonly address: readonly Span[];
  readonly headers: readonly Span[];
  readonly body: readonly Span[];
  /** From the request line to the last header. */
  readonly head: Span;
}

const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|GRAPHQL|CONNECT|TRACE)[ \t]/i;
const ADDRESS = /^(?:https?:|\/\/|\{\{|[\w-]{1,60}\.[\w.-]{1,100})/i;
const COMMENT = /^[ \t]*(?:#|\/\/)/;
const CONTINUED = /^(?:[ \t]+[^\s#]|[ \t]*[?&]\S)/;
const HEADER = /^[ \t]*[A-Za-z][\w.-]*[ \t]*:/;

/** The requests of a file, with what belongs to each. */
export function blocksOf(text: string): RequestBlock[] {
  const blocks: RequestBlock[] = [];
  let block: Mutable | undefined;
  let state: 'before' | 'address' | 'headers' | 'body' | 'after' = 'before';
  let isScript = false;
  const finish = (): void => {
    if (block !== undefined) blocks.push(block);
    block = undefined;
    state = 'before';
  };
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (content.startsWith('###')) {
      isScript = false;
      finish();
    } else if (isScript) isScript = !content.includes('%}');
    else if (/^[<>][ \t]*\{%/.test(content)) {
      isScript = !content.includes('%}');
      if (state !== 'before') state = 'after';
    } else if (state === 'before') {
      block = requestAt(content, line);
      if (block !== undefined) state = 'address';
    } else if (state === 'after' || block === undefined) continue;
    else if (state === 'body') {
      if (/^(?:>>!?|<>|>)[ \t]/.test(content)) state = 'after';
      else block.body.push(line);
    } else if (content.trim() === '') state = 'body';
    else if (COMMENT.test(content)) continue;
    else if (state === 'address' && CONTINUED.test(content) && !HEADER.test(content)) {
      block.address.push(line);
      block.head = { start: block.head.start, end: line.end };
    } else {
      state = 'headers';
      if (HEADER.test(content)) block.headers.push(line);
      block.head = { start: block.head.start, end: line.end };
    }
  }
  finish();
  return blocks;
}

/** An address without the version of HTTP behind it. */
export function withoutVersion(address: string): string {
  const own = address.trim();
  const at = own.toUpperCase().lastIndexOf(' HTTP/');
  return at === -1 || own.length - at > 12 ? own : own.slice(0, at).trimEnd();
}

interface Mutable extends RequestBlock {
  readonly address: Span[];
  readonly headers: Span[];
  readonly body: Span[];
  head: Span;
}

function requestAt(content: string, line: Span): Mutable | undefined {
  if (COMMENT.test(content) || /^[ \t]*(?:@|$|<|>)/.test(content)) return undefined;
  const own = content.trim();
  const start = line.start + content.indexOf(own);
  const method = METHOD.exec(own)?.[1];
  const rest = own.slice(method?.length ?? 0).trimStart();
  const address = withoutVersion(rest);
  if (address === '' || (method === undefined && !ADDRESS.test(address))) return undefined;
  const at = start + own.length - rest.length;
  return { method: method?.toUpperCase(), address: [{ start: at, end: at + address.length }], headers: [], body: [], head: { start, end: line.end } };
}
