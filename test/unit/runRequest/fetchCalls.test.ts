import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { fetchDraft } from '../../../src/runRequest/fetchDraft.js';
import { preparedEngine } from '../scan/support.js';
import { only, shownDraft, UUID, type ShownDraft } from './support.js';

const U = 'https://api.stigg.io/api/v1/customers';
const KEY = "'X-API-KEY': process.env.STIGG_SERVER_API_KEY";
const SAID = 'X-API-KEY: <KEY>';

const READ: readonly (readonly [string, string, Partial<ShownDraft>])[] = [
  ['an address', `await fetch('${U}');`, { method: 'GET', url: U, headers: [], body: undefined, problems: [] }],
  ['options', `await fetch('${U}', { method: 'POST', headers: { ${KEY}!, 'Content-Type': 'application/json' }, body: JSON.stringify({ id: 'c', price: 49.5, ok: true, none: null, no: undefined, list: [1, 'a"b'] }) });`, { method: 'POST', headers: [SAID, 'Content-Type: application/json'], body: '{"id":"c","price":49.5,"ok":true,"none":null,"list":[1,"a\\"b"]}' }],
  ['constants of the file', `const BASE = 'https://api.stigg.io/api/v1';\nconst id = \`c-\${1}\`;\nconst headers = { ${KEY} };\nexport async function f() { return fetch(\`\${BASE}/customers/\${encodeURIComponent(id)}\` + '?limit=' + 5, { headers: { ...headers, Accept: 'a' } }); }`, { url: `${U}/c-1?limit=5`, headers: [SAID, 'Accept: a'] }],
  ['constants in an object', `const config = { url: 'https://api.stigg.io', paths: { all: '/api/v1/customers' } } as const;\nfetch(config.url + config.paths.all);`, { url: U }],
  ['new URL and new Headers', `fetch(new URL('/api/v1/customers', 'https://api.stigg.io/x'), { headers: new Headers({ ${KEY} }) });`, { url: U, headers: [SAID] }],
  ['headers as pairs', `fetch('${U}', { headers: [['X-API-KEY', key], ['Accept', 'a']] });`, { headers: ['X-API-KEY: <?key>', 'Accept: a'] }],
  ['a fallback of an environment variable', `const base = process.env.STIGG_URL ?? 'https://api.stigg.io';\nfetch(base + '/api/v1/customers', { headers: { 'x-api-key': process.env.STIGG_API_KEY ?? '' } });`, { url: U, headers: ['x-api-key: <KEY>'] }],
  ['the key by a name of the file', `const STIGG_API_KEY = process.env.STIGG_API_KEY;\nfetch('${U}', { headers: { 'X-API-KEY': STIGG_API_KEY, b: import.meta.env.STIGG_SERVER_API_KEY, c: \`Bearer \${process.env['STIGG_API_KEY']}\` } });`, { headers: [SAID, 'b: <KEY>', 'c: Bearer <KEY>'] }],
  ['values made at each run', `fetch('${U}', { method: 'POST', headers: { 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ k: randomUUID() }) });`, { headers: [`Idempotency-Key: ${UUID}`, 'Content-Type: text/plain;charset=UTF-8'], body: `{"k":"${UUID}"}` }],
  ['what is not known', `export const f = (id: string, body: object) => fetch(\`${U}/\${id}\`, { method: 'PATCH', body: JSON.stringify({ ...body, id }) });`, { url: `${U}/<?id>`, body: '{"...":<?body>,"id":<?id>}' }],
  ['a variable that changes', `let id = 'a';\nid = 'b';\nfetch('${U}/' + id);`, { url: `${U}/<?id>` }],
  ['an object that is changed', `const body = { a: 1 };\nbody.a = 2;\nfetch('${U}', { method: 'POST', body: JSON.stringify(body) });`, { body: '<?body>' }],
  ['headers that are changed', `const headers = new Headers({ a: 'b' });\nheaders.set('c', 'd');\nfetch('${U}', { headers });`, { problems: ['The headers of this call come from elsewhere (headers).'] }],
  ['options from elsewhere', `import { options } from './options';\nfetch('${U}', options);\n`, { problems: ['The options of this call come from elsewhere (options).'] }],
  ['a spread from elsewhere', `fetch('${U}', { headers: { ...auth(), Accept: 'a' } });\n`, { problems: ['Some headers of this call come from elsewhere (auth()).'] }],
  ['options without effect', `fetch('${U}', { signal: AbortSignal.timeout(5), cache: 'no-store', next: { revalidate: 1 } });\n`, { problems: [] }],
  ['text in a body', `fetch('${U}', { method: 'POST', body: JSON.stringify({ query: \`query { a(id: "\${x}") }\` }) });`, { body: '{"query":"query { a(id: \\"<?x>\\") }"}' }],
];

describe('fetch', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await preparedEngine();
  });
  afterAll(() => { engine.dispose(); });
  const drafts = (languageId: string, text: string) => engine.fetchCalls({ path: `a.${languageId}`, languageId, text }).map((call) => fetchDraft(call, { uuid: () => UUID }));

  test.each(READ)('%s', (_name, text, expected) => {
    expect(shownDraft(only(drafts('typescript', text)))).toMatchObject(expected);
  });

  test('in pages and in Markdown, with the document’s offsets', () => {
    const vue = `<template><p/></template>\n<script setup lang="ts">\nconst r = await fetch('${U}');\n</script>\n`;
    const markdown = `# A\n\n\`\`\`js\nfetch('${U}')\n\`\`\`\n`;
    expect(drafts('vue', vue).map(({ start, end }) => vue.slice(start, end))).toEqual([`fetch('${U}')`]);
    expect(drafts('markdown', markdown).map(({ start, end }) => markdown.slice(start, end))).toEqual([`fetch('${U}')`]);
  });

  test('other calls are not fetch', () => {
    expect(drafts('javascript', `axios.get('${U}'); refetch('${U}'); client.fetch('${U}'); fetch(...args); window.fetch('${U}/w')`).map(({ url }) => url)).toEqual([[`${U}/w`]]);
  });

  test('values that refer to each other end', () => {
    const many = Array.from({ length: 60 }, (_, index) => `const a${String(index)} = a${String(index + 1)} + a${String(index + 1)};`).join('\n');
    expect(() => drafts('typescript', `const a = b; const b = a; fetch(a);\n${many}\nfetch(a0);`)).not.toThrow();
  });
});
