import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemTiming } from '../../../src/keys/graphql/timing.js';
import { judge } from '../../../src/runRequest/judgement.js';
import { bodyIn, present } from '../../../src/runRequest/present.js';
import { runnable, type RunnableRequest } from '../../../src/runRequest/runnable.js';
import { sendRequest, type Sent } from '../../../src/runRequest/send.js';
import { curlDrafts } from '../../../src/runRequest/shell.js';
import { Secret } from '../../../src/secret.js';
import { startSandbox, type FaultRequest, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { newToken } from '../../sandbox/tokens.js';
import { LeakFinder } from '../../ui/leaks.js';
import { only } from './support.js';

const LIST = 'GET /api/v1/customers';
let sandbox: Sandbox;
let staging: SeededEnvironment;
const endings: (() => Promise<void>)[] = [];

beforeEach(async () => {
  sandbox = await startSandbox();
  const found = sandbox.environments.find(({ name }) => name === 'Staging');
  if (found === undefined) throw new Error('no Staging');
  staging = found;
  endings.push(() => sandbox.close());
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A server of its own, with what it is asked. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ readonly url: string; readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  endings.push(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => { resolve(); });
  }));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
}

const read = (options: string, url = sandbox.url): RunnableRequest => runnable(only(curlDrafts(`curl -H "X-API-KEY: $STIGG_SERVER_API_KEY" ${options.replaceAll('{}', url)}`)), { endpoint: new URL(url) });

interface Ran {
  readonly sent: Sent;
  readonly document: string;
  readonly request: RunnableRequest;
}

async function run(request: RunnableRequest, token = staging.fullAccess, more: { readonly timeoutMs?: number; readonly maxBytes?: number; readonly signal?: AbortSignal } = {}): Promise<Ran> {
  const key = new Secret(token);
  const { signal = new AbortController().signal, ...options } = more;
  const sent = await sendRequest({ fetch: globalThis.fetch, timing: systemTiming, ...options }, request, key, signal);
  const judgement = sent.kind === 'answered' ? judge(request, sent, key, 0) : null;
  const document = present({ request, environment: { displayName: 'Staging', type: 'DEVELOPMENT' }, key, keyName: 'Full access key', sent, judgement, explanation: null, at: new Date(0) });
  return { sent, document, request };
}

const tokens = (): ReadonlyMap<string, string> => new Map(sandbox.keys().map(({ id, token }) => [id, token]));

