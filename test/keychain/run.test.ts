// stigg-keys run, as a program of its own, with a real keychain and real processes.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../src/keys/model.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import type { StoredKey } from '../../src/keys/vault.js';
import { Secret } from '../../src/secret.js';
import { startKeychain } from '../tools/keychain.mjs';
import { newToken, storedKey } from '../unit/keys/vaultFakes.js';
import { bindings, clean, newService, openVault } from './support.js';

const root = mkdtempSync(path.join(tmpdir(), 'stigg-run-'));
const program = path.join(root, 'cli.mjs');
const service = newService();
const staging = newToken();
const billing = newToken();
const production = newToken();
const publishable = new Secret(staging.reveal().replace(/^server/, 'client'));
const values = [staging, billing, production, publishable];

const environment = (over: Partial<Environment>): Environment => ({
  id: 'env-staging', slug: 'staging', displayName: 'Staging', type: 'SANDBOX', isSandbox: true, color: null, hardenClientAccessEnabled: false,
  account: { id: 'acc-1', displayName: 'Acme' }, ...over,
});
const live = environment({ id: 'env-live', slug: 'production', displayName: 'Live', type: 'PRODUCTION', isSandbox: false });
const stored: readonly (readonly [StoredKey, Secret])[] = [
  [storedKey(staging, { environmentId: 'env-staging', keyId: 'key-full', manages: environment({}) }), staging],
  [storedKey(billing, { environmentId: 'env-staging', keyId: 'key-billing', type: 'SCOPED', displayName: 'billing service' }), billing],
  [storedKey(publishable, { environmentId: 'env-staging', keyId: 'key-client', type: 'CLIENT', displayName: 'Publishable' }), publishable],
  [storedKey(production, { environmentId: 'env-live', keyId: 'key-live', manages: live, expireAt: '2026-01-02T00:00:00.000Z' }), production],
];
const twin = environment({ id: 'env-twin', account: { id: 'acc-2', displayName: 'Other' } });

const digest = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex').slice(0, 16);
const digestOf = (secret: Secret): string => digest(secret.reveal());

/** Prints digests of Stigg's variables: what the child got, without the value. */
const SHOW = `
const { createHash } = require('node:crypto');
const names = Object.keys(process.env).filter((name) => /STIGG_(?!KEYS)|OWN_/.test(name)).sort();
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, createHash('sha256').update(process.env[name]).digest('hex').slice(0, 16)]))));
`;

beforeAll(async () => {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'run/program.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
  const vault = openVault(service);
  for (const [key, secret] of stored) await vault.save(key, secret);
  vault.dispose();
});
afterAll(async () => {
  const native = await loadKeytar(bindings);
  await clean(native, service);
  native.dispose();
  rmSync(root, { recursive: true, force: true });
});

interface Options {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly nodeArgs?: readonly string[];
  /** The environment that everything else is added to. */
  readonly base?: NodeJS.ProcessEnv;
}

/** Without a terminal, in a session of its own. */
function start(args: readonly string[], { env = {}, cwd = root, nodeArgs = [], base = process.env }: Options = {}): ChildProcess {
  return spawn(process.execPath, [...nodeArgs, program, ...args], { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...withoutStigg(base), CI: '', TEST_SERVICE: service, ...env } });
}

function withoutStigg(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/STIGG_(?!KEYS)/.test(name)));
}

interface Result { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: Buffer; readonly err: string }

function ended(child: ChildProcess): Promise<Result> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => { resolve({ code, signal, out: Buffer.concat(out), err: Buffer.concat(err).toString() }); });
  });
}

async function run(args: readonly string[], options: Options & { readonly input?: Buffer } = {}): Promise<Result> {
  const child = start(args, options);
  child.stdin?.end(options.input);
  const result = await ended(child);
  for (const secret of values) expect(result.err + result.out.toString('latin1')).not.toContain(secret.reveal());
  return result;
}

const node = (script: string, ...rest: string[]): string[] => ['--', process.execPath, '-e', script, ...rest];
const variablesOf = ({ out }: Result): unknown => JSON.parse(out.toString());

