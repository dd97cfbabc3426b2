import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../../src/errors.js';
import { PUBLISHABLE, SERVER } from './support.js';

vi.mock('vscode', async () => (await import('../fakeVscode.js')).fake);
const { environmentFrom, ProcessTerminal } = await import('../../../../src/editor/injection/processTerminal.js');
type Prepare = ConstructorParameters<typeof ProcessTerminal>[1];

let folder = '';
beforeAll(() => { folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-task-'))); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const changes = new Map([['STIGG_SERVER_API_KEY', SERVER], ['VITE_KEY', PUBLISHABLE], ['STIGG_API_KEY', null]]);
const give: Prepare = () => Promise.resolve({ changes, lines: ['what it holds'] });

function terminalOf(command: string, prepare: Prepare = give) {
  const seen = { text: '', code: undefined as number | undefined, logged: [] as unknown[], ends: 0 };
  const terminal = new ProcessTerminal({ command, cwd: folder }, prepare, (_what, error) => { seen.logged.push(error); });
  terminal.onDidWrite((text) => { seen.text += text; });
  terminal.onDidClose((code) => { seen.code = code; });
  terminal.onDidEnd(() => { seen.ends += 1; });
  terminal.open();
  return { terminal, seen, ended: async () => { await expect.poll(() => seen.code, { timeout: 20_000 }).toBeDefined(); } };
}

// Of a POSIX shell; Windows has none to rely on.
describe.skipIf(process.platform === 'win32')('a command with keys', () => {
  it.each<[what: string, command: string, text: RegExp, code: number]>([
    ['gets the keys', `test "$STIGG_SERVER_API_KEY" = ${SERVER.reveal()} && test "$VITE_KEY" = ${PUBLISHABLE.reveal()} && echo right`, /what it holds\r\nright\r\n$/, 0],
    ['shows masks', 'echo "[$STIGG_SERVER_API_KEY]"', /\[server-ab12…[^\]]*\]\r\n$/, 0],
    ['passes exit codes on', 'exit 7', /holds\r\n$/, 7],
    ['runs in its folder', 'pwd', /stigg-task-/, 0],
    ['is no TTY', 'test -t 1 || echo no', /no\r\n$/, 0],
    ['says what is not found', 'no-such-command-here', /not found/, 127],
    ['ends by a signal', 'kill -KILL $$', /holds\r\n$/, 1],
    ['masks a value that comes in pieces, whatever the other stream prints', 'a="${STIGG_SERVER_API_KEY%${STIGG_SERVER_API_KEY#??????????????????????????????}}"; printf "[%s" "$a"; sleep 0.4; echo between >&2; sleep 0.4; echo "${STIGG_SERVER_API_KEY#"$a"}]"', /holds\r\n\[between\r\nserver-ab12…[^\]]*\]\r\n$/, 0],
    ['masks what comes in pieces through stderr', '(printf "%.30s" "$STIGG_SERVER_API_KEY"; sleep 0.4; printf "%s" "$STIGG_SERVER_API_KEY" | tail -c +31; echo) >&2; sleep 0.2; echo done', /server-ab12…\S*\r\ndone\r\n$/, 0],
    ['shows the rest of both streams', 'printf "out s"; printf "err c" >&2', /holds\r\n(?:out |err |s|c){4}$/, 0],
    ['keeps what has no line end', 'printf "a\\nlast s"', /a\r\nlast s$/, 0],
  ])('%s', async (_what, command, text, code) => {
    const { terminal, seen, ended } = terminalOf(command);
    await ended();
    expect(seen.text).toMatch(text);
    expect(seen.text).not.toContain(SERVER.reveal());
    expect(seen.code).toBe(code);
    terminal.close();
    await terminal.end();
    expect(seen.ends).toBe(1);
  });

  it('reads what is typed, and is interrupted with everything that it started', async () => {
    const { terminal, seen, ended } = terminalOf('read line; echo "got $line"; echo started; sleep 60');
    await expect.poll(() => seen.text).toContain('holds');
    terminal.handleInput('hello\r');
    await expect.poll(() => seen.text, { timeout: 10_000 }).toContain('got hello');
    await expect.poll(() => seen.text, { timeout: 10_000 }).toContain('started');
    terminal.handleInput('\u0003');
    await ended();
    expect(seen.text).toContain('^C');
  });

  it('ends the whole tree when its terminal is closed, also what does not listen', async () => {
    const { terminal, seen } = terminalOf('trap "" TERM; (trap "" TERM; sleep 60) & echo pid $!; wait');
    await expect.poll(() => seen.text, { timeout: 10_000 }).toMatch(/pid \d+/);
    const pid = Number(/pid (\d+)/.exec(seen.text)?.[1]);
    terminal.close();
    await terminal.end();
    await expect.poll(() => {
      try { process.kill(pid, 0); return true; } catch { return false; }
    }, { timeout: 10_000 }).toBe(false);
    await expect.poll(() => seen.ends, { timeout: 10_000 }).toBe(1);
    expect(seen.code).toBeUndefined();
  });

  it.each<[what: string, prepare: Prepare, text: RegExp, logged: number]>([
    ['no', () => Promise.resolve(undefined), /no key was handed over/, 0],
    ['why not', () => Promise.reject(new ExpectedError('x', 'It is locked.', 'Unlock it.')), /It is locked\. Unlock it\./, 0],
    ['a defect', () => Promise.reject(new Error('inner words')), /failed in a way it should not/, 1],
  ])('says %s, and starts nothing', async (_what, prepare, text, logged) => {
    const { seen, ended } = terminalOf('echo it runs', prepare);
    await ended();
    expect(seen.text).toMatch(text);
    expect(seen.text).not.toMatch(/it runs|inner words/);
    expect([seen.code, seen.logged.length]).toEqual([126, logged]);
  });

  it('starts nothing when its terminal was closed while it was asked about', async () => {
    let answer: (value: Awaited<ReturnType<Prepare>>) => void = () => undefined;
    const { terminal, seen } = terminalOf('echo started', () => new Promise((resolve) => { answer = resolve; }));
    terminal.close();
    answer({ changes, lines: [] });
    await terminal.end();
    expect(seen).toMatchObject({ text: '', code: undefined, ends: 1 });
  });
});

describe('the environment of a command', () => {
  it.each<[what: string, inherited: NodeJS.ProcessEnv, platform: NodeJS.Platform, expected: NodeJS.ProcessEnv]>([
    ['loses stale keys', { PATH: '/bin', STIGG_API_KEY: 'old', VITE_KEY: 'old' }, 'linux', { PATH: '/bin', FORCE_COLOR: '1' }],
    ['in every spelling on Windows', { Stigg_Api_Key: 'old' }, 'win32', { FORCE_COLOR: '1' }],
    ['where names are different otherwise', { Stigg_Api_Key: 'own' }, 'linux', { Stigg_Api_Key: 'own', FORCE_COLOR: '1' }],
    ['has nothing of VS Code\'s own', { ELECTRON_RUN_AS_NODE: '1', VSCODE_IPC_HOOK: 'x', NO_COLOR: '' }, 'linux', { NO_COLOR: '' }],
  ])('%s', (_what, inherited, platform, expected) => {
    expect(environmentFrom(inherited, changes, platform)).toEqual({ ...expected, STIGG_SERVER_API_KEY: SERVER.reveal(), VITE_KEY: PUBLISHABLE.reveal() });
  });
});
