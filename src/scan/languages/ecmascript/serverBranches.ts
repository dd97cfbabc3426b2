import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Span } from '../language.js';
import { namedChildren, stringValue } from './nodes.js';
import { Scope, type Around } from './scope.js';

/** What tells servers from browsers, and what it is on a server. Bundlers answer it while they build. */
const TESTS: readonly (readonly [pattern: RegExp, onServers: boolean])[] = [
  [/^(?:import\.meta\.(?:env\.SSR|server)|process\.server)$/, true],
  [/^(?:import\.meta\.(?:client|browser)|process\.(?:client|browser))$/, false],
];
const MAY_TEST = /\btypeof\s+window\b|\bimport\.meta\.(?:env\.SSR|server|client|browser)\b|\bprocess\.(?:server|client|browser)\b/g;
/** What `typeof window` is where there is one. */
const NO_WINDOW = 'undefined';
const EXITS = new Set(['return_statement', 'throw_statement']);
/** A module with more tests than this is generated. */
const MOST_TESTS = 200;
const KEY = {};

/** The branches that only servers take, in order of their tests. */
export function serverBranches(source: ParsedSource): readonly Span[] {
  return source.syntax?.remember(KEY, () => {
    const branches: Span[] = [];
    const scope = new Scope(source);
    for (const { index, 0: { length } } of Array.from(source.text.matchAll(MAY_TEST)).slice(0, MOST_TESTS)) {
      const around = source.syntax?.nodesAround(index, index + length) ?? [];
      const test = testOf(around);
      if (test === undefined) continue;
      branches.push(...branchesOf(test.around, test.onServers, scope));
    }
    return branches;
  }) ?? [];
}

/** A condition, innermost node first, and the value that it has on servers. */
interface Test {
  readonly around: Around;
  readonly onServers: boolean;
}

function testOf(around: Around): Test | undefined {
  const [inner, comparison] = around;
  if (inner === undefined) return undefined;
  if (inner.type === 'member_expression') {
    const row = TESTS.find(([pattern]) => pattern.test(inner.text));
    return row === undefined ? undefined : { around, onServers: row[1] };
  }
  if (inner.type !== 'unary_expression' || comparison?.type !== 'binary_expression') return undefined;
  const operator = /^([!=])==?$/.exec(comparison.childForFieldName('operator')?.text ?? '')?.[1];
  const left = comparison.childForFieldName('left');
  const other = left?.id === inner.id ? comparison.childForFieldName('right') : left;
  const value = other === null ? undefined : stringValue(other);
  if (operator === undefined || (value !== NO_WINDOW && value !== 'object')) return undefined;
  const isNone = value === NO_WINDOW;
  return { around: around.slice(1), onServers: operator === '=' ? isNone : !isNone };
}

/** What only runs if the condition has the value that it has on servers. Of a constant that holds it, what its uses decide. */
function branchesOf(around: Around, onServers: boolean, scope: Scope, isConstant = false): Span[] {
  const branches: Span[] = [];
  let value = onServers;
  for (const [index, node] of around.entries()) {
    const parent = around[index + 1];
    if (parent === undefined) break;
    if (parent.type === 'parenthesized_expression') continue;
    if (parent.type === 'unary_expression') {
      if (parent.childForFieldName('operator')?.text !== '!') break;
      value = !value;
      continue;
    }
    if (parent.type === 'binary_expression') {
      // The whole decides nothing where the other operand may give it that value as well.
      if (parent.childForFieldName('operator')?.text !== (value ? '&&' : '||')) break;
      if (parent.childForFieldName('left')?.id === node.id) add(branches, parent.childForFieldName('right'));
      continue;
    }
    if (parent.type === 'variable_declarator') {
      const name = parent.childForFieldName('name');
      const binding = isConstant || name?.type !== 'identifier' ? undefined : scope.resolve(name.text, name.startIndex);
      if (binding?.isConstant === true) branches.push(...scope.usesOf(binding).flatMap((use) => branchesOf(use, value, scope, true)));
    } else if (parent.childForFieldName('condition')?.id === node.id && (parent.type === 'ternary_expression' || parent.type === 'if_statement')) {
      add(branches, parent.childForFieldName(value ? 'consequence' : 'alternative'));
      if (!value && exits(parent.childForFieldName('consequence'))) addRest(branches, parent, around[index + 2]);
    }
    break;
  }
  return branches;
}

function add(branches: Span[], node: Node | null): void {
  if (node !== null) branches.push({ start: node.startIndex, end: node.endIndex });
}

/** What follows `if (browser) return;` in its block. */
function addRest(branches: Span[], statement: Node, block: Node | undefined): void {
  if (statement.type !== 'if_statement' || block === undefined || (block.type !== 'statement_block' && block.type !== 'program')) return;
  branches.push({ start: statement.endIndex, end: block.endIndex });
}

function exits(consequence: Node | null): boolean {
  if (consequence === null) return false;
  const last = consequence.type === 'statement_block' ? namedChildren(consequence).at(-1) : consequence;
  return last !== undefined && EXITS.has(last.type);
}
