import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { enrolManagementKey } from '../../../src/keys/enrol.js';
import type { Rotation, RotationProgress } from '../../../src/keys/rotation.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { managementKeyOf, storedKeyOf } from '../../../src/keys/storedKey.js';
import { Secret } from '../../../src/secret.js';
import { RotationWorld } from './support/rotationWorld.js';
import { eventually } from '../../tools/eventually.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const FULL = 'Full access key';

let world: RotationWorld;
beforeEach(async () => { world = await RotationWorld.start(); });
afterEach(() => world.close());

const later = (ms: number) => (): Date => new Date(world.now().getTime() + ms);
const rotate = (rotation: Rotation, name: string, grace: 'now' | '1h' | '24h' = '24h') => rotation.rotate(world.key(name), grace, () => undefined);

/** The client, with some of its methods replaced. */
function api(changes: Partial<StiggApi>): StiggApi {
  return { ...world.api, ...changes };
}

async function expectManaged(): Promise<void> {
  const value = await world.managementValue();
  expect(value, 'a management key is stored').toBeDefined();
  expect(value && await world.api.probe(value)).toBe('valid');
}

/** Rotates, and lets the new key be made but not stored. */
async function leaveUnstored(name: string, grace: 'now' | '24h'): Promise<void> {
  const old = world.key(name);
  const revealToken: StiggApi['revealToken'] = (auth, key, signal) =>
    key.id === old.id ? world.api.revealToken(auth, key, signal) : Promise.reject(new ExpectedError('serverError', 'Stigg failed to answer.', 'Try again.'));
  await expect(rotate(world.rotation({ api: api({ revealToken }) }), name, grace)).rejects.toMatchObject({ code: 'rotationUnfinished' });
}

describe('a rotation is not begun', () => {
  it('by a key that may not read the value it would make', async () => {
    await world.close();
    world = await RotationWorld.start({ scopedKeysReadTokens: false }, 'ci-deployer');
    await expect(rotate(world.rotation(), FULL)).rejects.toMatchObject({ code: 'forbidden' });
    expect(world.active(FULL)).toHaveLength(1);
    expect(await world.journal.list()).toEqual([]);
  });

  it.each([
    ['is empty', () => Promise.resolve([])],
    ['has keys of other ids', async (...args: Parameters<StiggApi['listKeys']>) => (await world.api.listKeys(...args)).map((key) => ({ ...key, id: crypto.randomUUID() }))],
  ])('when Stigg\'s list %s', async (_name, listKeys) => {
    const key = world.key(FULL);
    const rotateKey = vi.fn<StiggApi['rotateKey']>();
    await expect(rotate(world.rotation({ api: api({ listKeys, rotateKey }) }), FULL, 'now')).rejects.toMatchObject({ code: 'notFound' });
    expect(rotateKey).not.toHaveBeenCalled();
    expect(world.live(key.id).expireAt).toBeNull();
  });

  it('for a key that somebody has rotated since the sidebar was drawn', async () => {
    const key = world.key(FULL);
    await world.api.rotateKey(new Secret(world.seed.fullAccess), key, later(24 * HOUR)());
    await expect(world.rotation().rotate(key, '1h', () => undefined)).rejects.toMatchObject({ code: 'notActive' });
  });
});

describe('a rotation and the clock of the machine', () => {
  it.each([-12, -2, 2])('%i hours off: the management key is never cut, and the grace period counts by Stigg\'s clock', async (hours) => {
    const key = world.key(FULL);
    await rotate(world.rotation({ now: later(hours * HOUR) }), FULL, '1h');
    await expectManaged();
    const left = (world.live(key.id).expireAt?.getTime() ?? 0) - world.now().getTime();
    expect(left).toBeGreaterThan(58 * MINUTE);
  });

  it('ahead of Stigg\'s: an immediate end is an end', async () => {
    const key = world.key('billing-service');
    const { old } = await rotate(world.rotation({ now: later(3 * HOUR) }), 'billing-service', 'now');
    expect(old).toEqual({ kind: 'revoked', proved: true });
    expect(world.isDead(key.id)).toBe(true);
  });

  it('set back after a crash: a lease that no clock gave does not hold the record', async () => {
    await leaveUnstored(FULL, '24h');
    const [record] = await world.journal.list();
    if (record !== undefined) await world.journal.write({ ...record, leaseUntil: later(9 * HOUR)().toISOString() });
    expect((await world.rotation().resume()).map(({ kind }) => kind)).toEqual(['finished']);
  });
});

