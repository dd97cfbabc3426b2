import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/secret.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';
import { clientOver, connectionOf, data, ENVIRONMENT_ID, environmentNode, expectedError, json, KEY_ID, keyNode, networkFailure, never, OTHER_ID, REF, refused, type Reply } from './graphqlApiHelpers.js';

const page: Reply = () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html; charset=utf-8' } });

describe('what a person is told', () => {
  test.each<[string, Reply, string, RegExp, RegExp]>([
    ['401', refused(401, 'Unauthenticated'), 'unauthenticated', /wrong, expired or revoked/, /Copy the current key/],
    ['401 as REST words it', json({ error: { code: 'UNAUTHENTICATED', message: 'Invalid or missing API key' } }, 401), 'unauthenticated', /401/, /console/],
    ['401 without a word', () => new Response(null, { status: 401 }), 'unauthenticated', /401/, /console/],
    ['Unauthenticated with status 200', refused(200, 'UNAUTHENTICATED'), 'unauthenticated', /wrong, expired or revoked/, /Copy/],
    ['403, missing scope', refused(403, 'AccessDeniedError'), 'forbidden', /403/, /read access to API keys/],
    ['403 without a code', json({}, 403), 'forbidden', /403/, /full access key/],
    ['AccessDenied with status 200', refused(200, 'ACCESS_DENIED'), 'forbidden', /403/, /full access key/],
    ['a publishable key', refused(403, 'IdentityForbidden', { extensions: { currentIdentityType: 'APP_PUBLIC' } }), 'forbidden', /publishable key/, /server-/],
    ['another kind of identity', refused(403, 'IdentityForbidden', { extensions: { currentIdentityType: 'APP_SERVER' } }), 'forbidden', /kind of key/, /console/],
    ['single sign-on', refused(403, 'RequiredSsoAuthenticationError'), 'forbidden', /single sign-on/, /console/],
    ['a plan limit by code', refused(200, 'NoFeatureEntitlementError', { message: 'Scoped keys are not included' }), 'planLimit', /plan.*“Scoped keys are not included”/, /Scale plan/],
    ['a plan limit by words', refused(403, 'AccessDeniedError', { message: 'Upgrade your plan' }), 'planLimit', /plan/, /Scale plan/],
    ['an unknown key', refused(200, 'ApiKeyNotFound'), 'notFound', /does not know this key/, /Refresh/],
    ['an unknown environment', refused(200, 'EnvironmentMissing'), 'notFound', /environment/, /add it again/],
    ['an expired key', refused(200, 'ApiKeyExpired'), 'conflict', /expired already/, /Refresh/],
    ['a key with an expiry', refused(200, 'ApiKeyHasExpiry'), 'conflict', /on its way out/, /grace period/],
    ['the same under its other name', refused(200, 'API_KEY_HAS_EXPIRY_DATE'), 'conflict', /on its way out/, /grace period/],
    ['409', refused(409, null, { message: 'busy' }), 'conflict', /“busy”/, /Refresh/],
    ['bad input', refused(200, 'BadUserInput', { message: 'expirationDate is too far away' }), 'badRequest', /“expirationDate is too far away”/, /Check/],
    ['a document Stigg does not understand', refused(400, 'GRAPHQL_VALIDATION_FAILED'), 'badRequest', /400/, /update this extension/],
    ['a code nobody knows', refused(200, 'SomethingNewer', { message: 'hm' }), 'badRequest', /“hm”/, /Check/],
    ['a wrong path', json({ message: 'Cannot POST /graphql' }, 404), 'notStigg', /not Stigg’s/, /endpoint/],
    ['a web page', page, 'notStigg', /a web page/, /proxy/],
    ['a block page', () => new Response('<html>', { status: 403 }), 'notStigg', /a web page/, /firewall/],
    ['no JSON', () => new Response('hello'), 'notStigg', /not JSON/, /endpoint/],
    ['JSON of something else', json([1, 2]), 'notStigg', /not JSON of the expected form/, /endpoint/],
    ['JSON without data', json({ ok: true }), 'notStigg', /expected form/, /endpoint/],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example.com/x?y' } }), 'notStigg', /redirects to evil\.example\.com \(status 302\).*not sent there/, /endpoint/],
    ['a redirect to nowhere', () => new Response(null, { status: 301 }), 'notStigg', /redirects elsewhere/, /endpoint/],
    ['a redirect to another path', () => new Response(null, { status: 308, headers: { location: '/login' } }), 'notStigg', /api\.example\.com/, /endpoint/],
    ['a fetch that refuses redirects', () => Promise.reject(new TypeError('unexpected redirect')), 'notStigg', /redirects/, /endpoint/],
    ['a name that does not resolve', networkFailure('ENOTFOUND'), 'unreachable', /cannot be reached \(ENOTFOUND\)/, /network/],
    ['a certificate nobody trusts', networkFailure('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'unreachable', /certificate/, /NODE_EXTRA_CA_CERTS/],
    ['Chromium’s certificate error', () => Promise.reject(new Error('net::ERR_CERT_AUTHORITY_INVALID')), 'unreachable', /certificate/, /certificate authority/],
    ['a proxy that wants a password', () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), { code: 'UND_ERR_ABORTED' }) })), 'unreachable', /proxy.*PROXY_407/, /http\.proxy/],
    ['Chromium’s tunnel error', () => Promise.reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED')), 'unreachable', /proxy/, /HTTPS_PROXY/],
    ['silence', never, 'unreachable', /15 seconds/, /network/],
    ['500', refused(500, 'UnexpectedError'), 'serverError', /500/, /Try again/],
    ['429', refused(429, null), 'rateLimited', /429/, /Wait a minute/],
  ])('%s', async (_what, reply, code, message, nextStep) => {
    const { api, auth } = clientOver(reply);
    // Another operation than the list of keys, which has a second try in case Stigg does not understand it.
    const error = await expectedError(api.keyScopes(auth, REF), code);
    expect(error.message).toMatch(message);
    expect(error.nextStep).toMatch(nextStep);
  });

  test('the first error decides, and its trace id is told', async () => {
    const { api, auth } = clientOver(json({ errors: [{ message: 'a', extensions: { code: 'ApiKeyNotFound', traceId: 'trace-1' } }, { message: 'b', extensions: { code: 'Unauthenticated' } }], data: { apiKeyScope: [] } }));
    const error = await expectedError(api.keyScopes(auth, REF), 'notFound');
    expect(error.nextStep).toContain('trace-1');
    expect(error.detail).toMatchObject({ stiggCode: 'ApiKeyNotFound', traceId: 'trace-1', status: 200 });
  });

  test('an answer that never stops growing is cut off', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const { api, auth } = clientOver(() => new Response(endless));
    await expectedError(api.keyScopes(auth, REF), 'notStigg');
    expect(sent).toBeLessThan(12 * 1024 * 1024);
  });

  test.each(['with\nnewline', 'with space', 'ключ', '', '\u0000'])('a text that cannot be a key is never sent: %j', async (text) => {
    const { api, calls } = clientOver(page);
    const error = await expectedError(api.keyScopes(new Secret(text), REF), 'unauthenticated');
    expect(error.message).toContain('not a Stigg key');
    expect(calls).toHaveLength(0);
  });
});

