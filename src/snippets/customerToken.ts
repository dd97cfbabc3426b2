import type { HeadLine, TokenCode } from './customerToken/code.js';
import { COMPILED } from './customerToken/compiled.js';
import { FRONTEND } from './customerToken/frontend.js';
import { SCRIPTING } from './customerToken/scripting.js';

export { SIGNING_SECRET_VARIABLE, type TokenCode } from './customerToken/code.js';

/**
 * Code for hardened client access: the server signs the customer's id, the browser hands the token over.
 * The token is `HMAC-SHA256 {customerId}:{hex}`, the hex an HMAC-SHA256 of the id with the environment's signing secret (Stigg's docs
 * and examples). The secret comes from a variable of the server and never stands in the code.
 */
export const TOKEN_CODES: readonly TokenCode[] = [...SCRIPTING, ...COMPILED, ...FRONTEND];

const BROWSER_SDK = /@stigg\/(?:react|js-client|vue|vue-2|nextjs|embed)-sdk/;
const COMMONJS = /\brequire\(|\bmodule\.exports\b/;
const MODULE = /^(?:import|export)\b/m;

/** The code that belongs into a document; undefined where none is known for its language. */
export function tokenCodeFor(languageId: string, path: string, text: string): TokenCode | undefined {
  const fitting = TOKEN_CODES.filter(({ languageIds }) => languageIds.includes(languageId));
  const [only, ...others] = fitting;
  if (only === undefined || others.length === 0) return only;
  if (BROWSER_SDK.test(text) || /^\s{0,200}['"]use client['"]/.test(text)) return fitting.find(({ side }) => side === 'frontend') ?? only;
  const isCommonjs = path.endsWith('.cjs') || (!path.endsWith('.mjs') && COMMONJS.test(text) && !MODULE.test(text));
  return (isCommonjs ? fitting.find(({ id }) => id === 'commonjs') : undefined) ?? only;
}

/** What has to be inserted at the head of a document, and at which line (from 0). undefined: everything is there. */
export function missingHead({ head, before }: Pick<TokenCode, 'head' | 'before'>, text: string): { readonly line: number; readonly text: string } | undefined {
  const missing = head.filter(({ present }: HeadLine) => !present(text));
  if (missing.length === 0) return undefined;
  const line = headOf(text.split(/\r?\n/), before);
  return { line, text: missing.map((entry) => `${entry.text}\n`).join('') };
}

/** What stays above everything else: a script's first line, documentation of the file itself. */
const TOP = /^(?:#!|\/\/!|<\?php)/;

/** The line before which imports go: after what must stay above them, and after comments about the file as a whole. */
function headOf(lines: readonly string[], before: RegExp | undefined): number {
  let head = 0;
  let end: string | undefined;
  let afterComment = false;
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const open = end === undefined ? /^(?:\/\*|"""|''')/.exec(line)?.[0] : undefined;
    if (end !== undefined || open !== undefined) {
      const close = end ?? (open === '/*' ? '*/' : open) ?? '';
      const isClosed = line.slice(open?.length ?? 0).includes(close);
      end = isClosed ? undefined : close;
      // The documentation of a Python module stays first; a comment may as well be about the function below it.
      if (isClosed && close !== '*/') head = index + 1;
      afterComment = true;
    } else if (TOP.test(line) || before?.test(line) === true) {
      head = index + 1;
      afterComment = false;
    } else if (line === '') {
      if (afterComment || head === index) head = index + 1;
    } else if (/^(?:\/\/|#)/.test(line)) {
      afterComment = true;
    } else {
      break;
    }
  }
  return head;
}
