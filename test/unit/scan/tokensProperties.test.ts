import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayHoldFindings } from '../../../src/editor/diagnostics/prefilter.js';
import { findTokens } from '../../../src/scan/tokens/find.js';
import { mayHoldToken } from '../../../src/scan/tokens/trace.js';
import { classify } from '../../../src/node/readText.js';
import { mayHoldSplitToken } from '../../../src/scan/tokens/trace.js';
import { Secret } from '../../../src/secret.js';
import { clientKey, legacyKey, serverKey } from './support.js';
import { base64, FORMS } from './tokenForms.js';
import { cpuNow } from '../../tools/cpu.js';

const token = fc.tuple(fc.constantFrom(serverKey, clientKey, legacyKey), fc.string({ minLength: 1, maxLength: 8 })).map(([make, seed]) => make(seed));
const form = fc.constantFrom(...FORMS);
/** Text of every kind that ends in no letter, so that the token after it stands alone. */
const prose = fc.array(fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.constantFrom('server-', 'server-side', 'client-', '$2b$10$', '%24', '%3A', base64('server-side '), base64('{"a":'), 'c2VydmVyL', '\uD800', '\0', '\n', '://', '&#36;', '\\', '"'),
), { maxLength: 12 }).map((pieces) => pieces.join('|'));

test('a token in any form, in any text, is found: once, whole, by what it is', () => {
  fc.assert(fc.property(token, form, prose, prose, (key, { write }, before, after) => {
    const text = `${before} ${write(key)} ${after}`;
    const found = findTokens(text);
    expect(found.map(({ fingerprint }) => fingerprint)).toEqual([new Secret(key).fingerprint]);
    const [{ start, end } = { start: 0, end: 0 }] = found;
    expect(start).toBeGreaterThanOrEqual(before.length + 1);
    expect(end).toBeLessThanOrEqual(text.length - after.length - 1);
    expect([mayHoldToken(text), mayHoldFindings(text), classify(Buffer.from(text.replaceAll('\0', ''))).kind]).toEqual([true, true, 'text']);
  }), { numRuns: 2_000 });
});

test('a token that was masked or cut anywhere is none', () => {
  const damage = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 20 }), fc.constantFrom('', '*', '…', '...', 'x', '•')).filter(([, length, mask]) => mask !== '' || length > 0);
  fc.assert(fc.property(token, form, damage, prose, (key, { write }, [place, length, mask], around) => {
    // From the first digit on: `server-` and a bcrypt version are words that remain words.
    const at = 8 + (place % (key.length - 8 - length));
    const damaged = key.slice(0, at) + (mask === '' ? '' : mask.repeat(length)) + key.slice(at + length);
    // Letters may stand in the hash of a legacy key.
    fc.pre(!(key.startsWith('$') && at + length < 61 && (mask === 'x' || mask === '...')));
    expect(findTokens(`${around} ${write(damaged)} ${around}`)).toEqual([]);
  }), { numRuns: 2_000 });
});

test('a token that is cut into literals passes every prefilter', () => {
  const quote = fc.constantFrom("'", '"', '`');
  fc.assert(fc.property(token, fc.uniqueArray(fc.integer({ min: 7, max: 79 }), { minLength: 1, maxLength: 3 }), quote, (key, cuts, q) => {
    const places = [0, ...cuts.sort((a, b) => a - b), key.length];
    const text = `const k = ${places.slice(1).map((end, index) => `${q}${key.slice(places[index], end)}${q}`).join(' + ')};`;
    expect([mayHoldSplitToken(text), mayHoldToken(text), mayHoldFindings(text), classify(Buffer.from(text)).kind]).toEqual([true, true, true, 'text']);
  }), { numRuns: 2_000 });
});

describe('the time is linear in the size of the text', () => {
  const uuid = serverKey().slice(7, 43);
  test.each([
    ['server-', 'server-'],
    ['server- and digits', 'server-0123abcd'],
    ['ids of servers', `server-${uuid} `],
    ['almost tokens', `server-${uuid}:`],
    ['almost tokens with a word before', `xserver-${uuid}:${uuid}`],
    ['almost legacy tokens', legacyKey().slice(0, 61)],
    ['percent signs', '%25'],
    ['dollars', '%24'],
    ['plain dollars', '$'],
    ['backslashes', '\\'],
    ['escaped dollars', '\\\\\\$2b'],
    ['colons in HTML', '&#58;'],
    ['base64 of a beginning', base64('server-')],
    ['base64 of an id', base64(`server-${uuid} `)],
    ['base64 of legacy beginnings', base64('$2b$10$')],
    ['base64 in one line', 'QUJD'],
    ['tokens', `${serverKey()} `],
    ['base64 of tokens in one line', base64(`${serverKey()} `)],
    ['base64 of tokens in lines', `${base64(`${serverKey()} `)}\n`],
    ['line breaks', 'AAAA\n'],
    ['quotes', 'server"'],
    ['beginnings of expressions', 'server-0:'],
  ])('%s', { retry: 3 }, (_, unit) => {
    const cost = (size: number): number => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      let least = Infinity;
      for (let run = 0; run < 3; run++) {
        const started = cpuNow();
        mayHoldToken(text);
        mayHoldFindings(text);
        mayHoldSplitToken(text);
        findTokens(text);
        least = Math.min(least, cpuNow() - started);
      }
      return least;
    };
    cost(100_000);
    const small = cost(300_000);
    // Four times the text: sixteen times the time would be quadratic. What takes a few milliseconds is not worth measuring on a busy machine.
    expect(cost(1_200_000)).toBeLessThan(10 * Math.max(small, 15));
  });

  test('five megabytes of anything are over in seconds', () => {
    for (const unit of ['server-', base64('server-'), '%24', `server-${uuid}:`]) {
      const started = cpuNow();
      expect(findTokens(unit.repeat(5_000_000 / unit.length))).toEqual([]);
      expect(cpuNow() - started, unit.length.toString()).toBeLessThan(10_000);
    }
  });
});
