import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { Entry, IrNode } from '../../../ir/node.js';
import { innerEndOf, parts } from '../shared.js';

/** What the type of a literal says about what is inside. */
type Shape =
  | { readonly kind: 'list'; readonly inner: Node | undefined }
  | { readonly kind: 'map'; readonly inner: Node | undefined }
  /** A struct, or a type that is declared somewhere else. */
  | { readonly kind: 'named'; readonly type: string | undefined }
  | { readonly kind: 'unknown' };

/** Types nested more deeply say nothing any more. */
const DEEPEST_TYPE = 8;

/** `T{…}`, `[]T{…}`, `map[K]V{…}`. */
export const compositeLiteral: LowerNode = (node, lower) => {
  const [type, body] = parts(node);
  if (type === undefined || body?.type !== 'literal_value') return lower.group(node, lower.all(parts(node)));
  return literal(node, body, shapeOf(type, lower), lower, 0);
};

/** `{…}` inside of a literal whose type does not say what it is: `http.Header{"Accept": {"…"}}`. */
export const elidedLiteral: LowerNode = (node, lower) => literal(node, node, { kind: 'unknown' }, lower, 0);

function shapeOf(type: Node, lower: Lower): Shape {
  switch (type.type) {
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return { kind: 'list', inner: parts(type).at(-1) };
    case 'map_type':
      return { kind: 'map', inner: parts(type).at(-1) };
    case 'struct_type':
      return { kind: 'named', type: undefined };
    case 'pointer_type': {
      // Inside of `[]*T{…}`, `{…}` is `&T{…}`.
      const [inner] = parts(type);
      return inner === undefined || inner.type === 'pointer_type' ? { kind: 'unknown' } : shapeOf(inner, lower);
    }
    default:
      return { kind: 'named', type: lower.textOf(type) };
  }
}

function literal(node: Node, body: Node, shape: Shape, lower: Lower, level: number): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const elements = parts(body);
  const inner = shape.kind === 'list' || shape.kind === 'map' ? shape.inner : undefined;
  const valueOf = (element: Node): IrNode => {
    const value = element.type === 'literal_element' ? parts(element)[0] ?? element : element;
    if (value.type !== 'literal_value' || inner === undefined || level >= DEEPEST_TYPE) return lower.one(value);
    return literal(value, value, shapeOf(inner, lower), lower, level + 1);
  };
  if (shape.kind === 'list' || (shape.kind === 'unknown' && elements.length > 0 && !elements.some(isKeyed))) {
    // The key of a list's element is its number.
    return lower.make({ kind: 'list', start, end, elements: elements.map((element) => valueOf(isKeyed(element) ? parts(element).at(-1) ?? element : element)) });
  }
  const entries = elements.map((element) => entry(element, shape, valueOf, lower));
  const innerEnd = innerEndOf(lower.text, body.startIndex, body.endIndex, entries);
  return lower.make({ kind: 'object', start, end, type: shape.kind === 'named' ? shape.type : undefined, entries, innerStart: body.startIndex + 1, innerEnd });
}

function isKeyed({ type }: Node): boolean {
  return type === 'keyed_element';
}

function entry(element: Node, { kind }: Shape, valueOf: (element: Node) => IrNode, lower: Lower): Entry {
  const { startIndex: start, endIndex: end } = element;
  const [first, value, ...others] = isKeyed(element) ? parts(element) : [];
  const common = { isSpread: false, isShorthand: false, start, end };
  if (first === undefined || value === undefined || others.length > 0) return { ...common, key: undefined, keyStart: start, keyEnd: start, value: isKeyed(element) ? lower.group(element, lower.all(parts(element))) : valueOf(element) };
  const key = first.type === 'literal_element' ? parts(first)[0] ?? first : first;
  const { startIndex: keyStart, endIndex: keyEnd } = key;
  // The fields of a struct are names; in a map a name is a variable or a constant.
  if (key.type === 'identifier' && kind !== 'map') return { ...common, key: lower.textOf(key), keyStart, keyEnd, value: valueOf(value) };
  const computed = lower.one(key);
  if (computed.kind !== 'text') return { ...common, key: undefined, computed, keyStart, keyEnd, value: valueOf(value) };
  const constant = computed.parts.map((part) => (part.kind === 'stretch' ? part.value : '')).join('');
  return { ...common, key: constant, keyStart: keyStart + 1, keyEnd: keyEnd - 1, value: valueOf(value) };
}
