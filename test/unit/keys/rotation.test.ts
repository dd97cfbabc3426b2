import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { enrolManagementKey } from '../../../src/keys/enrol.js';
import { RotationJournal } from '../../../src/keys/journal.js';
import type { ApiKey, GracePeriod } from '../../../src/keys/model.js';
import { Rotation, type RotationDeps } from '../../../src/keys/rotation.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { managementKeyOf } from '../../../src/keys/storedKey.js';
import { Secret } from '../../../src/secret.js';
import { startSandbox, type Sandbox } from '../../sandbox/index.js';
import { MemoryState, MemoryVault } from './support/memory.js';

const HOUR = 3_600_000;

/** Everything the operating system would have lost: the process is gone, nothing after this point runs. */
class Killed extends Error {}

interface World {
  readonly sandbox: Sandbox;
  readonly vault: MemoryVault;
  readonly state: MemoryState;
  readonly api: StiggApi;
}

let world: World;
let environmentId: string;

beforeEach(async () => {
  const sandbox = await startSandbox();
  const api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch, clock: quick(), timeoutMs: 2_000 });
  world = { sandbox, vault: new MemoryVault(), state: new MemoryState(), api };
  const staging = sandbox.environments.find((environment) => environment.name === 'Staging');
  if (staging === undefined) throw new Error('The sandbox has no Staging');
  environmentId = staging.id;
  await enrolManagementKey({ api, vault: world.vault, now: () => sandbox.clock.now() }, new Secret(staging.fullAccess));
});

afterEach(async () => {
  await world.sandbox.close();
});

/** The platform's clock with pauses of no length. */
function quick(): { now(): number; schedule(ms: number, callback: () => void): () => void } {
  return {
    now: () => Date.now(),
    schedule: (ms, callback) => {
      const timer = setTimeout(callback, Math.min(ms, ms >= 2_000 ? ms : 1));
      return () => { clearTimeout(timer); };
    },
  };
}

function rotationOf({ api, vault, state }: { api: StiggApi; vault: RotationDeps['vault']; state: MemoryState }): Rotation {
  let count = 0;
  return new Rotation({ api, vault, journal: new RotationJournal(state), now: () => world.sandbox.clock.now(), newId: () => `${Date.now()}-${count++}`, wait: () => Promise.resolve() });
}

async function keyNamed(name: string): Promise<ApiKey> {
  const keys = await world.api.listKeys(await managementValue(), environmentId);
  const key = keys.find((candidate) => candidate.displayName === name && candidate.expireAt === null);
  if (key === undefined) throw new Error(`No key named ${name}: ${keys.map((candidate) => candidate.displayName).join(', ')}`);
  return key;
}

async function managementValue(): Promise<Secret> {
  const entry = managementKeyOf(await world.vault.list(), environmentId);
  const value = entry === undefined ? undefined : await world.vault.read(entry);
  if (value === undefined) throw new Error('No management key is stored');
  return value;
}

/** What must hold whatever happened: somebody who closes the laptop now can go on tomorrow. */
async function expectWorkingKey(): Promise<void> {
  expect(await world.api.probe(await managementValue())).toBe('valid');
  for (const entry of await world.vault.list()) {
    expect(await world.vault.read(entry), entry.displayName).toBeDefined();
  }
}

/** Wraps an object so that its n-th awaited call from now on kills the process, before or after it acted. */
function killAt<T extends object>(target: T, counter: { left: number; dead: boolean }, when: 'before' | 'after', methods: readonly string[]): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      if (typeof value !== 'function') return value;
      const method = value as (...args: unknown[]) => unknown;
      if (typeof property !== 'string' || !methods.includes(property)) return method.bind(object);
      return async (...args: unknown[]): Promise<unknown> => {
        if (counter.dead) throw new Killed();
        const isLast = counter.left-- === 0;
        if (isLast) counter.dead = true;
        if (isLast && when === 'before') throw new Killed();
        const result = await method.apply(object, args);
        if (isLast) throw new Killed();
        return result;
      };
    },
  });
}

