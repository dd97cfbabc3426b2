import type { TextEdit } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { sameAmount } from './numbers.js';
import type { StripeAmount } from './stripeInputs.js';

/** What stands around an amount that becomes a whole number of cents. */
interface Spelling {
  readonly before: string;
  readonly after: string;
}

const TIGHT = new Set<IrNode['kind']>(['name', 'member', 'element', 'call', 'number']);
/** Types whose values no operator multiplies, and text. */
const OBJECTS = /BigDecimal|BigInteger|decimal\.New|Dinero|dinero|big\.|currency\(|Money|toFixed|toString|String\(|str\(/;

/** Edits that hand over cents: the amount times a hundred, rounded, in place of conversions to whole numbers around it. Undefined where no edit is certain. */
export function toCents({ value, isShorthand, name }: StripeAmount, code: Code): readonly TextEdit[] | undefined {
  if (name.endsWith('decimal') || value.start >= value.end || /[\w$]/.test(code.text.charAt(value.end))) return undefined;
  const own = code.slice(value);
  if (OBJECTS.test(own)) return undefined;
  const spelling = spellingOf(code);
  if (spelling === undefined) return undefined;
  const { imports = [] } = spelling;
  if (isShorthand) return [...imports, { start: value.end, end: value.end, text: `: ${spelling.before}${own}${spelling.after}` }];
  const outer = kept(value, code);
  const core = amountIn(outer);
  const isTight = TIGHT.has(core.kind) || (core.kind === 'wrapped' && core.by === 'parentheses');
  return [
    ...imports,
    { start: outer.start, end: core.start, text: `${spelling.before}${isTight ? '' : '('}` },
    { start: core.end, end: outer.end, text: `${isTight ? '' : ')'}${spelling.after}` },
  ];
}

/** Inside of what makes a pointer or an optional value of it: `stripe.Int64(…)`. */
function kept(value: IrNode, code: Code): IrNode {
  const node = unwrap(value);
  const argument = node.kind === 'call' && node.arguments.length === 1 ? node.arguments[0] : undefined;
  return argument !== undefined && node.kind === 'call' && /(?:^|\.)(?:Int64|Some|Ptr|F|Of|of|ofNullable)$/.test(calleeText(unwrap(node.callee))) && code.languageId !== 'python' ? kept(argument.value, code) : value;
}

/** The amount without conversions and roundings. */
function amountIn(start: IrNode): IrNode {
  let node = start;
  for (let left = 8; left > 0; left--) {
    if (node.kind === 'wrapped' && node.by === 'cast') node = node.inner;
    // Ruby's conversions have no brackets.
    else if (node.kind === 'member' && /^(?:to_[ifdr]|round|truncate|floor|ceil)$/.test(node.name)) node = node.object;
    else if (node.kind === 'wrapped' && node.by === 'parentheses' && node.inner.kind !== 'operation' && node.inner.kind !== 'choice') node = node.inner;
    else {
      const same = node.kind === 'call' ? sameAmount(node) : undefined;
      if (same === undefined || same.start < start.start || same.end > start.end) return node;
      node = same;
    }
  }
  return node;
}

function spellingOf(code: Code): (Spelling & { readonly imports?: readonly TextEdit[] }) | undefined {
  switch (code.languageId) {
    case 'python':
      return { before: 'int(round(', after: ' * 100))' };
    case 'ruby':
      return { before: '(', after: ' * 100).round' };
    case 'php':
      return { before: '(int) round(', after: ' * 100)' };
    case 'java':
      return { before: 'Math.round(', after: ' * 100)' };
    case 'kotlin':
      return code.says(/^import kotlin\.math\.(?:roundToLong|\*)/m) ? { before: '(', after: ' * 100).roundToLong()' } : { before: 'Math.round(', after: ' * 100)' };
    case 'csharp':
      return { before: '(long)Math.Round(', after: ' * 100)' };
    case 'rust':
      return { before: '(', after: ' * 100.0).round() as i64' };
    case 'go': {
      const imports = importOfMath(code);
      return imports === undefined ? undefined : { before: 'int64(math.Round(', after: ' * 100))', imports };
    }
    default:
      return { before: 'Math.round(', after: ' * 100)' };
  }
}

/** Go compiles only with the import that is used. */
function importOfMath({ text, imports, focus }: Code): readonly TextEdit[] | undefined {
  if (imports.some(({ local, module }) => local === 'math' && module === 'math')) return [];
  if (imports.some(({ local }) => local === 'math')) return undefined;
  focus?.asked.everything();
  const group = /^import \(\r?\n/m.exec(text);
  const at = group === null ? /^import "/m.exec(text)?.index : group.index + group[0].length;
  if (at === undefined) return undefined;
  return [{ start: at, end: at, text: group === null ? 'import "math"\n' : '\t"math"\n' }];
}
