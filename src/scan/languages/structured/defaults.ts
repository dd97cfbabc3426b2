import type { Span } from '../language.js';

/** What a shell, and Compose, put in place of a variable without a value: `${NAME:-default}`, `${NAME-default}`, `${NAME:=default}`. */
export interface Default {
  readonly variable: string;
  /** Where the expansion begins, and its operator. */
  readonly start: number;
  readonly operator: number;
  /** The place is all of the default. */
  readonly isWhole: boolean;
}

const EXPANSION = /\$\{(\w{1,100})(:?[-=])["']?$/;
const LONGEST = 110;

/** The expansion whose default begins with that place. */
export function defaultAt(text: string, { start, end }: Span): Default | undefined {
  const match = EXPANSION.exec(text.slice(Math.max(0, start - LONGEST), start));
  const [written, variable, operator] = match ?? [];
  if (written === undefined || variable === undefined || operator === undefined) return undefined;
  const from = start - written.length;
  return { variable, start: from, operator: from + 2 + variable.length, isWhole: text.charAt(end) === '}' && written.endsWith(operator) };
}
