import type { Node } from '@vscode/tree-sitter-wasm';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** The value of a string literal or of a template without substitutions; undefined for anything else. */
export function stringValue(node: Node): string | undefined {
  if (node.type !== 'string' && node.type !== 'template_string') return undefined;
  let value = '';
  for (const part of node.namedChildren) {
    if (part === null) continue;
    if (part.type === 'template_substitution') return undefined;
    value += part.type === 'escape_sequence' ? unescape(part.text) : part.text;
  }
  return value;
}

/** What an escape sequence stands for. */
export function unescape(sequence: string): string {
  const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})$/i.exec(sequence);
  const digits = code?.[1] ?? code?.[2] ?? code?.[3];
  if (digits !== undefined) {
    const point = parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  const letter = sequence.slice(1);
  return ESCAPES[letter] ?? (/^[\r\n\u2028\u2029]/.test(letter) ? '' : letter);
}

/** The named children but for comments, which may stand anywhere. */
export function namedChildren(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && !child.isExtra);
}

/** The name that a property, a parameter or a member is known by; undefined for a computed one that is no plain string. */
export function nameOf(node: Node | null): string | undefined {
  if (node === null) return undefined;
  switch (node.type) {
    case 'string':
    case 'template_string':
      return stringValue(node);
    case 'computed_property_name': {
      const inner = node.namedChild(0);
      return inner === null ? undefined : stringValue(inner);
    }
    case 'identifier':
    case 'property_identifier':
    case 'private_property_identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
    case 'jsx_namespace_name':
    case 'number':
      return node.text;
    case 'member_expression':
      return nameOf(node.childForFieldName('property'));
    case 'subscript_expression':
      return nameOf(node.childForFieldName('index'));
    default:
      return undefined;
  }
}

const WRAPPERS = new Set(['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression', 'await_expression', 'type_assertion']);

/** True for what surrounds an expression without changing its value. */
export function isWrapper(node: Node): boolean {
  return WRAPPERS.has(node.type);
}

/** The expression inside parentheses, type assertions and `await`. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (isWrapper(inner)) {
    // In `<T>x` the expression comes last, elsewhere first.
    const children = namedChildren(inner);
    const next = inner.type === 'type_assertion' ? children.at(-1) : children[0];
    if (next === undefined) break;
    inner = next;
  }
  return inner;
}

/** The dotted parts of `a.b?.c`; `?` stands for a part that is no plain name (a call, an index). */
export function memberPath(node: Node): string[] {
  const parts: string[] = [];
  let current: Node | null = unwrap(node);
  while (current !== null) {
    if (current.type === 'member_expression' || current.type === 'subscript_expression') {
      parts.push(nameOf(current) ?? '?');
      const object: Node | null = current.childForFieldName('object');
      current = object === null ? null : unwrap(object);
    } else {
      parts.push(current.type === 'identifier' || current.type === 'this' ? current.text : '?');
      break;
    }
  }
  return parts.reverse();
}

/** A name is looked for no more often than this. */
const MOST_OCCURRENCES = 300;

/** The places where the name stands as a word of its own, comments and strings included; the first ones when there are very many. */
export function occurrencesOf(text: string, name: string): number[] {
  const places: number[] = [];
  if (name === '') return places;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (/[\w$]/.test(text.charAt(at - 1)) || /[\w$]/.test(text.charAt(at + name.length))) continue;
    places.push(at);
    if (places.length === MOST_OCCURRENCES) break;
  }
  return places;
}
