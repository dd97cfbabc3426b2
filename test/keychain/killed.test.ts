// kill -9 at every step: a window in a process of its own, with the real keychain and a real journal on disk, is ended before and
// after each call that leaves it. A second window then takes up what is left, as it does after a restart.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolManagementKey, keepKey } from '../../src/keys/enrol.js';
import { FolderState } from '../../src/keys/folderState.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { CreationJournal } from '../../src/keys/creationJournal.js';
import { Inventory, type InventoryDeps } from '../../src/keys/inventory.js';
import { RotationJournal } from '../../src/keys/journal.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import { RemediationJournal } from '../../src/keys/remediation/journal.js';
import { managementSecret } from '../../src/keys/storedKey.js';
import { Secret } from '../../src/secret.js';
import { startSandbox, type LiveKey, type Sandbox, type SeededEnvironment } from '../sandbox/index.js';
import { CREATED, creationOf, leakIn, remediationOf, rotationOf, type ActionName } from './killed/actions.js';
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
  /** A stored key's value, that stands in a file as well. */
  readonly leaked: Secret;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    const seed = sandbox.environments.find(({ name }) => name === 'Staging');
    if (seed === undefined) throw new Error('The sandbox has no Staging');
    this.seed = seed;
    this.leaked = new Secret(seed.scoped.find(({ name }) => name === 'billing-service')?.token ?? '');
  }

  static async start(): Promise<Case> {
    const each = new Case(await startSandbox());
    await each.window(async (deps) => {
      await enrolManagementKey(deps, new Secret(each.seed.fullAccess));
      await keepKey(deps, each.leaked);
    });
    writeFileSync(leakIn(each.folder), each.leaked.reveal());
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

/** What a restart finds to do, as the extension does it: the refresh completes rotations and creations and lets go of what has ended; a person continues a remediation. */
async function restart(each: Case): Promise<readonly string[]> {
  return each.window(async (deps) => {
    const { api, vault, now } = deps;
    const outcomes: string[] = [];
    const resume: InventoryDeps['resume'] = async (environmentId) => {
      outcomes.push(...(await creationOf(deps).resume(environmentId)).map(({ kind }) => kind));
      const rotations = await rotationOf(deps).resume(environmentId);
      outcomes.push(...rotations.map(({ kind }) => kind));
      return rotations;
    };
    const inventory = new Inventory({ api, vault, now, resume });
    await inventory.refresh();
    inventory.dispose();
    const remediation = remediationOf(deps, each.folder);
    for (const record of await remediation.unfinished()) {
      const { old } = await remediation.resume(record, () => undefined, new AbortController().signal);
      outcomes.push(old.kind === 'stillValid' ? `remediated, but ${old.reason}` : 'finished');
    }
    return outcomes;
    // The dead window's lease has ended, and Stigg has had the time to show what it did.
  }, 12 * MINUTE);
}

/** What does not hold after a restart, in words. */
async function problemsAfterRestart(each: Case, action: ActionName, name: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const outcomes = await restart(each);
  problems.push(...outcomes.filter((kind) => kind !== 'finished' && kind !== 'neverHappened').map((kind) => `left ${kind}`));
  await each.window(async ({ api, vault, state }) => {
    const records = [...await new RotationJournal(state).list(), ...await new CreationJournal(state).list(), ...await new RemediationJournal(state).list()];
    if (records.length > 0) problems.push('the journal is not empty');
    if ((await api.probe(await managementSecret(vault, each.seed.id))) !== 'valid') problems.push('no stored key works');
    const stored = await Promise.all((await vault.list()).map(async (entry) => ({ entry, value: await vault.read(entry) })));
    for (const { entry, value } of stored) if (value === undefined) problems.push(`the value of ${entry.displayName} is gone`);
    const active = each.keys(name).filter(({ expireAt }) => expireAt === null);
    if (active.length > 1 || (active.length === 0 && !['create', 'revoke'].includes(action))) problems.push(`${String(active.length)} active keys of that name`);
    const isKept = active.every(({ token }) => stored.some(({ value }) => value?.reveal() === token));
    // What was made, or made anew, is in the keychain by now; so is what was not revoked.
    if (!isKept && (action === 'create' || action === 'revoke' || outcomes.includes('finished'))) problems.push('the working value is not stored');
    const dead = each.keys(name).filter(({ expireAt }) => expireAt !== null && expireAt.getTime() < Date.now()).map(({ token }) => token);
    if (stored.some(({ value }) => value !== undefined && dead.includes(value.reveal()))) problems.push('a value that can never work again is still stored');
    if (action === 'remediate' && outcomes.includes('finished')) {
      if ((await api.probe(each.leaked)) !== 'invalid') problems.push('the leaked value still works');
      if (readFileSync(leakIn(each.folder), 'utf8') === each.leaked.reveal()) problems.push('the file still holds it');
    }
  });
  return problems;
}

describe('a window that is killed', () => {
  it.each<[ActionName, string]>([
    ['rotateNow', 'Full access key'],
    ['rotateWithGrace', 'billing-service'],
    ['create', CREATED],
    ['revoke', 'billing-service'],
    ['remediate', 'billing-service'],
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
          const found = await problemsAfterRestart(each, action, name);
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
    const rooms = action === 'revoke' ? ['vault', 'stigg'] : action === 'remediate' ? ['journal', 'vault', 'stigg', 'files'] : ['journal', 'vault', 'stigg'];
    expect([...places].map((place) => place.split('.')[0])).toEqual(expect.arrayContaining(rooms.flatMap((room) => [`before ${room}`, `after ${room}`])));
  }, 240_000);
});
