import { describe, expect, test } from 'vitest';
import { CHECKS, type CheckId } from '../../../src/diagnose/checks/index.js';
import type { Facts } from '../../../src/diagnose/facts.js';
import { readPath } from '../../../src/diagnose/path.js';
import type { InspectedRequest } from '../../../src/diagnose/request.js';
import { newToken } from '../../sandbox/tokens.js';
import { after, apiKey, facts, header, HOUR, NOW, production, request, sandbox, storedKey, unknown, usedValue } from './support.js';
import { cpuNow } from '../../tools/cpu.js';

const own = { kind: 'server', environmentId: production.id } as const;
const accepted = (environment: typeof production | null): Facts['answer'] => ({ kind: 'accepted', environment });
const requestIs = (change: Partial<InspectedRequest>): Partial<Facts> => ({ request: request(change) });
const post = (...headers: InspectedRequest['headers']): Partial<Facts> => requestIs({ method: 'POST', hasBody: true, headers });
const pathIs = (path: string, change: Partial<InspectedRequest> = {}): Partial<Facts> => requestIs({ path, ...change });
const scoped = storedKey({ type: 'SCOPED', manages: null });
const scopes = (...value: { resource: 'CUSTOMER' | 'SUBSCRIPTION' | 'EVENT_QUEUE' | 'API_KEY'; action: 'READ' | 'WRITE' }[]): Facts['scopes'] => ({ ok: true, value });
const holding = (...held: Parameters<typeof scopes>): Partial<Facts> => ({ key: scoped, scopes: scopes(...held), offered: scopes({ resource: 'CUSTOMER', action: 'WRITE' }, { resource: 'SUBSCRIPTION', action: 'WRITE' }, { resource: 'EVENT_QUEUE', action: 'READ' }) });
const rotatedKey = storedKey({ keyId: 'k2', fingerprint: '2'.repeat(32), displayName: 'New key' });
const using = (change: Parameters<typeof usedValue>[0]): Facts['used'] => ({ ok: true, value: [usedValue(change)] });

