import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, type LowerNode, type LoweringRules, named } from '../../ir/lowering.js';
import type { IrNode, WrappedNode } from '../../ir/node.js';
import { assignment, catchClause, compoundAssignment, declarator, loop } from './ecmascript/binds.js';
import { call, construct, list, member, metaProperty, object, subscript } from './ecmascript/calls.js';
import { classOf, field } from './ecmascript/classes.js';
import { functionOf } from './ecmascript/functions.js';
import { element, selfClosing } from './ecmascript/jsx.js';
import { ternary, unaryOrBinary } from './ecmascript/operators.js';
import { COMMENTS, parts } from './ecmascript/parts.js';
import { numberValue, string, template } from './ecmascript/strings.js';

/** What only passes on what is inside. */
const through: LowerNode = (node, lower) => lower.all(named(node));

const name: LowerNode = (node, lower) => lower.name(node);

const wrap = (by: WrappedNode['by'], which: 'first' | 'last' = 'first'): LowerNode => (node, lower) => {
  const all = parts(node);
  const inner = which === 'first' ? all[0] : all.at(-1);
  return inner === undefined ? lower.group(node, []) : lower.make<WrappedNode>({ kind: 'wrapped', start: node.startIndex, end: node.endIndex, by, inner: lower.one(inner) });
};

const functionNode: LowerNode = (node, lower) => {
  const { function: lowered, beside, fields } = functionOf(node, lower);
  return beside.length + fields.length === 0 ? lowered : [...beside, ...fields, lowered];
};

const scope: LowerNode = (node, lower) => lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: lower.all(named(node)), isScope: true });

/** What is exported is as it would be without; lists of names and of other modules' names hold no code. */
const exported: LowerNode = (node, lower) => (/^export\s+(?:type\s+)?[*{]|^export[*{]/.test(lower.textOf(node).slice(0, 100)) ? [] : lower.all(named(node)));

/** The value that is compared with, then statements. */
function switchCase(node: Node, lower: Lower): IrNode {
  const value = node.childForFieldName('value');
  const statements = parts(node).filter(({ id }) => id !== value?.id);
  return lower.group(node, [...(value === null ? [] : lower.some(value)), ...lower.block(statements)]);
}

const CLASSES = ['class_declaration', 'abstract_class_declaration', 'class', 'enum_declaration', 'internal_module', 'module'];
const FUNCTIONS = ['function_declaration', 'generator_function_declaration', 'function_expression', 'generator_function', 'arrow_function', 'method_definition'];
const NAMES = [
  'identifier', 'property_identifier', 'private_property_identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern', 'type_identifier',
  'this', 'super', 'import', 'true', 'false', 'null', 'undefined',
];
const THROUGH = [
  'expression_statement', 'lexical_declaration', 'variable_declaration', 'ambient_declaration', 'labeled_statement', 'else_clause', 'class_heritage', 'extends_clause',
  'template_substitution', 'jsx_expression', 'decorator',
];

const all = (types: readonly string[], lower: LowerNode): Record<string, LowerNode> => Object.fromEntries(types.map((type) => [type, lower]));

/** TypeScript and JavaScript, with and without JSX. */
export const ecmascriptLowering: LoweringRules = {
  nodes: {
    ...all(NAMES, name),
    ...all(THROUGH, through),
    ...all(FUNCTIONS, functionNode),
    ...all(CLASSES, classOf),
    number: (node, lower) => lower.number(node, numberValue(lower.textOf(node))),
    string,
    template_string: template,
    member_expression: member,
    nested_identifier: member,
    subscript_expression: subscript,
    meta_property: metaProperty,
    call_expression: call,
    new_expression: construct,
    object,
    array: list,
    spread_element: wrap('spread'),
    parenthesized_expression: wrap('parentheses'),
    await_expression: wrap('await'),
    as_expression: wrap('cast'),
    satisfies_expression: wrap('cast'),
    non_null_expression: wrap('cast'),
    instantiation_expression: wrap('cast'),
    type_assertion: wrap('cast', 'last'),
    unary_expression: unaryOrBinary,
    binary_expression: unaryOrBinary,
    ternary_expression: ternary,
    variable_declarator: declarator,
    assignment_expression: assignment,
    augmented_assignment_expression: compoundAssignment,
    export_statement: exported,
    for_in_statement: loop,
    for_statement: scope,
    catch_clause: catchClause,
    switch_case: switchCase,
    switch_default: switchCase,
    public_field_definition: field,
    field_definition: field,
    enum_assignment: field,
    return_statement: (node, lower) => {
      const value = parts(node)[0];
      return lower.make({ kind: 'return', start: node.startIndex, end: node.endIndex, value: lower.maybe(value) });
    },
    jsx_element: element,
    jsx_self_closing_element: selfClosing,
  },
  blocks: new Set(['statement_block', 'switch_body', 'ERROR']),
  scopes: new Set(['statement_block', 'switch_body']),
  skipped: new Set([
    ...COMMENTS, 'type_annotation', 'type_arguments', 'type_parameters', 'interface_declaration', 'type_alias_declaration', 'function_signature', 'method_signature', 'abstract_method_signature',
    'index_signature', 'accessibility_modifier', 'override_modifier', 'implements_clause', 'optional_chain', 'import_statement', 'import_alias', 'export_clause', 'namespace_export',
    'statement_identifier', 'empty_statement', 'debugger_statement', 'break_statement', 'continue_statement', 'regex', 'jsx_text', 'html_character_reference',
  ]),
};
