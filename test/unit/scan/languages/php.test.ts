import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { contextOf, legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
// Its body begins with a letter.
const L = ['1', '2', '3', '4', '5', '6'].map((seed) => legacyKey(seed)).find((key) => /^.{7}[A-Za-z]/.test(key)) ?? '';


const E = "getenv('STIGG_SERVER_API_KEY')";

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['substituted', `<?php\n$a = '${K.slice(7, 43)}';\n$k = "server-{$a}${K.slice(43)}";\n`, `<?php\n$a = '${K.slice(7, 43)}';\n$k = ${E};\n`],
    ['substituted without braces', `<?php\n$a = '${K.slice(7, 43)}';\n$b = "${K.slice(44)}";\nf("server-$a:$b");\n`, `<?php\n$a = '${K.slice(7, 43)}';\n$b = "${K.slice(44)}";\nf(${E});\n`],
    ['joined with a variable', `<?php\n$a = '${K.slice(7, 43)}';\n$k = 'server-' . $a . '${K.slice(43)}';\n`, `<?php\n$a = '${K.slice(7, 43)}';\n$k = ${E};\n`],
    ['whole', `<?php\n$k = '${K}';\n`, `<?php\n$k = ${E};\n`],
    ['Guzzle', `<?php\n$c = new Client(['headers' => ['X-API-KEY' => '${K}']]);\n`, `<?php\n$c = new Client(['headers' => ['X-API-KEY' => ${E}]]);\n`],
    ['curl', `<?php\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ["X-API-KEY: ${K}"]);\n`, `<?php\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ["X-API-KEY: " . ${E}]);\n`],
    ['in the middle', `<?php\n$h = "a ${K} b";\r\n`, `<?php\n$h = "a " . ${E} . " b";\r\n`],
    ['inside a larger join', `<?php\n$h = 'a ${K}' . 'b';\n`, `<?php\n$h = ('a ' . ${E}) . 'b';\n`],
    ['define', `<?php\ndefine('STIGG_KEY', '${K}');\n`, `<?php\ndefine('STIGG_KEY', ${E});\n`],
    ['fallback', `<?php\n$k = env('STIGG_API_KEY', '${K}');\n`, `<?php\n$k = env('STIGG_API_KEY', ${E});\n`],
    ['class constant', `<?php\nclass A { const KEY = '${K}'; }\n`, undefined],
    ['default of a property', `<?php\nclass A { private string $key = '${K}'; }\n`, undefined],
    ['default of a parameter', `<?php\nfunction f($key = '${K}') {}\n`, undefined],
    ['comment', `<?php\n// ${K}\n`, '<?php\n// <STIGG_SERVER_API_KEY>\n'],
    ['named argument', `<?php\nf(key: '${K}');\n`, `<?php\nf(key: ${E});\n`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'src/billing.php', before)).fixed).toBe(after);
  });

  test('in the configuration of Laravel', async () => {
    const before = `<?php\nreturn ['url' => env('STIGG_URL'), 'key' => '${K}'];\n`;
    expect((await repair(engine, 'config/stigg.php', before)).fixed).toBe(`<?php\nreturn ['url' => env('STIGG_URL'), 'key' => env('STIGG_SERVER_API_KEY')];\n`);
  });
});

test.each([
  ['a variable that is given twice', `$a = '${K.slice(7, 43)}';\n$a = f();\n$k = "server-{$a}${K.slice(43)}";`],
  ['an element', `$a = '${K.slice(7, 43)}';\n$k = "server-{$a['x']}${K.slice(43)}";`],
  ['an escaped dollar', `$a = '${K.slice(7, 43)}';\n$k = "server-\\$a${K.slice(43)}";`],
])('not with %s', (_, text) => {
  expect(engine.scan({ path: 'a.php', languageId: 'php', text: `<?php\n${text}\n` }, contextOf({}))).toEqual([]);
});

test('a legacy key of several parts', async () => {
  const text = `<?php\n$stigg_server_key = '${L.slice(0, 7)}' . '${L.slice(7)}';\n`;
  expect((await repair(engine, 'a.php', text)).fixed).toBe(`<?php\n$stigg_server_key = ${E};\n`);
});

test('facts', async () => {
  const { definitions, reads, texts } = await factsOf('a.php', `<?php
$stiggServerKey = getenv('STIGG_SERVER_API_KEY');
$_ENV['STIGG_API_KEY'] = 'x';
const PREFIX = 'server-';
$k = PREFIX . 'abc' . ':' . 'd';
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['stiggServerKey', false], ['STIGG_API_KEY', true]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY']);
  expect(texts.map(({ value }) => value)).toContain('server-abc:d');
});
