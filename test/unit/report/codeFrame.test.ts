import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrames } from '../../../src/report/codeFrame.js';
import type { Finding } from '../../../src/scan/finding.js';
import { legacyKey, serverKey, uuid } from '../scan/support.js';

const KEY = serverKey();
const MASK = 'server-1234…abcd';
const finding = (start: number, end: number, mask?: string): Finding => ({ rule: 'r-r', severity: 'error', start, end, message: 'm', fixes: [], ...(mask === undefined ? {} : { mask }) });
/** What is shown, and below it what is marked. */
function shown(text: string, ...findings: readonly Finding[]): [string, string] {
  const [frame] = codeFrames(text, findings);
  return [frame?.text ?? '', frame?.text.slice(frame.start, frame.end) ?? ''];
}

test.each<[string, string, Finding[], [string, string]]>([
  ['one line of several', 'a\n  price: 4900,\r\nb', [finding(11, 15)], ['price: 4900,', '4900']],
  ['a key', `const k = "${KEY}";`, [finding(11, 11 + KEY.length, MASK)], [`const k = "${MASK}";`, MASK]],
  ['another finding\'s key on the line', `f(x, "${KEY}")`, [finding(2, 3), finding(6, 6 + KEY.length, MASK)], [`f(x, "${MASK}")`, 'x']],
  ['a key that no finding has', `f(x, "${KEY}")`, [finding(2, 3)], [`f(x, "server-${KEY.slice(7, 11)}…${KEY.slice(-4)}")`, 'x']],
  ['somebody else\'s secret', `f(x, "${uuid('z').replaceAll('-', '')}Zz")`, [finding(2, 3)], [`f(x, "${uuid('z').slice(0, 4)}…")`, 'x']],
  ['long names', 'subscriptionEntitlements.customerResourceIdentifier(x)', [finding(52, 53)], ['subscriptionEntitlements.customerResourceIdentifier(x)', 'x']],
  ['several lines', 'f({\n  a\n})', [finding(0, 9)], ['f({', 'f({']],
  ['tabs and escapes', '\tf(\t"\u001B[2J\u202E")', [finding(1, 2)], ['f(  "\\x1b[2J\\u202e")', 'f']],
  ['nothing at the end', 'abc', [finding(3, 3)], ['abc', '']],
  ['an empty document', '', [finding(0, 0)], ['', '']],
])('%s', (_what, text, findings, expected) => {
  expect(shown(text, ...findings)).toEqual(expected);
});

test('of a line of megabytes only what is near', () => {
  const text = `${'ab '.repeat(1_000_000)}HERE${' cd'.repeat(1_000_000)}`;
  const [line, marked] = shown(text, finding(3_000_000, 3_000_004));
  expect(marked).toBe('HERE');
  expect(line.length).toBeLessThan(120);
});

test('no key gets through, wherever it stands and in whichever of the common forms', () => {
  const forms = [KEY, legacyKey(), KEY.replace(':', '%3A'), Buffer.from(KEY).toString('base64'), Buffer.from(`u:${KEY}`).toString('base64url'), encodeURIComponent(legacyKey())];
  fc.assert(fc.property(fc.constantFrom(...forms), fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), fc.nat(), fc.nat(40), (form, before, after, at, length) => {
    const text = `${before}"${form}"${after}`;
    const start = at % (text.length + 1);
    const [frame] = codeFrames(text, [finding(start, Math.min(text.length, start + length))]);
    expect(frame?.text).not.toContain(form);
    expect(frame?.text).not.toContain(form.slice(8, 28));
  }));
});
