import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../../finding.js';
import type { Cause, MinorUnits } from '../../../money/field.js';
import { isConversionFactor, isMinorUnitHelper, isMinorUnitName, isNoPrice, isStripeAmount } from '../../../money/names.js';
import { spanOf } from '../../span.js';
import { memberPath, namedChildren, nameOf, unwrap } from '../nodes.js';
import type { Scope } from '../scope.js';

/** Values are followed this far through variables and helper functions. */
const FARTHEST = 6;
/** Functions whose result is in the unit of their argument. */
const SAME_UNIT = /^(?:Math\.(?:round|floor|ceil|trunc|abs)|Number(?:\.parse(?:Float|Int))?|parse(?:Float|Int)|BigInt)$/;
const SAME_UNIT_METHODS = new Set(['round', 'toFixed', 'valueOf', 'toNumber', 'toString']);
/** Of libraries for decimal numbers. */
const TIMES = new Set(['times', 'mul', 'multipliedBy', 'multiply']);
const DIVIDED = new Set(['div', 'dividedBy', 'divide']);

interface Origin {
  readonly cause: Cause;
  readonly evidence: string;
  readonly node: Node;
  readonly amount?: number;
  /** Leaving only this of `node` undoes the conversion; where it stands in the value itself. */
  readonly keep?: Node;
}

/** Whether the expression is an amount in minor units, as far as the document tells; undefined when nothing says so. */
export function minorUnitsOf(value: Node, scope: Scope, text: string): MinorUnits | undefined {
  const origin = evaluate(value, scope, 0);
  if (origin === undefined) return undefined;
  const { cause, evidence, node, amount, keep } = origin;
  const inPlace = keep !== undefined && node.startIndex >= value.startIndex && node.endIndex <= value.endIndex;
  return {
    cause,
    // A name may be any string between brackets; a message must not repeat one that holds a secret.
    evidence: /^[\w$ *().]{1,60}$/.test(evidence) ? evidence : '…',
    origin: spanOf(node),
    ...(amount === undefined ? {} : { amount }),
    // In code that is being typed the value may end elsewhere than the parser thinks.
    remedy: value.hasError || /[\w$]/.test(text.charAt(value.endIndex)) ? undefined : inPlace
      ? { kind: 'drop', edits: leaving(keep, node) }
      : { kind: 'divide', edits: divided(value) },
  };
}

function evaluate(expression: Node, scope: Scope, depth: number): Origin | undefined {
  if (depth > FARTHEST) return undefined;
  const node = unwrap(expression);
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return name(node, scope, depth);
    case 'member_expression':
    case 'subscript_expression':
      return member(node, scope, depth);
    case 'call_expression':
      return call(node, scope, depth);
    case 'binary_expression':
      return binary(node, scope, depth);
    case 'ternary_expression':
      return either(node, ['consequence', 'alternative'], scope, depth);
    case 'unary_expression': {
      const argument = node.childForFieldName('argument');
      return argument === null ? undefined : evaluate(argument, scope, depth);
    }
    default:
      return undefined;
  }
}

function name(node: Node, scope: Scope, depth: number): Origin | undefined {
  const text = node.text;
  const binding = scope.resolve(text, node.startIndex);
  if (binding?.key !== undefined) {
    const origin = named(binding.key, binding.name);
    if (origin !== undefined) return origin;
  }
  if (binding?.kind === 'value' && binding.key === undefined) {
    const origin = evaluate(binding.node, scope, depth + 1);
    if (origin !== undefined) return asReference(origin);
    // A name may lie about a value that was just converted.
    if (isDivision(unwrap(binding.node), scope)) return undefined;
  }
  return named(text, node);
}

function named(text: string, node: Node): Origin | undefined {
  if (isStripeAmount(text)) return { cause: 'stripe', evidence: text, node };
  return isMinorUnitName(text) ? { cause: 'name', evidence: text, node } : undefined;
}

function member(node: Node, scope: Scope, depth: number): Origin | undefined {
  const property = nameOf(node);
  if (property === undefined) return undefined;
  const origin = named(property, node);
  if (origin !== undefined) return origin;
  const path = memberPath(node);
  if (property === 'amount' && path.slice(0, -1).some((part) => /stripe|payment_?intent/i.test(part))) return { cause: 'stripe', evidence: property, node };
  const binding = path[0] === undefined ? undefined : scope.resolve(path[0], node.startIndex);
  if (binding?.kind !== 'value' || binding.key !== undefined) return undefined;
  let value: Node | undefined = unwrap(binding.node);
  // What Stripe answered: `const charge = await stripe.charges.retrieve(id)`.
  if (property === 'amount' && value.type === 'call_expression' && memberPath(value.childForFieldName('function') ?? value).some((part) => /stripe/i.test(part))) {
    return { cause: 'stripe', evidence: property, node };
  }
  // A property of an object that is written out in this document.
  for (const part of path.slice(1)) value = value === undefined ? undefined : property_(value, part);
  const inner = value === undefined ? undefined : evaluate(value, scope, depth + 1);
  return inner === undefined ? undefined : asReference(inner);
}

