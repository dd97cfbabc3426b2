import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode, ObjectNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import { indentationAt, newlineOf } from '../../lines.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { usesOf } from './holders.js';
import { insertEntry } from './insert.js';
import { addToLines, phpLine } from './phpEdits.js';
import { phpContent } from './phpOptions.js';
import { headerAt, mentionsStigg, queriesIn } from './sources.js';

/** The options of one handle. */
interface Options {
  readonly set: Map<string, IrNode>;
  /** The last array of options that is written out. */
  array: ObjectNode | undefined;
  isOpen: boolean;
}

/** curl: the handle that `curl_init` makes, with the options that it is given. */
export function curl(call: CallNode, code: Code): HttpDraft | undefined {
  if (nameOf(call) !== 'curl_init') return undefined;
  const options = optionsOf(call, code);
  const { set } = options;
  const url = set.get('URL') ?? call.arguments[0]?.value;
  if (url === undefined || !mentionsStigg([url], code)) return undefined;
  const headers = set.get('HTTPHEADER');
  const auth = set.get('USERPWD') ?? set.get('XOAUTH2_BEARER');
  const body = phpContent(set.get('POSTFIELDS'), code);
  return {
    call,
    method: methodOf(set, code),
    address: [url],
    headers: [...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...(auth === undefined ? [] : [headerAt('Authorization', auth, auth, auth)])],
    isOpen: options.isOpen,
    body,
    parameters: queriesIn([url], code),
    addHeader: (name, value) => addHeader(call, headers, options, code, name, value),
  };
}

function optionsOf(call: CallNode, code: Code): Options {
  const options: Options = { set: new Map(), array: undefined, isOpen: false };
  for (const use of usesOf(call, code)) {
    if (use.kind === 'returned') options.isOpen = true;
    if (use.kind !== 'argument') continue;
    const name = nameOf(use.call);
    const [, second, third] = use.call.arguments.map(({ value }) => value);
    if (name === 'curl_setopt' && second !== undefined && third !== undefined) put(second, third, options);
    else if (name === 'curl_setopt_array' && second !== undefined) putAll(second, options, code, 0);
    else if (!/^curl_|^(?:var_dump|print_r|is_resource|assert|unset|isset)$/.test(name)) options.isOpen = true;
  }
  return options;
}

function put(key: IrNode, value: IrNode, { set }: Options): void {
  const name = /(?:^|[.\\])CURLOPT_(\w+)$/.exec(calleeText(key))?.[1];
  if (name !== undefined) set.set(name, value);
}

function putAll(given: IrNode, options: Options, code: Code, depth: number): void {
  const node = code.tracer.sole(given) ?? unwrap(given);
  // Entries that are added to the variable later have names that are not followed.
  const isWritten = given.kind === 'name' && code.writes.of(given.name).length > 0;
  if (isWritten || depth > 8) options.isOpen = true;
  if (node.kind === 'object') {
    if (node === given) options.array = node;
    for (const { computed, value, isSpread } of node.entries) {
      if (isSpread) putAll(value, options, code, depth + 1);
      else if (computed !== undefined) put(computed, value, options);
    }
  } else if (node.kind === 'operation' && node.operator === '+' && depth <= 8) {
    for (const operand of node.operands.toReversed()) putAll(operand, options, code, depth + 1);
  } else {
    options.isOpen = true;
  }
}

function methodOf(set: ReadonlyMap<string, IrNode>, code: Code): string | undefined {
  const custom = set.get('CUSTOMREQUEST');
  if (custom !== undefined) {
    const text = code.textOf(custom);
    return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
  }
  if (set.has('PUT') || set.has('UPLOAD')) return 'PUT';
  const post = set.get('POST');
  const isPost = post === undefined ? set.has('POSTFIELDS') : !/^(?:false|0)$/i.test(code.slice(post));
  return isPost ? 'POST' : set.has('NOBODY') ? 'HEAD' : 'GET';
}

function addHeader(call: CallNode, headers: IrNode | undefined, { array, isOpen }: Options, code: Code, name: string, value: HeaderValue): TextEdit[] | undefined {
  const line = phpLine(name, value, code);
  if (line === undefined) return undefined;
  if (headers !== undefined) return addToLines(headers, line, code);
  if (isOpen) return undefined;
  if (array !== undefined) return insertEntry(array, `CURLOPT_HTTPHEADER => [${line}]`, code);
  // A statement of its own behind `$handle = curl_init(…);`
  const bind = call.parent?.kind === 'bind' ? call.parent : undefined;
  const handle = bind?.targets[0];
  const end = bind === undefined ? undefined : /^\s*;/.exec(code.text.slice(bind.end, bind.end + 20))?.[0].length;
  if (bind === undefined || handle === undefined || end === undefined) return undefined;
  const at = bind.end + end;
  return [{ start: at, end: at, text: `${newlineOf(code.text)}${indentationAt(code.text, bind.start)}curl_setopt(${code.slice(handle)}, CURLOPT_HTTPHEADER, [${line}]);` }];
}

function nameOf({ callee, isNew }: CallNode): string {
  return isNew ? '' : calleeText(unwrap(callee)).split(/[.\\]/).at(-1) ?? '';
}