test('a publishable key is told apart by its form too', async () => {
  const { api } = clientOver(refused(403, 'AccessDeniedError'));
  const error = await expectedError(api.keyScopes(new Secret(newToken('client', ENVIRONMENT_ID)), REF), 'forbidden');
  expect(error.message).toContain('publishable key');
});

describe('requests', () => {
  test('carry the key in X-API-KEY alone and never follow redirects', async () => {
    const { api, auth, calls } = clientOver(data({ apiKeys: connectionOf([]) }));
    await api.listKeys(auth, ENVIRONMENT_ID);
    const [call] = calls;
    expect(call?.url).toBe('https://api.example.com/graphql');
    expect(call?.init).toMatchObject({ method: 'POST', redirect: 'manual', headers: { 'X-API-KEY': auth.reveal(), 'Content-Type': 'application/json' } });
    expect(call?.url).not.toContain(auth.reveal());
    expect(call?.init.body).not.toContain(auth.reveal());
  });
});

describe('a token never leaves in an error or in the log', () => {
  const tokens = [newToken('server', ENVIRONMENT_ID), newLegacyToken(ENVIRONMENT_ID), 'server-of-an-unknown-shape-0123456789abcdef'];
  const replies: [string, (token: string) => Reply][] = [
    ['a message', (token) => refused(400, 'BadUserInput', { message: `the key ${token} is bad` })],
    ['a message around the cut', (token) => refused(400, 'BadUserInput', { message: `${'x'.repeat(180)} ${token}` })],
    ['a code and a trace id', (token) => refused(400, token, { extensions: { traceId: token } })],
    ['a REST message', (token) => json({ error: { code: 'X', message: token } }, 400)],
    ['a redirect', (token) => () => new Response(null, { status: 302, headers: { location: `https://evil.example.com/${token}` } })],
    ['a page', (token) => () => new Response(`<html>${token}`, { headers: { 'content-type': 'text/html' } })],
    ['broken JSON', (token) => () => new Response(`{"${token}`)],
    ['a wrong shape', (token) => data({ apiKeyScope: { [token]: token } })],
    ['an error of fetch', (token) => () => Promise.reject(new TypeError(`Headers.append: "${token}" is an invalid header value.`, { cause: { headers: { 'X-API-KEY': token }, code: token } }))],
  ];
  test.each(replies.flatMap(([what, reply]) => tokens.map((token, index) => [what, index, reply, token] as const)))('%s (token %i)', async (_what, _index, reply, token) => {
    const { api, log } = clientOver(reply(token));
    const error = await api.keyScopes(new Secret(token), REF).catch((thrown: unknown) => thrown);
    const everything = `${inspect(error, { depth: 20, showHidden: true })}\n${log.join('\n')}`;
    expect(everything).toContain('StiggApiError');
    expect(everything).not.toContain(token);
    // Neither half of it.
    expect(everything).not.toContain(token.slice(0, 30));
  });
});

