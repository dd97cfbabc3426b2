import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayConcernStiggAsBytes } from '../../../src/node/bytePrefilter.js';
import { PAYLOAD_KEYS } from '../../../src/scan/stigg/payload/trigger.js';
import { BASE64_BEGINNINGS } from '../../../src/scan/tokens/base64Beginnings.js';
import { KIND_TRACE, LEGACY_TRACE, mayConcernStigg } from '../../../src/scan/tokens/trace.js';

const passes = (text: string): boolean => mayConcernStiggAsBytes(Buffer.from(text, 'latin1'));
/** So that the text as a whole may be a request's body. */
const BEGINNING = '{ ';

const TRACES: readonly (readonly [string, RegExp])[] = [
  ['the name', /[sS][tT][iI][gG][gG]/],
  ['the field', /subscription_?entitlements/],
  ['the field, in capitals', /SUBSCRIPTION_?ENTITLEMENTS/],
  ['keys and their beginnings', new RegExp(KIND_TRACE)],
  ['keys and their beginnings, in capitals', new RegExp(KIND_TRACE.replaceAll('server', 'SERVER').replaceAll('client', 'Client'))],
  ['legacy keys', new RegExp(LEGACY_TRACE)],
  ['base64', new RegExp(BASE64_BEGINNINGS.join('|'))],
  ['bodies', new RegExp(PAYLOAD_KEYS.join('|'))],
];

describe('whatever has a trace of Stigg passes', () => {
  test.each(TRACES)('%s', (_what, trace) => {
    const around = fc.oneof(fc.constantFrom('', '\n', 'ser', 'server', 'stig', '4', '$2', 'untsO'), fc.string({ unit: 'binary-ascii', maxLength: 12 }));
    fc.assert(fc.property(around, fc.stringMatching(trace), around, (before, middle, behind) => {
      const text = BEGINNING + before + middle + behind;
      if (mayConcernStigg(text)) expect(passes(text), JSON.stringify(text)).toBe(true);
      expect(passes(before + middle + behind), JSON.stringify(middle)).toBe(true);
    }), { numRuns: 2_000 });
  });

  test.each(Array.from({ length: 9 }, (_, at) => at))('%i bytes from the beginning and from the end', (at) => {
    for (const trace of ['stigg', 'server-"', '42a$', ...PAYLOAD_KEYS]) expect(passes('x'.repeat(at) + trace + 'x'.repeat(at)), trace).toBe(true);
  });
});

test.each([
  '', 's', 'sti', 'the server is down', 'client-side code and server-side code', 'const observer = service.title;', 'settlement of instruments', 'defaultValue, contentType, @Override, script, description', 'price is 42a', 'a tigger',
])('does not pass: %s', (text) => {
  expect(passes(text)).toBe(false);
});

test('bytes that are no text', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const buffer = Buffer.from(bytes);
    if (mayConcernStigg(buffer.toString('latin1'))) expect(mayConcernStiggAsBytes(buffer)).toBe(true);
  }));
});
