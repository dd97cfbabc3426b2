import { plainText } from '../../ir/access.js';
import type { IrNode } from '../../ir/node.js';
import { unwrap, walk } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter } from '../request.js';
import { historyOf, historyOfVariable } from './history.js';

const DEEPEST = 6;
/** Calls around a content that leave it what it is. */
const AROUND = /^(?:NewReader|NewBuffer|NewBufferString|NopCloser|MultiReader)$/;
const OF = /^(?:String|Bytes)$/;

/** What a request's body is made of: what was encoded into a buffer, otherwise the expression itself. */
export function contentOf(expression: IrNode, code: Code, depth = 0): IrNode {
  const node = unwrap(expression);
  if (depth > DEEPEST) return node;
  if (node.kind === 'call') {
    const callee = unwrap(node.callee);
    const name = callee.kind === 'member' ? callee.name : '';
    const [first] = node.arguments;
    if (AROUND.test(name) && first !== undefined) return contentOf(first.value, code, depth + 1);
    if (OF.test(name) && first === undefined && callee.kind === 'member') return contentOf(callee.object, code, depth + 1);
    return node;
  }
  if (node.kind !== 'name') return node;
  const encoded = encodedInto(node, code);
  if (encoded !== undefined) return encoded;
  const [origin, other] = code.tracer.origins(node, ({ kind }) => kind === 'call');
  const inner = origin?.node.kind === 'call' && origin.path.length === 0 && other === undefined ? origin.node : undefined;
  const isAround = inner !== undefined && contentOf(inner, code, depth + 1) !== inner;
  return isAround ? contentOf(inner, code, depth + 1) : node;
}

/** `json.NewEncoder(&buffer).Encode(value)`, `buffer.WriteString(text)` */
function encodedInto(buffer: IrNode, code: Code): IrNode | undefined {
  const { actions, givenTo } = historyOfVariable(buffer, code);
  for (const call of givenTo) {
    const callee = unwrap(call.callee);
    if (callee.kind !== 'member' || callee.name !== 'NewEncoder') continue;
    const encode = historyOf(call, code).actions.find(({ path }) => path.join('.') === 'encode');
    if (encode?.values[0] !== undefined) return encode.values[0];
  }
  const written = actions.filter(({ path }) => /^write(?:String)?$/.test(path.join('.')));
  return written.length === 1 ? written[0]?.values[0] : undefined;
}

/** The parameters of `url.Values` that the address ends with: `base + "?" + query.Encode()`. */
export function queryIn(address: IrNode, code: Code): QueryParameter[] {
  const wholes = [address, ...code.tracer.origins(address).flatMap(({ node, path }) => (path.length === 0 && node !== address ? [node] : []))];
  const found: QueryParameter[] = [];
  for (const whole of wholes) {
    for (const node of walk(whole)) {
      const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
      if (callee?.kind !== 'member' || callee.name !== 'Encode') continue;
      const values = unwrap(callee.object);
      const literal = values.kind === 'name' ? code.tracer.sole(values) : values;
      if (literal?.kind === 'object') found.push(...literal.entries.flatMap(({ key, value }): QueryParameter[] => (key === undefined ? [] : [{ name: key, value: only(value) }])));
      for (const { path, values: [name, value] } of values.kind === 'name' ? historyOfVariable(values, code).actions : []) {
        const text = name === undefined ? undefined : plainText(name);
        if (/^(?:set|add)$/.test(path.join('.')) && text !== undefined && value !== undefined) found.push({ name: text, value });
      }
    }
  }
  return found;
}

function only(value: IrNode): IrNode {
  const node = unwrap(value);
  return node.kind === 'list' && node.elements.length === 1 ? node.elements[0] ?? value : value;
}
