import { FRESH, Placeholder, type JsonTemplate } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';

/** A string literal in a language: what stands before, inside and after. A tab stop covers the inside only, so that its quotes stay. */
export interface Quoted {
  readonly open: string;
  readonly inner: string;
  readonly close: string;
}

/** How a language writes JSON as values of its own. */
export interface Notation {
  readonly quote: (text: string) => Quoted;
  readonly literals: { readonly true: string; readonly false: string; readonly null: string };
  /** An expression that is a new UUID, as a string, at each run. */
  readonly fresh: string;
  /** One step of indentation. */
  readonly indent: string;
  readonly object: { readonly open: string; readonly close: string; readonly empty: string };
  readonly array: { readonly open: string; readonly close: string; readonly empty: string };
  /** The key of an object with what stands between it and its value. */
  readonly key: (name: string) => string;
  /** Whether the last entry has a comma too. */
  readonly trailingComma: boolean;
}

/** JSON as values of the language, over several lines; `level` counts the steps of indentation of its first line. */
export function valueIn(notation: Notation, value: JsonTemplate, level = 0): SnippetParts {
  if (value instanceof Placeholder) return placeholderIn(notation, value);
  if (value === FRESH) return [notation.fresh];
  if (typeof value === 'string') return [stringIn(notation, value)];
  if (typeof value === 'number') return [numberOf(value)];
  if (typeof value === 'boolean') return [notation.literals[value ? 'true' : 'false']];
  if (value === null) return [notation.literals.null];
  return isList(value)
    ? block(notation, notation.array, value.map((entry) => valueIn(notation, entry, level + 1)), level)
    : block(notation, notation.object, Object.entries(value).map(([name, entry]) => [notation.key(name), ...valueIn(notation, entry, level + 1)]), level);
}

/** A placeholder as a value of its type. */
export function placeholderIn(notation: Notation, { stop, sample }: Placeholder): SnippetParts {
  if (typeof sample !== 'string') return [tabStop(stop, typeof sample === 'number' ? numberOf(sample) : notation.literals[sample ? 'true' : 'false'])];
  const { open, inner, close } = notation.quote(sample);
  return [open, tabStop(stop, inner), close];
}

export function stringIn(notation: Pick<Notation, 'quote'>, text: string): string {
  const { open, inner, close } = notation.quote(text);
  return open + inner + close;
}

/** Whole numbers beyond 2^53 would overflow the integers of Go, Java and C#, so they are written as what they are: floating point. */
export function numberOf(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/** Entries between brackets, each on its own line. */
export function block(
  { indent, trailingComma }: Pick<Notation, 'indent' | 'trailingComma'>,
  brackets: Notation['object'],
  entries: readonly SnippetParts[],
  level: number,
): SnippetParts {
  if (entries.length === 0) return [brackets.empty];
  const inner = entries.flatMap((entry, index) => [indent.repeat(level + 1), ...entry, index < entries.length - 1 || trailingComma ? ',\n' : '\n']);
  return [`${brackets.open}\n`, ...inner, indent.repeat(level) + brackets.close];
}

export function isList(value: readonly JsonTemplate[] | object): value is readonly JsonTemplate[] {
  return Array.isArray(value);
}

/** Whether a value nobody used before stands anywhere in it. */
export function holdsFresh(value: JsonTemplate | undefined): boolean {
  if (value === FRESH) return true;
  if (value === undefined || value === null || typeof value !== 'object' || value instanceof Placeholder) return false;
  return (isList(value) ? value : Object.values(value)).some(holdsFresh);
}