const API_METHODS = ['probe', 'listKeys', 'revealToken', 'rotateKey', 'updateKey', 'revokeKey'];
const VAULT_METHODS = ['save', 'updateIndex', 'delete'];
const STATE_METHODS = ['write', 'delete'];

describe('rotation', () => {
  it.each<{ name: string; grace: GracePeriod; asked: number | null }>([
    { name: 'Full access key', grace: '24h', asked: 24 * HOUR },
    { name: 'Full access key', grace: '1h', asked: HOUR },
    { name: 'Full access key', grace: 'now', asked: null },
    { name: 'billing-service', grace: '7d', asked: 168 * HOUR },
    { name: 'billing-service', grace: 'now', asked: null },
    { name: 'Publishable key', grace: '3d', asked: 72 * HOUR },
  ])('$name, $grace: stores, proves, and settles the old key', async ({ name, grace, asked }) => {
    const key = await keyNamed(name);
    const oldValue = await world.api.revealToken(await managementValue(), key);
    const steps: string[] = [];
    const result = await rotationOf(world).rotate(key, grace, (step) => steps.push(step));
    expect(steps).toEqual(['checking', 'committed', 'storing', 'proving', 'settling']);
    const newValue = await world.vault.read(result.newKey);
    expect(newValue?.equals(oldValue)).toBe(false);
    expect(await world.api.probe(newValue ?? oldValue)).toBe('valid');
    expect(result.retired).toContain(oldValue.fingerprint);
    expect(result.newKey.retired).toContain(oldValue.fingerprint);
    if (asked === null) {
      expect(result.old).toEqual({ kind: 'revoked', proved: true });
      expect(await world.api.probe(oldValue)).toBe('invalid');
      expect(await world.vault.read({ environmentId, keyId: key.id })).toBeUndefined();
    } else {
      expect(result.old.kind).toBe('expiring');
      const left = result.old.kind === 'expiring' ? result.old.at.getTime() - world.sandbox.clock.now().getTime() : 0;
      expect(Math.abs(left - asked)).toBeLessThan(60_000);
      expect(await world.api.probe(oldValue)).toBe('valid');
    }
    expect(await new RotationJournal(world.state).list()).toEqual([]);
    await expectWorkingKey();
  });

  it('moves the management to the new value, so that the environment stays usable when the old one ends', async () => {
    await rotationOf(world).rotate(await keyNamed('Full access key'), '1h', () => undefined);
    world.sandbox.clock.advance(2 * HOUR);
    await expectWorkingKey();
  });

  it('leaves integration keys and outgoing keys alone, with the reason', async () => {
    const keys = await world.api.listKeys(await managementValue(), environmentId);
    const integration = keys.find((key) => key.type === 'SALESFORCE');
    if (integration !== undefined) await expect(rotationOf(world).rotate(integration, '1h', () => undefined)).rejects.toMatchObject({ code: 'integrationKey' });
    const full = await keyNamed('Full access key');
    await expect(rotationOf(world).rotate({ ...full, expireAt: new Date(world.sandbox.clock.now().getTime() + HOUR) }, '1h', () => undefined)).rejects.toMatchObject({ code: 'notActive' });
  });

  it('is not begun when it was cancelled before', async () => {
    const key = await keyNamed('Full access key');
    await expect(rotationOf(world).rotate(key, '1h', () => undefined, AbortSignal.abort())).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await world.api.listKeys(await managementValue(), environmentId)).find(({ id }) => id === key.id)?.expireAt).toBeNull();
    expect(await new RotationJournal(world.state).list()).toEqual([]);
  });

  it.each(['cutAfter', 'http500After'] as const)('finds the new key when the answer is lost (%s)', async (how) => {
    const key = await keyNamed('Full access key');
    const api: StiggApi = {
      ...bound(world.api),
      rotateKey: async (...args) => {
        await world.api.rotateKey(...args);
        const { ExpectedError } = await import('../../../src/errors.js');
        throw new ExpectedError('outcomeUnknown', how, '');
      },
    };
    const result = await rotationOf({ ...world, api }).rotate(key, '24h', () => undefined);
    expect(result.old.kind).toBe('expiring');
    const keys = await world.api.listKeys(await managementValue(), environmentId);
    expect(keys.filter((candidate) => candidate.displayName === 'Full access key' && candidate.expireAt === null)).toHaveLength(1);
    await expectWorkingKey();
  });

  it('keeps the record when the answer is lost and nothing is to be seen, and forgets it when nothing came of it', async () => {
    const key = await keyNamed('Full access key');
    const { ExpectedError } = await import('../../../src/errors.js');
    const api: StiggApi = { ...bound(world.api), rotateKey: () => Promise.reject(new ExpectedError('outcomeUnknown', 'cut', '')) };
    await expect(rotationOf({ ...world, api }).rotate(key, '24h', () => undefined)).rejects.toMatchObject({ code: 'rotationUnconfirmed' });
    expect(await new RotationJournal(world.state).list()).toHaveLength(1);
    await expect(rotationOf(world).rotate(key, '24h', () => undefined)).rejects.toMatchObject({ code: 'rotationPending' });
    expect((await rotationOf(world).resume()).map(({ kind }) => kind)).toEqual(['waiting']);
    world.sandbox.clock.advance(11 * 60_000);
    expect((await rotationOf(world).resume()).map(({ kind }) => kind)).toEqual(['neverHappened']);
    await rotationOf(world).rotate(key, '24h', () => undefined);
    await expectWorkingKey();
  });

  it('does not take up what another window is working on', async () => {
    const counter = { left: 2, dead: false };
    const state = killAt(world.state, counter, 'after', STATE_METHODS);
    await expect(rotationOf({ ...world, state }).rotate(await keyNamed('Full access key'), '24h', () => undefined)).rejects.toBeInstanceOf(Killed);
    expect(await rotationOf(world).resume()).toEqual([]);
  });
});