const TABLE: readonly (readonly [CheckId, string, Partial<Facts>, string, RegExp])[] = [
  ['stored', 'a key', {}, 'here', /Full access key.*server-1234…abcd.*Production/],
  ['stored', 'a value that is gone', { value: { kind: 'gone' } }, 'gone', /no longer stored/],
  ['stored', 'no key of the environment', { key: null, value: { kind: 'gone' } }, 'none', /No key of Production/],
  ['stored', 'no environment', { key: null, environment: null, value: { kind: 'gone' } }, 'noEnvironment', /No Stigg environment has been added/],
  ['stored', 'a locked keychain', { value: { kind: 'unreadable', why: 'The keychain is locked. Unlock it.' } }, 'unreadable', /keychain is locked/],

  ['prefix', 'server', {}, 'server', /server-/],
  ['prefix', 'client', { value: { kind: 'here', shape: { ...own, kind: 'client' } } }, 'publishable', /client-/],
  ['prefix', 'an older key that is known to be publishable', { key: storedKey({ type: 'CLIENT' }), value: { kind: 'here', shape: { ...own, kind: 'legacy' } } }, 'publishable', /publishable/],
  ['prefix', 'an older key', { value: { kind: 'here', shape: { ...own, kind: 'legacy' } } }, 'unmarked', /older keys/],
  ['prefix', 'no value', { value: { kind: 'gone' } }, 'unread', /no value/],

  ['accepted', 'an answer', {}, 'yes', /accepts/],
  ['accepted', '401', { answer: { kind: 'refused' } }, 'no', /401/],
  ['accepted', '429', { answer: { kind: 'throttled', retryAfterMs: null } }, 'throttled', /429/],
  ['accepted', 'no answer', { answer: { kind: 'unanswered', why: 'It cannot be reached.' } }, 'unanswered', /It cannot be reached\./],
  ['accepted', 'not asked', { answer: { kind: 'unasked', why: 'There is no value.' } }, 'unasked', /There is no value\./],

  ['expiry', 'none', {}, 'none', /does not expire/],
  ['expiry', 'about to', { listed: { ok: true, value: [apiKey({ expireAt: after(HOUR) })] } }, 'running', /2026-11-23 13:00 UTC/],
  ['expiry', 'over, by Stigg', { listed: { ok: true, value: [apiKey({ expireAt: after(-HOUR) })] } }, 'over', /2026-11-23 11:00 UTC/],
  ['expiry', 'over, by the index alone', { listed: unknown, key: storedKey({ expireAt: after(-HOUR).toISOString() }) }, 'over', /expired/],
  ['expiry', 'at this very moment', { listed: { ok: true, value: [apiKey({ expireAt: NOW })] } }, 'over', /expired/],
  ['expiry', 'Stigg\'s word before the index\'s', { listed: { ok: true, value: [apiKey()] }, key: storedKey({ expireAt: after(-HOUR).toISOString() }) }, 'none', /does not expire/],
  ['expiry', 'the index says never, which may be old', { listed: unknown }, 'unknown', /cannot be reached/],
  ['expiry', 'a date that makes no sense', { listed: unknown, key: storedKey({ expireAt: 'soon' }) }, 'unknown', /could not be found out/],

  ['rotation', 'current', {}, 'current', /current value/],
  ['rotation', 'outgoing, its successor stored', { stored: [storedKey({ ...rotatedKey, retired: ['1'.repeat(32)] })] }, 'outgoing', /successor “New key”/],
  ['rotation', 'outgoing, by the activity log', { listed: { ok: true, value: [apiKey({ expireAt: after(HOUR) })] }, rotatedAt: { ok: true, value: after(-HOUR) } }, 'outgoing', /rotated at 2026-11-23 11:00 UTC/],
  ['rotation', 'ended: refused', { answer: { kind: 'refused' }, listed: unknown, stored: [storedKey({ ...rotatedKey, retired: ['1'.repeat(32)] })] }, 'ended', /grace period is over/],
  ['rotation', 'ended: expired', { answer: { kind: 'unanswered', why: '' }, listed: { ok: true, value: [apiKey({ expireAt: after(-HOUR) })] }, rotatedAt: { ok: true, value: after(-2 * HOUR) } }, 'ended', /grace period is over/],
  ['rotation', 'the new key of an old rotation', { rotatedAt: { ok: true, value: after(-HOUR) } }, 'current', /current/],
  ['rotation', 'another environment\'s key with the same earlier value', { stored: [storedKey({ ...rotatedKey, environmentId: sandbox.id, retired: ['1'.repeat(32)] })] }, 'current', /current/],
  ['rotation', 'no longer listed', { listed: { ok: true, value: [] } }, 'unlisted', /no longer lists/],
  ['rotation', 'an id that is not known', { key: storedKey({ keyId: 'unlisted-11111111' }) }, 'unknown', /id of this key is not known/],
  ['rotation', 'nobody to ask', { listed: unknown }, 'unknown', /cannot be reached/],

  ['environment', 'the chosen one', {}, 'same', /belongs to Production/],
  ['environment', 'another', { answer: accepted(sandbox) }, 'other', /belongs to Sandbox, and Production was chosen/],
  ['environment', 'not told, but listed', { answer: accepted(null) }, 'same', /lists the key among those of Production/],
  ['environment', 'not told, a hint for it', { answer: accepted(null), listed: unknown }, 'unknown', /speaks for it/],
  ['environment', 'not told, a hint against it', { answer: accepted(null), listed: unknown, value: { kind: 'here', shape: { ...own, environmentId: sandbox.id } } }, 'unknown', /speaks against it/],

  ['used', 'the stored value', { used: using({}) }, 'same', /STIGG_SERVER_API_KEY in \.env holds the value that is stored/],
  ['used', 'an earlier value', { stored: [storedKey({ retired: ['9'.repeat(32)] })], used: using({ fingerprint: '9'.repeat(32) }) }, 'retired', /earlier value of “Full access key”/],
  ['used', 'an expired key', { stored: [storedKey({ keyId: 'k3', fingerprint: '3'.repeat(32), expireAt: after(-1).toISOString() })], used: using({ fingerprint: '3'.repeat(32) }) }, 'expired', /has expired/],
  ['used', 'a publishable key', { used: using({ fingerprint: '4'.repeat(32), shape: { ...own, kind: 'client' } }) }, 'publishable', /publishable/],
  ['used', 'a stored key of another environment', { stored: [storedKey({ environmentId: sandbox.id, fingerprint: '5'.repeat(32), manages: sandbox })], used: using({ fingerprint: '5'.repeat(32) }) }, 'otherEnvironment', /holds a key of Sandbox/],
  ['used', 'a key whose tail names another environment', { used: using({ fingerprint: '6'.repeat(32), shape: { ...own, environmentId: sandbox.id } }) }, 'otherEnvironment', /last part names another environment than Production/],
  ['used', 'another key of this environment', { stored: [rotatedKey], used: using({ fingerprint: '2'.repeat(32) }) }, 'otherKey', /“New key”, another key/],
  ['used', 'a key that is not stored', { used: using({ fingerprint: '7'.repeat(32) }) }, 'unknown', /not stored here\. It was not tried/],
  ['used', 'nothing', {}, 'none', /could not be compared/],
  ['used', 'Restricted Mode', { used: unknown }, 'unseen', /not looked at/],
  ['used', 'a file for each environment, as it should be', { used: { ok: true, value: [usedValue({ path: '.env.sandbox', fingerprint: '6'.repeat(32), shape: { ...own, environmentId: sandbox.id } }), usedValue({})] } }, 'same', /\.env holds/],
  ['used', 'a publishable key in its place', { used: { ok: true, value: [usedValue({}), usedValue({ variable: 'STIGG_CLIENT_API_KEY', fingerprint: '4'.repeat(32), shape: { ...own, kind: 'client' } })] } }, 'same', /holds the value/],
  ['used', 'a publishable key alone, in its place', { used: { ok: true, value: [usedValue({ variable: 'NEXT_PUBLIC_STIGG_KEY', fingerprint: '4'.repeat(32), shape: { ...own, kind: 'client' } })] } }, 'none', /could not be compared/],
  ['used', 'the worst of several', { stored: [storedKey({ retired: ['9'.repeat(32)] })], used: { ok: true, value: [usedValue({}), usedValue({ variable: 'OTHER', fingerprint: '9'.repeat(32) })] } }, 'retired', /OTHER/],
  ['used', 'the variable that the request reads', { request: request({ headers: [header('X-API-KEY', 'process.env.STIGG_SERVER_API_KEY')] }), used: { ok: true, value: [usedValue({}), usedValue({ variable: 'OTHER', fingerprint: '6'.repeat(32), shape: { ...own, environmentId: sandbox.id } })] } }, 'same', /STIGG_SERVER_API_KEY/],

  ['scope', 'full access', {}, 'everything', /full access key/],
  ['scope', 'publishable', { key: storedKey({ type: 'CLIENT' }) }, 'publishable', /cannot be widened/],
  ['scope', 'may read', { ...holding({ resource: 'CUSTOMER', action: 'READ' }), request: request() }, 'covered', /needs CUSTOMER:READ/],
  ['scope', 'may write, so it may read', { ...holding({ resource: 'CUSTOMER', action: 'WRITE' }), request: request() }, 'covered', /CUSTOMER:WRITE/],
  ['scope', 'may only read', { ...holding({ resource: 'CUSTOMER', action: 'READ' }), ...post() }, 'missing', /needs CUSTOMER:WRITE, and the key has: CUSTOMER:READ/],
  ['scope', 'nothing at all', { ...holding(), request: request() }, 'missing', /no permission at all/],
  ['scope', 'a customer\'s part', { ...holding({ resource: 'SUBSCRIPTION', action: 'READ' }), ...pathIs('/api/v1/customers/{id}/invoices') }, 'missing', /CUSTOMER:READ/],
  ['scope', 'a preview, which may be reading', { ...holding({ resource: 'SUBSCRIPTION', action: 'READ' }), ...pathIs('/api/v1/subscriptions/preview', { method: 'POST' }) }, 'covered', /SUBSCRIPTION:READ/],
  ['scope', 'writing that nobody can be given', { ...holding({ resource: 'EVENT_QUEUE', action: 'READ' }), ...pathIs('/api/v1/events', { method: 'POST' }) }, 'notOffered', /gives to no scoped key/],
  ['scope', 'an undocumented resource', { ...holding({ resource: 'CUSTOMER', action: 'READ' }), ...pathIs('/api/v1/plans') }, 'undocumented', /Which permission “plans” needs is not documented/],
  ['scope', 'GraphQL', { ...holding({ resource: 'CUSTOMER', action: 'READ' }), ...pathIs('/graphql', { surface: 'graphql' }) }, 'undocumented', /not documented/],
  ['scope', 'no request', holding({ resource: 'CUSTOMER', action: 'READ' }), 'noRequest', /CUSTOMER:READ.*no request/],
  ['scope', 'permissions that cannot be read', { key: scoped, scopes: unknown }, 'unknown', /cannot be reached/],

  ['header', 'right', requestIs({}), 'right', /X-API-KEY, from STIGG_SERVER_API_KEY/],
  ['header', 'right in another case', requestIs({ headers: [header('x-api-key')] }), 'right', /X-API-KEY/],
  ['header', 'Authorization', requestIs({ headers: [header('Authorization', 'STIGG_SERVER_API_KEY')] }), 'authorization', /Authorization/],
  ['header', 'both: the right one counts', requestIs({ headers: [header('authorization'), header('X-Api-Key')] }), 'right', /X-API-KEY/],
  ...['X-API_KEY', 'X_API_KEY', 'XAPIKEY', 'X-APIKEY', 'Api-Key', 'apikey', 'X-API-KEYS', 'X-API-KYE', 'X-Stigg-Api-Key', 'X-API-TOKEN'].map((name) =>
    ['header', name, requestIs({ headers: [header(name)] }), 'misspelt', /X-API-KEY/] as const),
  ['header', 'a publishable variable', requestIs({ headers: [header('X-API-KEY', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY')] }), 'publishable', /publishable/],
  ['header', 'none', requestIs({ headers: [header('Accept', 'application/json')] }), 'missing', /no X-API-KEY/],
  ['header', 'none, but there may be more', requestIs({ headers: [], headersAreOpen: true }), 'open', /elsewhere/],
  ['header', 'no request', {}, 'unseen', /no request under the cursor/],

  ['contentType', 'JSON', post(header('content-type', 'application/json; charset=utf-8')), 'json', /JSON/],
  ['contentType', 'a kind of JSON', post(header('Content-Type', 'application/vnd.api+json')), 'json', /JSON/],
  ['contentType', 'text', post(header('Content-Type', 'text/plain')), 'other', /text\/plain/],
  ['contentType', 'something that only begins like it', post(header('Content-Type', 'application/jsonl')), 'other', /jsonl/],
  ['contentType', 'none', post(), 'missing', /without Content-Type/],
  ['contentType', 'none, but there may be more', requestIs({ method: 'POST', headers: [], headersAreOpen: true }), 'open', /elsewhere/],
  ['contentType', 'a value that is not known', post(header('Content-Type')), 'open', /not known from here/],
  ['contentType', 'GET', requestIs({}), 'notNeeded', /GET without a body/],
  ['contentType', 'a GET with a body', requestIs({ hasBody: true }), 'missing', /body/],
  ['contentType', 'no method, but a body', requestIs({ method: undefined, hasBody: true }), 'missing', /body/],

  ['path', 'an endpoint', requestIs({}), 'known', /GET \/api\/v1\/customers is one/],
  ['path', 'a whole address with a query', pathIs('https://api.stigg.io/api/v1/customers?limit=20'), 'known', /\/api\/v1\/customers is/],
  ['path', 'an id', pathIs('/api/v1/subscriptions/sub-1'), 'known', /sub-1/],
  ['path', 'a computed id', pathIs('/api/v1/subscriptions/${id}/cancel', { method: 'POST' }), 'known', /cancel/],
  ['path', 'a literal where an id could be', pathIs('/api/v1/subscriptions/preview', { method: 'POST' }), 'known', /preview/],
  ['path', 'beta', pathIs('/api/v1-beta/entity-types'), 'known', /beta/],
  ['path', 'another method', pathIs('/api/v1/customers/{id}', { method: 'PUT' }), 'otherMethod', /not with PUT: it takes GET, PATCH/],
  ['path', '/v1', pathIs('/v1/customers'), 'otherPrefix', /\/api\/v1\/customers does/],
  ['path', '/api', pathIs('/api/customers/42'), 'otherPrefix', /\/api\/v1\/customers\/42 does/],
  ['path', '/api/v2', pathIs('/api/v2/coupons'), 'otherPrefix', /\/api\/v1\/coupons does/],
  ['path', 'no prefix', pathIs('coupons'), 'otherPrefix', /\/api\/v1\/coupons does/],
  ['path', 'beta in the stable version', pathIs('/api/v1/entity-types'), 'otherPrefix', /\/api\/v1-beta\/entity-types does/],
  ['path', 'a computed beginning', pathIs('{base}/customers'), 'known', /customers/],
  ['path', 'all of it computed', pathIs('{url}'), 'open', /computed/],
  ['path', 'a base and a computed rest', pathIs('{base}/{path}'), 'open', /computed/],
  ['path', 'unheard of', pathIs('/api/v1/customer'), 'unknown', /not among the endpoints/],
  ['path', 'nothing', pathIs(''), 'unknown', /not among/],
  ['path', 'contracts', pathIs('/api/v1/contracts/c-1'), 'contracts', /not switched on/],
  ['path', 'GraphQL', pathIs('/graphql', { surface: 'graphql', method: 'POST' }), 'known', /where GraphQL is/],
  ['path', 'GraphQL behind a computed base', pathIs('{base}/graphql', { surface: 'graphql' }), 'known', /GraphQL/],
  ['path', 'GraphQL below /api', pathIs('/api/v1/graphql', { surface: 'graphql' }), 'graphqlElsewhere', /\/graphql, without a version/],

  ['conflict', 'creates', pathIs('/api/v1/customers', { method: 'POST' }), 'creates', /creates/],
  ['conflict', 'creates below another', pathIs('/api/v1/plans/{id}/entitlements', { method: 'POST' }), 'creates', /creates/],
  ['conflict', 'acts', pathIs('/api/v1/plans/{id}/publish', { method: 'POST' }), 'acts', /does something/],
  ['conflict', 'changes', pathIs('/api/v1/plans/{id}', { method: 'PATCH' }), 'changes', /changes/],
  ['conflict', 'reads', requestIs({}), 'reads', /only reads/],
  ['conflict', 'GraphQL', pathIs('/graphql', { surface: 'graphql' }), 'graphql', /extensions\.code/],
  ['conflict', 'who knows', pathIs('{url}', { method: 'POST' }), 'open', /could not be told/],

  ['idempotency', 'sent', post(header('Idempotency-Key', 'operationId')), 'sent', /24 hours/],
  ['idempotency', 'not sent', post(), 'missing', /No official REST SDK/],
  ['idempotency', 'GET', requestIs({}), 'notNeeded', /Only POSTs/],
  ['idempotency', 'who knows', requestIs({ method: 'POST', headersAreOpen: true, headers: [] }), 'open', /elsewhere/],

  ['retryAfter', 'told', { answer: { kind: 'throttled', retryAfterMs: 30_000 } }, 'told', /wait 30 s/],
  ['retryAfter', 'not told', { answer: { kind: 'throttled', retryAfterMs: null } }, 'untold', /none is documented/],
  ['retryAfter', 'not throttled', {}, 'notThrottled', /No Retry-After is documented/],
  ['retryAfter', 'unknown', { answer: { kind: 'unanswered', why: '' } }, 'unknown', /could not be found out/],
];

test.each(TABLE)('%s: %s', (id, _name, change, outcome, words) => {
  const result = CHECKS[id](facts(change));
  expect(result.outcome).toBe(outcome);
  expect(result.words).toMatch(words);
  expect(result.words).toMatch(/[.)]$/);
});

test('every check but those of a missing request says what it could not find out, and is open then', () => {
  for (const id of Object.keys(CHECKS) as CheckId[]) {
    const { state, outcome } = CHECKS[id](facts({ key: null, environment: null, value: { kind: 'gone' }, stored: [], answer: { kind: 'unasked', why: 'No.' }, listed: unknown, scopes: unknown, used: unknown }));
    expect({ id, outcome, state }).toMatchObject({ id, state: 'open' });
  }
});

describe('what comes from a document', () => {
  const token = newToken('server', production.id);
  const hostile = { method: 'POST', path: `/v1/[click](command:workbench.action.quit)/${token}`, headers: [header(`X-\u202eAPI-KEY [x](command:y)`, token), header('Content-Type', `[x](command:y)${token}`)], hasBody: true };

  test.each(['header', 'contentType', 'path', 'conflict', 'idempotency', 'scope'] as const)('%s quotes neither links nor keys', (id) => {
    const { words } = CHECKS[id](facts({ request: request(hostile), ...(id === 'scope' ? { key: scoped } : {}) }));
    expect(words).not.toContain('](');
    expect(words).not.toContain(token);
    expect(words).not.toContain('\u202e');
  });

  test('a path without end is read quickly', () => {
    const started = cpuNow();
    for (const path of ['/'.repeat(1_000_000), 'a'.repeat(1_000_000), `/api/v1/${'x/'.repeat(500_000)}`, '{'.repeat(1_000_000)]) readPath(request({ path }));
    expect(cpuNow() - started).toBeLessThan(10_000);
  });
});
