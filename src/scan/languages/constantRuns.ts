import type { ConstantPart, ConstantText, Span } from './language.js';

/** One part of an expression; its value is undefined where the document alone does not decide it. */
export interface Operand extends Span {
  readonly value: string | undefined;
}

/** The texts that the parts make, in order: what is not constant parts them. One part alone is left to its own place. */
export function* constantRuns(operands: Iterable<Operand>): Iterable<ConstantText> {
  let parts: ConstantPart[] = [];
  for (const { start, end, value } of operands) {
    if (value !== undefined) {
      parts.push({ start, end, value });
      continue;
    }
    yield* textOf(parts);
    parts = [];
  }
  yield* textOf(parts);
}

function* textOf(parts: readonly ConstantPart[]): Iterable<ConstantText> {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || first === last) return;
  yield { start: first.start, end: last.end, value: parts.map(({ value }) => value).join(''), parts };
}

/** The value of all parts together; undefined where one is not constant, or all are longer than any key. */
export function joinedValue(operands: Iterable<Operand>, longest: number): string | undefined {
  let joined = '';
  for (const { value } of operands) {
    if (value === undefined) return undefined;
    joined += value;
    if (joined.length > longest) return undefined;
  }
  return joined;
}

/** A literal cut into its substitutions, whose values `valueOf` says, and the texts between them. */
export function* stretches<T extends Span>(text: string, inside: Span, substitutions: Iterable<T>, valueOf: (substitution: T) => string | undefined): Iterable<Operand> {
  let at = inside.start;
  for (const substitution of substitutions) {
    const { start, end } = substitution;
    if (at < start) yield { start: at, end: start, value: text.slice(at, start) };
    yield { start, end, value: valueOf(substitution) };
    at = end;
  }
  if (at < inside.end) yield { start: at, end: inside.end, value: text.slice(at, inside.end) };
}
