import { enrolManagementKey } from '../../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../../src/keys/graphqlApi.js';
import { RotationJournal } from '../../../../src/keys/journal.js';
import type { ApiKey } from '../../../../src/keys/model.js';
import { Rotation, type RotationDeps } from '../../../../src/keys/rotation.js';
import type { StiggApi } from '../../../../src/keys/stiggApi.js';
import { managementKeyOf } from '../../../../src/keys/storedKey.js';
import { Secret } from '../../../../src/secret.js';
import { startSandbox, type LiveKey, type Sandbox, type SandboxOptions, type SeededEnvironment } from '../../../sandbox/index.js';
import { MemoryState, MemoryVault } from './memory.js';

/** How long an answer is waited for while `impatient`, instead of the client's 15 s. */
const HANG_MS = 60;

/** One person's machine with the environment Staging added, and the Stigg it talks to. */
export class RotationWorld {
  readonly sandbox: Sandbox;
  readonly seed: SeededEnvironment;
  readonly api: StiggApi;
  readonly vault = new MemoryVault();
  readonly state = new MemoryState();
  readonly journal = new RotationJournal(this.state);
  readonly now = (): Date => this.sandbox.clock.now();
  /** Set while calls are expected to hang. */
  impatient = false;

  /** The client's clock: pauses have no length. */
  readonly #quick = {
    now: (): number => Date.now(),
    schedule: (ms: number, callback: () => void): (() => void) => {
      const isTimeout = ms > 10_000;
      const timer = setTimeout(callback, !isTimeout ? 0 : this.impatient ? HANG_MS : ms);
      return () => { clearTimeout(timer); };
    },
  };

  private constructor(sandbox: Sandbox, seed: SeededEnvironment) {
    this.sandbox = sandbox;
    this.seed = seed;
    this.api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch, clock: this.#quick });
  }

  /** @param manager name of the key that is added first; the full access key unless told */
  static async start(options: SandboxOptions = {}, manager?: string): Promise<RotationWorld> {
    const sandbox = await startSandbox(options);
    const seed = sandbox.environments.find((environment) => environment.name === 'Staging');
    if (seed === undefined) throw new Error('The sandbox has no Staging');
    const world = new RotationWorld(sandbox, seed);
    const token = manager === undefined ? seed.fullAccess : seed.scoped.find(({ name }) => name === manager)?.token ?? '';
    await enrolManagementKey(world, new Secret(token));
    return world;
  }

  /** The rotation of one window. */
  rotation(changes: Partial<RotationDeps> = {}): Rotation {
    return new Rotation({ api: this.api, vault: this.vault, journal: this.journal, now: this.now, newId: () => crypto.randomUUID(), wait: () => Promise.resolve(), ...changes });
  }

  /** The key of that name which has no expiry. */
  key(name: string): ApiKey {
    const [key] = this.active(name);
    if (key === undefined) throw new Error(`No active key named ${name}`);
    return { id: key.id, environmentId: key.environmentId, type: key.type as ApiKey['type'], displayName: key.name, description: null, createdAt: this.now(), expireAt: null };
  }

  active(name: string): readonly LiveKey[] {
    return this.sandbox.keys(this.seed.id).filter((key) => key.name === name && key.expireAt === null);
  }

  live(id: string): LiveKey {
    const key = this.sandbox.keys().find((candidate) => candidate.id === id);
    if (key === undefined) throw new Error(`No key ${id}`);
    return key;
  }

  isDead(id: string): boolean {
    const { expireAt } = this.live(id);
    return expireAt !== null && expireAt <= this.now();
  }

  async managementValue(): Promise<Secret | undefined> {
    const entry = managementKeyOf(await this.vault.list(), this.seed.id);
    return entry === undefined ? undefined : this.vault.read(entry);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }
}
