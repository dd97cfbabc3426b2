import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classify } from '../../../src/node/readText.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayHoldFindings } from '../../../src/editor/diagnostics/prefilter.js';
import type { KnownKey } from '../../../src/scan/context.js';
import type { Engine } from '../../../src/scan/engine.js';
import { findTokens } from '../../../src/scan/tokens/find.js';
import { mayHoldToken } from '../../../src/scan/tokens/trace.js';
import { describeKnown } from '../../../src/scan/tokens/knownWording.js';
import { Secret } from '../../../src/secret.js';
import { clientKey, contextOf, legacyKey, preparedEngine, serverKey, uuid } from './support.js';
import { base64, FORMS, percent } from './tokenForms.js';

const K = serverKey('tokens');
const C = clientKey('tokens');
// With a slash in its body, which URLs encode.
const L = ['1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => legacyKey(seed)).find((key) => key.includes('/')) ?? '';
const fingerprints = (text: string): string[] => findTokens(text).map(({ fingerprint }) => fingerprint);
const of = (...keys: readonly string[]): string[] => keys.map((key) => new Secret(key).fingerprint);

describe('the forms of a token', () => {
  test.each(FORMS.flatMap(({ name, write }) => [['current', K, name, write] as const, ['publishable', C, name, write] as const, ['legacy', L, name, write] as const]))(
    '%s %s', (_, key, __, write) => {
      for (const [before, after] of [['', ''], ['key=', '\n'], ['"', '"'], ['\\n', '\\n'], ['{"a":"', '"}'], [' ', ','], ['(', ')']] as const) {
        const text = `const a = 1;\n${before}${write(key)}${after}`;
        const found = findTokens(text);
        expect(found.map(({ fingerprint }) => fingerprint), text.length.toString()).toEqual(of(key));
        // Nothing of what was found is left when its place is taken out.
        const [{ start, end } = { start: 0, end: 0 }] = found;
        expect(findTokens(text.slice(0, start) + text.slice(end))).toEqual([]);
        for (const prefilter of [mayHoldToken, mayHoldFindings, (all: string) => classify(Buffer.from(all)).kind === 'text']) expect(prefilter(text)).toBe(true);
      }
    });

  test('the place is that of the token, or of the base64 around it', () => {
    const cut = (text: string): string[] => findTokens(text).map(({ start, end }) => text.slice(start, end));
    expect(cut(`a "${K}" b`)).toEqual([K]);
    expect(cut(`KEY=${L.replaceAll('$', '\\$')}\n`)).toEqual([L.replaceAll('$', '\\$')]);
    expect(cut(`?q=%22${percent(K)}%22`)).toEqual([percent(K)]);
    const encoded = base64(JSON.stringify({ url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': K } }));
    expect(cut(`config=${encoded}&name=stigg`)).toEqual([encoded]);
  });

  test('they are in order, of their kind, and each once', () => {
    const text = `${C} ${base64(K)} ${L} ${percent(serverKey('b'))}`;
    expect(findTokens(text).map(({ kind }) => kind)).toEqual(['client', 'server', 'legacy', 'server']);
    expect(fingerprints(text)).toEqual(of(C, K, L, serverKey('b')));
    expect(fingerprints(base64(`${K} ${C}`))).toEqual(of(K, C));
  });

  test('no span tells a value', () => {
    const said = JSON.stringify(findTokens(`${K} ${C} ${L} ${base64(K)}`));
    for (const secret of [K, C, L, base64(K)].flatMap((value) => [value, value.slice(8, 44)])) expect(said).not.toContain(secret);
  });
});

describe('a hyphen before a token', () => {
  test.each([
    ['a shell\'s default', `A=\${X:-${K}}`, 1],
    ['a shell\'s default, in quotes', `A="\${NAME-${K}}"`, 1],
    ['a default for an argument', `A=\${1-${K}}`, 1],
    ['a list item', `-${K}\n`, 1],
    ['a removed line', `a\n-${K}\n`, 1],
    ['a removed line in an escaped text', `"a\\n-${K}"`, 1],
    ['a flag', `run --${K}`, 1],
    ['after a bracket', `\${A[0]-${K}}`, 1],
    ['a word', `dns-${K}`, 0],
    ['a word and two hyphens', `dns--${K}`, 0],
    ['a digit', `eu1-${K}`, 0],
    ['a snake', `my_${K}`, 0],
    ['a substitution', `\${REGION}-${K}`, 0],
    ['a substitution right before', `\${SCHEME}${K}`, 1],
  ])('%s', (_, text, count) => {
    expect(findTokens(text)).toHaveLength(count);
  });
});

describe('no token', () => {
  const zeros = `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`;
  test.each([
    ['a word before', `my-${K}`],
    ['a letter before', `x${K}`],
    ['a word after', `${K}-old`],
    ['a letter after', `${K}x`],
    ['no tail', K.slice(0, 43)],
    ['a tail that is cut off', K.slice(0, -1)],
    ['another colon', K.replace(':', ';')],
    ['masked by dots', `${K.slice(0, 11)}…${K.slice(-4)}`],
    ['masked by stars', `${K.slice(0, 11)}${'*'.repeat(32)}${K.slice(43)}`],
    ['masked by x', `server-${'x'.repeat(8)}-xxxx-xxxx-xxxx-${'x'.repeat(12)}:${K.slice(44)}`],
    ['the nil UUID', `server-${zeros}:${K.slice(44)}`],
    ['the nil UUID as environment', `${K.slice(0, 44)}${zeros}`],
    ['the max UUID', `server-${zeros.replaceAll('0', 'f')}:${K.slice(44)}`],
    ['one group repeated', ['server-abcd1234', 'abcd', '1234', 'abcd', `1234abcd1234:${K.slice(44)}`].join('-')],
    ['counting in pairs', ['server-00112233', '4455', '6677', '8899', `aabbccddeeff:${K.slice(44)}`].join('-')],
    ['counting with a letter', ['server-f0f1f2f3', 'f4f5', 'f6f7', 'f8f9', `fafbfcfdfeff:${K.slice(44)}`].join('-')],
    ['a run of zeros', [`server-${K.slice(7, 15)}`, '0000', '0000', '0000', `0000${K.slice(39, 43)}${K.slice(43)}`].join('-')],
    ['an example of a standard', ['server-f81d4fae', '7dec', '11d0', 'a765', `00a0c91e6bf6:${K.slice(44)}`].join('-')],
    ['twice the same', `${K.slice(0, 43)}:${K.slice(7, 43)}`],
    ['a password hash', L.slice(0, 60)],
    ['a password hash with another tail', `${L.slice(0, 60)}:alice`],
    ['a hash of x', `$2b$10$${'x'.repeat(53)}${L.slice(60)}`],
    ['a hash of the alphabet', `$2b$10$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0${L.slice(60)}`],
    ['a hash that says example', `${L.slice(0, 20)}Example${L.slice(27)}`],
  ])('%s', (_, text) => {
    const found = (value: string): string[] => findTokens(`const a = "${value}";`).map(({ kind }) => kind);
    expect(found(text)).toEqual([]);
    expect(found(percent(text))).toEqual([]);
    for (const before of ['', '"', '""']) expect(found(base64(before + text + before))).toEqual([]);
  });

  test('random UUIDs are not taken for made-up ones', () => {
    for (let seed = 0; seed < 20_000; seed++) expect(findTokens(serverKey(`random${seed}`)), String(seed)).toHaveLength(1);
  });
});

describe('the sources of this repository', () => {
  const root = path.resolve(import.meta.dirname, '../../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  test('hold no token', () => {
    for (const file of files) expect(findTokens(readFileSync(path.join(root, file), 'utf8')), file).toEqual([]);
  });
});

describe('a looser shape is a key only where Stigg expects one', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await preparedEngine();
  });
  afterAll(() => {
    engine.dispose();
  });
  const loose = `server-${uuid('loose')}`;
  const NODE = "import Stigg from '@stigg/typescript';\n";

  test.each([
    ['the SDK', `${NODE}new Stigg({ apiKey: '${loose}' });`, 1],
    ['the header, to Stigg', `fetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': '${loose}' } });`, 1],
    ['the header, with a base URL above', `const STIGG = 'https://api.stigg.io';\n${'f();\n'.repeat(200)}fetch(STIGG, { headers: { 'x-api-key': '${loose}' } });`, 1],
    ['the header, to somebody else', `// like Stigg\nfetch('https://api.example.org/graphql', { headers: { 'X-API-KEY': '${loose}' } });`, 0],
    ['the header, to nobody known', `// like Stigg\nfetch(url, { headers: { 'X-API-KEY': '${loose}' } });`, 0],
    ['the header, to somebody else, near a call of Stigg', `fetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': key } });\nfetch('https://api.example.org', { headers: { 'X-API-KEY': '${loose}' } });`, 0],
    ['the header, to Stigg, near a call of somebody else', `fetch('https://api.example.org', { headers: { 'X-API-KEY': key } });\nfetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': '${loose}' } });`, 1],
    ['the header, to Stigg, from somewhere', `fetch('https://api.stigg.io/graphql', { headers: { Origin: 'https://example.org', 'X-API-KEY': '${loose}' } });`, 1],
    ['the header, in the options of one of two', `const all = [{ url: 'https://api.stigg.io', headers: {} }, { url: 'https://example.org', headers: { 'X-API-KEY': '${loose}' } }];`, 0],
    ['the SDK, through a constant', `${NODE}const KEY = '${loose}';\nnew Stigg({ apiKey: KEY });`, 1],
    ['the SDK, through options', `${NODE}const options = { apiKey: '${loose}' };\nnew Stigg(options);`, 1],
    ['the SDK, through a shorthand', `${NODE}const apiKey = '${loose}';\nnew Stigg({ apiKey, timeout: 1 });`, 1],
    ['the SDK, through a constant that stands in', `${NODE}const KEY = process.env.KEY ?? '${loose}';\nnew Stigg({ apiKey: KEY });`, 1],
    ['the SDK, through another constant of that name', `${NODE}const KEY = '${loose}';\nconst make = (KEY) => new Stigg({ apiKey: KEY });`, 0],
    ['the SDK, through a variable', `${NODE}let KEY = '${loose}';\nKEY = read();\nnew Stigg({ apiKey: KEY });`, 0],
    ['the SDK, beside the key', `${NODE}new Stigg({ apiKey: find('${loose}') });`, 0],
    ['the header, through a constant', `const KEY = '${loose}';\nfetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': KEY } });`, 1],
    ['the header, through a constant, to somebody else', `const KEY = '${loose}';\nfetch('https://api.example.org', { headers: { 'X-API-KEY': KEY } });\nfetch('https://api.stigg.io/graphql');`, 0],
    ['the header, through a constant, to both', `const KEY = '${loose}';\nfetch('https://api.example.org', { headers: { 'X-API-KEY': KEY } });\nfetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': KEY } });`, 1],
    ['another header, through a constant', `const KEY = '${loose}';\nfetch('https://api.stigg.io/graphql', { headers: { 'X-Request-Id': KEY } });`, 0],
    ['a list of them', `const KEYS = ['${loose}'];\nfetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': KEYS } });`, 0],
    ['a variable of Stigg in a header to nobody known', `const STIGG_SERVER_KEY = '${loose}';\nfetch(url, { headers: { 'X-API-KEY': STIGG_SERVER_KEY } });`, 1],
    ['a variable of Stigg', `const STIGG_SERVER_API_KEY = '${loose}';`, 1],
    ['a variable of all of Stigg\'s SDKs', `const STIGG_API_KEY = '${loose}';`, 1],
    ['a property inside of Stigg\'s', `const config = { stigg: { serverApiKey: '${loose}' } };`, 1],
    ['a publishable name', `const STIGG_CLIENT_API_KEY = '${loose}';`, 0],
    ['an id', `const STIGG_SERVER_ID = '${loose}';`, 0],
    ['another variable', `// Stigg\nconst SERVER_KEY = '${loose}';`, 0],
    ['the mask of a tail', `const STIGG_SERVER_API_KEY = '${loose}:****';`, 0],
    ['a tail that is made up', `const STIGG_SERVER_API_KEY = '${loose}:${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}';`, 0],
    ['a comment', `// STIGG_SERVER_API_KEY ${loose}\n`, 0],
    ['nothing of Stigg', `const containers = ['${loose}'];`, 0],
  ])('%s', (_, text, count) => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toHaveLength(count);
  });

  test.each([
    ['STIGG_API_KEY', `const STIGG_API_KEY = '${L}';`, 0],
    ['STIGG_API_KEY of a server SDK', `${NODE}const STIGG_API_KEY = '${L}';\nnew Stigg({ apiKey: STIGG_API_KEY });`, 1],
    ['STIGG_API_KEY of a browser SDK', `import Stigg from '@stigg/js-client-sdk';\nconst STIGG_API_KEY = '${L}';\nStigg.initialize({ apiKey: STIGG_API_KEY });`, 0],
    ['a publishable name in the header', `const stiggClientKey = '${L}';\nfetch('https://api.stigg.io', { headers: { 'X-API-KEY': stiggClientKey } });`, 0],
    ['the header, through a constant', `const KEY = '${L}';\nfetch('https://api.stigg.io', { headers: { 'X-API-KEY': KEY } });`, 1],
    ['the header, to somebody else', `// Stigg\nfetch('https://example.org', { headers: { 'X-API-KEY': '${L}' } });`, 0],
    ['the header, near somebody else', `// Stigg, https://example.org\nfetch(url, { headers: { 'X-API-KEY': '${L}' } });`, 1],
    ['STIGG_API_KEY in browser code', `'use client';\nconst STIGG_API_KEY = '${L}';`, 0],
    ['a server key of a client of Stigg', `const stiggClient = { serverApiKey: '${L}' };`, 1],
    ['a client key of a server of Stigg', `const stiggServer = { clientKey: '${L}' };`, 0],
  ])('legacy: %s', (_, text, count) => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toHaveLength(count);
  });

  test.each([
    ['a.http', 'http', `POST https://api.stigg.io/graphql\nContent-Type: application/json\nX-API-KEY: ${loose}\n\n{}\n`, 1],
    ['b.http', 'http', `# not Stigg\nPOST https://api.example.org/graphql\nX-API-KEY: ${loose}\n\n{}\n`, 0],
    ['c.http', 'http', `POST https://api.stigg.io/graphql\nX-API-KEY: {{key}}\n\n###\nGET https://api.example.org/x\nX-API-KEY: ${loose}\n`, 0],
    ['d.http', 'http', `GET https://api.example.org/x\r\n\r\n###\r\nPOST https://api.stigg.io/graphql\r\nContent-Type: application/json\r\nX-API-KEY: ${loose}\r\n\r\n{}\r\n`, 1],
    ['a.sh', 'shellscript', `curl -H "X-API-KEY: $K" https://api.stigg.io\ncurl -H "X-API-KEY: ${loose}" https://api.fleet.example.com\n`, 0],
    ['b.sh', 'shellscript', `curl -H "X-API-KEY: $K" https://api.fleet.example.com\ncurl \\\n  -H "X-API-KEY: ${loose}" \\\n  https://api.stigg.io\n`, 1],
    ['a.txt', 'plaintext', `X-API-KEY ${loose} https://api.stigg.io\n`, 0],
    ['cli.sh', 'shellscript', `stigg v1:plans list --api-key '${L}'\nSTIGG_API_KEY='${L}' stigg v1:plans list\nSTIGG_API_KEY='${L}' npx -y @stigg/typescript-mcp@latest\nSTIGG_API_KEY='${L}' node a.js\n`, 3],
    ['.mcp.json', 'json', JSON.stringify({ mcpServers: { stigg: { url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': loose } } } }, null, 2), 1],
    ['.vscode/mcp.json', 'jsonc', JSON.stringify({ servers: { stigg: { command: 'npx', env: { STIGG_API_KEY: L } } } }, null, 2), 1],
    ['values.yaml', 'yaml', `stigg:\n  serverApiKey: ${loose}\n`, 1],
    ['compose.yaml', 'yaml', `services:\n  stigg:\n    environment:\n      SERVER_API_KEY: ${L.replaceAll('$', '$$$$')}\n`, 1],
    ['compose.yaml', 'yaml', `environment:\n  KEY: \${STIGG_SERVER_API_KEY:-${loose}}\n  FLEET: \${FLEET_ID:-${loose}}\n`, 1],
    ['secret.yaml', 'yaml', `kind: Secret\ndata:\n  SERVER_API_KEY: ${base64(K)}\n`, 1],
    ['ids.yaml', 'yaml', `stigg: true\nservers:\n  - id: ${loose}\n`, 0],
  ])('%s', (name, languageId, text, count) => {
    expect(engine.scan({ path: name, languageId, text }, contextOf({}))).toHaveLength(count);
  });

  test('the vault knows better, in both directions', () => {
    const known = (keyType: KnownKey['keyType']) => contextOf({
      known: new Map([[new Secret(loose).fingerprint, { environmentName: 'Production', displayName: 'billing-service', keyType, expireAt: null }]]),
    });
    const source = { path: 'src/a.ts', languageId: 'typescript', text: `const x = '${loose}'; // stigg` };
    expect(engine.scan(source, known('SERVER'))).toHaveLength(1);
    expect(engine.scan({ ...source, text: `const STIGG_SERVER_KEY = '${loose}';` }, known('CLIENT'))).toEqual([]);
  });

  test('what stands in base64 is reported, but nothing else can stand there', () => {
    const text = `const h = { Authorization: 'Basic ${base64(`${K}:`)}' };\n`;
    const [finding, ...more] = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}));
    expect([finding?.rule, finding?.fixes, more]).toEqual(['hardcoded-server-key', [], []]);
  });

  test('more tokens than anybody writes are still found', () => {
    const text = Array.from({ length: 2_000 }, (_, at) => `k${at}: "${serverKey(`many${at}`)}"`).join('\n');
    expect(engine.scan({ path: 'a.txt', languageId: 'plaintext', text }, contextOf({}))).toHaveLength(2_000);
  });
});

