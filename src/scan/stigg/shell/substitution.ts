import type { IrNode } from '../../ir/node.js';
import { expressionIn } from '../payload/expression.js';
import { within, type Written } from '../payload/written.js';

/** Programs that calculate what they are given. */
const ECHOED = /^\s*(?:echo|printf)\s+(?:-e\s+|["'][^"'\n]{0,20}["']\s+)?(?<expression>[^|]{1,200})\|\s*bc\b[^|]{0,60}$/d;
const HERE = /^\s*bc\b[^<]{0,20}<<<\s*(?<expression>[^|]{1,200})$/d;
const EXPR = /^\s*expr\s+(?<expression>[^|]{1,200})$/d;
const AWK = /\bawk\b[^]{0,300}?\bprint(?:f\s*["'][^"']{0,40}["']\s*,)?\s*\(?(?<expression>[^};"']{1,200})/d;
/** jq's last word: what it prints. */
const JQ = /\bjq\s+(?:-{1,2}[\w-]{1,30}\s+){0,6}(?<expression>'[^'\n]{1,200}'|"[^"\n]{1,200}"|\.[\w.[\]]{1,200})\s*(?:<<<?[^|]{0,200}|[\w./$"{}-]{0,200})\s*$/d;

/** What a substitution comes to, as far as it is arithmetic or takes a member out of an answer. */
export function substitution(written: Written, isArithmetic: boolean): IrNode | undefined {
  if (isArithmetic) return expressionIn(written);
  if (written.text.length > 2_000) return undefined;
  for (const pattern of [ECHOED, HERE, EXPR, JQ, AWK]) {
    const [from, to] = pattern.exec(written.text)?.indices?.groups?.['expression'] ?? [];
    if (from !== undefined && to !== undefined) return expressionIn(within(written, from, to));
  }
  return undefined;
}
