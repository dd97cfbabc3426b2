import { FRESH, Placeholder, type ApiRequest, type JsonObject, type JsonTemplate } from '../../../../../src/snippets/request.js';
import { bodyOf } from '../../../../../src/snippets/request.js';
import type { WriterOptions } from '../../../../../src/snippets/writer.js';

export const KEY_VARIABLE = 'STIGG_SERVER_API_KEY';
export const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}(?:-\d+)?$/i;

export function options(baseUrl: string, more: Partial<WriterOptions> = {}): WriterOptions {
  return { baseUrl, keyVariable: KEY_VARIABLE, keyHeader: 'docs', uuid: () => crypto.randomUUID(), ...more };
}

/** A request of the tests, a POST unless something else is said. */
export function request(more: Partial<ApiRequest>): ApiRequest {
  return {
    id: 'sample', surface: 'rest', resource: 'samples', summary: 'A sample', method: 'POST', path: ['/api/v1/samples'], query: [], idempotencyKey: false,
    body: undefined, document: undefined, operationName: undefined, sdkCall: undefined, writes: true, beta: false, ...more,
  };
}

const p = (stop: number, sample: string | number | boolean): Placeholder => new Placeholder(stop, sample);

/** What the catalogue may hold: each kind of request once. */
export const SAMPLES: readonly ApiRequest[] = [
  request({ id: 'get', method: 'GET', path: ['/api/v1/customers/', p(1, 'customer-123'), '/entitlements/', p(2, 'feature-seats')] }),
  request({ id: 'list', method: 'GET', query: [{ name: 'limit', value: p(1, '20') }, { name: 'status', value: 'ACTIVE,IN_TRIAL' }, { name: 'createdAt[gte]', value: p(2, '2026-01-01T00:00:00Z') }] }),
  request({
    id: 'post', idempotencyKey: true,
    body: { customerId: p(1, 'customer-123'), price: { amount: p(2, 49.5), currency: 'usd' }, isTest: p(3, true), tags: ['a', 'b'], nothing: null, empty: {}, none: [], matrix: [[1, 2]], pair: [[1], [2]] },
  }),
  request({ id: 'patch', method: 'PATCH', path: ['/api/v1/customers/', p(1, 'customer-123')], body: { name: p(2, 'Acme Corp') } }),
  request({ id: 'put-empty', method: 'PUT', body: {} }),
  request({ id: 'post-nothing', path: ['/api/v1/plans/', p(1, 'plan-basic'), '/archive'], idempotencyKey: true }),
  request({ id: 'delete', method: 'DELETE', path: ['/api/v1/customers/', p(1, 'customer-123')] }),
  request({ id: 'delete-body', method: 'DELETE', body: { reason: p(1, 'asked for') } }),
  request({ id: 'fresh', idempotencyKey: true, body: { events: [{ idempotencyKey: FRESH, name: 'login' }, { idempotencyKey: FRESH, name: 'logout' }], transactionId: FRESH } }),
  request({
    id: 'graphql', surface: 'graphql', path: ['/graphql'], operationName: 'Customer', body: { input: { id: p(1, 'customer-123'), page: p(2, 10) } },
    document: 'query Customer($input: GetCustomerInput!) {\n  customer(input: $input) {\n    name\n  }\n}',
  }),
  request({ id: 'graphql-bare', surface: 'graphql', path: ['/graphql'], document: '{\n  currentEnvironment { id }\n}' }),
];

/** What shells, JSON and the tools read something into. */
export const HOSTILE: readonly string[] = [
  "O'Brien", '"quoted"', '$HOME $(id) ${x} $STIGG_SERVER_API_KEY', '`id` $`', '100% %PATH% %%k %41', 'two\nlines\r\n\tand a tab', '\u{1F600} \u00e9\u4f60\u200d', '\\', 'a\\', '\\\\ \\n \\" \\$ a\\:b \\=',
  '@/etc/hostname', '=x', '==x', 'a:=b;c@d', '{{$guid}} {{x}} {{{', '}} ]}, "x": {', '!history! !!', '^caret^ & | < > ( )', '\u2018smart\u2019 \u201cquotes\u201d \u201a', '--flag', '', '\'@\n"@', ' leading and trailing ', '# no comment // nor this',
  '< ./file', '###', "'; id; '", '\' | ConvertTo-Json', '[1-3] {a,b}', '\u2028\u2029\u0085', '~', '*?[a]', '\u0000\u0001\u007f', 'true', '12', 'null', '__proto__', 'a&b=c#d+e f',
];

/** A text in every place where one can stand. The path is left out for texts that no address can hold. */
export function hostile(text: string, inAddress = true): ApiRequest {
  return request({
    path: inAddress ? ['/api/v1/samples/', p(1, text), '/more'] : ['/api/v1/samples'],
    query: inAddress ? [{ name: 'createdAt[gte]', value: p(2, text) }, { name: 'status', value: text }] : [],
    idempotencyKey: true,
    body: { id: p(3, text), name: text, nested: { list: [text, p(4, text), 1.5, true, null], transactionId: FRESH, deep: { [`k${text}`]: text } } },
  });
}

/** No address holds an empty segment or a NUL everywhere. */
export function isSegment(text: string): boolean {
  return text !== '' && !text.includes('\u0000');
}

/** All of them in one request, for what is slow to start: in the path, the query, and as members of a body that have plain names. */
export function manyHostile(texts: readonly string[]): ApiRequest {
  const inPath = texts.filter(isSegment);
  const inBody = (first: number): JsonObject => Object.fromEntries(texts.map((text, index) => [`t${index}`, index % 2 === 0 ? text : p(first + index, text)]));
  return request({
    path: ['/api/v1/samples', ...inPath.flatMap((text, index) => ['/', p(index + 1, text)])],
    query: inPath.map((text, index) => ({ name: `q[${index}]`, value: p(inPath.length + index + 1, text) })),
    body: { ...inBody(2 * inPath.length + 1), nested: { ...inBody(2 * inPath.length + texts.length + 1), fresh: FRESH } },
  });
}

/** A request as a server gets it. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** What should be sent for a request, with `fresh` wherever a new value belongs. */
export function expected(from: ApiRequest, fresh: unknown): Omit<Sent, 'headers'> {
  const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
  const plain = (value: JsonTemplate): unknown => {
    if (value === FRESH) return fresh;
    if (value instanceof Placeholder) return value.sample;
    if (typeof value !== 'object' || value === null) return value === null ? null : JSON.parse(JSON.stringify(value)) as unknown;
    if (Array.isArray(value)) return value.map((member: JsonTemplate) => plain(member));
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, plain(member)]));
  };
  const body = bodyOf(from);
  return {
    method: from.method,
    path: from.path.map((part) => (part instanceof Placeholder ? wellFormed(String(part.sample)) : part)).join(''),
    query: sorted(from.query.map(({ name, value }) => [name, wellFormed(value instanceof Placeholder ? String(value.sample) : value)])),
    body: body === undefined ? undefined : plain(body),
  };
}

export function sorted(query: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [...query].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** All placeholders in the order of the text. */
export function placeholders(from: ApiRequest): Placeholder[] {
  const inside = (value: JsonTemplate): Placeholder[] => {
    if (value instanceof Placeholder) return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap((member: JsonTemplate) => inside(member)) : [];
  };
  const isPlaceholder = (value: unknown): value is Placeholder => value instanceof Placeholder;
  return [...from.path.filter(isPlaceholder), ...from.query.map(({ value }) => value).filter(isPlaceholder), ...inside(from.body ?? {})];
}
