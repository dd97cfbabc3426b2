import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, preparedEngine } from '../support.js';

// A header that others get as well is not renamed for them too, and no key goes out with Bearer in front of it.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

function scan(path: string, text: string): { readonly fixed: string | undefined; readonly message: string } {
  const findings = engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({})).filter(({ rule }) => rule === 'wrong-auth-header');
  expect(findings).toHaveLength(1);
  const edits = findings[0]?.fixes[0]?.edits;
  return { fixed: edits === undefined ? undefined : apply(text, edits), message: findings[0]?.message ?? '' };
}

const STIGG = 'https://api.stigg.io/api/v1/plans';
const OTHER = 'https://api.example.com/v1';
const php = (calls: string): string => `<?php\n$headers = ['Authorization' => 'Bearer ' . $key];\n$client = new \\GuzzleHttp\\Client();\n${calls}`;
const csharp = (more: string): string => `class A {\n  async Task F(HttpClient http) {\n    http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");\n    await http.GetAsync("${STIGG}");\n${more}  }\n}\n`;
const go = (more: string): string => `package a\n\nimport "net/http"\n\nfunc get(url string) {\n\treq, _ := http.NewRequest("GET", url, nil)\n\treq.Header.Set("Authorization", "Bearer "+key)\n\thttp.DefaultClient.Do(req)\n}\n\nfunc f() {\n\tget("${STIGG}")\n${more}}\n`;

/** What sends to Stigg alone, and the line that makes another host get the header too. */
const SHARED: readonly (readonly [path: string, what: string, own: string, more: string])[] = [
  ['a.ts', 'an object', `const headers = { Authorization: \`Bearer \${key}\` };\nawait fetch('${STIGG}', { headers });\n`, `await fetch('${OTHER}', { headers });\n`],
  ['a.ts', 'a function that makes it', `const headers = () => ({ Authorization: \`Bearer \${key}\` });\nawait fetch('${STIGG}', { headers: headers() });\n`, `await fetch('${OTHER}', { headers: headers() });\n`],
  ['a.ts', 'an instance', `const api = axios.create({ headers: { Authorization: \`Bearer \${key}\` } });\nawait api.get('${STIGG}');\n`, `await api.get('${OTHER}');\n`],
  ['a.ts', 'a function that sends', `const send = (url: string) => fetch(url, { headers: { Authorization: \`Bearer \${key}\` } });\nawait send('${STIGG}');\n`, `await send('${OTHER}');\n`],
  ['a.py', 'a dictionary', `import requests\nHEADERS = {"Authorization": f"Bearer {key}"}\nrequests.get("${STIGG}", headers=HEADERS)\n`, `requests.get("${OTHER}", headers=HEADERS)\n`],
  ['a.py', 'a session', `import requests\ns = requests.Session()\ns.headers["Authorization"] = f"Bearer {key}"\ns.get("${STIGG}")\n`, `s.get("${OTHER}")\n`],
  ['a.py', 'a client', `import httpx\nc = httpx.Client(headers={"Authorization": f"Bearer {key}"})\nc.get("${STIGG}")\n`, `c.get("${OTHER}")\n`],
  ['a.rb', 'a connection', `require 'faraday'\nconn = Faraday.new(headers: { 'Authorization' => "Bearer #{key}" })\nconn.get('${STIGG}')\n`, `conn.get('${OTHER}')\n`],
  ['a.rb', 'a request, sent by a connection', `require 'net/http'\nurl = URI('${STIGG}')\nrequest = Net::HTTP::Get.new(url)\nrequest['Authorization'] = "Bearer #{key}"\nNet::HTTP.start(url.host, url.port, use_ssl: true) { |http| http.request(request) }\n`, `Net::HTTP.start('api.example.com') { |http| http.request(request) }\n`],
  ['a.sh', 'a variable', `AUTH="Authorization: Bearer $STIGG_KEY"\ncurl ${STIGG} -H "$AUTH"\n`, `curl ${OTHER} -H "$AUTH"\n`],
  ['a.ps1', 'a table', `$headers = @{ Authorization = "Bearer $key" }\nInvoke-RestMethod -Uri ${STIGG} -Headers $headers\n`, `Invoke-RestMethod -Uri ${OTHER} -Headers $headers\n`],
  ['a.php', 'an array', php(`$client->get('${STIGG}', ['headers' => $headers]);\n`), `$client->get('${OTHER}', ['headers' => $headers]);\n`],
];

