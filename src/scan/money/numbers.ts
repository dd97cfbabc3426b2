import { canonical } from '../ir/names.js';
import type { IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { isConversionFactor } from './names.js';

/**
 * Calls that leave an amount what it is: roundings, conversions between number types, optional wrappers. By the last name, canonical;
 * with one argument they are about that, without any about their receiver.
 */
const SAME = new Set([
  'round', 'floor', 'ceil', 'ceiling', 'trunc', 'truncate', 'abs', 'number', 'parsefloat', 'parseint', 'bigint', 'int', 'float', 'long', 'double', 'decimal', 'bigdecimal', 'bignumber', 'big', 'valueof', 'tonumber',
  'tostring', 'tofixed', 'tosignificantdigits', 'todecimalplaces', 'todp', 'float64', 'float32', 'int64', 'int32', 'uint64', 'intvalueexact', 'doublevalue', 'longvalue', 'intvalue', 'floatvalue', 'todouble', 'tolong', 'toint', 'tofloat',
  'tobigdecimal', 'setscale', 'toi', 'tof', 'tod', 'tor', 'intval', 'floatval', 'asf64', 'inexactfloat64', 'intpart', 'newfromint', 'newfromfloat', 'newfromstring', 'requirefromstring', 'tointexact', 'toint32', 'toint64', 'touint32', 'touint64', 'tosingle', 'tooacurrency', 'todecimal', 'parse',
  'f', 'ptr', 'some', 'of', 'from', 'quantize', 'ofnullable', 'rational', 'strval', 'asdecimal', 'num', 'integer', 'roundtoint', 'roundtolong', 'new', 'toprecision', 'frombigdecimal', 'json', 'strip', 'trim', 'unwrap', 'unwrapor', 'unwrapordefault', 'orelse', 'str', 'getordefault', 'tointeger', 'dec', 'toi64', 'tof64', 'fround',
]);

/** The same without brackets, as Ruby has it. */
const SAME_MEMBERS = new Set(['to_i', 'to_f', 'to_d', 'to_r', 'to_s', 'to_c', 'round', 'floor', 'ceil', 'truncate', 'abs', 'strip', 'Value', 'to_money', 'to_int', 'real']);

/** With a second number these make another one of the first: `BigDecimal.valueOf(1999, 2)`, `Decimal::new(1999, 2)`, `Rational(1999, 100)`. */
const SCALED = /^(?:new|valueof|rational|decimal|bigdecimal)$/;

/** What the call leaves as it is; undefined where it makes something else. */
export function sameAmount(node: IrNode): IrNode | undefined {
  if (node.kind === 'member') return SAME_MEMBERS.has(node.name) ? node.object : undefined;
  if (node.kind === 'operation') return cut(node.operator, node.operands);
  if (node.kind !== 'call') return undefined;
  const callee = unwrap(node.callee);
  const path = calleeText(callee);
  const last = canonical(path.split(/[.:]+/).at(-1) ?? '').toLowerCase();
  if (!SAME.has(last)) return undefined;
  const [first, second] = node.arguments;
  if (second !== undefined && SCALED.test(last) && isNumber(second.value)) return undefined;
  const receiver = callee.kind === 'member' ? unwrap(callee.object) : undefined;
  // `x.round(2)`, `x.setScale(2, HALF_UP)`, but `Math.round(x)`, `stigg.Float(x)`, `Decimal.parse(x)`.
  if (receiver === undefined) return first?.value;
  const isModule = receiver.kind === 'name' && /^(?:Math|math|Number|Decimal|BigDecimal|BigInt|Convert|decimal|stigg|stripe|option|param|Double|Integer|Long|Float|Optional|Some|Big|String|[iuf](?:8|16|32|64|128|size)|kotlin|System|_|lodash|np|numpy)$/.test(receiver.name);
  if (isModule || receiver.kind === 'member' && /^[A-Z]/.test(receiver.name)) return first?.value;
  return callee.kind === 'member' ? callee.object : undefined;
}

/** `~~x`, `x | 0`, `x >> 0`, Python's `x // 1`: the whole number of an amount. */
function cut(operator: string, [left, right]: readonly IrNode[]): IrNode | undefined {
  if (left === undefined) return undefined;
  if (right === undefined) {
    const inner = unwrap(left);
    return operator === '~' && inner.kind === 'operation' && inner.operator === '~' && inner.operands.length === 1 ? inner.operands[0] : undefined;
  }
  const number = unwrap(right);
  const by = number.kind === 'number' ? number.value : undefined;
  return (by === 0 && /^(?:\||>>>?|<<)$/.test(operator)) || (by === 1 && operator === '//') ? left : undefined;
}

function isNumber(expression: IrNode): boolean {
  const node = unwrap(expression);
  return node.kind === 'number' || (node.kind === 'operation' && node.operands.length === 1 && node.operands[0]?.kind === 'number');
}

/** The number that is written there, also behind conversions: `100`, `10 ** 2`, `new BigDecimal("100")`, `CENTS` with such a value; by the name alone where it says so. */
export function constantOf(expression: IrNode, code: Code, depth = 0): number | undefined {
  const node = unwrap(expression);
  if (depth > 6) return undefined;
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'text': {
      const text = code.textOf(node);
      return /^\s*-?\d{1,12}(?:\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined;
    }
    case 'operation':
      return operation(node.operator, node.operands.map((operand) => constantOf(operand, code, depth + 1)));
    case 'call': {
      const power = /(?:^|\.)(?:pow|Pow)$/.test(calleeText(unwrap(node.callee))) ? node.arguments.map(({ value }) => constantOf(value, code, depth + 1)) : [];
      if (power.length === 2) return operation('**', power);
      const same = sameAmount(node);
      return same === undefined ? undefined : constantOf(same, code, depth + 1);
    }
    case 'name':
    case 'member': {
      const same = sameAmount(node);
      if (same !== undefined) return constantOf(same, code, depth + 1);
      const origin = code.tracer.sole(node);
      const value = origin === undefined || origin === node || (origin.kind === 'name' && origin.name === node.name) ? undefined : constantOf(origin, code, depth + 1);
      return value ?? (isConversionFactor(node.name) || /^(?:ONE_)?HUNDRED$/.test(node.name) ? 100 : undefined);
    }
    default:
      return undefined;
  }
}

function operation(operator: string, [left, right]: readonly (number | undefined)[]): number | undefined {
  if (left === undefined) return undefined;
  if (right === undefined) return operator === '-' ? -left : undefined;
  switch (operator) {
    case '**':
      return left ** right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return undefined;
  }
}
