import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayConcernStiggAsBytes } from '../../../src/node/bytePrefilter.js';
import { PAYLOAD_KEYS } from '../../../src/scan/stigg/payload/trigger.js';
import { BASE64_BEGINNINGS } from '../../../src/scan/tokens/base64Beginnings.js';
import { CURRENT_TRACE, LEGACY_TRACE, mayConcernStigg } from '../../../src/scan/tokens/trace.js';

const passes = (text: string): boolean => mayConcernStiggAsBytes(Buffer.from(text, 'latin1'));
const TRACES: readonly (readonly [string, RegExp])[] = [
  ['the name', /[sS][tT][iI][gG][gG]/],
  ['the field', /subscription_?entitlements/],
  ['the field, in capitals', /SUBSCRIPTION_?ENTITLEMENTS/],
  ['keys', new RegExp(CURRENT_TRACE)],
  ['beginnings of keys', /(?:server|client|SERVER|Client)(?:["'`]|\\[ux]|-[0-9a-f-]{0,36}(?::[0-9a-f-]{0,35})?(?:\\?["'`]|[$#{\\]|%s))/],
  ['legacy keys', new RegExp(LEGACY_TRACE)],
  ['base64', new RegExp(BASE64_BEGINNINGS.join('|'))],
  ['bodies', new RegExp(PAYLOAD_KEYS.join('|'))],
];

const expectSame = (text: string): void => { expect(passes(text), JSON.stringify(text)).toBe(mayConcernStigg(text)); };

describe('the answer is the one of the whole text', () => {
  test.each(TRACES)('%s', (_what, trace) => {
    const beginning = fc.constantFrom('', '{ ', '# about\n[', 'x = ');
    const around = fc.oneof(fc.constantFrom('', '\n', '"', "'", '-', 'my-', 'ob', '\\n', 'ser', 'server', 'stig', '4', '$2', 'untsO', '-0123-4567', "'0123456789ab"), fc.string({ unit: 'binary-ascii', maxLength: 12 }));
    fc.assert(fc.property(beginning, around, fc.stringMatching(trace), around, around, (start, before, middle, behind, end) => {
      expectSame(start + before + middle + behind + end);
    }), { numRuns: 3_000 });
  });

  test.each(Array.from({ length: 9 }, (_, at) => at))('%i bytes from the beginning and from the end', (at) => {
    for (const trace of ['stigg', 'Subscription_Entitlements', 'server-0123abcd-', "server-' + '0123456789ab'", "42a$ '0123456789ab'"]) expect(passes(' '.repeat(at) + trace + 'x'.repeat(at)), trace).toBe(true);
    for (const key of PAYLOAD_KEYS) expect(passes(`{${' '.repeat(at)}${key}${'x'.repeat(at)}`), key).toBe(true);
  });
});

test.each([
  '', 's', 'sti', 'the server is down', 'client-side code and server-side code', 'const observer = service.title;', 'settlement of instruments', 'defaultValue, contentType, @Override, script, description', 'price is 42a', 'a tigger', 'the gentlemen', '$2a$10$abcdefgh', 'amountsOff', '"server" and "client"',
])('does not pass: %s', (text) => {
  expect(passes(text)).toBe(false);
});

test('bytes that are no text', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const buffer = Buffer.from(bytes);
    expect(mayConcernStiggAsBytes(buffer)).toBe(mayConcernStigg(buffer.toString('latin1')));
  }));
});