describe('a key that is stored', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const known = (expireAt: string | null, keyType: KnownKey['keyType'] = 'SCOPED'): KnownKey =>
    ({ environmentName: 'Production', displayName: 'billing-service', keyType, expireAt: expireAt === null ? null : new Date(expireAt) });

  test.each([
    [null, ''],
    ['2026-03-01T12:00:20Z', ', expires in less than a minute'],
    ['2026-03-01T12:12:30Z', ', expires in 12 min'],
    ['2026-03-01T14:00:00Z', ', expires in 2 h'],
    ['2026-03-02T13:00:00Z', ', expires in 1 day'],
    ['2026-03-31T12:00:00Z', ', expires in 30 days'],
    ['2026-03-01T12:00:00Z', ', expired less than a minute ago'],
    ['2026-02-26T11:00:00Z', ', expired 3 days ago'],
  ])('%s: %s', (expireAt, words) => {
    expect(describeKnown(known(expireAt), now)).toBe(`Production / billing-service (scoped)${words}`);
    expect(describeKnown(known(expireAt))).toBe('Production / billing-service (scoped)');
  });

  test.each([['SERVER', 'full access'], ['CLIENT', 'publishable'], ['SALESFORCE', 'Salesforce'], ['WORKFLOW', 'workflow']] as const)('%s', (type, words) => {
    expect(describeKnown(known(null, type), now)).toBe(`Production / billing-service (${words})`);
  });
});
