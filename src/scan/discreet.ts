import type { Finding } from './finding.js';

/** What a key looks like, also in part and inside of something longer: a rule quotes names, and what stands in their place may be a key. */
const SECRET = /(?:server|client)-[0-9a-f]{8}[0-9a-f:-]*|(?<![0-9a-f])(?=[a-f:-]*\d)[0-9a-f]+(?:[-:][0-9a-f]{4,})+[0-9a-f:-]*|[0-9a-f]{12,}|\$?2[aby]\\?\$\d\d\\?\$[./\w]+|[A-Za-z0-9+/]{48,}/gi;

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
  return words.replace(SECRET, '…');
}