describe('a rotation in an odd world', () => {
  it('knows the management key although its id could not be learned when it was added', async () => {
    const [entry] = await world.vault.list();
    if (entry === undefined) throw new Error('Nothing is stored');
    const value = new Secret(world.seed.fullAccess);
    await world.vault.delete(entry);
    await world.vault.save({ ...entry, keyId: `unlisted-${entry.fingerprint.slice(0, 16)}`, createdAt: null }, value);
    await rotate(world.rotation(), FULL, 'now');
    await expectManaged();
    expect(await world.api.probe(value)).toBe('invalid');
    expect(await world.vault.list()).toHaveLength(1);
  });

  it('does not take the old value for the new one, and completes when Stigg has caught up', async () => {
    const stale = new Secret(world.seed.fullAccess);
    await expect(rotate(world.rotation({ api: api({ revealToken: () => Promise.resolve(stale) }) }), FULL, 'now')).rejects.toMatchObject({ code: 'rotationUnfinished' });
    expect(await world.api.probe(stale)).toBe('valid');
    expect((await world.rotation().resume()).map(({ kind }) => kind)).toEqual(['finished']);
    expect(await world.api.probe(stale)).toBe('invalid');
    await expectManaged();
  });

  it('believes an old value that answers 401, whatever was said to its revocation', async () => {
    const revokeKey: StiggApi['revokeKey'] = async (...args) => {
      // Another window was faster.
      await world.api.revokeKey(...args);
      return world.api.revokeKey(...args);
    };
    expect(await rotate(world.rotation({ api: api({ revokeKey }) }), FULL, 'now')).toMatchObject({ old: { kind: 'revoked', proved: true } });
  });

  it.each([
    ['401 to everything', 'invalid', /401 to every key/],
    ['nothing to our own key', 'unknown', /could not be asked/],
  ] as const)('does not take a 401 for the end of the old value while Stigg answers %s', async (_name, ours, reason) => {
    const key = world.key('billing-service');
    const old = new Secret(world.live(key.id).token);
    await world.vault.save(storedKeyOf(key, old), old);
    // It says yes to the revocation and does nothing, and a gateway in front of it refuses whatever it has not seen.
    const isAfter = (): boolean => revokeKey.mock.calls.length > 0;
    const revokeKey = vi.fn<StiggApi['revokeKey']>(() => Promise.resolve(key));
    const probe: StiggApi['probe'] = (value, signal) => (!isAfter() ? world.api.probe(value, signal) : Promise.resolve(value.fingerprint === old.fingerprint ? 'invalid' : ours));
    expect(await rotate(world.rotation({ api: api({ probe, revokeKey }) }), 'billing-service', 'now')).toMatchObject({ old: { kind: 'stillValid', reason: expect.stringMatching(reason) as string } });
    expect((await world.vault.read({ environmentId: key.environmentId, keyId: key.id }))?.fingerprint, 'the value that still works is still here').toBe(old.fingerprint);
    expect((await world.rotation().resume()).map(({ kind }) => kind)).toEqual(['finished']);
    expect(world.isDead(key.id)).toBe(true);
  });

  it('leaves an outgoing key alone once the person has given it another end', async () => {
    const key = world.key(FULL);
    world.sandbox.fail({ operation: 'RevokeApiKey', status: 403 });
    expect(await rotate(world.rotation(), FULL, 'now')).toMatchObject({ old: { kind: 'stillValid' } });
    const value = await world.managementValue();
    if (value === undefined) throw new Error('No management key is stored');
    await world.api.updateKey(value, key, { expireAt: later(72 * HOUR)() });
    await world.rotation().leaveOldKey(key);
    expect(await world.rotation().resume()).toEqual([]);
    expect(world.isDead(key.id)).toBe(false);
  });

  it('lets go when the key it made was revoked before it was stored, and leaves the outgoing key alone', async () => {
    const key = world.key('billing-service');
    await leaveUnstored('billing-service', 'now');
    const made = world.key('billing-service');
    await world.api.revokeKey(new Secret(world.seed.fullAccess), made);
    expect(await world.rotation().resume()).toMatchObject([{ kind: 'failed', error: { code: 'rotationOvertaken' } }]);
    expect(await world.rotation().resume(), 'told once').toEqual([]);
    expect(world.isDead(key.id)).toBe(false);
  });

  it('takes the younger key when the one it made was rotated once more', async () => {
    const key = world.key(FULL);
    const full = new Secret(world.seed.fullAccess);
    await world.journal.write({ id: 'a', environmentId: world.seed.id, oldKeyId: key.id, grace: '24h', startedAt: world.now().toISOString(), knownKeyIds: world.sandbox.keys(world.seed.id).map(({ id }) => id), step: 'intended', newKeyId: null, leaseUntil: new Date(0).toISOString() });
    await world.api.rotateKey(full, key, later(24 * HOUR)());
    await world.api.rotateKey(full, world.key(FULL), later(24 * HOUR)());
    expect((await world.rotation().resume()).map(({ kind }) => kind)).toEqual(['finished']);
    expect(managementKeyOf(await world.vault.list(), world.seed.id)?.keyId).toBe(world.key(FULL).id);
  });

  it('says why it failed, not that the journal failed as well', async () => {
    const rotateKey: StiggApi['rotateKey'] = () => {
      vi.spyOn(world.state, 'list').mockRejectedValue(new Error('The journal failed'));
      return Promise.reject(new Error('the real reason'));
    };
    await expect(rotate(world.rotation({ api: api({ rotateKey }) }), FULL)).rejects.toThrow('the real reason');
  });
});

