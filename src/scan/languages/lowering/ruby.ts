import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode, LoweringRules } from '../../ir/lowering.js';
import type { IrNode, OperationNode } from '../../ir/node.js';
import { assignment, compound, patternMatch } from './ruby/binds.js';
import { argumentsOf, call, elementReference, instanceVariable, scopeResolution } from './ruby/calls.js';
import { begin, caseOf, conditional, forOf, ifOf, modifier, parenthesized, rescue, rescueModifier, returnOf } from './ruby/flow.js';
import { blockFunction, classOf, functionOf, lambda, singletonClass } from './ruby/functions.js';
import { chained, heredoc, interpolation, numberOf, string, symbol, word } from './ruby/strings.js';
import { given, hash, inner, list } from './ruby/values.js';
import { choice, keywordCall, wrapped } from './scripting.js';

const name: LowerNode = (node, lower) => lower.name(node);
const number: LowerNode = (node, lower) => lower.number(node, numberOf(lower.textOf(node)));
const block: LowerNode = (node, lower) => blockFunction(node, node, lower);

function binary(node: Node, lower: Lower): IrNode {
  const operands = given(node);
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length > 2) return lower.group(node, lower.all(operands));
  const operator = lower.text.slice(left.endIndex, right.startIndex).replace(/#.*/g, '').replaceAll('\\', '').trim();
  const [first, second] = [lower.one(left), lower.one(right)];
  if (operator === '||' || operator === 'or') return choice(node, lower, [], [first, second]);
  if (operator === '&&' || operator === 'and') return choice(node, lower, [first], [second]);
  return lower.make<OperationNode>({ kind: 'operation', start: node.startIndex, end: node.endIndex, operator, operands: [first, second] });
}

function unary(node: Node, lower: Lower): IrNode {
  const [operand] = given(node);
  if (operand === undefined) return lower.group(node, []);
  const sign = lower.text.slice(node.startIndex, operand.startIndex).trim();
  return lower.make<OperationNode>({ kind: 'operation', start: node.startIndex, end: node.endIndex, operator: sign === 'not' ? '!' : sign, operands: [lower.one(operand)] });
}

/** `1..x`, also without an end. */
function range(node: Node, lower: Lower): IrNode {
  const operands = lower.all(given(node));
  const operator = lower.textOf(node).includes('...') ? '...' : '..';
  return lower.make<OperationNode>({ kind: 'operation', start: node.startIndex, end: node.endIndex, operator, operands });
}

/** `yield x` calls the block that the method was given. */
function yieldOf(node: Node, lower: Lower): IrNode {
  const [list] = given(node);
  return keywordCall(node, 'yield', list, list === undefined ? [] : argumentsOf(list, lower), lower);
}

export const rubyLowering: LoweringRules = {
  nodes: {
    identifier: name,
    constant: name,
    global_variable: name,
    self: name,
    super: name,
    nil: name,
    true: name,
    false: name,
    instance_variable: instanceVariable,
    class_variable: instanceVariable,
    integer: number,
    float: number,
    rational: number,
    complex: number,
    string,
    delimited_symbol: string,
    subshell: string,
    chained_string: chained,
    bare_string: word,
    bare_symbol: word,
    simple_symbol: symbol,
    hash_key_symbol: (node, lower) => lower.literal(node, lower.textOf(node), node.startIndex, node.endIndex),
    character: symbol,
    heredoc_beginning: heredoc,
    interpolation,
    call,
    yield: yieldOf,
    range,
    element_reference: elementReference,
    scope_resolution: scopeResolution,
    hash,
    array: list,
    right_assignment_list: list,
    string_array: list,
    symbol_array: list,
    splat_argument: (node, lower) => wrapped(node, lower, 'spread', inner(node, lower)),
    binary,
    unary,
    conditional,
    parenthesized_statements: parenthesized,
    assignment,
    operator_assignment: compound,
    match_pattern: patternMatch,
    test_pattern: patternMatch,
    if: ifOf,
    elsif: ifOf,
    unless: ifOf,
    if_modifier: modifier,
    unless_modifier: modifier,
    case: caseOf,
    case_match: caseOf,
    begin,
    rescue,
    rescue_modifier: rescueModifier,
    for: forOf,
    return: returnOf,
    next: returnOf,
    method: functionOf,
    singleton_method: functionOf,
    block,
    do_block: block,
    lambda,
    class: classOf,
    module: classOf,
    singleton_class: singletonClass,
  },
  blocks: new Set(['program', 'body_statement', 'block_body', 'then', 'else', 'do', 'ensure', 'begin_block', 'end_block']),
  scopes: new Set(),
  skipped: new Set(['comment', 'heredoc_body', 'string_content', 'escape_sequence', 'heredoc_content', 'heredoc_end', 'redo', 'retry', 'uninterpreted', 'empty_statement', 'block_parameters', 'lambda_parameters']),
  // The content of a heredoc stands behind the statement.
  reachesOut: (text) => text.includes('<<') && /<<[~-]?["'`]?[\w\u0080-\uffff]/.test(text),
};