describe('which keys', () => {
  it.each([
    ['staging', []], ['Staging', []], ['STAGING', []], ['env-staging', []],
    ['staging', ['--key', 'Full access key']], ['staging', ['--key', 'key-full']],
  ])('of %s %j', async (name, more) => {
    const result = await run(['run', '--env', name, ...more, ...node(SHOW)]);
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(variablesOf(result)).toEqual({ STIGG_SERVER_API_KEY: digestOf(staging), STIGG_CLIENT_API_KEY: digestOf(publishable) });
  });

  it('the one that is named', async () => {
    const server = await run(['run', '--env', 'staging', '--key', 'Billing Service', ...node(SHOW)]);
    expect(variablesOf(server)).toEqual({ STIGG_SERVER_API_KEY: digestOf(billing), STIGG_CLIENT_API_KEY: digestOf(publishable) });
    const client = await run(['run', '--env', 'staging', '--key', 'Publishable', ...node(SHOW)]);
    expect(variablesOf(client)).toEqual({ STIGG_CLIENT_API_KEY: digestOf(publishable) });
  });

  it('under the names of the project, without what the shell still held', async () => {
    const folder = path.join(root, 'project/packages/api');
    mkdirSync(folder, { recursive: true });
    mkdirSync(path.join(root, 'project/.git'));
    writeFileSync(path.join(root, 'project/.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(path.join(root, 'project/.stigg-keys.json'), JSON.stringify({ variables: { server: ['OWN_STIGG_KEY', 'STIGG_API_KEY'], publishable: [] } }));
    const env = { STIGG_SERVER_API_KEY: 'stale', STIGG_API_KEY: 'stale', STIGG_CLIENT_API_KEY: 'stale', OWN_WORD: 'stays' };
    const wanted = { OWN_STIGG_KEY: digestOf(staging), STIGG_API_KEY: digestOf(staging), OWN_WORD: digest('stays') };
    expect(variablesOf(await run(['run', '--env', 'staging', ...node(SHOW)], { cwd: folder, env }))).toEqual(wanted);
    const elsewhere = await run(['run', '--env', 'staging', '--cwd', 'project/packages/api', ...node(`${SHOW};console.log(process.cwd())`)], { env });
    const [variables, cwd] = elsewhere.out.toString().split('\n');
    expect(JSON.parse(variables ?? '')).toEqual(wanted);
    expect(cwd).toBe(folder);
  });

  it('says once that it is production and that the key has expired', async () => {
    const loud = await run(['run', '--env', 'production', ...node(SHOW)]);
    expect(loud.err).toBe('stigg-keys: PRODUCTION (Acme / Live): what this command does acts on real customers.\nstigg-keys: "Full access key" has expired: Stigg will answer 401.\n');
    expect(await run(['run', '--quiet', '--env', 'production', ...node(SHOW)])).toMatchObject({ code: 0, err: '' });
  });
});

describe('no command is run', () => {
  it.each<[string, string[], RegExp]>([
    ['unknown environment', ['--env', 'qa'], /No environment qa is stored .+ Stored are: /],
    ['unknown key', ['--env', 'staging', '--key', 'none'], /No key none .+ billing service \(key-billing\)/],
    ['no such folder', ['--env', 'staging', '--cwd', 'no/such'], /There is no folder .+no\/such/],
    ['a key in place of a name', ['--env', 'staging', '--key', billing.reveal()], /No key server-.{4}…/],
    ['a file as folder', ['--env', 'staging', '--cwd', 'cli.mjs'], /There is no folder/],
  ])('%s', async (_what, args, expected) => {
    const { code, out, err } = await run(['run', ...args, '--', process.execPath, '-e', 'console.log(1)']);
    expect({ code, out: out.toString() }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(expected);
  });

  it('two environments of one name', async () => {
    const vault = openVault(service);
    const other = newToken();
    const key = storedKey(other, { environmentId: twin.id, keyId: 'key-twin', manages: twin });
    await vault.save(key, other);
    const two = await run(['run', '--env', 'staging', ...node(SHOW)]);
    const one = await run(['run', '--env', 'env-twin', ...node(SHOW)]);
    await vault.delete(key);
    vault.dispose();
    expect(two.code).toBe(2);
    expect(two.err).toMatch(/staging names 2 environments\. Name it by its id: .*env-staging \(Acme \/ Staging\)/);
    expect(two.err).toContain('env-twin (Other / Staging)');
    expect(variablesOf(one)).toEqual({ STIGG_SERVER_API_KEY: digestOf(other) });
  });

  it('nothing stored at all', async () => {
    const { code, err } = await run(['run', '--env', 'staging', ...node(SHOW)], { env: { TEST_SERVICE: newService() } });
    expect(code).toBe(2);
    expect(err).toMatch(/No Stigg key is stored .+Add the environment in VS Code/);
  });
});

describe('without an open keychain', () => {
  const token = newToken();
  const id = token.shape.kind === 'unknown' ? '' : token.shape.environmentId;
  const other = newToken();

  it('says that it is locked, and takes nothing from the environment', async () => {
    const keychain = await startKeychain({ mode: 'locked' });
    try {
      const { code, out, err } = await run(['run', '--env', 'staging', ...node(SHOW)], { base: keychain.env, env: { CI: 'true', STIGG_SERVER_API_KEY: token.reveal() } });
      expect({ code, out: out.toString() }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/The keychain (?:is locked|did not answer).+Unlock it/);
      expect(err).not.toContain('stiggKeys.vault.store');
    } finally {
      await keychain.dispose();
    }
  });

  it.each<[string, 'none' | 'no-bus', string, NodeJS.ProcessEnv, string[], number, RegExp]>([
    ['the id that the key carries', 'none', id, {}, [], 0, /There is no keychain here: the key comes from STIGG_SERVER_API_KEY \(server-.{4}…/],
    ['a name, in CI', 'no-bus', 'staging', { CI: 'true' }, [], 0, /the key comes from/],
    ['a name, elsewhere', 'no-bus', 'staging', {}, [], 2, /nothing tells whether the key .+ is of staging.+Name the environment by its id/],
    ['the id of another environment', 'no-bus', other.shape.kind === 'unknown' ? '' : other.shape.environmentId, { CI: 'true' }, [], 2, /is of another environment/],
    ['nothing is set', 'no-bus', 'staging', { CI: 'true', STIGG_SERVER_API_KEY: '' }, [], 2, /such as in CI, set STIGG_SERVER_API_KEY/],
    ['a named key', 'no-bus', id, { CI: 'true' }, ['--key', 'x'], 2, /Leave --key out/],
  ])('in the environment: %s', async (_what, mode, name, env, more, code, said) => {
    const keychain = await startKeychain({ mode });
    try {
      const result = await run(['run', '--env', name, ...more, ...node(SHOW)], { base: keychain.env, env: { STIGG_SERVER_API_KEY: token.reveal(), STIGG_API_KEY: 'stale', ...env } });
      expect(result.code).toBe(code);
      expect(result.err).toMatch(said);
      expect(result.err).not.toContain(token.reveal());
      if (code === 0) expect(variablesOf(result)).toEqual({ STIGG_SERVER_API_KEY: digestOf(token) });
      else expect(result.out.toString()).toBe('');
    } finally {
      await keychain.dispose();
    }
  });
});

describe('as if it were not there', () => {
  it.each([0, 1, 3, 255])('exit code %i', async (code) => {
    expect(await run(['run', '--env', 'staging', ...node(`process.exit(${String(code)})`)])).toMatchObject({ code, signal: null });
  });

  it('commands that are not there, or cannot be started', async () => {
    writeFileSync(path.join(root, 'plain.txt'), 'text', { mode: 0o600 });
    const missing = await run(['run', '--env', 'staging', '--', 'no-such-command', 'x']);
    expect(missing).toMatchObject({ code: 127, err: 'stigg-keys: no-such-command: command not found.\n' });
    const refused = await run(['run', '--env', 'staging', '--', './plain.txt']);
    expect(refused).toMatchObject({ code: 126, err: 'stigg-keys: ./plain.txt could not be started (EACCES).\n' });
    expect((await run(['run', '--env', 'staging', '--', root])).code).toBe(126);
  });

  it('arguments reach the command as they are, no shell reads them', async () => {
    const args = ['a b', '$HOME', '`id`', '"', "'", '*', '--env', '--', '', '\\', 'é鍵', ';exit 9'];
    const { out } = await run(['run', '--env', 'staging', ...node('console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args)]);
    expect(JSON.parse(out.toString())).toEqual(args);
  });

  it('bytes pass through stdin, stdout and stderr', async () => {
    const bytes = randomBytes(1 << 20);
    const script = "process.stdin.on('data', (chunk) => { process.stdout.write(chunk); process.stderr.write(chunk.subarray(0, 10)); }); process.stdin.on('end', () => process.stdout.write(Buffer.from([0, 255, 10])))";
    const { out, code } = await run(['run', '--env', 'staging', ...node(script)], { input: bytes });
    expect(code).toBe(0);
    expect(digest(out)).toBe(digest(Buffer.concat([bytes, Buffer.from([0, 255, 10])])));
    const cat = await run(['run', '--env', 'staging', '--', 'cat'], { input: bytes });
    expect(digest(cat.out)).toBe(digest(bytes));
  });
});

/** Resolves with the text once stdout holds it. */
function printed(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('close', () => { reject(new Error(`It ended after: ${text}`)); });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = wanted.exec(text);
      if (found !== null) resolve(found);
    });
  });
}

const WAIT = 'setInterval(() => {}, 1000); console.log("pid", process.pid);';

describe('signals', () => {
  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s ends both, and tells so', async (signal) => {
    const cli = start(['run', '--env', 'staging', ...node(WAIT)]);
    const [, pid] = await printed(cli, /pid (\d+)/);
    const end = ended(cli);
    process.kill(cli.pid ?? 0, signal);
    expect(await end).toMatchObject({ code: null, signal });
    expect(existsSync(`/proc/${pid ?? ''}/environ`)).toBe(false);
  });

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'])('%s is for the command to decide', async (signal) => {
    const cli = start(['run', '--env', 'staging', ...node(`process.on('${signal}', () => { console.log('got', '${signal}'); process.exit(7); }); ${WAIT}`)]);
    await printed(cli, /pid/);
    const end = ended(cli);
    process.kill(cli.pid ?? 0, signal);
    const { code, out } = await end;
    expect({ code, out: out.toString() }).toEqual({ code: 7, out: `got ${signal}\n` });
  });

  it('a signal of the command\'s own, with and without a core dump', async () => {
    expect(await run(['run', '--env', 'staging', ...node('process.kill(process.pid, "SIGKILL")')])).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(await run(['run', '--env', 'staging', '--', 'sh', '-c', 'ulimit -c 0; kill -ABRT $$'])).toMatchObject({ code: 134, signal: null });
  });

  it('the terminal\'s Ctrl+C reaches the command once', async () => {
    const script = path.join(root, 'count.cjs');
    writeFileSync(script, "let count = 0; process.on('SIGINT', () => { count += 1; setTimeout(() => { console.log('times ' + count); process.exit(4); }, 400); }); setInterval(() => {}, 1000); console.log('tty ' + process.stdin.isTTY + ' pid ' + process.pid);");
    const line = [process.execPath, program, 'run', '--env', 'staging', '--', process.execPath, script].map((word) => `'${word}'`).join(' ');
    // A terminal of its own, with this program in its foreground: a shell that stays would answer Ctrl+C with 130 of its own.
    const terminal = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'], env: { ...withoutStigg(process.env), CI: '', SHELL: '/bin/sh', TEST_SERVICE: service } });
    await printed(terminal, /tty true pid/);
    const end = ended(terminal);
    terminal.stdin.write('\x03');
    const { code, out } = await end;
    expect(out.toString()).toContain('times 1');
    // script's own promise: it ends as its command does.
    expect(code).toBe(4);
  });
});