describe('probe', () => {
  test.each<[string, Reply, string]>([
    ['an answer', data({ sdkConfiguration: {} }), 'valid'],
    ['an empty answer', data({ sdkConfiguration: null }), 'valid'],
    ['403 in Stigg’s form', refused(403, 'AccessDeniedError'), 'valid'],
    ['403 as REST words it', json({ error: { code: 'FORBIDDEN', message: 'scope' } }, 403), 'valid'],
    ['the wrong identity', refused(403, 'IdentityForbidden'), 'valid'],
    ['401', refused(401, 'Unauthenticated'), 'invalid'],
    ['401 without a word', () => new Response(null, { status: 401 }), 'invalid'],
    ['Unauthenticated with 200', refused(200, 'Unauthenticated'), 'invalid'],
    ['a sign-in page with 401', () => new Response('<html>', { status: 401, headers: { 'content-type': 'text/html' } }), 'unknown'],
    ['a firewall’s 403', json({ message: 'Forbidden' }, 403), 'unknown'],
    ['a block page', () => new Response('<html>', { status: 403 }), 'unknown'],
    ['other data', data({ hello: 1 }), 'unknown'],
    ['a web page', page, 'unknown'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://x.example.com' } }), 'unknown'],
    ['a document Stigg does not understand', refused(400, 'GRAPHQL_VALIDATION_FAILED'), 'unknown'],
    ['500', refused(500, null), 'unknown'],
    ['429', refused(429, null), 'unknown'],
    ['silence', never, 'unknown'],
    ['no network', networkFailure('ENOTFOUND'), 'unknown'],
  ])('%s', async (_what, reply, validity) => {
    const { api, auth } = clientOver(reply);
    expect(await api.probe(auth)).toBe(validity);
  });
});

describe('environmentOf', () => {
  const other = environmentNode({ id: OTHER_ID, slug: 'staging', displayName: 'Staging' });
  const two = data({ environments: connectionOf([other, environmentNode()]) });
  const listedTwo = data({ listEnvironments: [other, environmentNode()] });

  test('goes by the token’s tail among several', async () => {
    const { api, auth, calls } = clientOver(two);
    expect((await api.environmentOf(auth)).id).toBe(ENVIRONMENT_ID);
    expect(calls).toHaveLength(1);
  });

  test.each(['staging', 'STAGING', ` ${OTHER_ID} `])('goes by currentEnvironment %j where the tail says nothing', async (current) => {
    const { api } = clientOver(two, data({ currentEnvironment: current }));
    expect((await api.environmentOf(new Secret('server-of-an-unknown-shape-0123456789'))).id).toBe(OTHER_ID);
  });

  test.each<[string, Reply]>([
    ['points nowhere', data({ currentEnvironment: 'elsewhere' })],
    ['is forbidden', refused(403, 'AccessDeniedError')],
    ['is no text', data({ currentEnvironment: { id: OTHER_ID } })],
  ])('says so when currentEnvironment %s', async (_what, reply) => {
    const { api } = clientOver(two, reply);
    const error = await expectedError(api.environmentOf(new Secret('server-of-an-unknown-shape-0123456789')), 'conflict');
    expect(error.message).toContain('2 environments');
  });

  test('takes the list without accounts when those are forbidden', async () => {
    const { api, auth } = clientOver(refused(403, 'AccessDeniedError', { path: ['environments', 'edges', 0, 'node', 'account'] }), listedTwo);
    expect((await api.environmentOf(auth)).id).toBe(ENVIRONMENT_ID);
  });

  test('says so when there is none', async () => {
    const { api, auth } = clientOver(data({ environments: connectionOf([]) }));
    await expectedError(api.environmentOf(auth), 'forbidden');
  });
});

describe('listKeys', () => {
  test('takes the other way when Stigg does not understand the first', async () => {
    const { api, auth } = clientOver(
      refused(400, 'GRAPHQL_VALIDATION_FAILED'),
      data({ environments: { edges: [{ node: { id: OTHER_ID, apiKeys: [keyNode({ id: OTHER_ID })] } }, { node: { id: ENVIRONMENT_ID, apiKeys: [keyNode()] } }] } }),
    );
    expect((await api.listKeys(auth, ENVIRONMENT_ID)).map((key) => key.id)).toEqual([KEY_ID]);
  });

  test('shows a key once that slid onto the next page', async () => {
    const { api, auth } = clientOver(data({ apiKeys: connectionOf([keyNode()], 'a') }), data({ apiKeys: connectionOf([keyNode(), keyNode({ id: OTHER_ID })]) }));
    expect(await api.listKeys(auth, ENVIRONMENT_ID)).toHaveLength(2);
  });

  test('ends when a cursor comes again', async () => {
    const { api, auth, calls } = clientOver(data({ apiKeys: connectionOf([keyNode()], 'a') }), data({ apiKeys: connectionOf([keyNode()], 'b') }), data({ apiKeys: connectionOf([keyNode()], 'a') }));
    const error = await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'notStigg');
    expect(error.message).toContain('never ends');
    expect(calls).toHaveLength(3);
  });

  test('ends when there is always one more page', async () => {
    let n = 0;
    const { api, auth, calls } = clientOver((request) => data({ apiKeys: connectionOf([keyNode()], `cursor ${String(n++)}`) })(request));
    await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'notStigg');
    expect(calls.length).toBeLessThan(500);
  });

  test('asks for expired keys too', async () => {
    const { api, auth, calls } = clientOver(data({ apiKeys: connectionOf([]) }));
    await api.listKeys(auth, ENVIRONMENT_ID);
    expect(JSON.parse(calls[0]?.init.body as string)).toMatchObject({
      operationName: 'ListKeys',
      variables: { input: { environmentId: ENVIRONMENT_ID, paging: { first: 50 }, expirationFilter: { includeNeverExpires: true } } },
    });
  });
});

