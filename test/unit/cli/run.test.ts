import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/arguments.js';
import { main } from '../../../src/cli/main.js';
import { environmentChanges } from '../../../src/inject/variables.js';
import { childEnvironment } from '../../../src/node/run/childEnvironment.js';
import { foregroundOf } from '../../../src/node/run/foreground.js';
import { host } from '../scan/support.js';
import { runWithKeys } from '../../../src/node/run/run.js';
import type { Vault } from '../../../src/keys/vault.js';
import { environment, storedKey } from '../editor/injection/support.js';
import { newToken } from '../keys/vaultFakes.js';

describe('the command line', () => {
  const nothing = { key: undefined, cwd: undefined, quiet: false, args: [] };

  test.each([
    [['--env', 'staging', '--', 'npm'], { ...nothing, environment: 'staging', program: 'npm' }],
    [['-e', 'a b', '-q', '--', 'npm', 'run', 'dev', '--', '--port', '1'], { ...nothing, environment: 'a b', quiet: true, program: 'npm', args: ['run', 'dev', '--', '--port', '1'] }],
    [['--env=x', '--key=k', '--cwd=f', '--quiet', '--', 'c', '', '--help'], { environment: 'x', key: 'k', cwd: 'f', quiet: true, program: 'c', args: ['', '--help'] }],
  ])('%j', (args, expected) => {
    expect(parseCommandLine(['run', ...args])).toEqual({ command: 'run', ...expected });
  });

  test.each([
    [['--help']], [['-h']], [['--env', 'x', '--help', '--', 'y']],
  ])('help: %j', (args) => {
    expect(parseCommandLine(['run', ...args])).toEqual({ command: 'help', about: 'run' });
  });

  test.each([
    [[]], [['--', 'x']], [['--env', 'x']], [['--env', 'x', 'npm', 'start']], [['--env', 'x', '--']], [['--env', 'x', '--', '']], [['--env', '', '--', 'y']], [['--env', 'x', '--key=', '--', 'y']],
    [['--env', 'x', 'word', '--', 'y']], [['--env', 'x', '--env', 'y', '--', 'z']], [['--env', '--', 'x']], [['--nonsense', '--env', 'x', '--', 'y']], [['--env', 'x', '--quiet=1', '--', 'y']],
  ])('usage error: %j', async (args) => {
    let err = '';
    const code = await main(['run', ...args], {
      cwd: '/', colour: false, host, env: {}, version: () => Promise.resolve('0'), out: () => Promise.reject(new Error('Nothing is for stdout')),
      err: (text) => { err += text; }, vault: () => { throw new Error('Too early for the keychain'); },
    });
    expect(code).toBe(2);
    expect(err).toMatch(/^stigg-keys: .+[.?] Run stigg-keys run --help for how it is used\.\n$/);
  });

  test('is told by --help, and in full by run --help', async () => {
    let out = '';
    const terminal = { cwd: '/', colour: false, host, env: {}, version: () => Promise.resolve('0'), out: (text: string) => { out += text; return Promise.resolve(); }, err: () => undefined, vault: () => { throw new Error('no'); } };
    expect(await main(['--help'], terminal)).toBe(0);
    expect(out).toContain('stigg-keys run --env <environment>');
    out = '';
    expect(await main(['run', '--help'], terminal)).toBe(0);
    for (const word of ['--env', '--key', '--cwd', '--quiet', '126', '127', 'STIGG_SERVER_API_KEY']) expect(out).toContain(word);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(132);
  });
});

test('what the child inherits is changed only where it has to be, whatever the case on Windows', () => {
  const server = newToken();
  const changes = environmentChanges({ server: ['STIGG_SERVER_API_KEY'], publishable: [] }, { server });
  const inherited = { Path: '/bin', Stigg_Server_Api_Key: 'stale', STIGG_API_KEY: 'stale', stigg_api_key: 'other' };
  expect(childEnvironment(inherited, changes, 'linux')).toEqual({ Path: '/bin', Stigg_Server_Api_Key: 'stale', stigg_api_key: 'other', STIGG_SERVER_API_KEY: server.reveal() });
  expect(childEnvironment(inherited, changes, 'win32')).toEqual({ Path: '/bin', STIGG_SERVER_API_KEY: server.reveal() });
  expect(inherited.STIGG_API_KEY).toBe('stale');
});

test.each([
  ['7 (node) S 1 7 7 34816 7 4194304', true],
  ['7 (a) b (c)) S 1 7 7 34816 7 4194304', true],
  ['7 (node) S 1 7 7 34816 9 4194304', false],
  ['7 (node) S 1 7 7 0 -1 4194304', false],
  ['', false],
])('who is in the foreground of a terminal: %s', (stat, expected) => {
  expect(foregroundOf(stat)).toBe(expected);
});

test.each<[what: string, variables: unknown, quiet: boolean, said: readonly string[]]>([
  ['Stigg\'s own names', undefined, false, []],
  ['names of the project', { server: ['BILLING_KEY', 'STIGG_API_KEY'] }, false, ['The project\'s settings have the key in BILLING_KEY, STIGG_API_KEY.']],
  ['quietly', { server: ['BILLING_KEY'] }, true, []],
])('the names that are filled are said before the command runs: %s', async (_what, variables, quiet, said) => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'stigg-names-'));
  try {
    if (variables !== undefined) writeFileSync(path.join(cwd, '.stigg-keys.json'), JSON.stringify({ variables }));
    const token = newToken();
    const lines: string[] = [];
    const vault = { list: () => Promise.resolve([storedKey({ manages: environment() }, token)]), read: () => Promise.resolve(token), dispose: () => undefined } as unknown as Vault;
    const code = await runWithKeys({ environment: 'staging', key: undefined, quiet, command: 'no-such-command-here', args: [], cwd }, {
      vault: () => vault, env: { PATH: '/nowhere' }, now: () => new Date(), say: (line) => { lines.push(line); },
    });
    expect(code).toBe(127);
    expect(lines.filter((line) => !line.includes('command not found'))).toEqual(said);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
