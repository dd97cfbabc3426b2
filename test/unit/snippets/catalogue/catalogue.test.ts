import { describe, expect, test } from 'vitest';
import { requests } from '../../../../src/snippets/catalogue/index.js';
import { FRESH, Placeholder, type ApiRequest, type JsonTemplate } from '../../../../src/snippets/request.js';
import { FACTS, type EndpointFacts } from '../../../sandbox/rest/facts.js';
import { contextOf, preparedEngine } from '../../scan/support.js';
import { filled, placeholders, sampleOf, valuesAt } from './samples.js';

const ALL = requests();
const REST = ALL.filter(({ surface }) => surface === 'rest');
const WHOLE = REST.filter(({ id }) => !/\.(?:filtered|next)$/.test(id));
const OF = new Map(WHOLE.map((request) => [request.sdkCall, request]));

/** Endpoint and request side by side. */
const PAIRS: readonly (readonly [string, EndpointFacts, ApiRequest | undefined])[] = FACTS.map((facts) => [facts.operation, facts, OF.get(facts.operation)]);

function template(request: ApiRequest): string {
  return request.path.map((part) => (part instanceof Placeholder ? '{}' : part)).join('');
}

describe('covers what is documented', () => {
  test('the 122 endpoints, each once, and no others', () => {
    expect(WHOLE.map(({ sdkCall }) => sdkCall).sort()).toEqual(FACTS.map(({ operation }) => operation).sort());
    expect(FACTS).toHaveLength(122);
  });

  test.each(PAIRS)('%s', (_, facts, request) => {
    if (request === undefined) throw new Error('is missing');
    const body = Object.keys(request.body ?? {});
    expect([request.method, template(request)]).toEqual([facts.method, facts.path.replace(/\{\w+\}/g, '{}')]);
    expect(body).toEqual(expect.arrayContaining(Object.keys(facts.required)));
    if (!facts.operation.endsWith('entitlements.update')) expect([...Object.keys(facts.required), ...facts.optional]).toEqual(expect.arrayContaining(body));
    const query = request.query.map(({ name }) => name.replace(/\[\w+\]$/, ''));
    expect(query).toEqual(expect.arrayContaining([...facts.requiredQuery]));
    expect(facts.query).toEqual(expect.arrayContaining(query));
    expect(request.query.some(({ name }) => name === 'limit')).toBe(facts.query.includes('limit'));
    expect(request).toMatchObject({ idempotencyKey: facts.idempotency !== null, beta: facts.beta });
    expect(request.summary).not.toBe('');
  });

  test('every list that has filters a second time with some of them', () => {
    const filtered = new Map(REST.filter(({ id }) => id.endsWith('.filtered')).map((request) => [request.sdkCall, request]));
    const plain = new Set(['after', 'before', 'limit']);
    const lists = FACTS.filter(({ query, requiredQuery }) => query.includes('limit') && query.some((name) => !plain.has(name) && !requiredQuery.includes(name)));
    for (const { operation, query } of lists) {
      const names = filtered.get(operation)?.query.map(({ name }) => name.replace(/\[\w+\]$/, '')) ?? [];
      expect.soft(names.length, operation).toBeGreaterThan(1);
      expect.soft(query, operation).toEqual(expect.arrayContaining(names));
    }
    expect(filtered.get('v1.subscriptions.list')?.query.map(({ name }) => name)).toEqual(expect.arrayContaining(['status', 'createdAt[gte]', 'limit']));
  });
});

test('every list that has pages a second time, from a cursor on', () => {
  const next = REST.filter(({ id }) => id.endsWith('.next'));
  expect(next.map(({ sdkCall }) => sdkCall).sort()).toEqual(FACTS.filter(({ query }) => query.includes('limit')).map(({ operation }) => operation).sort());
  for (const { id, query } of next) expect.soft(query.map(({ name }) => name), id).toEqual(expect.arrayContaining(['limit', 'after']));
});