describe('no fix where another host gets the header too', () => {
  test.each(SHARED)('%s: %s', (path, _, own, more) => {
    const { fixed, message } = scan(path, `${own}${more}`);
    expect(fixed).toBeUndefined();
    expect(message).toContain('The header is sent elsewhere too, so Stigg needs headers of its own.');
    // Without that line it is renamed.
    expect(scan(path, own).fixed).toContain('X-API-KEY');
    expect(scan(path, own).message).not.toContain('elsewhere');
  });

  test.each([
    ['a.go', go],
    ['A.cs', csharp],
  ] as const)('%s', (path, write) => {
    const more = path === 'a.go' ? `\tget("${OTHER}")\n` : `    await http.GetAsync("${OTHER}");\n`;
    expect(scan(path, write(more))).toEqual({ fixed: undefined, message: expect.stringContaining('sent elsewhere too') as string });
    expect(scan(path, write('')).fixed).toContain('X-API-KEY');
  });
});

test('PowerShell needs quotes around a name with dashes', () => {
  expect(scan('a.ps1', `$headers = @{ Authorization = "Bearer $key" }\nInvoke-RestMethod -Uri ${STIGG} -Headers $headers\n`).fixed).toContain(`@{ 'X-API-KEY' = "$key" }`);
});

describe('the scheme goes where the value is made', () => {
  const call = (headers: string): string => `await fetch('${STIGG}', { headers: { ${headers} } });\n`;
  test.each([
    ['a.ts', `const Authorization = \`Bearer \${key}\`;\n${call('Authorization')}`, `const Authorization = key;\n${call("'X-API-KEY': Authorization")}`],
    ['a.ts', `const auth = 'Bearer ' + key;\n${call('Authorization: auth')}`, `const auth = key;\n${call("'X-API-KEY': auth")}`],
    ['a.ts', `const auth = 'Bearer ' + key;\nlog(auth);\n${call('Authorization: auth')}`, undefined],
    ['a.ts', `export const auth = 'Bearer ' + key;\n${call('Authorization: auth')}`, undefined],
    ['a.ts', `const Authorization = authorize(key);\n${call('Authorization')}`, undefined],
    ['a.ts', `const { Authorization } = incoming.headers;\n${call('Authorization')}`, undefined],
    ['a.ts', `export async function plans(Authorization: string) {\n  ${call('Authorization')}}\n`, undefined],
    ['a.ts', `export async function plans(authHeader: string) {\n  ${call('Authorization: authHeader')}}\n`, undefined],
    ['a.ts', `export async function plans(apikey: string) {\n  ${call('apikey')}}\n`, `export async function plans(apikey: string) {\n  ${call("'X-API-KEY': apikey")}}\n`],
    ['a.py', `import requests\nauth = f"Bearer {key}"\nrequests.get("${STIGG}", headers={"Authorization": auth})\n`, `import requests\nauth = f"{key}"\nrequests.get("${STIGG}", headers={"X-API-KEY": auth})\n`],
    ['a.py', `import requests\nauth = f"Bearer {key}"\nprint(auth)\nrequests.get("${STIGG}", headers={"Authorization": auth})\n`, undefined],
    ['a.go', `package a\n\nimport "net/http"\n\nfunc f() {\n\tauth := "Bearer " + key\n\treq, _ := http.NewRequest("GET", "${STIGG}", nil)\n\treq.Header.Set("Authorization", auth)\n}\n`, `package a\n\nimport "net/http"\n\nfunc f() {\n\tauth := key\n\treq, _ := http.NewRequest("GET", "${STIGG}", nil)\n\treq.Header.Set("X-API-KEY", auth)\n}\n`],
  ])('%s: %s', (path, text, after) => {
    expect(scan(path, text).fixed).toBe(after);
  });
});