describe('two windows', () => {
  it('rotate one key at the same time: at most one new key, and whoever lost is told', async () => {
    for (let round = 0; round < 10; round++) {
      const before = world.sandbox.keys(world.seed.id).length;
      const ends = await Promise.allSettled([rotate(world.rotation(), FULL), rotate(world.rotation(), FULL)]);
      const done = ends.filter(({ status }) => status === 'fulfilled').length;
      expect(world.sandbox.keys(world.seed.id).length - before).toBe(done);
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ name: 'ExpectedError' });
      expect(world.active(FULL)).toHaveLength(1);
      expect(await world.journal.list()).toEqual([]);
      await expectManaged();
    }
  });

  it('take up one record at the same time: the environment keeps its management key', async () => {
    for (let round = 0; round < 10; round++) {
      await leaveUnstored(FULL, 'now');
      const outcomes = (await Promise.all([world.rotation().resume(), world.rotation().resume()])).flat();
      expect(outcomes.filter(({ kind }) => kind === 'finished').length).toBeGreaterThan(0);
      await world.rotation().resume();
      expect(await world.journal.list()).toEqual([]);
      await expectManaged();
    }
  });

  it('one of which stores late what the other has completed: the management stays with the new key', async () => {
    await leaveUnstored(FULL, '24h');
    let proceed: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => { proceed = resolve; });
    const slow = world.rotation({ api: api({ revealToken: async (...args) => {
      await gate;
      return world.api.revealToken(...args);
    } }) }).resume();
    await eventually(async () => { expect((await world.journal.list())[0]?.leaseUntil).not.toBe(new Date(0).toISOString()); });
    world.sandbox.clock.advance(6 * MINUTE);
    expect((await world.rotation().resume()).map(({ kind }) => kind)).toEqual(['finished']);
    proceed();
    await slow;
    await expectManaged();
    expect(managementKeyOf(await world.vault.list(), world.seed.id)?.keyId).toBe(world.key(FULL).id);
  });

  it('one window asks twice at the same time: the second finds the lease of the first', async () => {
    await leaveUnstored(FULL, '24h');
    const rotation = world.rotation();
    const outcomes = (await Promise.all([rotation.resume(), rotation.resume(), rotation.resume(world.seed.id)])).flat();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['finished']);
  });

  it.each<RotationProgress>(['committed', 'storing', 'proving', 'settling'])('one removes the environment while the other is %s: added again, the rotation is completed', async (step) => {
    const key = world.key(FULL);
    const removals: Promise<unknown>[] = [];
    const vault = world.vault;
    const end: unknown = await world.rotation().rotate(key, '24h', (reached) => {
      if (reached === step) for (const entry of vault.index.values()) removals.push(vault.delete(entry));
    }).catch((error: unknown) => error);
    await Promise.all(removals);
    const successor = world.active(FULL)[0];
    if (end instanceof Error) expect(end).toMatchObject({ name: 'ExpectedError' });
    expect(world.active(FULL)).toHaveLength(1);
    await enrolManagementKey(world, new Secret(successor?.token ?? ''));
    expect((await world.rotation().resume()).filter(({ kind }) => kind === 'failed')).toEqual([]);
    await expectManaged();
    expect(managementKeyOf(await world.vault.list(), world.seed.id)?.keyId).toBe(successor?.id);
    expect(await world.journal.list()).toEqual([]);
  });
});
