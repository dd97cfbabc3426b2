import type { TextEdit } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import type { MoneyInput } from './inputs.js';
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
export function remedyOf({ value, isShorthand }: MoneyInput, { node, keep }: MinorUnits, code: Code): Remedy | undefined {
  // In code that is being typed the value may end elsewhere than the parser thinks.
  if (value.start >= value.end || /[\w$]/.test(code.text.charAt(value.end))) return undefined;
  if (keep !== undefined && node.start >= value.start && node.end <= value.end) return { kind: 'drop', edits: leaving(keep, node, code) };
  if (NO_ARITHMETIC.has(code.languageId)) return undefined;
  const edits = divided(value, isShorthand, code);
  return edits === undefined ? undefined : { kind: 'divide', edits };
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
  const isTight = TIGHT.has(value.kind) || (value.kind === 'wrapped' && value.by === 'parentheses');
  return isTight ? [{ start: end, end, text: by }] : [{ start: value.start, end: value.start, text: '(' }, { start: end, end, text: `)${by}` }];
}

const WRAPPERS = /(?:^|\.|::)(?:Float|F|Ptr|Some|Opt|Of|of|ofNullable|Float64|param\.NewOpt|NewOpt)$/;

function divisor({ languageId }: Code, own: string): string {
  if (languageId === 'csharp' && /\d[mM]\b|\(decimal\)/.test(own)) return '100m';
  return WHOLE.has(languageId) ? '100.0' : '100';
}
