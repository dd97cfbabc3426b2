import type { Finding, TextEdit } from '../../scan/finding.js';
import { safeFix } from '../../scan/safeFix.js';

/**
 * The edits that may be applied in bulk: of each finding one safe fix that needs nothing done first. A fix whose edits
 * touch those of an earlier one is left for the next time, so that every fix is applied whole or not at all.
 */
export function safeEdits(findings: readonly Finding[]): TextEdit[] {
  return combine(findings.map((finding) => safeFix(finding.fixes)?.edits ?? [])).edits;
}

/** The edits of several fixes as one change, in order; of a fix whose edits touch those of an earlier one, none. `taken` says which fixes are in it. */
export function combine(fixes: readonly (readonly TextEdit[])[]): { readonly edits: TextEdit[]; readonly taken: readonly boolean[] } {
  const chosen: TextEdit[] = [];
  const taken = fixes.map((all) => {
    // Two findings may both want the same line added; once is enough.
    const edits = all.filter((edit) => !chosen.some((other) => isSame(edit, other)));
    if (!edits.every((edit) => !chosen.some((other) => touches(edit, other)))) return false;
    chosen.push(...edits);
    return true;
  });
  return { edits: chosen.sort((a, b) => a.start - b.start), taken };
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Insertions at one place depend on their order, so they count as touching. */
function touches(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end ? true : a.start === b.start;
}
