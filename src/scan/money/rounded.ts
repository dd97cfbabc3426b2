import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { constantOf, sameAmount } from './numbers.js';

/** Calls that leave whole numbers, canonical. With a number of digits they leave those. */
const WHOLE_CALLS = new Set([
  'round', 'floor', 'ceil', 'ceiling', 'trunc', 'truncate', 'int', 'int32', 'int64', 'uint64', 'integer', 'parseInt', 'intval', 'toI', 'toInt', 'toLong', 'toInt32', 'toInt64', 'toUint32', 'toUint64', 'toIntExact', 'bigInt',
  'roundToInt', 'roundToLong', 'toFixed', 'toDecimalPlaces', 'toDp', 'setScale', 'quantize', 'toInteger',
]);
/** They make a number of an object, or an optional one, that further calls are made for: without them there is none. */
const UNWRAPPING = /^(?:int|long)Value(?:Exact)?$|^intPart$|^to[IUF]\d{1,3}$/;
/** Types of whole numbers in a cast: `(int)`, `as i64`. */
const WHOLE_TYPE = /\b(?:int|integer|long|short|u?int(?:8|16|32|64)|[iu](?:8|16|32|64|128|size)|Int|Long)\b/;

/**
 * The conversion to cents with the roundings and casts to whole numbers around it: without them too, as full units would lose their fraction.
 * undefined where something else stands between, so that they cannot be told apart.
 */
export function withRounding(conversion: IrNode, value: IrNode, code: Code): IrNode | undefined {
  let all = conversion;
  let isPure = true;
  for (let node = conversion; node !== value;) {
    const outer = node.parent;
    if (outer === undefined) return all;
    if (outer.kind === 'call' && UNWRAPPING.test(nameOf(outer))) return undefined;
    if (isWholeConversion(outer, node, code)) {
      if (!isPure) return undefined;
      all = outer;
    } else isPure &&= leaves(outer, node);
    node = outer;
  }
  return all;
}

/** Whether nothing but the form changes. */
function leaves(outer: IrNode, inner: IrNode): boolean {
  if (outer.kind === 'wrapped') return true;
  if (outer.kind === 'member') return outer.object === inner;
  return outer.kind === 'call' && (outer.callee === inner || holds(sameAmount(outer), inner));
}

function holds(same: IrNode | undefined, inner: IrNode): boolean {
  return same !== undefined && same.start <= inner.start && same.end >= inner.end;
}

/** Whether `outer` makes a whole number of `inner`. */
export function isWholeConversion(outer: IrNode, inner: IrNode, code: Code): boolean {
  switch (outer.kind) {
    case 'wrapped':
      return outer.by === 'cast' && WHOLE_TYPE.test(code.text.slice(outer.start, inner.start) + code.text.slice(inner.end, outer.end));
    case 'member':
      return WHOLE_CALLS.has(canonical(outer.name)) && sameAmount(outer) === inner;
    case 'call':
      return isWholeCall(outer, inner, code);
    case 'operation':
      return sameAmount(outer) === inner || isInnerTilde(outer);
    default:
      return false;
  }
}

/** Of `~~x` the second `~`. */
function isInnerTilde({ parent, operator, operands }: IrNode & { readonly kind: 'operation' }): boolean {
  return operator === '~' && operands.length === 1 && parent?.kind === 'operation' && parent.operator === '~' && sameAmount(parent) !== undefined;
}

function isWholeCall(call: CallNode, inner: IrNode, code: Code): boolean {
  const name = nameOf(call);
  if (!WHOLE_CALLS.has(name)) return false;
  // `parseInt(x, 10)`, but `toFixed(2)`, `Math.Round(x, 2)`, `quantize(Decimal("0.01"))`.
  return name === 'parseInt' || !call.arguments.some(({ value }) => !holds(value, inner) && isDigits(constantOf(value, code)));
}

function isDigits(digits: number | undefined): boolean {
  return digits !== undefined && (digits >= 2 || (digits > 0 && digits < 1));
}

function nameOf({ callee }: CallNode): string {
  return canonical(calleeText(unwrap(callee)).split(/[.:]+/).at(-1) ?? '');
}
