import type { Finding } from './finding.js';

/** Rules quote names, and what stands in the place of a name may be a key, or a part of one. So much of it is in the way. */
const RUN = /[\w:.$+/\\-]{12,}/g;
/** What a key looks like, also where it is cut off. */
const SECRET = /(?:server|client)-[0-9a-f]{5}|[0-9a-f]{4}-[0-9a-f]{4}|[0-9a-f]{4}:[0-9a-f]{4}|[0-9a-f]{12}|2[aby]\\?\$\d\d|[A-Za-z0-9+]{40}/i;
/** What no fix writes: a new place for a secret is none. */
const KEY = /server-[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{8}-|\$2[aby]\\?\$\d\d\\?\$[./\w]{20}/i;

/** The finding without anything in its words that may be part of a key, and without fixes that would repeat one. Its mask says enough. */
export function discreet(finding: Finding): Finding {
  return {
    ...finding,
    message: without(finding.message),
    ...(finding.related === undefined ? {} : { related: finding.related.map((place) => ({ ...place, message: without(place.message) })) }),
    fixes: finding.fixes.filter(({ edits }) => !edits.some(({ text }) => KEY.test(text))).map((fix) => ({ ...fix, title: without(fix.title) })),
  };
}

function without(words: string): string {
  return words.replace(RUN, (run) => (SECRET.test(run) && /\d/.test(run) ? '…' : run));
}