/** The whole of /proc: which processes hold one of our values, in their arguments or their environment. */
function holders(): { readonly arguments: readonly number[]; readonly environment: readonly number[] } {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const holding = (file: string): number[] => pids.filter((pid) => {
    try {
      const text = readFileSync(`/proc/${String(pid)}/${file}`, 'latin1');
      return values.some((secret) => text.includes(secret.reveal()));
    } catch {
      // Gone, or another person's.
      return false;
    }
  });
  return { arguments: holding('cmdline'), environment: holding('environ') };
}

describe('where the value is', () => {
  it('in the environment of the command alone', async () => {
    const cli = start(['run', '--env', 'staging', ...node(WAIT)], { env: { STIGG_API_KEY: 'stale' } });
    const [, pid] = await printed(cli, /pid (\d+)/);
    const child = Number(pid);
    expect(readFileSync(`/proc/${String(child)}/environ`, 'latin1')).toContain(`STIGG_SERVER_API_KEY=${staging.reveal()}`);
    expect(readFileSync(`/proc/${String(cli.pid)}/cmdline`, 'latin1')).toContain('staging');
    expect(holders()).toEqual({ arguments: [], environment: [child] });
    // Nor does another process of ours live on: the one that spoke to the keychain has ended.
    expect(readFileSync(`/proc/${String(cli.pid)}/task/${String(cli.pid)}/children`, 'utf8').trim()).toBe(String(child));
    const end = ended(cli);
    process.kill(cli.pid ?? 0, 'SIGTERM');
    await end;
  });

  it('no longer in our own heap while the command runs', async () => {
    const folder = mkdtempSync(path.join(root, 'heap-'));
    const cli = start(['run', '--env', 'staging', ...node(`process.on('SIGWINCH', () => {}); ${WAIT}`)], { cwd: folder, nodeArgs: ['--heapsnapshot-signal=SIGWINCH'] });
    await printed(cli, /pid/);
    process.kill(cli.pid ?? 0, 'SIGWINCH');
    const snapshot = await expect.poll(() => readdirSync(folder).find((name) => name.endsWith('.heapsnapshot')), { timeout: 30_000 }).toBeDefined().then(() => path.join(folder, readdirSync(folder)[0] ?? ''));
    // Written at once, read when it is whole.
    await expect.poll(() => { try { JSON.parse(readFileSync(snapshot, 'utf8')); return true; } catch { return false; } }, { timeout: 30_000 }).toBe(true);
    const text = readFileSync(snapshot, 'utf8');
    expect(text).toContain('STIGG_SERVER_API_KEY');
    for (const secret of values) expect(text.includes(secret.reveal())).toBe(false);
    const end = ended(cli);
    process.kill(cli.pid ?? 0, 'SIGTERM');
    await end;
  });
});
