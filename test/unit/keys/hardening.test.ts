import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/errors.js';
import { hardeningRefusal, readEnvironment, setHardening } from '../../../src/keys/hardening.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import type { FaultRequest, SeededEnvironment } from '../../sandbox/index.js';
import { RotationWorld } from './support/rotationWorld.js';

let world: RotationWorld;
let vault: RotationWorld['vault'];
let api: StiggApi;
let staging: SeededEnvironment;

beforeEach(async () => {
  world = await RotationWorld.start();
  ({ vault, api, seed: staging } = world);
});
afterEach(() => world.sandbox.close());

const isOnAtStigg = async (): Promise<boolean> => (await api.environmentOf(new Secret(staging.fullAccess))).hardenClientAccessEnabled;
const isOnHere = async (): Promise<boolean | undefined> => (await vault.list()).find(({ manages }) => manages !== null)?.manages?.hardenClientAccessEnabled;
const mutations = (): number => world.sandbox.requests.filter(({ operation }) => /harden/i.test(operation)).length;

it('turns it on and off at Stigg, and remembers', async () => {
  expect(await isOnAtStigg()).toBe(false);
  for (const isOn of [true, false]) {
    expect((await setHardening({ api, vault }, staging.id, isOn)).hardenClientAccessEnabled).toBe(isOn);
    expect(await isOnAtStigg()).toBe(isOn);
    expect(await isOnHere()).toBe(isOn);
  }
});

it('reads what somebody changed in the console, and remembers it', async () => {
  await api.setHardenedClientAccess(new Secret(staging.fullAccess), staging.id, true);
  expect(await isOnHere()).toBe(false);
  expect((await readEnvironment({ api, vault }, staging.id)).hardenClientAccessEnabled).toBe(true);
  expect(await isOnHere()).toBe(true);
  // The account is still known.
  expect((await vault.list()).find(({ manages }) => manages !== null)?.manages?.account?.displayName).toBe('Acme Inc');
});

describe('whatever goes wrong, what is said is what Stigg has, and nothing is sent twice', () => {
  it.each<[FaultRequest, string, boolean]>([
    [{ kind: 'status', status: 401 }, 'unauthenticated', false],
    [{ kind: 'status', status: 403 }, 'forbidden', false],
    [{ kind: 'status', status: 500 }, 'notChanged', false],
    [{ kind: 'cut-before' }, 'notChanged', false],
    [{ kind: 'cut-after' }, 'done', true],
    [{ kind: 'hang' }, 'notChanged', false],
    [{ kind: 'hang-after' }, 'done', true],
    [{ kind: 'invalid-json' }, 'done', true],
    [{ kind: 'lie' }, 'done', true],
    [{ kind: 'html' }, 'notChanged', false],
  ])('%j: %s', async (fault, outcome, isOn) => {
    world.impatient = fault.kind?.startsWith('hang') === true;
    world.sandbox.fail({ operation: 'SetHardenedClientAccess', ...fault });
    expect(await setHardening({ api, vault }, staging.id, true).then(() => 'done', (error: unknown) => (error as { code: string }).code)).toBe(outcome);
    world.impatient = false;
    expect(await isOnAtStigg()).toBe(isOn);
    expect(await isOnHere()).toBe(isOn);
    expect(mutations()).toBe(1);
  });

  it('not even the state can be read', async () => {
    world.sandbox.fail({ operation: 'SetHardenedClientAccess', kind: 'cut-after' });
    world.sandbox.fail({ kind: 'status', status: 403, times: null });
    await expect(setHardening({ api, vault }, staging.id, true)).rejects.toMatchObject({ code: 'outcomeUnknown' });
    expect(mutations()).toBe(1);
  });

  it('throttled: it was not done, so it is sent once more', async () => {
    world.sandbox.fail({ operation: 'SetHardenedClientAccess', status: 429, retryAfter: 0 });
    await setHardening({ api, vault }, staging.id, true);
    expect(await isOnAtStigg()).toBe(true);
  });
});

it('cancelled: the state is read back', async () => {
  const controller = new AbortController();
  const slow: StiggApi = { ...api, setHardenedClientAccess: async (...args) => {
    await api.setHardenedClientAccess(...args);
    controller.abort();
    throw new CancelledError();
  } };
  expect((await setHardening({ api: slow, vault }, staging.id, true, controller.signal)).hardenClientAccessEnabled).toBe(true);
  const never: StiggApi = { ...api, setHardenedClientAccess: () => Promise.reject(new CancelledError()) };
  await expect(setHardening({ api: never, vault }, staging.id, false)).rejects.toBeInstanceOf(CancelledError);
  expect(await isOnHere()).toBe(true);
});

it('a lie is not believed', async () => {
  const liar: StiggApi = { ...api, setHardenedClientAccess: (auth) => api.environmentOf(auth) };
  await expect(setHardening({ api: liar, vault }, staging.id, true)).rejects.toMatchObject({ code: 'notChanged' });
});

it('the key of another environment changes nothing', async () => {
  const [entry] = await vault.list();
  const other = world.sandbox.environments.find(({ name }) => name === 'Sandbox');
  if (entry === undefined || other === undefined) throw new Error('nothing stored');
  await vault.save(entry, new Secret(other.fullAccess));
  await expect(readEnvironment({ api, vault }, staging.id)).rejects.toMatchObject({ code: 'notThisEnvironment' });
});

it('is refused by the permissions', () => {
  const refusal = { code: 'scope', reason: 'No.', nextStep: 'Ask.' };
  expect(hardeningRefusal({ permissions: {} })).toBeUndefined();
  expect(hardeningRefusal({ permissions: { harden: refusal } })).toBe(refusal);
});
