import { FRESH, Placeholder, type ApiRequest } from '../../../../../src/snippets/request.js';
import type { WriterOptions } from '../../../../../src/snippets/writer.js';

export const OPTIONS: WriterOptions = {
  baseUrl: 'https://api.stigg.io',
  keyVariable: 'STIGG_SERVER_API_KEY',
  keyHeader: 'docs',
  uuid: () => {
    throw new Error('A program makes its own values');
  },
};

/** Texts that end a literal, begin an interpolation or cannot be seen, in one language or another. */
export const HOSTILE: readonly string[] = [
  '', "'", '"', '`', '\\', "\\'", '\\"', '\\\\', '$', '${x}', '{$x}', '$x', '#{x}', '#$x', '#@x', '%s', '%%', '%d%n', '{0}', '{{', '}}', '}', '\n', '\r\n', '\t', '\0', '\u0007', '\u001b[0m', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b', '\u2028', '\u2029', '\u202e', '\ufeff', '\ufffe',
  '🎉', '👩‍👩‍👧', 'Zoë Müller', '日本', '"""', "'''", '""""""', 'a"""', '*/', '/*', '//', '<?php', '?>', '<!--', '</script>', '\\u0041', '\\n', '\\x41', '\\N{BULLET}', '\\e', ' lead and trail ', 'EOF\n', '@"', '$@"', '\u{10ffff}', '__proto__', '\\#{x}', "\\\\'",
];

const plain = { surface: 'rest', resource: 'customers', summary: 'A sample', method: 'GET', path: ['/api/v1/customers'], query: [], idempotencyKey: false, body: undefined, document: undefined, operationName: undefined, sdkCall: undefined, writes: false, beta: false } as const satisfies Omit<ApiRequest, 'id'>;

/** Requests of every form, with values that no catalogue would hold. */
export const SAMPLES: readonly ApiRequest[] = [
  { ...plain, id: 'one', path: ['/api/v1/customers/', new Placeholder(1, "a/b c?'\"#\\$")], sdkCall: 'v1.customers.retrieve' },
  { ...plain, id: 'list', query: [{ name: 'createdAt[gte]', value: new Placeholder(1, '2026-01-01T00:00:00+01:00') }, { name: 'limit', value: new Placeholder(2, 20) }, { name: 'name', value: 'Tom & "Jerry" $1' }], sdkCall: 'v1.customers.list' },
  {
    ...plain, id: 'post', method: 'POST', idempotencyKey: true, writes: true, sdkCall: 'v1.customers.provision',
    body: { id: new Placeholder(1, 'customer-123'), price: { amount: new Placeholder(2, 9.99), currency: 'usd' }, when: null, flags: [true, new Placeholder(3, false)], key: FRESH, nested: [{ deep: [[]], empty: {} }], 'odd name': 'x', class: 1, big: 2 ** 70, small: 1e-9, minus: -1, __proto__x: 1 },
  },
  { ...plain, id: 'patch', method: 'PATCH', path: ['/api/v1/customers/', new Placeholder(1, 'customer-123')], writes: true, body: { metadata: Object.fromEntries(HOSTILE.map((text, index) => [`k${index}`, new Placeholder(index + 2, text)])) }, sdkCall: 'v1.customers.update' },
  { ...plain, id: 'names', method: 'PATCH', path: ['/api/v1/customers/', new Placeholder(1, 'customer-123')], writes: true, body: { metadata: Object.fromEntries(HOSTILE.map((text) => [text, 'x'])) }, sdkCall: 'v1.customers.update' },
  { ...plain, id: 'fresh in text', method: 'POST', idempotencyKey: true, writes: true, body: { share: new Placeholder(1, '100 % %s'), keys: [{ idempotencyKey: FRESH }, { idempotencyKey: FRESH }] } },
  { ...plain, id: 'no body', method: 'POST', path: ['/api/v1/customers/', new Placeholder(1, 'customer-123'), '/archive'], idempotencyKey: true, writes: true, sdkCall: 'v1.customers.archive' },
  { ...plain, id: 'delete', method: 'DELETE', path: ['/api/v1/customers/', new Placeholder(1, 'customer-123'), '/integrations/', new Placeholder(2, 'integration-1')], writes: true, sdkCall: 'v1.customers.integrations.unlink' },
  { ...plain, id: 'put', method: 'PUT', path: ['/api/v1-beta/customers/', new Placeholder(1, 'customer-123'), '/entities'], writes: true, beta: true, body: { entities: [{ id: new Placeholder(2, 'user-1'), typeRefId: 'user' }] }, sdkCall: 'v1Beta.customers.entities.upsert' },
  { ...plain, id: 'query', surface: 'graphql', method: 'POST', path: ['/graphql'], document: 'query Environments($after: ConnectionCursor) {\n  environments(paging: { first: 10, after: $after }) {\n    edges { node { slug displayName } }\n  }\n}', operationName: 'Environments', body: { after: null } },
  { ...plain, id: 'mutation', surface: 'graphql', method: 'POST', path: ['/graphql'], writes: true, document: 'mutation ReportUsage($input: UsageMeasurementCreateInput!) {\n  createUsageMeasurement(usageMeasurement: $input) { id }\n}', operationName: undefined, body: { input: { value: new Placeholder(1, 5), customerId: new Placeholder(2, "it's \"$1\""), idempotencyKey: FRESH } } },
];
