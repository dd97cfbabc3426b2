import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { curlDrafts } from '../../../src/runRequest/shell.js';
import { stiggRequests } from '../../../src/runRequest/requests.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';
import { HOSTS, only, run } from './support.js';

const U = 'https://api.stigg.io/api/v1/customers';
const ID = '11111111-2222-4333-8444-555555555555';
const local = { endpoint: new URL('http://127.0.0.1:4000') };
const behind = { endpoint: new URL('https://proxy.example/stigg') };

function error(text: string, hosts = HOSTS): ExpectedError {
  try {
    run(only(curlDrafts(text)), hosts);
  } catch (caught) {
    if (caught instanceof ExpectedError) return caught;
    throw caught;
  }
  throw new Error('It was accepted');
}

describe('where the key may go', () => {
  test.each([
    [U, HOSTS], ['https://edge.api.stigg.io/v1/config/server-sdk-configuration.json', HOSTS], ['https://API.stigg.io:443/graphql', HOSTS], ['http://127.0.0.1:4000/api/v1/customers', local], [U, local], ['https://proxy.example/stigg/graphql', behind],
  ])('%s', (url, hosts) => {
    expect(run(only(curlDrafts(`curl '${url}'`)), hosts).url.href).toContain('/');
  });

  test.each([
    ['another host', 'https://elsewhere.example/api/v1/customers'],
    ['a host that begins like Stigg’s', 'https://api.stigg.io.elsewhere.example/'],
    ['a user name that looks like Stigg’s', 'https://api.stigg.io@elsewhere.example/'],
    ['a user name', 'https://user:pass@api.stigg.io/'],
    ['a back slash', 'https://elsewhere.example\\@api.stigg.io/'],
    ['without encryption', 'http://api.stigg.io/api/v1/customers'],
    ['another port', 'https://api.stigg.io:8443/api/v1/customers'],
    ['another part of Stigg', 'https://mcp.stigg.io/'],
    ['this machine, where that is not the endpoint', 'http://127.0.0.1:4000/api/v1/customers'],
    ['letters that look like Stigg’s', 'https://аpi.stigg.io/'],
  ])('not: %s', (_name, url) => {
    expect(error(`curl '${url}' -H "X-API-KEY: $STIGG_API_KEY"`).code).toBe('notStiggs');
  });

  test.each([['https://proxy.example/other/graphql'], ['https://proxy.example/stigg/../graphql'], ['https://proxy.example/stiggs']])('not beside the endpoint: %s', (url) => {
    expect(error(`curl '${url}'`, behind).code).toBe('notStiggs');
  });

  test.each([['file:///etc/passwd'], ['api.stigg.io/api/v1'], ['ftp://api.stigg.io/'], ['https://']])('no web address: %s', (url) => {
    expect(error(`curl '${url}'`).code).toBe('cannotRun');
  });

  test('what is offered', () => {
    const text = `curl ${U}\ncurl https://elsewhere.example\ncurl "$STIGG_URL/api/v1/customers"\ncurl "$BASE/api"\ncurl http://127.0.0.1:4000/graphql\ncurl http://api.stigg.io/x\n`;
    const offered = (hosts: typeof HOSTS): number[] => stiggRequests(curlDrafts(text), hosts).map(({ start }) => text.slice(0, start).split('\n').length);
    expect(offered(HOSTS)).toEqual([1, 3, 6]);
    expect(offered(local)).toEqual([1, 3, 5, 6]);
  });
});

