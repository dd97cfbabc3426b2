import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError, ExpectedError } from '../../../src/errors.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { storedKeyOf } from '../../../src/keys/storedKey.js';
import { Secret } from '../../../src/secret.js';
import { ACME } from '../../sandbox/index.js';
import { alive, create, creationOf, journalOf, keyProblems, machineProblems, SCOPES } from './support/creationWorld.js';
import { RotationWorld } from './support/rotationWorld.js';

const MINUTE = 60_000;
const NAME = 'webhooks';

let world: RotationWorld;
beforeEach(async () => { world = await RotationWorld.start(); });
afterEach(() => world.close());

const api = (changes: Partial<StiggApi>): StiggApi => ({ ...world.api, ...changes });
const full = (): Secret => new Secret(world.seed.fullAccess);
const kinds = async (): Promise<string[]> => (await creationOf(world).resume()).map(({ kind }) => kind);
/** Somebody else makes a key of that name. */
const another = (): ReturnType<StiggApi['createScopedKey']> => world.api.createScopedKey(full(), { environmentId: world.seed.id, displayName: NAME, scopes: SCOPES });
/** Stigg acts, and its answer never comes; what the list shows is up to the test. */
const lost = async (...args: Parameters<StiggApi['createScopedKey']>): Promise<never> => {
  await world.api.createScopedKey(...args);
  throw new ExpectedError('outcomeUnknown', 'No answer came.', 'Look.');
};
const blind = (): Promise<never> => Promise.reject(new ExpectedError('unreachable', 'Stigg cannot be reached.', 'Wait.'));
/** The list can be had before Stigg is asked, and not afterwards. */
const blindAfterwards = (): StiggApi['listKeys'] => {
  let calls = 0;
  return (...args) => (calls++ === 0 ? world.api.listKeys(...args) : blind());
};

