import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY_CONTEXT } from '../../../../src/scan/context.js';
import type { Engine } from '../../../../src/scan/engine.js';
import { preparedEngine } from '../support.js';
import { finderFor } from './requestsIn.js';

let engine: Engine;
let requests: Awaited<ReturnType<typeof finderFor>>;
beforeAll(async () => {
  engine = await preparedEngine();
  requests = await finderFor('a.ts');
});
afterAll(() => {
  engine.dispose();
});

const times = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join('');

/** Headers that are looked at, over all requests: what every rule then asks about. */
const headersOf = (text: string): number => requests(text).reduce((sum, { headers }) => sum + headers.length, 0);

const SHARED: readonly (readonly [name: string, make: (headers: number, calls: number) => string])[] = [
  ['assigned one by one', (headers, calls) => `const headers = {};\n${times(headers, (index) => `headers['x-${index}'] = '${index}';\n`)}${times(calls, (index) => `await axios.post('https://api.stigg.io/api/v1/customers', { id: ${index} }, { headers });\n`)}`],
  ['of one object', (headers, calls) => `const headers = { ${times(headers, (index) => `'x-${index}': '${index}', `)} };\n${times(calls, (index) => `await axios.post('https://api.stigg.io/api/v1/customers', { id: ${index} }, { headers });\n`)}`],
  ['spread from object to object', (headers, calls) => `const h0 = {};\n${times(headers, (index) => `const h${index + 1} = { ...h${index}, 'x-${index}': '1' };\n`)}${times(calls, () => `await fetch('https://api.stigg.io/api/v1/customers', { method: 'POST', headers: h${headers}, body });\n`)}`],
];

describe('headers that many requests share', () => {
  test.each(SHARED)('%s: twice as many cost no more for each request', (_, make) => {
    const [small, more, twice] = [headersOf(make(500, 30)), headersOf(make(1_000, 30)), headersOf(make(1_000, 60))];
    expect(requests(make(1_000, 60))).toHaveLength(60);
    expect(more).toBeLessThanOrEqual(small * 1.2);
    expect(twice).toBeLessThanOrEqual(small * 2.4);
  });

  test.each(SHARED.slice(0, 2))('%s: as many as people write are all there, and nothing else may come', (_, make) => {
    for (const { headers, isOpen } of requests(make(150, 3))) {
      expect(headers).toHaveLength(150);
      expect(isOpen).toBe(false);
    }
  });

  test.each(SHARED)('%s: of too many nobody says that one is missing', (_, make) => {
    for (const { isOpen } of requests(make(1_000, 2))) expect(isOpen).toBe(true);
  });
});

describe('commands of one script', () => {
  const scan = (count: number): number => {
    const text = `#!/bin/sh\n${times(count, (index) => `curl -X POST https://api.stigg.io/api/v1/customers -H "X-API-KEY: $KEY" -H 'Content-Type: application/json' -d '{"id": "c${index}"}'\n`)}`;
    return engine.scan({ path: 'seed.sh', languageId: 'shellscript', text }, EMPTY_CONTEXT).length;
  };

  test('as many as people write are all looked at', () => {
    expect(scan(300)).toBe(300);
  });

  test('of more that are generated the first are', () => {
    expect(scan(2_000)).toBe(scan(1_000));
  });
});
