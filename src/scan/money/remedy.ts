import type { TextEdit } from '../finding.js';
import type { IrNode, NumberNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import type { MoneyInput } from './inputs.js';
import { withRounding } from './rounded.js';
import type { MinorUnits } from './units.js';

/** Edits that turn a value in cents into one in full units. */
export interface Remedy {
  /** Leaving out the conversion where it stands in the value, else dividing. */
  readonly kind: 'drop' | 'divide';
  readonly edits: readonly TextEdit[];
}

const TIGHT = new Set<IrNode['kind']>(['name', 'member', 'element', 'call', 'number', 'text', 'list', 'object']);
/** Languages in which a division by a whole number may be one of whole numbers. */
const WHOLE = new Set(['ruby', 'go', 'java', 'kotlin', 'csharp', 'rust']);
/** Languages in which a value is written out, or stands in a text that another program reads: nothing can be divided there. */
const NO_ARITHMETIC = new Set(['shellscript', 'powershell', 'http', 'rest', 'json', 'jsonc', 'json5', 'graphql', 'yaml']);
/** Types whose values no operator divides. */
const OBJECTS = /BigDecimal|BigInteger|decimal\.|Decimal::|Dinero|dinero|big\.|currency\(|Money/;

/** How the value becomes full units; undefined where no edit is certain to leave code that means that. */
export function remedyOf(input: MoneyInput, { node, keep }: MinorUnits, code: Code): Remedy | undefined {
  const { value } = input;
  if (!isWhole(value, code)) return undefined;
  if (keep !== undefined && node.start >= value.start && node.end <= value.end) {
    const all = withRounding(node, value, code);
    if (all !== undefined) return { kind: 'drop', edits: leaving(keep, all, code) };
  }
  const edits = dividedBy100(input, code);
  return edits === undefined ? undefined : { kind: 'divide', edits };
}

/** The value of the field divided by a hundred, where it stands. */
export function dividedBy100({ value, isShorthand }: MoneyInput, code: Code): TextEdit[] | undefined {
  return isWhole(value, code) && !NO_ARITHMETIC.has(code.languageId) ? divided(value, isShorthand, code) : undefined;
}

/** The literal in full units, with the type that it has: `4900.0` becomes `49.0`, `4900m` `49m`. */
export function wholeLiteral(literal: NumberNode, code: Code): TextEdit[] | undefined {
  const { value, start, end } = literal;
  const [, digits, fraction, suffix = ''] = /^(\d[\d_]*)(\.\d?)?(_?[a-zA-Z]\w*)?$/.exec(code.slice(literal)) ?? [];
  if (digits === undefined || Number(digits.replaceAll('_', '')) !== value) return undefined;
  const isInteger = value % 100 === 0;
  // `4900L` is no literal of a fraction.
  if (!isInteger && /^_?(?:[lLnuUi]|[iu]\d+|[iu]size|UL|ul)$/.test(suffix)) return undefined;
  const text = isInteger ? `${value / 100}${fraction === undefined ? '' : '.0'}` : (value / 100).toFixed(2);
  return [{ start, end, text: `${text}${suffix}` }];
}

/** In code that is being typed the value may end elsewhere than the parser thinks. */
function isWhole({ start, end }: IrNode, { text }: Code): boolean {
  return start < end && !/[\w$]/.test(text.charAt(end));
}

// The edits touch what surrounds the amount and never repeat it: it may hold anything, a key too.

/** Leaves only `keep` of `node`. */
function leaving(keep: IrNode, node: IrNode, code: Code): TextEdit[] {
  // The brackets of `(a + b) * 100` are outside of the sum.
  const isBracketed = keep.kind === 'wrapped' && keep.by === 'parentheses';
  const around = node.parent === undefined || /[*/%]/.test(code.text.slice(node.parent.start, node.start) + code.text.slice(node.end, node.parent.end));
  const tight = isBracketed || TIGHT.has(unwrapCasts(keep).kind) || (keep.kind === 'operation' && keep.operands.length === 1) || !around && keep.kind === 'operation';
  return [
    { start: node.start, end: keep.start, text: tight ? '' : '(' },
    { start: keep.end, end: node.end, text: tight ? '' : ')' },
  ].filter(({ start, end, text }) => start !== end || text !== '');
}

function unwrapCasts(node: IrNode): IrNode {
  return node.kind === 'wrapped' && node.by !== 'cast' && node.by !== 'await' ? unwrapCasts(node.inner) : node;
}

/** Divides by a hundred: inside of an optional's wrapper, and so that the rest is kept. */
function divided(start: IrNode, isShorthand: boolean, code: Code): TextEdit[] | undefined {
  let value = start;
  for (let inner = unwrap(value); inner.kind === 'call' && inner.arguments.length === 1 && WRAPPERS.test(calleeText(unwrap(inner.callee))); inner = unwrap(value)) {
    value = inner.arguments[0]?.value ?? value;
    if (unwrap(value) === inner) break;
  }
  const { end } = value;
  const own = code.slice(value);
  if (OBJECTS.test(own)) return undefined;
  const by = ` / ${divisor(code, own)}`;
  if (isShorthand) return code.languageId === 'csharp' ? [{ start: end, end, text: ` = ${own}${by}` }] : [{ start: end, end, text: `: ${own}${by}` }];
  const isAsserted = value.kind === 'wrapped' && value.by === 'cast' && own.endsWith('!') && TIGHT.has(value.inner.kind);
  const isTight = TIGHT.has(value.kind) || isAsserted || (value.kind === 'wrapped' && value.by === 'parentheses');
  return isTight ? [{ start: end, end, text: by }] : [{ start: value.start, end: value.start, text: '(' }, { start: end, end, text: `)${by}` }];
}

const WRAPPERS = /(?:^|\.|::)(?:Float|F|Ptr|Some|Opt|Of|of|ofNullable|Float64|param\.NewOpt|NewOpt)$/;

function divisor({ languageId }: Code, own: string): string {
  if (languageId === 'csharp' && /\d[mM]\b|\(decimal\)/.test(own)) return '100m';
  return WHOLE.has(languageId) ? '100.0' : '100';
}