describe('what is sent', () => {
  test('the key in its header is not that of the text, and is in no other place', () => {
    const token = newToken('server', ID);
    const request = run(only(curlDrafts(`curl ${U} -H "x-api-key: ${token}" -H "Authorization: Bearer $STIGG_API_KEY" -H "X-Old: ${newLegacyToken(ID).replaceAll('$', '\\$')}" -H "Cookie: a=b" -H "Host: elsewhere.example" -H "Accept: a"`)));
    expect(request).toMatchObject({ sendsKey: true, headers: [['Accept', 'a']], withheld: ['Authorization', 'X-Old'] });
    expect(request.notes).toHaveLength(3);
    expect(JSON.stringify(request)).not.toContain(token.slice(7, 43));
  });

  test('a request without the header gets no key', () => {
    expect(run(only(curlDrafts(`curl ${U}`))).sendsKey).toBe(false);
  });

  test('a value of the key’s header that is not known is of no matter', () => {
    expect(run(only(curlDrafts(`curl ${U} -H "X-API-KEY: $(op read op://stigg)"`))).sendsKey).toBe(true);
  });

  test.each([
    ['an unknown variable', `curl ${U}/$ID`, /^This request cannot be run from here\. \$ID has no value here, and the address needs it\. Fill it in/],
    ['a substitution', `curl ${U}/$(date)`, /\$\(date\) has no value here/],
    ['several', `curl ${U} --json "$A$B$A"`, /\$A, \$B has no value here, and the body needs it/],
    ['a header', `curl ${U} -H "X-A: $B"`, /\$B has no value here, and the header X-A needs it/],
    ['the key in the address', `curl "${U}?key=$STIGG_API_KEY"`, /key stands in the address/],
    ['the key in the body', `curl ${U} --json '{"k":"'$STIGG_API_KEY'"}'`, /key stands in the body/],
    ['a key as text in the address', `curl "${U}?key=${newToken('server', ID)}"`, /key stands in the address/],
    ['a key as text in the address, encoded', `curl "${U}?key=${encodeURIComponent(newToken('server', ID))}"`, /key stands in the address/],
    ['a key as text in the body', `curl ${U} --json '{"k":"${newToken('client', ID)}"}'`, /A key stands in the body as text/],
    ['a header that replaces the method', `curl ${U} -H 'X-HTTP-Method-Override: DELETE'`, /X-HTTP-Method-Override replaces the method/],
    ['a shorter one', `curl ${U} -H 'x-http-method: PUT'`, /x-http-method replaces the method/],
    ['another one, with a value that is not known', `curl ${U} -H "X-Method-Override: $M"`, /X-Method-Override replaces the method/],
    ['one with low lines', `curl ${U} -H 'X_HTTP_METHOD_OVERRIDE: DELETE'`, /X_HTTP_METHOD_OVERRIDE replaces the method/],
    ['a strange method', `curl -X CONNECT ${U}`, /CONNECT is no method/],
    ['GET with a body', `curl -X GET ${U} --json '{}'`, /GET with a body/],
    ['a line break in a header', `curl ${U} -H $'X-A: a\\r\\nX-API-KEY: b'`, /cannot be sent/],
    ['a header of another alphabet', `curl ${U} -H 'X-A: я'`, /cannot be sent/],
    ['a bad name of a header', `curl ${U} -H 'X A: b'`, /cannot be the name/],
  ])('refused: %s', (_name, text, words) => {
    const { code, full } = error(text);
    expect(full).toMatch(words);
    expect(code).toBe('cannotRun');
    expect(full).not.toMatch(/(?:server|client)-[0-9a-f]{8}-/);
  });
});

describe('the guard knows what writes', () => {
  const G = 'https://api.stigg.io/graphql';
  const graphql = (query: string): string => `curl ${G} --json '${JSON.stringify({ query }).replaceAll("'", "'\\''")}'`;
  test.each([
    ['GET', `curl ${U}`, false], ['HEAD', `curl -I ${U}`, false], ['POST', `curl -X POST ${U}`, true], ['PUT', `curl -X PUT ${U}`, true], ['PATCH', `curl -X patch ${U}`, true], ['DELETE', `curl -X DELETE ${U}`, true], ['OPTIONS', `curl -X OPTIONS ${U}`, true],
    ['a query', graphql('query A { a }'), false], ['a bare query', graphql('{ a }'), false], ['a query with a fragment', graphql('fragment F on A { b } query A($x: [I!]! = [{a: 1}]) @d(a: "b") { a { ...F } }'), false],
    ['a mutation', graphql('mutation { a }'), true], ['a subscription', graphql('subscription { a }'), true], ['both', graphql('query A { a } mutation B { b }'), true],
    ['the word in a comment and in strings', graphql('# mutation { a }\nquery A { a(x: "mutation {", y: """mutation { "x" \\""" """) }'), false],
    ['a mutation behind a comment', graphql('# {\nmutation { a }'), true], ['a mutation behind a string', graphql('query A { a(x: "}") } mutation B { b }'), true], ['only a fragment', graphql('fragment F on A { b }'), true],
    ['a mutation behind a back slash and the marks of a block string', graphql(String.raw`query Q { a(b: $q\\$qx$q) { id } } mutation M { b }`.replaceAll('$q', '"""')), true],
    ['a mutation behind a block string that ends with a back slash', graphql(String.raw`query Q { a(b: $qx\$q y$q) { id } } mutation M { b }`.replaceAll('$q', '"""')), true],
    ['a mutation behind a block string with one and two quotes', graphql('query Q { a(b: """"x""y"z""") } mutation M { b }'), true], ['the word behind quotes in a block string', graphql('query Q { a(b: """ "" mutation " """) }'), false],
    ['a mutation on the line behind a string that never ends', graphql('query Q { a(b: "\r) } mutation M { b }'), true],
    ['a query that takes the mutation of the same document along', `curl ${G} --json '{"operationName":"A","query":"query A { a } mutation B { b }"}'`, true],
    ['an empty document', graphql(''), true], ['no document', `curl ${G} --json '{"id":"stored"}'`, true], ['no JSON', `curl ${G} --json 'mutation'`, true],
    ['a batch', `curl ${G} --json '[{"query":"{ a }"},{"query":"mutation { b }"}]'`, true], ['a batch of queries', `curl ${G} --json '[{"query":"{ a }"},{"query":"{ b }"}]'`, false],
    ['a query in the address', `curl -G ${G} --data-urlencode 'query={ a }'`, false], ['a mutation in the address', `curl -G ${G} --data-urlencode 'query=mutation { a }'`, true], ['one in each', `curl '${G}?query=mutation%20%7Ba%7D' --json '{"query":"{ a }"}'`, true],
  ])('%s', (_name, text, writes) => {
    expect(run(only(curlDrafts(text))).writes).toBe(writes);
  });
});
