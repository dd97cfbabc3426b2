import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJsonString, encodeJsonString } from '../../../../src/scan/languages/structured/jsonString.js';

test.each([
  ['plain', 'echo hi', 'echo hi'],
  ['quotes', 'echo \\"a\\"', 'echo "a"'],
  ['line ends', 'a\\nb\\r\\nc\\t', 'a\nb\r\nc\t'],
  ['code units', '\\u0041\\u00e9', 'Aé'],
  ['backslashes', 'C:\\\\n', 'C:\\n'],
  ['slash', 'a\\/b', 'a/b'],
  ['broken code unit', '\\u00g1', '\\u00g1'],
  ['cut off', 'a\\', 'a\\'],
])('JSON: %s', (_, raw, value) => {
  expect(decodeJsonString(`"${raw}"`, { start: 1, end: raw.length + 1 }).text).toBe(value);
});

test('what is encoded is decoded to the same, and every place is where its unit was written', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, before) => {
    const raw = encodeJsonString(value);
    const text = `${before}"${raw}"`;
    const start = before.length + 1;
    const decoded = decodeJsonString(text, { start, end: start + raw.length });
    expect(decoded.text).toBe(value);
    expect(decoded.toOuter(value.length)).toBe(start + raw.length);
    expect(decoded.encode(value)).toBe(raw);
    let last = start;
    for (let at = 0; at < value.length; at++) {
      const place = decoded.toOuter(at);
      expect(place).toBeGreaterThanOrEqual(last);
      last = place;
      const unit = value.charAt(at);
      expect([unit, '\\']).toContain(text.charAt(place));
    }
  }));
});