describe('a scoped key', () => {
  it('is made with what was asked, stored, and works', async () => {
    const steps: string[] = [];
    const stored = await creationOf(world).create({ environmentId: world.seed.id, displayName: `  ${NAME}\u202e  `, description: ' for   Stripe ', scopes: SCOPES }, (step) => { steps.push(step); });
    expect(steps).toEqual(['checking', 'committed', 'storing', 'proving']);
    expect(stored).toMatchObject({ displayName: NAME, type: 'SCOPED', expireAt: null, manages: null });
    expect(await keyProblems(world, NAME)).toEqual([]);
    const listed = (await world.api.listKeys(full(), world.seed.id)).find(({ id }) => id === stored.keyId);
    expect(listed).toMatchObject({ displayName: NAME, description: 'for Stripe' });
    expect(await world.api.keyScopes(full(), { environmentId: world.seed.id, id: stored.keyId })).toEqual([{ resource: 'CUSTOMER', action: 'READ' }, { resource: 'CUSTOMER', action: 'WRITE' }]);
  });

  it('leaves no name and no value in the journal', async () => {
    const written: string[] = [];
    const write = vi.spyOn(world.state, 'write').mockImplementation((_name, text) => { written.push(text); return Promise.resolve(); });
    await create(world, NAME);
    write.mockRestore();
    expect(written.length).toBeGreaterThan(2);
    for (const text of written) {
      expect(text).not.toContain(NAME);
      for (const key of world.sandbox.keys()) expect(text).not.toContain(key.token.slice(0, 20));
    }
  });

  it.each([['badName', '', SCOPES], ['badName', '\u200b \t', SCOPES], ['badName', 'x'.repeat(101), SCOPES], ['noScope', NAME, []]] as const)('is not asked for with %s %j', async (code, displayName, scopes) => {
    await expect(creationOf(world).create({ environmentId: world.seed.id, displayName, description: '', scopes }, () => undefined)).rejects.toMatchObject({ code });
    expect(world.sandbox.requests.map(({ operation }) => operation)).not.toContain('CreateScopedApiKey');
  });

  it('is not made where its value could not be read afterwards', async () => {
    await world.close();
    world = await RotationWorld.start({ scopedKeysReadTokens: false }, 'ci-deployer');
    await expect(create(world, NAME)).rejects.toMatchObject({ code: 'valuesHidden' });
    expect(alive(world, NAME)).toEqual([]);
    expect(await journalOf(world).list()).toEqual([]);
  });

  it('is refused by a plan without scoped keys, and nothing is left behind', async () => {
    await world.close();
    world = await RotationWorld.start({ accounts: [{ ...ACME, scopedKeys: false }] });
    await expect(create(world, NAME)).rejects.toMatchObject({ code: 'planLimit' });
    expect(await journalOf(world).list()).toEqual([]);
  });

  it('is not made once the person has cancelled before Stigg was asked', async () => {
    const cancel = new AbortController();
    const wanted = { environmentId: world.seed.id, displayName: NAME, description: '', scopes: SCOPES };
    const revealToken: StiggApi['revealToken'] = (...args) => {
      cancel.abort();
      return world.api.revealToken(...args);
    };
    await expect(creationOf(world, { api: api({ revealToken }) }).create(wanted, () => undefined, cancel.signal)).rejects.toBeInstanceOf(CancelledError);
    expect(alive(world, NAME)).toEqual([]);
    expect(await journalOf(world).list()).toEqual([]);
  });

  it.each([['made', true], ['not made', false]])('whose call was cancelled under way is found by looking: %s', async (_what, isMade) => {
    const createScopedKey: StiggApi['createScopedKey'] = async (...args) => {
      if (isMade) await world.api.createScopedKey(...args);
      throw new CancelledError();
    };
    const end = create(world, NAME, creationOf(world, { api: api({ createScopedKey }) }));
    await (isMade ? expect(end).resolves.toMatchObject({ displayName: NAME }) : expect(end).rejects.toMatchObject({ code: 'creationUnconfirmed' }));
    world.sandbox.clock.advance(11 * MINUTE);
    expect(await kinds()).toEqual(isMade ? [] : ['neverHappened']);
    expect(await keyProblems(world, NAME)).toEqual([]);
  });

  it('is not taken for lost because the keychain locks itself after Stigg has acted', async () => {
    const locked = new ExpectedError('vaultLocked', 'The keychain is locked.', 'Unlock it.');
    const createScopedKey: StiggApi['createScopedKey'] = async (...args) => {
      vi.spyOn(world.vault, 'list').mockRejectedValue(locked);
      return lost(...args);
    };
    await expect(create(world, NAME, creationOf(world, { api: api({ createScopedKey }) }))).rejects.toMatchObject({ code: 'creationUnconfirmed' });
    vi.restoreAllMocks();
    expect(await kinds()).toEqual(['finished']);
    expect(await keyProblems(world, NAME)).toEqual([]);
  });

  it('that cannot be stored is told of with what to do, and stored when it can be', async () => {
    vi.spyOn(world.vault, 'save').mockRejectedValue(new ExpectedError('vaultWriteFailed', 'The keychain did not keep it.', 'Unlock the keychain.'));
    const failure: unknown = await create(world, NAME).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'creationUnfinished' });
    expect((failure as ExpectedError).full).toMatch(/was created at Stigg.*Store Key.*revoke it/);
    expect(alive(world, NAME)).toHaveLength(1);
    vi.restoreAllMocks();
    expect(await kinds()).toEqual(['finished']);
    expect(await keyProblems(world, NAME)).toEqual([]);
  });

  it('that the person revoked instead is let go of', async () => {
    vi.spyOn(world.vault, 'save').mockRejectedValue(new ExpectedError('vaultWriteFailed', 'The keychain did not keep it.', 'Unlock the keychain.'));
    await create(world, NAME).catch(() => undefined);
    vi.restoreAllMocks();
    await world.api.revokeKey(full(), world.key(NAME));
    expect(await kinds()).toEqual(['ended']);
    expect(await kinds(), 'told once').toEqual([]);
  });
});

