// kill -9 at every step: a window in a process of its own, with the real keychain and a real journal on disk, is ended before and
// after each call that leaves it. A second window then takes up what is left, as it does after a restart.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolManagementKey } from '../../src/keys/enrol.js';
import { FolderState } from '../../src/keys/folderState.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { CreationJournal } from '../../src/keys/creationJournal.js';
import { RotationJournal } from '../../src/keys/journal.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import { managementSecret } from '../../src/keys/storedKey.js';
import { Secret } from '../../src/secret.js';
import { startSandbox, type LiveKey, type Sandbox, type SeededEnvironment } from '../sandbox/index.js';
import { CREATED, creationOf, rotationOf, type ActionName } from './killed/actions.js';
import type { WindowDeps, WindowTask } from './killed/task.js';
import { bindings, clean, newService, openVault } from './support.js';

const MINUTE = 60_000;
const AT_ONCE = 3;
const root = mkdtempSync(path.join(tmpdir(), 'stigg-killed-'));
const program = path.join(root, 'window.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'killed/window.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
    // The bindings are found from the file that the test support stands in.
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
});
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

/** A machine and its Stigg, for one case. */
class Case {
  readonly service = newService();
  readonly folder = mkdtempSync(path.join(root, 'state-'));
  readonly #sandbox: Sandbox;
  readonly seed: SeededEnvironment;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    const seed = sandbox.environments.find(({ name }) => name === 'Staging');
    if (seed === undefined) throw new Error('The sandbox has no Staging');
    this.seed = seed;
  }

  static async start(): Promise<Case> {
    const each = new Case(await startSandbox());
    await each.window((deps) => enrolManagementKey(deps, new Secret(each.seed.fullAccess)));
    return each;
  }

  /** A window of this process, closed afterwards. */
  async window<T>(work: (deps: WindowDeps) => Promise<T>, later = 0): Promise<T> {
    const state = new FolderState(this.folder);
    const vault = openVault(this.service, { state });
    try {
      return await work({ api: createGraphqlApi({ endpoint: this.#sandbox.url, fetch: globalThis.fetch }), vault, state, now: () => new Date(Date.now() + later) });
    } finally {
      vault.dispose();
      state.dispose();
    }
  }

  /** Runs an action in a process of its own and kills it at the checkpoint; undefined when it came to its end before. */
  async kill(action: ActionName, keyId: string, stopAt: number): Promise<string | undefined> {
    const task: WindowTask = { action, endpoint: this.#sandbox.url, service: this.service, folder: this.folder, environmentId: this.seed.id, keyId, stopAt };
    const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => { errors += data.toString(); });
    return new Promise((resolve, reject) => {
      let at: string | undefined;
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        at ??= /^\{"at":"(.*)"\}$/m.exec(output)?.[1];
        if (at !== undefined) child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('close', (code) => {
        if (at === undefined && code !== 0) reject(new Error(`The window ended with ${String(code)}: ${errors.slice(-2_000)}`));
        else resolve(at);
      });
    });
  }

  keys(name: string): readonly LiveKey[] {
    return this.#sandbox.keys(this.seed.id).filter((key) => key.name === name);
  }

  async end(): Promise<void> {
    await this.#sandbox.close();
    const native = await loadKeytar(bindings);
    await clean(native, this.service);
    native.dispose();
  }
}

/** What does not hold after a restart, in words. */
async function problemsAfterRestart(each: Case, name: string, isNew: boolean): Promise<readonly string[]> {
  const problems: string[] = [];
  // The dead window's lease has ended, and Stigg has had the time to show what it did.
  const outcomes = await each.window(async (deps) => [...await rotationOf(deps).resume(), ...await creationOf(deps).resume()], 12 * MINUTE);
  for (const { kind } of outcomes) if (kind !== 'finished' && kind !== 'neverHappened') problems.push(`left ${kind}`);
  await each.window(async ({ api, vault, state }) => {
    if ((await new RotationJournal(state).list()).length + (await new CreationJournal(state).list()).length > 0) problems.push('the journal is not empty');
    if ((await api.probe(await managementSecret(vault, each.seed.id))) !== 'valid') problems.push('no stored key works');
    for (const entry of await vault.list()) if ((await vault.read(entry)) === undefined) problems.push(`the value of ${entry.displayName} is gone`);
    const active = each.keys(name).filter(({ expireAt }) => expireAt === null);
    if (active.length > 1 || (active.length === 0 && !isNew)) problems.push(`${String(active.length)} active keys of that name`);
    const stored = await Promise.all((await vault.list()).map((entry) => vault.read(entry)));
    const isKept = active.every(({ token }) => stored.some((value) => value?.reveal() === token));
    // A key that was made, or made anew, is in the keychain by now.
    if (!isKept && (isNew || outcomes.some(({ kind }) => kind === 'finished'))) problems.push('the new value is not stored');
  });
  return problems;
}

describe('a window that is killed', () => {
  it.each<[ActionName, string]>([
    ['rotateNow', 'Full access key'],
    ['rotateWithGrace', 'billing-service'],
    ['create', CREATED],
  ])('%s of "%s", at every step', async (action, name) => {
    const places = new Set<string>();
    const problems: string[] = [];
    let tried = 0;
    let survived = 0;
    let next = 0;
    let isOver = false;
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (!isOver) {
        const stopAt = next++;
        const each = await Case.start();
        try {
          const key = each.keys(name).find(({ expireAt }) => expireAt === null);
          const at = await each.kill(action, key?.id ?? '', stopAt);
          if (at === undefined) {
            isOver = true;
            continue;
          }
          tried++;
          places.add(at);
          const found = await problemsAfterRestart(each, name, action === 'create');
          if (found.length === 0) survived++;
          problems.push(...found.map((problem) => `${String(stopAt)} ${at}: ${problem}`));
        } finally {
          await each.end();
        }
      }
    }));
    console.log(`${action}, ${name}: killed at ${String(tried)} steps, ${String(survived)} survived`);
    expect(problems).toEqual([]);
    // Every kind of call that leaves the window was among them.
    expect([...places].map((place) => place.split('.')[0])).toEqual(expect.arrayContaining(['before journal', 'after journal', 'before vault', 'after vault', 'before stigg', 'after stigg']));
  }, 240_000);
});