describe('against Stigg', () => {
  test('a read: status, time, size, headers and a body that can be copied', async () => {
    const { sent, document } = await run(read('"{}/api/v1/customers?limit=2"'));
    expect(sent).toMatchObject({ kind: 'answered', status: 200 });
    expect(sandbox.requests).toMatchObject([{ operation: LIST, status: 200 }]);
    expect(sandbox.requests[0]?.keyId).not.toBeNull();
    expect(document).toMatch(/^# 200 OK · \d+ ms\n\nGET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/customers\?limit=2\n\n- Environment: Staging\n- Key: Full access key, server-/);
    expect(document).toMatch(/- Size: [\d.]+ (?:bytes|kB)\n- Sent: 1970-01-01 00:00:00 UTC\n/);
    expect(document).toMatch(/## Headers\n\n```http\n[^]*content-type: application\/json/);
    expect(JSON.parse(bodyIn(document) ?? '')).toHaveProperty('data');
  });

  test('a write, with its body as it stands', async () => {
    const { sent } = await run(read(`{}/api/v1/customers --json '{"id": "run-1", "name": "Ünï"}'`));
    expect(sent).toMatchObject({ kind: 'answered', status: 201 });
    const again = await run(read('{}/api/v1/customers/run-1'));
    expect(JSON.parse(bodyIn(again.document) ?? '')).toMatchObject({ data: { id: 'run-1', name: 'Ünï' } });
    expect((await run(read(`{}/api/v1/customers --json '{"id": "run-1"}'`))).document).toMatch(/^# 409 Conflict · [^]*Stigg says: “run-1 exists already” \(DUPLICATED/);
  });

  test('without the header no key is sent', async () => {
    const request = runnable(only(curlDrafts(`curl ${sandbox.url}/api/v1/customers`)), { endpoint: new URL(sandbox.url) });
    const { document } = await run(request);
    expect(document).toMatch(/^# 401 [^]*Key: none was sent, because the request has no header X-API-KEY/);
    expect(sandbox.requests).toMatchObject([{ keyId: null, status: 401 }]);
  });

  test('without a content type Stigg’s gateway answers 401, as it does to curl', async () => {
    expect((await run(read(`{}/api/v1/customers -d '{"id":"x"}'`))).sent).toMatchObject({ status: 401 });
  });

  test.each<readonly [string, FaultRequest, RegExp, number]>([
    ['401', { status: 401 }, /^# 401 Unauthorized · \d+ ms/, 401],
    ['403', { status: 403, message: 'This key lacks CUSTOMER:READ' }, /Stigg says: “This key lacks CUSTOMER:READ” \(AccessDeniedError\)/, 403],
    ['404', { status: 404, code: 'CUSTOMER_NOT_FOUND' }, /^# 404 Not Found/, 404],
    ['409', { status: 409, code: 'DUPLICATED' }, /^# 409 Conflict/, 409],
    ['429', { status: 429, retryAfter: 7 }, /^# 429 Too Many Requests[^]*retry-after: 7/, 429],
    ['500', { status: 500 }, /^# 500 Internal Server Error/, 500],
    ['a web page', { kind: 'html' }, /^# 200 OK, but a web page · [^]*```html\n<!doctype html>/, 200],
    ['JSON that ends in the middle', { kind: 'invalid-json' }, /^# 200 OK · [^]*```text\n\{/, 200],
  ])('%s', async (_name, fault, words, status) => {
    sandbox.fail({ operation: LIST, ...fault });
    const { document, sent } = await run(read('{}/api/v1/customers'));
    expect(document).toMatch(words);
    expect(sent).toMatchObject({ status });
  });

  test.each<readonly [string, string, number, boolean]>([
    ['an unknown key', 'Unauthenticated', 401, true], ['no permission', 'AccessDeniedError', 403, true], ['an unknown id', 'CustomerNotFound', 404, true], ['a duplicate', 'DuplicatedEntityNotAllowed', 409, true], ['too many', 'RateLimitExceeded', 429, true],
  ])('GraphQL reports %s in a 200', async (_name, code, status) => {
    sandbox.fail({ operation: 'A', status: 200, code });
    const request = read(`{}/graphql --json '{"query":"query A { currentEnvironment }","operationName":"A"}'`);
    const key = new Secret(staging.fullAccess);
    const { sent, document } = await run(request);
    expect(request.writes).toBe(false);
    expect(document).toMatch(/^# 200 OK, but GraphQL reports an error · \d+ ms/);
    expect(sent.kind === 'answered' ? judge(request, sent, key, 0) : null).toMatchObject({ isFailure: true, hasGraphqlErrors: true, status, code });
  });

  test('a query of GraphQL that works is no failure', async () => {
    const { document } = await run(read(`{}/graphql --json '{"query":"query A { currentEnvironment }"}'`));
    expect(document).toMatch(/^# 200 OK · /);
  });
});

describe('what never comes', () => {
  test.each([['a read', '', false], ['a write', `--json '{"id":"h"}'`, true]])('%s that hangs', async (_name, options, mayHaveHappened) => {
    sandbox.fail({ kind: options === '' ? 'hang' : 'hang-after' });
    const { sent, document } = await run(read(`{}/api/v1/customers ${options}`), staging.fullAccess, { timeoutMs: 300 });
    expect(sent).toMatchObject({ kind: 'timeout', mayHaveHappened });
    expect(document).toMatch(/^# No answer within 1 s/);
    expect(document.includes('**Stigg may have done it all the same.** Read what is there before you send it again.')).toBe(mayHaveHappened);
  });

  test('a connection that is cut leaves a write open, and one that never was does not', async () => {
    sandbox.fail({ kind: 'cut-after' });
    expect((await run(read(`{}/api/v1/customers --json '{"id":"cut"}'`))).sent).toMatchObject({ kind: 'network', mayHaveHappened: true });
    const closed = await startSandbox();
    const { url } = closed;
    await closed.close();
    expect((await run(read(`{}/api/v1/customers --json '{"id":"cut"}'`, url))).sent).toMatchObject({ kind: 'network', reason: 'ECONNREFUSED', mayHaveHappened: false });
  });

  test('cancelled: at once, and before anything was sent', async () => {
    sandbox.fail({ kind: 'hang', times: null });
    const controller = new AbortController();
    const running = run(read(`{}/api/v1/customers --json '{"id":"x"}'`), staging.fullAccess, { signal: controller.signal });
    await expect.poll(() => sandbox.requests.length).toBe(1);
    controller.abort();
    expect((await running).sent).toMatchObject({ kind: 'cancelled', mayHaveHappened: true });
    expect((await run(read(`{}/api/v1/customers --json '{"id":"x"}'`), staging.fullAccess, { signal: controller.signal })).sent).toMatchObject({ kind: 'cancelled', mayHaveHappened: false });
    expect(sandbox.requests).toHaveLength(1);
  });

  test('a body that stalls behind its headers', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{');
    });
    expect((await run(read('{}/api/v1/customers', url), staging.fullAccess, { timeoutMs: 300 })).sent).toMatchObject({ kind: 'timeout' });
  });
});

describe('the key stays where it belongs', () => {
  test.each([301, 302, 303, 307, 308])('a redirect with %i to another host is not followed', async (status) => {
    const elsewhere = await serve((_request, response) => { response.end('{}'); });
    sandbox.fail({ kind: 'redirect', status, location: `${elsewhere.url}/api/v1/customers` });
    const { sent, document } = await run(read(`-L {}/api/v1/customers --json '{"id":"r"}'`));
    expect(sent).toMatchObject({ kind: 'answered', status });
    expect(document).toContain('The redirect was not followed: it could take the key elsewhere.');
    expect(elsewhere.asked).toEqual([]);
  });

  test('a fetch that follows redirects all the same is found out, and its answer is not shown', async () => {
    const request = read('{}/api/v1/customers');
    const answer = Object.defineProperty(new Response('{"token":"x"}'), 'redirected', { value: true });
    const sent = await sendRequest({ fetch: () => Promise.resolve(answer), timing: systemTiming }, request, new Secret(staging.fullAccess), new AbortController().signal);
    expect(sent).toMatchObject({ kind: 'redirectFollowed' });
  });

  test('an error of fetch that quotes the headers goes no further', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new Error(`Bad header ${staging.fullAccess}`));
    const sent = await sendRequest({ fetch, timing: systemTiming }, read('{}/api/v1/customers'), new Secret(staging.fullAccess), new AbortController().signal);
    expect(sent).toMatchObject({ kind: 'network', reason: null });
  });

  test('what is no key is not sent at all', async () => {
    await expect(run(read('{}/api/v1/customers'), 'a\r\nb')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('an answer full of keys is shown without any', async () => {
    const all = [...tokens().values()];
    const odd = `odd key ${'x'.repeat(30)}`.replaceAll(' ', '');
    const escaped = staging.fullAccess.replace('-', '\\u002d');
    const body = `{"data":{"apiKeys":[${all.map((token) => JSON.stringify({ token, name: `it is ${token}.` })).join(',')}],"escaped":"${escaped}","${staging.publishable}":1,"signingToken":"f00dfacef00dfacef00dfacef00dface","echo":"${odd}","url":"https://x/?k=${encodeURIComponent(staging.fullAccess)}","next_token":"cursor-1","nested":{"secrets":["deadbeefdeadbeefdeadbeefdeadbeef"]}}}`;
    const server = await serve((_request, response) => {
      response.setHeader('Set-Cookie', `session=${'c'.repeat(40)}`);
      response.setHeader('X-Echo', staging.fullAccess);
      response.setHeader('X-Auth-Token', 'feedfeedfeedfeedfeedfeedfeedfeed');
      response.setHeader('Content-Type', 'application/json');
      response.end(body);
    });
    for (const key of [staging.fullAccess, odd]) {
      const { document, request } = await run(read('{}/api/v1/customers', server.url), key);
      const finder = new LeakFinder(new Map([...tokens(), ['odd', odd]].map(([name, token]) => [String(name), String(token)])));
      expect(finder.inBytes('document', Buffer.from(document.replaceAll(odd, (text) => (key === odd ? text : ''))))).toEqual([]);
      expect(finder.inBytes('request', Buffer.from(JSON.stringify(request)))).toEqual([]);
      expect(document).not.toMatch(/f00dfacef00d|deadbeefdead|feedfeedfeed|c{30}/);
      expect(document).toContain('"next_token": "cursor-1"');
    }
    expect(server.asked.map(({ headers }) => headers['x-api-key'])).toEqual([staging.fullAccess, odd]);
    expect(server.asked.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  test('keys in text that is no JSON, and a key that the limit cuts in two', async () => {
    const token = newToken('server', staging.id);
    const server = await serve((_request, response) => {
      response.setHeader('Content-Type', 'text/plain');
      response.end(`${token} ${'x'.repeat(1_000)}${token}`);
    });
    const whole = await run(read('{}/x', server.url));
    expect(whole.document).not.toContain(token.slice(7, 43));
    const cut = await run(read('{}/x', server.url), staging.fullAccess, { maxBytes: 1_000 + 2 * token.length - 10 });
    expect(cut.sent).toMatchObject({ content: { isCut: true } });
    expect(cut.document).not.toContain(token.slice(7, 43));
    expect(cut.document).toMatch(/The body is larger than [\d.]+ kB; this is its beginning\./);
  });
});

describe('what is large or no text', () => {
  test('a body without end is cut', async () => {
    sandbox.fail({ kind: 'huge-body' });
    const { sent, document } = await run(read('{}/api/v1/customers'));
    expect(sent).toMatchObject({ kind: 'answered', bytes: 5_000_000, content: { kind: 'text', isCut: true } });
    expect(document).toContain('- Size: more than 5.0 MB');
    expect(document.length).toBeLessThan(5_100_000);
  });

  test.each([
    ['an image', 'image/png', Buffer.from([137, 80, 78, 71])], ['bytes that call themselves text', 'text/plain', Buffer.from([65, 0, 66])],
  ])('%s is named', async (_name, type, bytes) => {
    const server = await serve((_request, response) => {
      response.setHeader('Content-Type', type);
      response.end(bytes);
    });
    const { document } = await run(read('{}/x', server.url));
    expect(document).toContain(`The body is no text (${type}, ${String(bytes.length)} bytes) and is not shown.`);
  });

  test('no body', async () => {
    const server = await serve((_request, response) => {
      response.statusCode = 204;
      response.end();
    });
    expect((await run(read('{}/x', server.url))).document).toMatch(/^# 204 No Content · [^]*The answer has no body\./);
  });

  test('a fence in the body does not end the document’s', async () => {
    const server = await serve((_request, response) => {
      response.setHeader('Content-Type', 'text/plain');
      response.end('a\n```\n## Headers\n````\nb');
    });
    expect(bodyIn((await run(read('{}/x', server.url))).document)).toBe('a\n```\n## Headers\n````\nb');
  });
});
