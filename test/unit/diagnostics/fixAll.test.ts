import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeEdits } from '../../../src/editor/diagnostics/fixAll.js';
import type { Finding, Fix, TextEdit } from '../../../src/scan/finding.js';

function finding(...fixes: Fix[]): Finding {
  return { rule: 'a-rule', severity: 'warning', start: 0, end: 1, message: '', fixes };
}
function fix(edits: TextEdit[], more: Partial<Fix> = {}): Fix {
  return { title: '', safety: 'safe', edits, ...more };
}
const edit = (start: number, end: number, text = ''): TextEdit => ({ start, end, text });

describe('fix all', () => {
  it('takes safe fixes only, and none that needs a key to be stored first', () => {
    expect(safeEdits([
      finding(fix([edit(0, 1)], { safety: 'unsafe' })),
      finding(fix([edit(2, 3)], { before: 'keepSecret' })),
      finding(fix([], { preferred: true, action: { kind: 'ignoreFile' } }), fix([edit(6, 7)])),
      finding(fix([edit(8, 9)])),
      finding(fix([edit(4, 5)])),
      finding(),
    ])).toEqual([edit(4, 5), edit(6, 7), edit(8, 9)]);
  });

  it('takes the preferred one of several', () => {
    expect(safeEdits([finding(fix([edit(0, 1, 'a')]), fix([edit(0, 1, 'b')], { preferred: true }))])).toEqual([edit(0, 1, 'b')]);
  });

  it('applies a fix whole or not at all, and the same insertion once', () => {
    const added = edit(0, 0, 'import x;\n');
    expect(safeEdits([
      finding(fix([added, edit(10, 12)])),
      finding(fix([edit(11, 14), edit(30, 31)])),
      finding(fix([added, edit(20, 22)])),
    ])).toEqual([added, edit(10, 12), edit(20, 22)]);
  });

  it('never lets two edits touch', () => {
    const anyEdit = fc.tuple(fc.nat(40), fc.nat(4), fc.constantFrom('x', '')).map(([start, length, text]) => edit(start, start + length, text));
    const anyFinding = fc.array(anyEdit, { minLength: 1, maxLength: 1 }).map((edits) => finding(fix(edits)));
    fc.assert(fc.property(fc.array(anyFinding), (findings) => {
      const edits = safeEdits(findings);
      return edits.every((one, at) => at === 0 || (edits[at - 1]?.end ?? 0) <= one.start);
    }));
  });
});
