import type { TextEdit } from '../finding.js';
import type { FunctionNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { amountTypeAt } from './declaredType.js';
import type { MoneyInput } from './inputs.js';
import { withRounding } from './rounded.js';
import { Units } from './units.js';
import type { MinorUnits } from './verdict.js';

/** Edits that turn a value in cents into one in full units. */
export interface Remedy {
  /** Leaving out the conversion where it stands in the value, else dividing. */
  readonly kind: 'drop' | 'divide';
  readonly edits: readonly TextEdit[];
}

const TIGHT = new Set<IrNode['kind']>(['name', 'member', 'element', 'call', 'number', 'text', 'list', 'object']);
/** Languages in which a division by a whole number may be one of whole numbers. */
const WHOLE = new Set(['ruby', 'java', 'kotlin', 'csharp', 'rust']);
/** Languages in which a value is written out, or stands in a text that another program reads: nothing can be divided there. */
const NO_ARITHMETIC = new Set(['shellscript', 'powershell', 'http', 'rest', 'json', 'jsonc', 'json5', 'graphql', 'yaml']);
/** Types whose values no operator divides. */
const OBJECTS = /BigDecimal|BigInteger|decimal\.|Decimal::|dec!|Dinero|dinero|big\.|currency\(|Money/;

/** How the value becomes full units; undefined where no edit is certain to leave code that means that. */
export function remedyOf(input: MoneyInput, { node, keep }: MinorUnits, code: Code): Remedy | undefined {
  const { value } = input;
  // Neither a fraction nor a division fits into a field of whole numbers.
  if (!isWhole(value, code) || amountTypeAt(value, code) === 'whole') return undefined;
  const fn = unwrap(value);
  if (fn.kind === 'function') return ofFunction(fn, input, code);
  if (keep !== undefined && node.start >= value.start && node.end <= value.end) {
    const all = withRounding(node, value, code);
    if (all !== undefined) return { kind: 'drop', edits: leaving(keep, all, code) };
  }
  const edits = dividedBy100(input, code);
  return edits === undefined ? undefined : { kind: 'divide', edits };
}

/** A function in place of the amount: what it returns, where that is one expression. */
function ofFunction(fn: FunctionNode, input: MoneyInput, code: Code): Remedy | undefined {
  const [value, other] = code.tracer.returnsOf(fn);
  if (value === undefined || other !== undefined || unwrap(value).kind === 'function') return undefined;
  const minorUnits = new Units(code).minorUnits(value, true);
  return minorUnits === undefined ? undefined : remedyOf({ ...input, value, isShorthand: false }, minorUnits, code);
}

/** The value of the field divided by a hundred, where it stands. */
export function dividedBy100({ value, isShorthand }: MoneyInput, code: Code): TextEdit[] | undefined {
  return isWhole(value, code) && amountTypeAt(value, code) !== 'whole' && !NO_ARITHMETIC.has(code.languageId) ? divided(value, isShorthand, code) : undefined;
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
  // A function gives the amount only when it is called; of an address nothing is divided.
  if (unwrap(value).kind === 'function' || (value.kind === 'wrapped' && value.by === 'reference')) return undefined;
  const by = ` / ${divisor(value, code)}`;
  if (isShorthand) return code.languageId === 'csharp' ? [{ start: end, end, text: ` = ${own}${by}` }] : [{ start: end, end, text: `: ${own}${by}` }];
  const isAsserted = value.kind === 'wrapped' && value.by === 'cast' && own.endsWith('!') && TIGHT.has(value.inner.kind);
  const isTight = TIGHT.has(value.kind) || isAsserted || (value.kind === 'wrapped' && value.by === 'parentheses');
  const typed = asFloat(own, isTight, code);
  if (typed !== undefined) return [{ start: value.start, end: value.start, text: typed.before }, { start: end, end, text: `${typed.after}${by}` }].filter(({ text }) => text !== '');
  return isTight ? [{ start: end, end, text: by }] : [{ start: value.start, end: value.start, text: '(' }, { start: end, end, text: `)${by}` }];
}

const WRAPPERS = /(?:^|\.|::)(?:Float|F|Ptr|Some|Opt|Of|of|ofNullable|Float64|param\.NewOpt|NewOpt)$/;

/** Go and Rust divide whole numbers without a fraction, whatever the divisor; a float becomes no other one by this. */
function asFloat(own: string, isTight: boolean, { languageId }: Code): { readonly before: string; readonly after: string } | undefined {
  if (languageId === 'go') return own.startsWith("float64(") && isTight ? undefined : { before: 'float64(', after: ')' };
  if (languageId !== 'rust') return undefined;
  return isTight ? { before: '', after: ' as f64' } : { before: '(', after: /\bas f64$/.test(own) ? ')' : ') as f64' };
}

function divisor(value: IrNode, code: Code): string {
  const { languageId } = code;
  if (languageId === 'csharp' && (/\d[mM]\b|\(decimal\)/.test(code.slice(value)) || amountTypeAt(value, code) === 'decimal' || typeOf(value, code) === 'decimal')) return '100m';
  return WHOLE.has(languageId) ? '100.0' : '100';
}

/** The type of a variable or parameter, as it is declared. */
function typeOf(value: IrNode, code: Code): string | undefined {
  const node = unwrap(value);
  const sources = node.kind === 'name' ? code.scopes.resolve(node.name, node)?.sources ?? [] : [];
  const [source] = sources;
  if (source === undefined || sources.length > 1) return undefined;
  return source.kind === 'parameter' ? source.node.parameters[source.index]?.type : source.kind === 'bind' ? source.node.type : undefined;
}
