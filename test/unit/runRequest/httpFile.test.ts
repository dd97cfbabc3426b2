import { describe, expect, test } from 'vitest';
import { httpDrafts } from '../../../src/runRequest/httpFile.js';
import { requestAtOffset, writtenRequests } from '../../../src/runRequest/requests.js';
import { FRESH, only, run, shownDraft, UUID, type ShownDraft } from './support.js';

const U = 'https://api.stigg.io/api/v1/customers';

const READ: readonly (readonly [string, string, Partial<ShownDraft>])[] = [
  ['an address alone', U, { method: 'GET', url: U, headers: [], body: undefined }],
  ['a request line', `GET ${U} HTTP/1.1\nX-API-KEY: {{$processEnv STIGG_SERVER_API_KEY}}\n`, { method: 'GET', url: U, headers: ['X-API-KEY: <KEY>'] }],
  ['a byte-order mark and CRLF', `\uFEFFPOST ${U}\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n`, { method: 'POST', url: U, headers: ['Content-Type: application/json'], body: '{"a":1}' }],
  ['variables of the file, also in one another and below', `GET {{base}}/customers/{{id}}?x={{id}}\n\n###\n@host = https://api.stigg.io\n@base={{host}}/api/v1\n@id = c-1`, { url: 'https://api.stigg.io/api/v1/customers/c-1?x=c-1' }],
  ['variables of the client', `POST ${U}\nIdempotency-Key: {{$guid}}\nX-A: {{$uuid}} {{$random.uuid}} {{$timestamp}} {{$randomInt 1 3}} {{$isoTimestamp}}`, { headers: [`Idempotency-Key: ${UUID}`, `X-A: ${UUID} ${UUID} 1767323045 2 2026-01-02T03:04:05.000Z`] }],
  ['the environment', `GET ${U}/{{$processEnv CUSTOMER}}{{$env.CUSTOMER}}/{{$processEnv OTHER}}`, { url: `${U}/from-processfrom-process/<?{{$processEnv OTHER}}>` }],
  ['keys by other ways', `GET ${U}\nX-API-KEY: {{$dotenv STIGG_API_KEY}}\nX-B: {{STIGG_SERVER_API_KEY}}{{$dotenv OTHER}}`, { headers: ['X-API-KEY: <KEY>', 'X-B: <KEY><?{{$dotenv OTHER}}>'] }],
  ['an unknown variable, and one that is itself', `@a = {{a}}\nGET ${U}/{{b}}/{{a}}`, { url: `${U}/<?{{b}}>/<?{{a}}>` }],
  ['a query on lines of its own', `GET ${U}\n    ?limit=2\n    &name=x\nAccept: application/json`, { url: `${U}?limit=2&name=x`, headers: ['Accept: application/json'] }],
  ['comments and names', `# @name list\n// a comment\n\nGET ${U}\n# X-No: no\nAccept: a`, { headers: ['Accept: a'] }],
  ['a response handler and a script', `< {%\n request.variables.set("a", 1)\n%}\nPOST ${U}\n\n{"a":1}\n\n> {%\n client.log(1)\n%}`, { method: 'POST', body: '{"a":1}', problems: [] }],
  ['a body from a file', `POST ${U}\n\n< ./body.json`, { problems: ['The body comes from a file (./body.json), which is not read here.'] }],
  ['what is no header', `GET ${U}\nnonsense\n`, { problems: ['“nonsense” is neither a header nor a part of the address.'] }],
];

describe('.http files', () => {
  test.each(READ)('%s', (_name, text, expected) => {
    expect(shownDraft(httpDrafts(text, FRESH)[0] ?? only([]))).toMatchObject(expected);
  });

  test('an address is never cut: one that is too long is refused', () => {
    const long = `${U}?limit=2&x=${'y'.repeat(7_900)}&z=${'1'.repeat(100)}`;
    const draft = only(httpDrafts(`GET ${long} HTTP/1.1\nAccept: a`, FRESH));
    expect(shownDraft(draft).url).toBe(long);
    expect(() => run(draft)).toThrow(/The address is longer than 8000 characters/);
    const fits = long.slice(0, 8_000);
    expect(run(only(httpDrafts(`DELETE ${fits} HTTP/1.1`, FRESH))).url.href).toBe(fits);
  });

  test('blocks, with where they are', () => {
    const text = `@a = 1\n\n### first\nGET ${U}\n\n### empty\n\n###\nnot a request\n### last\nPOST ${U}\nA: b\n\n{\n  "id": "x"\n}\n\n`;
    const drafts = httpDrafts(text, FRESH);
    expect(drafts.map(({ start, end }) => text.slice(start, end))).toEqual([`GET ${U}`, `POST ${U}\nA: b\n\n{\n  "id": "x"\n}`]);
    expect(requestAtOffset(drafts, text, text.indexOf('"id"'))).toBe(drafts[1]);
    expect(requestAtOffset(drafts, text, text.indexOf('### empty'))).toBeUndefined();
  });

  test.each([
    ['the REST Client way', 'POST https://api.stigg.io/graphql\nX-Request-Type: GraphQL\n\nquery A($id: ID!) { a(id: $id) }\n\n{ "id": "x" }', { query: 'query A($id: ID!) { a(id: $id) }', variables: { id: 'x' } }],
    ['JetBrains’ way', 'GRAPHQL https://api.stigg.io/graphql\n\nquery A { a }', { query: 'query A { a }' }],
  ])('GraphQL: %s', (_name, text, body) => {
    const request = run(only(httpDrafts(text, FRESH)));
    expect(JSON.parse(request.body ?? '')).toEqual(body);
    expect(request).toMatchObject({ method: 'POST', surface: 'graphql', writes: false, headers: [['Content-Type', 'application/json']] });
  });
});

describe('documents', () => {
  test('fences of Markdown, with the document’s offsets', () => {
    const text = `# Use\n\ncurl ${U}\n\n\`\`\`bash title="x"\ncurl ${U}/a\n\`\`\`\n\n- list\n\n  ~~~http\n  GET ${U}/b\n  ~~~\n\n\`\`\`\`markdown\n\`\`\`sh\ncurl ${U}/c\n\`\`\`\n\`\`\`\`\n\n\`\`\`python\n# curl\ncurl ${U}/d\n\`\`\`\n\n\`\`\`\ncurl ${U}/e`;
    const drafts = writtenRequests({ languageId: 'markdown', path: 'README.md', text }, FRESH);
    expect(drafts.map(({ start, end }) => text.slice(start, end).trim())).toEqual([`curl ${U}/a`, `GET ${U}/b`, `curl ${U}/e`]);
  });

  test.each([
    ['plaintext', 'a.http', 1], ['plaintext', 'a.rest', 1], ['plaintext', 'a.txt', 0], ['http', 'a.txt', 1], ['python', 'a.http', 0],
  ])('%s %s', (languageId, path, count) => {
    expect(writtenRequests({ languageId, path, text: `GET ${U}` }, FRESH)).toHaveLength(count);
  });

  test('curl in plain text, and nothing in what nobody writes by hand', () => {
    const text = `notes\ncurl ${U}\n`;
    expect(writtenRequests({ languageId: 'plaintext', path: 'notes.txt', text }, FRESH)).toHaveLength(1);
    expect(writtenRequests({ languageId: 'plaintext', path: 'notes.txt', text: text + ' '.repeat(1_000_000) }, FRESH)).toEqual([]);
  });
});