describe('revealToken', () => {
  const token = newToken('server', ENVIRONMENT_ID);
  const answer = (nodes: unknown[], environmentId = ENVIRONMENT_ID): Reply => data({ environments: { edges: [{ node: { id: environmentId, apiKeys: nodes } }] } });

  test('drops every other key', async () => {
    const { api, auth } = clientOver(answer([{ id: OTHER_ID, token: newToken('server', ENVIRONMENT_ID) }, { id: KEY_ID.toUpperCase(), token }]));
    expect((await api.revealToken(auth, REF)).reveal()).toBe(token);
  });

  test.each<[string, Reply, string]>([
    ['another key only', answer([{ id: OTHER_ID, token }]), 'notFound'],
    ['another environment', answer([{ id: KEY_ID, token }], OTHER_ID), 'notFound'],
    ['nothing', answer([]), 'notFound'],
    ['a masked value', answer([{ id: KEY_ID, token: `server-abcd${'*'.repeat(30)}` }]), 'forbidden'],
    ['a prefix', answer([{ id: KEY_ID, token: 'server-abcd' }]), 'forbidden'],
    ['a value with white space', answer([{ id: KEY_ID, token: `${token} ` }]), 'forbidden'],
    ['no value', answer([{ id: KEY_ID, token: null }]), 'notStigg'],
  ])('%s', async (_what, reply, code) => {
    const { api, auth, log } = clientOver(reply);
    const error = await expectedError(api.revealToken(auth, REF), code);
    expect(inspect(error, { depth: 9 }) + log.join()).not.toContain(token);
  });
});
