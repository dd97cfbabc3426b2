import type { Span } from '../languages/language.js';
import type { StiggRequest } from './request.js';

/** A command and what its output is piped into is at most so long. */
const LONGEST = 2_000;
const NAME = /\bsubscriptionEntitlements\b/;

/** Where scripts take the entitlements out of a list of subscriptions: `curl … | jq '.data[].subscriptionEntitlements'`. */
export function* jqReadsIn(text: string, requests: readonly StiggRequest[]): Generator<Span, void> {
  for (const { endpoint, end } of requests) {
    if (endpoint?.operation !== 'subscriptions.list') continue;
    const rest = text.slice(end, end + LONGEST);
    const pipe = /^["')\s\\]{0,200}\|\s*jq\b/.exec(rest);
    if (pipe === null) continue;
    const program = rest.slice(pipe[0].length, programEnd(rest, pipe[0].length));
    const at = NAME.exec(program)?.index;
    if (at === undefined) continue;
    const start = end + pipe[0].length + at;
    yield { start, end: start + 'subscriptionEntitlements'.length };
  }
}

/** The end of the quoted program, or of the line. */
function programEnd(rest: string, from: number): number {
  const open = rest.indexOf("'", from);
  const line = rest.indexOf('\n', from);
  if (open === -1 || (line !== -1 && line < open)) return line === -1 ? rest.length : line;
  const close = rest.indexOf("'", open + 1);
  return close === -1 ? rest.length : close;
}
