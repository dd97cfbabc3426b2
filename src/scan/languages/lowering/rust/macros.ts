import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, IrNode } from '../../../ir/node.js';
import { withCaptures } from './texts.js';
import type { Tokens } from './tokens.js';

/** Their one argument is the value, in the notation of JSON. */
const VALUES = new Set(['json', 'bson', 'rawdoc', 'doc']);
const LISTS = new Set(['vec', 'smallvec', 'btreeset', 'hashset', 'array']);
/** `key => value`, `key: value`. */
const MAPS = new Set(['hashmap', 'btreemap', 'indexmap', 'phf_map', 'map']);
/** The first text among their arguments names variables: `{id}`. */
const FORMATS = new Set(['format', 'format_args', 'print', 'println', 'eprint', 'eprintln', 'write', 'writeln', 'panic', 'anyhow', 'bail', 'concatcp']);

/** What a macro makes of what it is given, `inner`, where that is known; others are calls. `tree` has the brackets. */
export function expanded(callee: IrNode, tree: Node, start: number, inner: Tokens | undefined, lower: Lower): IrNode {
  const { startIndex: listStart, endIndex: end } = tree;
  const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
  if (inner !== undefined && VALUES.has(name)) {
    if (inner.isObject && lower.text[listStart] === '{') return inner.object(tree, undefined, start);
    const items = inner.items();
    const [only] = items;
    if (only !== undefined && items.length === 1) return only;
    return lower.make({ kind: 'group', start, end, children: items, isScope: false });
  }
  if (inner !== undefined && LISTS.has(name)) return lower.make({ kind: 'list', start, end, elements: inner.elements() });
  if (inner !== undefined && MAPS.has(name)) return inner.object(tree, undefined, start);
  const given = inner?.arguments() ?? [];
  return lower.make({ kind: 'call', start, end, callee, arguments: FORMATS.has(name) ? formatted(given, lower) : given, isNew: false, listStart, listEnd: end });
}

function formatted(given: readonly Argument[], lower: Lower): readonly Argument[] {
  const names = new Set(given.flatMap(({ name }) => name ?? []));
  const first = given.findIndex(({ name, value }) => name === undefined && value.kind === 'text');
  return given.map((argument, index) => (index === first && argument.value.kind === 'text' ? { ...argument, value: withCaptures(argument.value, names, lower) } : argument));
}