describe('rotation: the process is killed at every step', () => {
  const cases = ['Full access key', 'billing-service'].flatMap((name) =>
    (['24h', 'now'] as const).flatMap((grace) => (['before', 'after'] as const).map((when) => ({ name, grace, when }))));

  it.each(cases)('$name, $grace, killed $when it acted: nothing is lost', async ({ name, grace, when }) => {
    let killed = 0;
    for (let step = 0; step < 60; step++) {
      const key = await keyNamed(name);
      const counter = { left: step, dead: false };
      const doomed = rotationOf({
        api: killAt(world.api, counter, when, API_METHODS),
        vault: killAt(world.vault, counter, when, VAULT_METHODS),
        state: killAt(world.state, counter, when, STATE_METHODS),
      });
      const outcome: unknown = await doomed.rotate(key, grace, () => undefined).catch((error: unknown) => error);
      if (!counter.dead) {
        expect(killed, 'the last run came through').toBeGreaterThan(8);
        return;
      }
      expect(outcome, `step ${step}`).toBeInstanceOf(Killed);
      killed++;
      await expectWorkingKey();
      // The next start: the dead window's lease runs out, then the journal is worked off.
      world.sandbox.clock.advance(6 * 60_000);
      const resumed = await rotationOf(world).resume();
      expect(resumed.filter(({ kind }) => kind === 'failed'), `step ${step}`).toEqual([]);
      world.sandbox.clock.advance(11 * 60_000);
      await rotationOf(world).resume();
      expect(await new RotationJournal(world.state).list(), `step ${step}`).toEqual([]);
      await expectWorkingKey();
      // Every active key of that name is one the vault holds, or one it never held: none was made and then lost.
      const active = (await world.api.listKeys(await managementValue(), environmentId)).filter((candidate) => candidate.displayName === name && candidate.expireAt === null);
      expect(active, `step ${step}`).toHaveLength(1);
      const rotated = active[0]?.id !== key.id;
      if (rotated) expect(await world.vault.read({ environmentId, keyId: active[0]?.id ?? '' }), `step ${step}`).toBeDefined();
    }
    throw new Error('A rotation takes fewer steps than this');
  }, 60_000);
});

function bound(api: StiggApi): StiggApi {
  return Object.fromEntries(Object.entries(api).map(([name, method]) => [name, typeof method === 'function' ? (method as () => unknown).bind(api) : method])) as unknown as StiggApi;
}
