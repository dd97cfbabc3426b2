import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode, LoweringRules } from '../../ir/lowering.js';
import type { IrNode, OperationNode, WrappedNode } from '../../ir/node.js';
import { attribute, call, dictionary, subscript, yieldOf } from './python/calls.js';
import { classOf, functionOf, lambda } from './python/functions.js';
import { asPattern, assignment, caseClause, compound, comprehension, exceptClause, forStatement, walrus, withStatement } from './python/statements.js';
import { concatenated, interpolation, numberOf, string } from './python/strings.js';
import { choice, list, parts, wrapped } from './scripting.js';

const name: LowerNode = (node, lower) => lower.name(node);
const number: LowerNode = (node, lower) => lower.number(node, numberOf(lower.textOf(node)));
const elements: LowerNode = (node, lower) => list(node, lower, parts(node));
const through: LowerNode = (node, lower) => lower.all(parts(node));

const wrap = (by: WrappedNode['by']): LowerNode => (node, lower) => {
  const [inner, second] = parts(node);
  return inner === undefined || second !== undefined ? lower.group(node, lower.all(parts(node))) : wrapped(node, lower, by, lower.one(inner));
};

/** The sign between two operands; words of several are told with one blank. */
function signBetween(left: Node, right: Node, lower: Lower): string {
  const between = lower.text.slice(left.endIndex, right.startIndex);
  return between.replace(/#.*/g, '').replace(/[\s\\]+/g, ' ').trim();
}

/** Longer comparisons are generated: each operand would be one level deeper. */
const MOST_OPERANDS = 16;

/** Comparisons may have more than two operands: `0 < x <= y` compares what came before. */
function operation(node: Node, lower: Lower): IrNode {
  const operands = parts(node);
  const [first] = operands;
  if (first === undefined || operands.length < 2 || operands.length > MOST_OPERANDS || operands.some(({ type }) => type === 'ERROR')) return lower.group(node, lower.all(operands));
  let made: IrNode = lower.one(first);
  let before = first;
  for (const operand of operands.slice(1)) {
    const operator = signBetween(before, operand, lower);
    made = lower.make<OperationNode>({ kind: 'operation', start: node.startIndex, end: operand.endIndex, operator, operands: [made, lower.one(operand)] });
    before = operand;
  }
  return made;
}

function unary(node: Node, lower: Lower): IrNode {
  const [operand] = parts(node);
  if (operand === undefined) return lower.group(node, []);
  const sign = lower.text.slice(node.startIndex, operand.startIndex).trim();
  return lower.make({ kind: 'operation', start: node.startIndex, end: node.endIndex, operator: sign === 'not' ? '!' : sign, operands: [lower.one(operand)] });
}

function boolean(node: Node, lower: Lower): IrNode {
  const [left, right, third] = parts(node);
  if (left === undefined || right === undefined || third !== undefined) return lower.group(node, lower.all(parts(node)));
  const [first, second] = [lower.one(left), lower.one(right)];
  return signBetween(left, right, lower) === 'or' ? choice(node, lower, [], [first, second]) : choice(node, lower, [first], [second]);
}

function conditional(node: Node, lower: Lower): IrNode {
  const [value, condition, otherwise] = parts(node);
  if (value === undefined || condition === undefined || otherwise === undefined) return lower.group(node, lower.all(parts(node)));
  const alternative = lower.one(value);
  return choice(node, lower, [lower.one(condition)], [alternative, lower.one(otherwise)]);
}

export const pythonLowering: LoweringRules = {
  nodes: {
    identifier: name,
    true: name,
    false: name,
    none: name,
    integer: number,
    float: number,
    string,
    concatenated_string: concatenated,
    interpolation,
    attribute,
    subscript,
    call,
    yield: yieldOf,
    dictionary,
    list: elements,
    tuple: elements,
    set: elements,
    expression_list: elements,
    pattern_list: elements,
    list_splat: wrap('spread'),
    list_comprehension: comprehension,
    set_comprehension: comprehension,
    dictionary_comprehension: comprehension,
    generator_expression: comprehension,
    parenthesized_expression: wrap('parentheses'),
    await: wrap('await'),
    binary_operator: operation,
    comparison_operator: operation,
    unary_operator: unary,
    not_operator: unary,
    boolean_operator: boolean,
    conditional_expression: conditional,
    named_expression: walrus,
    assignment,
    augmented_assignment: compound,
    as_pattern: asPattern,
    function_definition: functionOf,
    lambda,
    class_definition: classOf,
    decorated_definition: through,
    decorator: through,
    expression_statement: through,
    with_statement: withStatement,
    for_statement: forStatement,
    except_clause: exceptClause,
    except_group_clause: exceptClause,
    case_clause: caseClause,
    return_statement: (node, lower) => lower.make({ kind: 'return', start: node.startIndex, end: node.endIndex, value: lower.maybe(parts(node)[0]) }),
  },
  blocks: new Set(['module', 'block']),
  scopes: new Set(),
  skipped: new Set([
    'comment', 'type', 'type_parameter', 'type_conversion', 'import_statement', 'import_from_statement', 'future_import_statement', 'global_statement', 'nonlocal_statement',
    'pass_statement', 'break_statement', 'continue_statement', 'ellipsis',
  ]),
};