function property_(object: Node, key: string): Node | undefined {
  if (object.type !== 'object') return undefined;
  const pair = namedChildren(object).find((child) => child.type === 'pair' && nameOf(child.childForFieldName('key')) === key);
  const value = pair?.childForFieldName('value') ?? undefined;
  return value === undefined ? undefined : unwrap(value);
}

function call(node: Node, scope: Scope, depth: number): Origin | undefined {
  const callee = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  if (callee === null || list === null) return undefined;
  const path = memberPath(callee);
  const args = namedChildren(list);
  const [argument] = args;
  if (argument !== undefined && SAME_UNIT.test(path.join('.'))) {
    const inner = evaluate(argument, scope, depth);
    // Rounding is part of the conversion: without it there is nothing to round.
    const whole = inner?.keep !== undefined && unwrap(argument).id === inner.node.id && args.length === 1;
    return whole ? { ...inner, node } : inner;
  }
  const last = path.at(-1) ?? '';
  const object = callee.childForFieldName('object');
  if (object !== null && SAME_UNIT_METHODS.has(last)) return evaluate(object, scope, depth);
  if (object !== null && argument !== undefined && args.length === 1 && TIMES.has(last) && isHundred(argument, scope)) return timesHundred(node, object, `.${last}(${argument.text})`, scope, depth);
  if (isMinorUnitHelper(last)) return { cause: 'helper', evidence: `${last}()`, node, ...(args.length === 1 && argument !== undefined ? { keep: argument } : {}) };
  const body = path.length === 1 ? helperBody(scope, last, node.startIndex) : undefined;
  const inner = body === undefined ? undefined : evaluate(body, scope, depth + 1);
  return inner === undefined ? undefined : { cause: 'helper', evidence: `${last}()`, node, ...(args.length === 1 && argument !== undefined && inner.cause === 'multiplied' ? { keep: argument } : {}) };
}

/** The expression that a small function of this document returns. */
function helperBody(scope: Scope, callee: string, at: number): Node | undefined {
  const binding = scope.resolve(callee, at);
  if (binding?.kind !== 'function') return undefined;
  const body = binding.node.childForFieldName('body') ?? undefined;
  if (body?.type !== 'statement_block') return body;
  const [statement, ...rest] = namedChildren(body);
  return statement?.type === 'return_statement' && rest.length === 0 ? namedChildren(statement)[0] : undefined;
}

function binary(node: Node, scope: Scope, depth: number): Origin | undefined {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return undefined;
  switch (node.childForFieldName('operator')?.text) {
    case '*':
      return product(node, left, right, scope, depth);
    case '/': {
      // A divisor that may be the conversion is taken for it; a number of months or a half is none.
      const divisor = constantOf(right, scope);
      if (divisor === undefined ? !isCount(right) : divisor >= 100) return undefined;
      const dividend = evaluate(left, scope, depth);
      // `used * 100 / total` is a percentage, `unit_amount / 12` still counts cents.
      return dividend?.cause === 'multiplied' || dividend?.cause === 'helper' && unwrap(right).type !== 'number' ? undefined : dividend;
    }
    case '+':
    case '-': {
      // The other operand counts in the same unit, whatever it looks like.
      const origin = either(node, ['left', 'right'], scope, depth);
      return origin === undefined ? undefined : asReference(origin);
    }
    case '??':
    case '||':
    case '&&':
      return either(node, ['left', 'right'], scope, depth);
    default:
      return undefined;
  }
}

function product(node: Node, left: Node, right: Node, scope: Scope, depth: number): Origin | undefined {
  for (const [factor, other] of [[right, left], [left, right]] as const) {
    if (constantOf(factor, scope) === 0.01) return undefined;
    if (isHundred(factor, scope)) return timesHundred(node, other, `* ${factor.text}`, scope, depth);
  }
  return either(node, ['left', 'right'], scope, depth);
}

