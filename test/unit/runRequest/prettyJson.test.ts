import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prettyJson } from '../../../src/runRequest/prettyJson.js';
import { cpuNow } from '../../tools/cpu.js';

const as = (text: string): string | undefined => prettyJson(text, (_name, value) => value);

describe('pretty JSON', () => {
  test('is what JSON.stringify makes of it, for every value', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 0, 3, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(as(text)).toBe(JSON.stringify(value, null, 2));
    }), { numRuns: 500 });
  });

  test.each([
    ['amounts and large ids as they are written', '{"amount":4900.00,"id":12345678901234567890,"e":1E5}', '{\n  "amount": 4900.00,\n  "id": 12345678901234567890,\n  "e": 1E5\n}'],
    ['names that come twice', '{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['empty ones', '{"a":{},"b":[],"c":[{}]}', '{\n  "a": {},\n  "b": [],\n  "c": [\n    {}\n  ]\n}'],
    ['escapes', '{"a\\u002db":"\\n\\"{"}', '{\n  "a\\u002db": "\\n\\"{"\n}'],
  ])('%s', (_name, text, expected) => {
    expect(as(text)).toBe(expected);
  });

  test.each(['', '{', '{"a":}', '<html>', 'undefined', "{'a':1}"])('%j is no JSON', (text) => {
    expect(as(text)).toBeUndefined();
  });

  test('names go with their values, into lists and out of objects', () => {
    const seen: string[] = [];
    prettyJson('{"a":"1","b":{"c":"2","d":["3",{"e":"4"},"5"]},"f":"6"}', (name, value) => {
      if (/\d/.test(value)) seen.push(`${name}=${value}`);
      return value;
    });
    expect(seen).toEqual(['a=1', 'c=2', 'd=3', 'e=4', 'd=5', 'f=6']);
  });

  test.each([['deep', '['.repeat(200_000) + ']'.repeat(200_000)], ['deep with content', '[1,'.repeat(50_000) + '1' + ']'.repeat(50_000)], ['deep again and again', `[${`${'['.repeat(200)}${']'.repeat(200)},`.repeat(5_000)}0]`], ['wide', `[${'{"a":"b"},'.repeat(200_000)}0]`]])('%s', (_name, text) => {
    const started = cpuNow();
    expect((as(text) ?? '').length).toBeLessThan(20_000_000);
    expect(cpuNow() - started).toBeLessThan(8_000);
  });
});
