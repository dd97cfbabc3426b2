import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { preparedEngine, serverKey } from '../support.js';
import { factsOf, parsed, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();


const E = '$env:STIGG_SERVER_API_KEY';

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['double quotes', `$k = "${K}"\n`, `$k = ${E}\n`],
    ['single quotes', `$k = '${K}'\n`, `$k = ${E}\n`],
    ['part of a text', `$h = "Bearer ${K}!"\n`, `$h = "Bearer $(${E})!"\n`],
    ['part of a text in single quotes', `$h = 'Bearer ${K}'\n`, `$h = ('Bearer ' + ${E})\n`],
    ['header', `$h = @{ "X-API-KEY" = "${K}" }\r\n`, `$h = @{ "X-API-KEY" = ${E} }\r\n`],
    ['environment', `$env:OTHER_KEY = "${K}"\n`, `$env:OTHER_KEY = ${E}\n`],
    ['part in the middle, single quotes', `$h = 'a ${K} b'\n`, `$h = ('a ' + ${E} + ' b')\n`],
    ['start, single quotes', `$h = '${K} b'\n`, `$h = (${E} + ' b')\n`],
    ['here-string', `$h = @"\n${K}\n"@\n`, undefined],
    ['block comment', `<#\n ${K}\n#>\n`, '<#\n <STIGG_SERVER_API_KEY>\n#>\n'],
    ['argument', `stigg x --api-key ${K}\n`, `stigg x --api-key ${E}\n`],
    ['comment', `# ${K}\n`, '# <STIGG_SERVER_API_KEY>\n'],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'scripts/a.ps1', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads } = await factsOf('a.ps1', `$env:STIGG_API_KEY = "a"
$stiggServerKey = $env:STIGG_SERVER_API_KEY
Write-Output '$env:HIDDEN' "\${env:SHOWN}"
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['STIGG_API_KEY', true], ['stiggServerKey', false]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY', 'SHOWN']);
});

test('commands and their names', async () => {
  await parsed('a.ps1', `stigg v1:customers --api-key $env:STIGG_API_KEY\n& "C:\\x.exe" -k ${K}\n`, (source, language) => {
    const [first] = [...language.commands(source)];
    expect(first?.name).toBe('stigg');
    expect(first?.words.map(({ text }) => text)).toEqual(['stigg', 'v1:customers', '--api-key', '$env:STIGG_API_KEY']);
    expect(first?.words[3]?.variables.map(({ variable }) => variable)).toEqual(['STIGG_API_KEY']);
  });
});