describe('another key of the same name', () => {
  it('that was there before is not taken for the new one', async () => {
    await another();
    const createScopedKey = (): Promise<never> => Promise.reject(new ExpectedError('outcomeUnknown', 'No answer came.', 'Look.'));
    await expect(create(world, NAME, creationOf(world, { api: api({ createScopedKey }) }))).rejects.toMatchObject({ code: 'creationUnconfirmed' });
    world.sandbox.clock.advance(11 * MINUTE);
    expect(await kinds()).toEqual(['neverHappened']);
  });

  it.each(['at once', 'later'])('made meanwhile by somebody else: the person is told %s, chooses, and nothing is revoked by itself', async (when) => {
    const createScopedKey: StiggApi['createScopedKey'] = async (...args) => {
      await another();
      return lost(...args);
    };
    const listKeys = when === 'later' ? blindAfterwards() : (...args: Parameters<StiggApi['listKeys']>) => world.api.listKeys(...args);
    await expect(create(world, NAME, creationOf(world, { api: api({ createScopedKey, listKeys }) }))).rejects.toMatchObject({ code: when === 'later' ? 'creationUnconfirmed' : 'creationAmbiguous' });
    const [outcome] = await creationOf(world).resume();
    expect(outcome).toMatchObject({ kind: 'ambiguous', error: { code: 'creationAmbiguous' } });
    expect(alive(world, NAME)).toHaveLength(2);
    await expect(create(world, NAME)).rejects.toMatchObject({ code: 'creationPending' });
    // Told for as long as it is so, also the next day.
    world.sandbox.clock.advance(24 * 60 * MINUTE);
    expect(await kinds()).toEqual(['ambiguous']);

    // One is kept, the other revoked.
    const [kept, other] = alive(world, NAME);
    if (kept === undefined || other === undefined) throw new Error('Two keys are there');
    const listed = (await world.api.listKeys(full(), world.seed.id)).find(({ id }) => id === kept.id);
    if (listed === undefined) throw new Error('The key is listed');
    const value = await world.api.revealToken(full(), listed);
    await world.vault.save(storedKeyOf(listed, value), value);
    await world.api.revokeKey(full(), { environmentId: world.seed.id, id: other.id });
    expect(await kinds()).toEqual(['settled']);
    expect(await keyProblems(world, NAME)).toEqual([]);
  });

  it('of several that are there, the last one left is stored', async () => {
    const createScopedKey: StiggApi['createScopedKey'] = async (...args) => {
      await another();
      return lost(...args);
    };
    await create(world, NAME, creationOf(world, { api: api({ createScopedKey }) })).catch(() => undefined);
    const [first] = alive(world, NAME);
    await world.api.revokeKey(full(), { environmentId: world.seed.id, id: first?.id ?? '' });
    expect(await kinds()).toEqual(['finished']);
    expect(await keyProblems(world, NAME)).toEqual([]);
  });
});

describe('two windows', () => {
  it('create a key of the same name at the same time: nobody gets the other\'s, and nothing is left unnoticed', async () => {
    for (let round = 0; round < 5; round++) {
      const name = `${NAME} ${String(round)}`;
      const ends = await Promise.allSettled([create(world, name), create(world, name)]);
      const done = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.keyId] : []));
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'creationPending' });
      expect(alive(world, name).map(({ id }) => id).sort()).toEqual(done.sort());
      expect(await journalOf(world).list()).toEqual([]);
    }
  });

  it('take up one record at the same time: one key, stored', async () => {
    for (let round = 0; round < 5; round++) {
      const name = `${NAME} ${String(round)}`;
      await create(world, name, creationOf(world, { api: api({ createScopedKey: lost, listKeys: blindAfterwards() }) })).catch(() => undefined);
      const outcomes = (await Promise.all([creationOf(world).resume(), creationOf(world).resume()])).flat();
      expect(outcomes.filter(({ kind }) => kind === 'finished').length).toBeGreaterThan(0);
      await creationOf(world).resume();
      expect(await keyProblems(world, name)).toEqual([]);
      expect(await machineProblems(world, 'at the end')).toEqual([]);
    }
  });
});
