import type { TextEdit } from '../../finding.js';
import { canonical } from '../../ir/names.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue, RequestBody } from '../request.js';
import type { HeaderSource } from './draft.js';
import { insertArgument, insertEntry } from './insert.js';
import { addToHeaders, phpEntry } from './phpEdits.js';
import { isOpenObject, literalAt, properties, valuesIn } from './properties.js';
import { headerAt } from './sources.js';

const OPTIONS = properties('headers', 'json', 'body', 'formParams', 'multipart', 'query', 'auth', 'authBearer', 'authBasic', 'authNtlm', 'handler', 'baseUri', 'method');

/** What Guzzle, Symfony's client and WordPress read from an array of options. */
export interface PhpOptions {
  readonly own: ReadonlyMap<string, IrNode>;
  readonly headers: readonly HeaderSource[];
  readonly isOpen: boolean;
}

export function phpOptions(options: IrNode | undefined, code: Code): PhpOptions {
  const constants = constantOptions(options, code);
  const own = new Map([...valuesIn(options, OPTIONS, code), ...constants.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const]))]);
  const headers = own.get('headers');
  const auth = own.get('auth');
  const value = own.get('authBearer') ?? own.get('authBasic') ?? (auth !== undefined && isList(auth, code) ? auth : undefined);
  return {
    own,
    headers: [...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...(value === undefined ? [] : [headerAt('Authorization', value, value, value)])],
    // An empty array is a list; anything may handle requests.
    isOpen: (!isEmpty(options) && isOpenObject(options, code)) || constants.some(({ name }) => name === undefined) || own.has('handler') || own.has('authNtlm') || (auth !== undefined && value === undefined && !isNull(auth)),
  };
}

/** Options that go by a constant, such as Guzzle's `RequestOptions::HEADERS => […]`; without a name where nobody knows which one it is. */
function constantOptions(options: IrNode | undefined, code: Code): { readonly name: string | undefined; readonly value: IrNode }[] {
  const literal = options === undefined ? undefined : code.tracer.sole(options) ?? unwrap(options);
  if (literal?.kind !== 'object') return [];
  return literal.entries.flatMap(({ computed, value }) => (computed === undefined ? [] : [{ name: constantOption(computed, code), value }]));
}

/** The constants of that class hold their own names in lower case: `FORM_PARAMS` is `form_params`. */
function constantOption(key: IrNode, code: Code): string | undefined {
  const name = /(?:^|[.\\])RequestOptions\.([A-Z][A-Z_]{1,40})$/.exec(calleeText(key))?.[1] ?? code.textOf(key);
  return /^[A-Za-z_]{1,40}$/.test(name) ? canonical(name.toLowerCase()) : undefined;
}

export function phpBody({ own }: PhpOptions, code: Code): RequestBody | undefined {
  const json = own.get('json');
  if (json !== undefined) return { value: json, form: 'json' };
  const form = own.get('formParams') ?? own.get('multipart');
  return form === undefined ? phpContent(own.get('body'), code) : { value: form, form: 'form' };
}

/** Arrays become forms, texts are sent as they are. */
export function phpContent(value: IrNode | undefined, code: Code): RequestBody | undefined {
  if (value === undefined || isNull(value)) return undefined;
  const node = code.tracer.sole(value) ?? unwrap(value);
  const isForm = node.kind === 'object' || node.kind === 'list' || (node.kind === 'call' && calleeText(unwrap(node.callee)) === 'http_build_query');
  return { value, form: isForm ? 'form' : 'text' };
}

/** Edits that add a header to a call with options at that position. */
export function addToOptions(call: CallNode, options: IrNode | undefined, position: number, code: Code, name: string, value: HeaderValue): TextEdit[] | undefined {
  const entry = phpEntry(name, value, code);
  if (entry === undefined) return undefined;
  const literal = literalAt(options);
  const given = literal?.entries.findLast(({ key, computed }) => key === 'headers' || (computed !== undefined && constantOption(computed, code) === 'headers'))?.value;
  if (given !== undefined) return addToHeaders(given, entry, code);
  // What is spread into the options may have headers of its own.
  if (literal !== undefined) return literal.entries.some(({ isSpread }) => isSpread) ? undefined : insertEntry(literal, `'headers' => [${entry}]`, code);
  return options === undefined && call.arguments.length === position ? insertArgument(call, `['headers' => [${entry}]]`, code) : undefined;
}

function isList(node: IrNode, code: Code): boolean {
  return (code.tracer.sole(node) ?? unwrap(node)).kind === 'list';
}

export function isEmpty(node: IrNode | undefined): boolean {
  const inner = node === undefined ? undefined : unwrap(node);
  return inner?.kind === 'list' && inner.elements.length === 0;
}

function isNull(node: IrNode): boolean {
  const inner = unwrap(node);
  return inner.kind === 'name' && inner.name.toLowerCase() === 'null';
}

/** The method that is stated; GET where none has to be. */
export function phpMethod(node: IrNode | undefined, hasDefault: boolean, code: Code): string | undefined {
  if (node === undefined) return hasDefault ? 'GET' : undefined;
  const text = code.textOf(node);
  return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
}