describe('data', () => {
  test('ids are unique and plain', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    expect(ALL.filter(({ id }) => !/^[a-zA-Z]+(?:\.[a-zA-Z]+)+$/.test(id))).toEqual([]);
  });

  test('stops count from 1 in the order of the text', () => {
    for (const request of ALL) expect.soft(placeholders(request).map(({ stop }) => stop), request.id).toEqual(placeholders(request).map((_, index) => index + 1));
  });

  test('nothing of one request is shared with another made later', () => {
    expect(requests()).toEqual(ALL);
  });

  test('idempotency keys of bodies are fresh', () => {
    const fresh = (value: JsonTemplate, path: string): string[] => {
      if (value === FRESH) return [path];
      if (typeof value !== 'object' || value === null || value instanceof Placeholder) return [];
      if (isList(value)) return value.flatMap((item) => fresh(item, `${path}[]`));
      return Object.entries(value).flatMap(([name, item]) => fresh(item, path === '' ? name : `${path}.${name}`));
    };
    for (const [operation, { bodyIdempotency }, request] of PAIRS) expect.soft(fresh(request?.body ?? {}, ''), operation).toEqual(bodyIdempotency === null ? [] : [bodyIdempotency]);
  });

  test('money is in full units, with its currency beside it', () => {
    const found = new Map<string, number[]>();
    for (const [operation, { money }, request] of PAIRS) {
      const body = request?.body === undefined ? undefined : filled(request.body);
      for (const path of money) {
        for (const { value, parent } of valuesAt(body, path)) {
          expect.soft(typeof value, `${operation} ${path}`).toBe('number');
          expect.soft(Number(value), `${operation} ${path}`).toBeLessThan(1000);
          if (!path.endsWith('budget.limit')) expect.soft(parent.currency, `${operation} ${path}`).toBe('usd');
          found.set(operation, [...(found.get(operation) ?? []), Number(value)]);
        }
      }
    }
    // All that take money, but for the trial's budget of a new plan.
    expect([...found.keys()].sort()).toEqual(FACTS.filter(({ money }) => money.some((path) => !path.endsWith('budget.limit'))).map(({ operation }) => operation).sort());
    expect([...found.values()].flat()).toEqual(expect.arrayContaining([49, 9.99]));
  });

  test('pages hold at most 100', () => {
    const limits = ALL.flatMap(({ query }) => query).filter(({ name }) => name === 'limit');
    expect(limits.length).toBeGreaterThan(20);
    for (const { value } of limits) expect(Number(value instanceof Placeholder ? value.sample : value)).toBeLessThanOrEqual(100);
  });

  test('says what writes', () => {
    expect(ALL.filter(({ method, writes, surface }) => surface === 'rest' && method !== 'GET' && !writes).map(({ id }) => id)).toEqual(['subscriptions.preview', 'events.estimate', 'usage.estimate']);
    expect(ALL.filter(({ method, writes }) => method === 'GET' && writes)).toEqual([]);
  });
});

test('our own rules find nothing in a program that sends all of it', async () => {
  const engine = await preparedEngine();
  const text = REST.map((request, index) => {
    const { method, target, headers } = sampleOf(request);
    const lines = Object.keys(headers).map((name) => `'${name}': ${name === 'Content-Type' ? "'application/json'" : 'crypto.randomUUID()'}`);
    const body = request.body === undefined ? '' : `, body: JSON.stringify(${script(request.body)})`;
    return `export const answer${String(index)} = await fetch('https://api.stigg.io${target}', { method: '${method}', headers: { ${["'X-API-KEY': process.env.STIGG_SERVER_API_KEY", ...lines].join(', ')} }${body} });`;
  }).join('\n');
  const rulesIn = (program: string): string[] => engine.scan({ path: 'src/server/all.js', languageId: 'javascript', text: program }, contextOf({})).map(({ rule, start, end }) => `${rule} ${program.slice(start, end)}`);
  expect(rulesIn(text)).toEqual([]);
  // The same program with what the catalogue must not hold: it is read all right.
  const found = (program: string): Set<string | undefined> => new Set(rulesIn(program).map((finding) => finding.split(' ')[0]));
  expect(found(text.replaceAll('limit=20', 'limit=200'))).toEqual(new Set(['page-limit-exceeded']));
  expect(found(text.replaceAll('crypto.randomUUID()', "'once'"))).toContain('constant-idempotency-key');
  expect(found(text.replaceAll(/amount: 49\b/g, 'amount: 4900'))).toContain('cent-shaped-amount');
});

function script(value: JsonTemplate): string {
  if (value === FRESH) return 'crypto.randomUUID()';
  if (value instanceof Placeholder) return JSON.stringify(value.sample);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(script).join(', ')}]`;
  return `{ ${Object.entries(value).map(([name, item]) => `${name}: ${script(item)}`).join(', ')} }`;
}

function isList(value: object): value is readonly JsonTemplate[] {
  return Array.isArray(value);
}
