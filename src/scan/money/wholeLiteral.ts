import type { TextEdit } from '../finding.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode, NumberNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { amountTypeAt } from './declaredType.js';
import type { MoneyInput } from './inputs.js';
import { isWholeConversion } from './rounded.js';

/** Languages in which a number has no type that anything else depends on. */
const DYNAMIC = /^(?:javascript|typescript|python|ruby|php)/;
/** Suffixes of whole numbers: `4900L`, `4900n`, `4900_i64`. */
const WHOLE_SUFFIX = /^_?(?:[lLnuUi]|[iu](?:\d+|size)|[uU][lL]|[lL][uU])$/;
/** Calls that take fractions as well, canonical. */
const TAKES_FRACTIONS = /^(?:f|float|float32|float64|double|number|some|opt|newOpt|ptr|of|ofNullable|valueOf|toDouble|toFloat|toF|toD|toR|toBigDecimal|toDecimal|toNumber|decimal|bigDecimal|big|bigNumber|newFromFloat|parseFloat|floatval|abs|str|string|toString|toFixed|new|from)$/;

/** What to write, and in place of what. */
interface Rewriting {
  /** What is replaced: the literal, or what makes an amount of it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The literal in full units, with the type that it has: `4900.0` becomes `49.0`, `4900m` `49m`, `decimal.NewFromInt(1999)` `decimal.New(1999, -2)`. Undefined where the cents would be lost, or nothing compiles. */
export function wholeLiteral(literal: NumberNode, input: MoneyInput, code: Code): TextEdit[] | undefined {
  const { value, start, end } = literal;
  const [, digits, fraction, suffix = ''] = /^(\d[\d_]*)(\.\d?)?(_?[a-df-zA-DF-Z]\w*)?$/.exec(code.slice(literal)) ?? [];
  if (digits === undefined || Number(digits.replaceAll('_', '')) !== value) return undefined;
  const type = amountTypeAt(input.value, code);
  if (value % 100 === 0) return [{ start, end, text: `${value / 100}${fraction === undefined ? '' : '.0'}${suffix}` }];
  if (type === 'whole') return undefined;
  const typed = suffix === '' && type === 'decimal' && code.languageId === 'csharp' ? 'm' : suffix;
  const rewriting = inFractions({ start, end, text: `${(value / 100).toFixed(2)}${typed}` }, WHOLE_SUFFIX.test(suffix), literal, input, code);
  return rewriting === undefined ? undefined : [rewriting];
}

/** What conversions around the literal make of a fraction. */
function inFractions(plain: Rewriting, isWholeLiteral: boolean, literal: NumberNode, input: MoneyInput, code: Code): Rewriting | undefined {
  const bare = (literal.value / 100).toFixed(2);
  const mayDrop = DYNAMIC.test(code.languageId) || input.takesFloats;
  // JavaScript's `1999n` is what somebody wants there.
  if (isWholeLiteral && (!input.takesFloats || DYNAMIC.test(code.languageId))) return undefined;
  let result: Rewriting = isWholeLiteral ? { ...plain, text: bare } : plain;
  for (let node: IrNode = literal; node !== input.value;) {
    const outer: IrNode | undefined = node.parent;
    if (outer === undefined) return undefined;
    if (isWholeConversion(outer, node, code)) {
      if (!mayDrop || result.text !== bare || (outer.kind === 'call' && isOwnType(outer, code))) return undefined;
      result = { start: outer.start, end: outer.end, text: bare };
    } else if (outer.kind === 'call' && outer.callee !== node) {
      const made = called(outer, node, literal, code);
      if (made === undefined) return undefined;
      if (made !== 'same') result = made;
    } else if (outer.kind !== 'wrapped' && outer.kind !== 'member' && outer.kind !== 'call') {
      return undefined;
    }
    node = outer;
  }
  return result;
}

/** JavaScript's `BigInt`, and Go's `stigg.Int`, which makes an optional value of its own: nothing else fits there. */
function isOwnType({ callee }: CallNode, { languageId }: Code): boolean {
  return calleeText(unwrap(callee)).includes('BigInt') || (languageId === 'go' && unwrap(callee).kind === 'member');
}

/** A number of a library for decimals needs the exact digits; everything else takes the fraction as it is. */
function called(call: CallNode, inner: IrNode, literal: NumberNode, code: Code): Rewriting | 'same' | undefined {
  const callee = unwrap(call.callee);
  const path = calleeText(callee);
  const last = path.split(/[.:]+/).at(-1) ?? '';
  const { languageId } = code;
  const digits = String(literal.value);
  const isOnly = call.arguments.length === 1 && unwrap(inner) === literal && callee.end <= call.listStart;
  const within = (text: string): Rewriting => ({ start: call.listStart, end: call.listEnd, text });
  if (languageId === 'go' && /^NewFromInt(?:32)?$/.test(last)) {
    return isOnly && callee.kind === 'member' ? { start: callee.nameStart, end: call.listEnd, text: `New(${digits}, -2)` } : undefined;
  }
  // `Decimal::from` takes whole numbers alone.
  if (languageId === 'rust' && last === 'from') {
    return isOnly && callee.kind === 'member' && code.slice(callee.object).endsWith("Decimal") ? { start: callee.nameStart, end: call.listEnd, text: `new(${digits}, 2)` } : undefined;
  }
  // Of a binary fraction these make all of its digits, or refuse it.
  if (/^(?:Big)?Decimal$/.test(last) && /^(?:python|ruby|java|kotlin)$/.test(languageId)) return isOnly ? within(`("${(literal.value / 100).toFixed(2)}")`) : undefined;
  if (/^(?:Long|Integer|Short|BigInteger)\.valueOf$/.test(path)) return undefined;
  return TAKES_FRACTIONS.test(canonical(last)) ? 'same' : undefined;
}
