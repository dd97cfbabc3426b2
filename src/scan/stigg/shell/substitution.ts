import type { IrNode } from '../../ir/node.js';
import { expressionIn } from '../payload/expression.js';
import { within, type Written } from '../payload/written.js';

const LONGEST = 2_000;
const PRINTED = /^\s{0,40}(?:echo[ \t]{1,9}(?:-e[ \t]{1,9})?|printf[ \t]{1,9}(?:["'][^"'\n]{0,20}["'][ \t]{1,9}(?=[^\s|]))?)/;
const CALCULATED = /^\s{0,40}(?:bc(?:[ \t]-\w{1,3})?[ \t]{0,9}<<<|expr[ \t])/;
/** jq with its switches, up to its program. */
const FILTER = /^jq(?:[ \t]{1,4}-{1,2}[A-Za-z][\w-]{0,30}){0,6}[ \t]{1,4}(?=['".])/;
const PROGRAM = /^(?:'([^'\n]{1,200})'|"([^"\n]{1,200})"|(\.[\w.[\]]{1,200}))/;
const FORMAT = /^printf?[ \t]{0,9}\(?[ \t]{0,9}(?:["'][^"'\n]{0,40}["'][ \t]{0,9},)?/;

/** What a substitution comes to, as far as it is arithmetic or takes a member out of an answer. */
export function substitution(written: Written, isArithmetic: boolean): IrNode | undefined {
  if (isArithmetic) return expressionIn(written);
  if (written.text.length > LONGEST) return undefined;
  const span = calculated(written.text) ?? filtered(written.text) ?? printedByAwk(written.text);
  return span === undefined ? undefined : expressionIn(within(written, span[0], span[1]));
}

type Stretch = readonly [from: number, to: number];

/** `echo "$price * 100" | bc`, `bc <<< "$price * 100"`, `expr $price \* 100` */
function calculated(text: string): Stretch | undefined {
  const printed = PRINTED.exec(text)?.[0];
  const pipe = text.indexOf('|');
  if (printed !== undefined && pipe !== -1) return /^\|\s{0,20}bc\b/.test(text.slice(pipe, pipe + 30)) ? [printed.length, pipe] : undefined;
  const head = CALCULATED.exec(text)?.[0];
  return head === undefined || pipe !== -1 ? undefined : [head.length, text.length];
}

/** `… | jq -r '.unit_amount / 100'`: what comes last. */
function filtered(text: string): Stretch | undefined {
  const at = text.lastIndexOf('jq ');
  const head = at === -1 || /[\w.-]/.test(text.charAt(at - 1)) ? undefined : FILTER.exec(text.slice(at, at + 260))?.[0];
  if (head === undefined) return undefined;
  const from = at + head.length;
  const program = PROGRAM.exec(text.slice(from, from + 210));
  if (program === null || text.includes('|', from + program[0].length)) return undefined;
  const quote = program[3] === undefined ? 1 : 0;
  return [from + quote, from + program[0].length - quote];
}

/** `awk '{ printf "%.2f", $1 / 100 }'` */
function printedByAwk(text: string): Stretch | undefined {
  const awk = text.indexOf('awk ');
  const print = awk === -1 ? -1 : text.indexOf('print', awk);
  if (print === -1) return undefined;
  const from = print + (FORMAT.exec(text.slice(print, print + 120))?.[0].length ?? 0);
  const length = text.slice(from, from + 200).search(/[};"')]/);
  return length === -1 ? undefined : [from, from + length];
}
