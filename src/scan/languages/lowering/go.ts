import type { Node } from '@vscode/tree-sitter-wasm';
import type { LowerNode, LoweringRules } from '../../ir/lowering.js';
import { goBinding } from './go/bindings.js';
import { functionNode } from './go/functions.js';
import { goExpressions } from './go/expressions.js';
import { parts } from './shared.js';

/** Whatever opens a scope and holds statements, clauses or cases. */
const scope: LowerNode = (node, lower) =>
  lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: parts(node).flatMap((part) => lower.body(part)), isScope: true });

/** What only stands before what matters. */
const transparent: LowerNode = (node, lower) => lower.all(parts(node));

/** Of several results the first is the value; the others, errors as a rule, follow as code of their own. */
const returned: LowerNode = (node, lower) => {
  const values = parts(node).flatMap((part) => (part.type === 'expression_list' ? parts(part) : [part]));
  const [first, ...others] = values;
  const value = lower.maybe(first);
  const end = others.length === 0 ? node.endIndex : first?.endIndex ?? node.endIndex;
  return [lower.make({ kind: 'return', start: node.startIndex, end, value }), ...lower.all(others)];
};

/** `switch x := v.(type) { … }`: the new name is the value. */
const typeSwitch: LowerNode = (node, lower) => {
  const alias = node.childForFieldName('alias');
  const value = node.childForFieldName('value');
  const named = alias === null ? undefined : parts(alias)[0];
  if (alias === null || value === null || named?.type !== 'identifier' || named.startIndex > value.startIndex) return scope(node, lower);
  const { startIndex: start } = named;
  const { startIndex, endIndex: end } = value;
  const children = parts(node).flatMap((part) => {
    if (part.startIndex === alias.startIndex) return [];
    if (part.startIndex !== startIndex) return lower.some(part);
    const cast = lower.make({ kind: 'wrapped', start: startIndex, end, by: 'cast', inner: lower.one(value) });
    const target = { name: lower.textOf(named), place: undefined, path: [], start, end: named.endIndex };
    return lower.make({ kind: 'bind', start, end, targets: [target], value: cast, operator: '=', isDeclaration: true, isEach: false, type: undefined });
  });
  return lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children, isScope: true });
};

/** The types of a case are skipped. */
const typeCase: LowerNode = (node, lower) =>
  lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: parts(node).filter(isCode).flatMap((part) => lower.body(part)), isScope: true });

function isCode({ type }: Node): boolean {
  return type === 'statement_list' || type === 'ERROR';
}

export const goLowering: LoweringRules = {
  nodes: {
    ...goExpressions,
    ...goBinding,
    function_declaration: functionNode,
    method_declaration: functionNode,
    func_literal: functionNode,
    block: scope,
    if_statement: scope,
    for_statement: scope,
    expression_switch_statement: scope,
    select_statement: scope,
    expression_case: scope,
    default_case: scope,
    communication_case: scope,
    type_switch_statement: typeSwitch,
    type_case: typeCase,
    return_statement: returned,
    expression_statement: transparent,
    defer_statement: transparent,
    go_statement: transparent,
    labeled_statement: transparent,
    for_clause: transparent,
    expression_list: transparent,
    const_declaration: transparent,
    var_declaration: transparent,
    var_spec_list: transparent,
  },
  blocks: new Set(['source_file', 'statement_list']),
  scopes: new Set(),
  skipped: new Set([
    'comment', 'package_clause', 'import_declaration', 'type_declaration', 'label_name', 'type_parameter_list', 'field_declaration_list',
    'break_statement', 'continue_statement', 'goto_statement', 'fallthrough_statement', 'empty_statement',
  ]),
};
