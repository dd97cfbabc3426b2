import type { Fix } from './finding.js';

/** The fix that may be applied in bulk: a safe one that needs nothing done before or besides its edits. */
export function safeFix(fixes: readonly Fix[]): Fix | undefined {
  const safe = fixes.filter((fix) => fix.safety === 'safe' && fix.before === undefined && fix.action === undefined);
  return safe.find((fix) => fix.preferred === true) ?? safe[0];
}
