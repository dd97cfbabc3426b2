import type { IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import { namedHeader, NO_HEADERS, type HeaderList } from './headers.js';
import { mediaOf } from './media.js';

/** A body with the content type that it brings along. */
export interface Content {
  readonly body: RequestBody | undefined;
  readonly type: HeaderList;
}

const NONE: Content = { body: undefined, type: NO_HEADERS };
const DEEPEST = 6;

/** What a request's body is made of: OkHttp's `RequestBody`, `BodyPublishers.ofString`, Apache's entities. `type` is the header that follows from it. */
export function contentIn(expression: IrNode | undefined, code: Code, depth = 0): Content {
  if (expression === undefined || depth > DEEPEST) return NONE;
  const node = unwrap(expression);
  if (node.kind === 'name' && /^(?:null|EMPTY_REQUEST)$/.test(node.name)) return NONE;
  if (node.kind === 'call' && code.tracer.functionOf(node) === undefined) {
    const found = ofCall(node, code);
    if (found !== undefined) return found;
  }
  if (node.kind === 'name' || node.kind === 'member') {
    const [origin, other] = code.tracer.origins(node, ({ kind }) => kind === 'call');
    if (origin?.node.kind === 'call' && origin.path.length === 0 && other === undefined) {
      const found = ofCall(origin.node, code);
      if (found !== undefined) return found;
    }
  }
  // A body of elsewhere may say its type.
  return { body: { value: expression, form: 'text' }, type: { ...NO_HEADERS, isOpen: true } };
}

function ofCall(node: IrNode & { readonly kind: 'call' }, code: Code): Content | undefined {
  const callee = unwrap(node.callee);
  const path = calleeText(callee);
  const values = node.arguments.map(({ value }) => value);
  const [first, second] = values;
  if (/(?:^|\.)noBody$/.test(path)) return NONE;
  if (/BodyPublishers\.of\w+$|(?:^|\.)of(?:String|ByteArray)$/.test(path)) return { body: { value: first, form: 'text' }, type: NO_HEADERS };
  if (/(?:FormBody|MultipartBody|UrlEncodedFormEntity|MultipartEntityBuilder)\b/.test(path) || /(?:FormBody|MultipartBody)\.Builder\b/.test(code.slice(node))) return { body: { value: undefined, form: 'form' }, type: NO_HEADERS };
  if (callee.kind === 'member' && /^(?:toRequestBody|asRequestBody)$/.test(callee.name)) return typed(callee.object, node.arguments.find(({ name }) => name === undefined || name === 'contentType')?.value, code);
  if (/(?:^|\.)RequestBody\.create$/.test(path) || /(?:String|ByteArray)Entity$/.test(path)) {
    // The order of the arguments was turned round in OkHttp 4.
    const isFirst = first !== undefined && second !== undefined && (isNull(first, code) || (mediaOf(first, code) !== undefined && mediaOf(second, code) === undefined));
    return first === undefined ? undefined : isFirst ? typed(second, first, code) : typed(first, second, code);
  }
  return undefined;
}

function typed(value: IrNode, type: IrNode | undefined, code: Code): Content {
  const isNone = type === undefined || isNull(type, code) || /charset/i.test(code.slice(type));
  return { body: { value, form: 'text' }, type: isNone ? NO_HEADERS : { ...NO_HEADERS, sources: [namedHeader('Content-Type', type, mediaOf(type, code) ?? type)] } };
}

function isNull(node: IrNode, code: Code): boolean {
  return unwrap(node).kind === 'name' && code.slice(node) === 'null';
}

/** Whether Spring and its like serialise it, and say so: an object is, a text is sent as it is. */
export function serialised(value: IrNode, code: Code): RequestBody {
  const origins = code.tracer.origins(value, (node) => node.kind === 'call' && code.tracer.functionOf(node) === undefined);
  const isText = origins.some(({ node, path }) => path.length === 0 && (node.kind === 'text' || (node.kind === 'operation' && node.operator === '+') || (node.kind === 'call' && /(?:toString|AsString|toJson|encodeToString|format|formatted|trimIndent|stringify)$/.test(calleeText(unwrap(node.callee)))) || isString(node, code)));
  return { value, form: isText ? 'text' : 'json' };
}

/** A parameter that is declared as a text. */
function isString(node: IrNode, code: Code): boolean {
  if (node.kind !== 'name') return false;
  return (code.scopes.resolve(node.name, node)?.sources ?? []).some((source) => (source.kind === 'parameter' ? source.node.parameters[source.index]?.type : source.kind === 'bind' ? source.node.type : undefined) === 'String');
}