/** `node` is a hundred times `other`. */
function timesHundred(node: Node, other: Node, evidence: string, scope: Scope, depth: number): Origin | undefined {
  const number = numberOf(unwrap(other));
  // Something that was divided before is a percentage or a rounding.
  if (isCount(other) || isDivision(unwrap(other), scope) || number === 12) return undefined;
  const origin: Origin = { cause: 'multiplied', evidence, node, keep: other, ...(number === undefined ? {} : { amount: number * 100 }) };
  return evaluate(other, scope, depth + 1) === undefined ? origin : asReference(origin);
}

function either(node: Node, fields: readonly string[], scope: Scope, depth: number): Origin | undefined {
  const origins = fields.flatMap((field) => {
    const child = node.childForFieldName(field);
    return child === null ? [] : evaluate(child, scope, depth + 1) ?? [];
  });
  const [first] = origins;
  // Undoing one of several conversions would mix the units; then the whole is divided.
  return first !== undefined && origins.length > 1 ? asReference(first) : first;
}

/** The same origin, but not one that can be undone where it stands. */
function asReference({ cause, evidence, node, amount }: Origin): Origin {
  return { cause, evidence, node, ...(amount === undefined ? {} : { amount }) };
}

function isCount(node: Node): boolean {
  const inner = unwrap(node);
  const text = nameOf(inner);
  return text !== undefined && isNoPrice(text);
}

function isHundred(node: Node, scope: Scope): boolean {
  return constantOf(node, scope) === 100;
}

/** The number that is written there or behind the name; by the name alone where it says so. */
function constantOf(node: Node, scope: Scope): number | undefined {
  const inner = unwrap(node);
  const number = numberOf(inner);
  if (number !== undefined) return number;
  const name = nameOf(inner);
  if (name === undefined) return undefined;
  const binding = inner.type === 'identifier' ? scope.resolve(name, inner.startIndex) : undefined;
  const declared = binding?.kind === 'value' && binding.key === undefined ? numberOf(unwrap(binding.node)) : undefined;
  return declared ?? (isConversionFactor(name) ? 100 : undefined);
}

function isDivision(node: Node, scope: Scope): boolean {
  if (node.type === 'call_expression') {
    if (DIVIDED.has(memberPath(node.childForFieldName('function') ?? node).at(-1) ?? '')) return true;
    const argument = namedChildren(node.childForFieldName('arguments') ?? node)[0];
    return argument !== undefined && SAME_UNIT.test(memberPath(node.childForFieldName('function') ?? node).join('.')) && isDivision(unwrap(argument), scope);
  }
  if (node.type !== 'binary_expression') return false;
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.text;
  return operator === '/' || operator === '*' && right !== null && constantOf(right, scope) === 0.01;
}

function numberOf(node: Node): number | undefined {
  if (node.type === 'number') {
    const value = Number(node.text.replaceAll('_', '').replace(/n$/, ''));
    return Number.isNaN(value) ? undefined : value;
  }
  const [base, exponent] = powerOf(node).map((part) => (part.type === 'number' ? numberOf(part) : undefined));
  return base === undefined || exponent === undefined ? undefined : base ** exponent;
}

/** Base and exponent of `10 ** 2` and `Math.pow(10, 2)`. */
function powerOf(node: Node): Node[] {
  if (node.type === 'binary_expression' && node.childForFieldName('operator')?.text === '**') {
    return [node.childForFieldName('left'), node.childForFieldName('right')].filter((part) => part !== null);
  }
  const callee = node.type === 'call_expression' ? node.childForFieldName('function') : null;
  return callee?.text === 'Math.pow' ? namedChildren(node.childForFieldName('arguments') ?? node) : [];
}

const TIGHT = new Set(['identifier', 'member_expression', 'subscript_expression', 'call_expression', 'number', 'parenthesized_expression', 'non_null_expression']);

// The edits touch what surrounds the amount and never repeat it: it may hold anything, a key too.

/** Leaves only `keep` of `node`. */
function leaving(keep: Node, node: Node): TextEdit[] {
  const tight = TIGHT.has(keep.type) || keep.type === 'unary_expression';
  return [
    { start: node.startIndex, end: keep.startIndex, text: tight ? '' : '(' },
    { start: keep.endIndex, end: node.endIndex, text: tight ? '' : ')' },
  ];
}

function divided(value: Node): TextEdit[] {
  const { startIndex: start, endIndex: end } = value;
  if (value.type === 'shorthand_property_identifier') return [{ start: end, end, text: `: ${value.text} / 100` }];
  if (TIGHT.has(value.type)) return [{ start: end, end, text: ' / 100' }];
  return [{ start, end: start, text: '(' }, { start: end, end, text: ') / 100' }];
}
