import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError, ExpectedError } from '../../../src/errors.js';
import { changeScopes, renameKey, type KeyChangeDeps } from '../../../src/keys/keyChanges.js';
import type { Scope } from '../../../src/keys/model.js';
import { presetOf } from '../../../src/keys/scopes.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import type { FaultRequest } from '../../sandbox/index.js';
import { RotationWorld } from './support/rotationWorld.js';

const NAME = 'billing-service';
const COUPONS: readonly Scope[] = [{ resource: 'COUPON', action: 'WRITE' }];

let world: RotationWorld;
let refresh: ReturnType<typeof vi.fn<() => Promise<void>>>;
beforeEach(async () => {
  world = await RotationWorld.start();
  refresh = vi.fn(() => Promise.resolve());
});
afterEach(() => world.close());

const deps = (changes: Partial<StiggApi> = {}): KeyChangeDeps => ({ api: { ...world.api, ...changes }, vault: world.vault, inventory: { refresh } });
const full = (): Secret => new Secret(world.seed.fullAccess);

describe('renaming', () => {
  it('changes name and description, and shows it', async () => {
    const key = world.key(NAME);
    await renameKey(deps(), key, { displayName: ' billing\u202e ', description: ' Invoices\n' });
    expect((await world.api.listKeys(full(), world.seed.id)).find(({ id }) => id === key.id)).toMatchObject({ displayName: 'billing', description: 'Invoices' });
    expect(refresh).toHaveBeenCalledWith(world.seed.id);
    await renameKey(deps(), key, { displayName: 'billing', description: '' });
    expect((await world.api.listKeys(full(), world.seed.id)).find(({ id }) => id === key.id)).toMatchObject({ displayName: 'billing', description: null });
  });

  it.each(['', ' \u200b ', 'x'.repeat(101)])('does not ask Stigg for %j', async (displayName) => {
    await expect(renameKey(deps(), world.key(NAME), { displayName })).rejects.toMatchObject({ code: 'badName' });
    expect(world.sandbox.requests.map(({ operation }) => operation)).not.toContain('UpdateApiKey');
  });

  /** What happens to the change, what is seen afterwards, and what the person is told. */
  it.each<[string, readonly FaultRequest[], string | null]>([
    ['the answer is cut off', [{ operation: 'UpdateApiKey', kind: 'cut-after' }], null],
    ['the answer is a lie', [{ operation: 'UpdateApiKey', kind: 'lie' }], null],
    ['the answer is half', [{ operation: 'UpdateApiKey', kind: 'invalid-json' }], null],
    ['it never arrives', [{ operation: 'UpdateApiKey', kind: 'cut-before' }], 'changeUnconfirmed'],
    ['Stigg fails', [{ operation: 'UpdateApiKey', status: 500 }], 'changeUnconfirmed'],
    ['nothing can be seen afterwards', [{ operation: 'UpdateApiKey', kind: 'cut-after' }, { operation: 'ListKeys', kind: 'cut-before', times: null }], 'changeUnconfirmed'],
    ['Stigg says no', [{ operation: 'UpdateApiKey', status: 403 }], 'forbidden'],
    ['Stigg is busy for ever', [{ operation: 'UpdateApiKey', status: 429, times: null }], 'rateLimited'],
  ])('when %s', async (_what, faults, code) => {
    for (const fault of faults) world.sandbox.fail(fault);
    const end = renameKey(deps(), world.key(NAME), { displayName: 'billing' });
    await (code === null ? expect(end).resolves.toMatchObject({ displayName: 'billing' }) : expect(end).rejects.toMatchObject({ code }));
    expect(refresh).toHaveBeenCalled();
  });

  it.each([[true], [false]])('cancelled under way, and done: %s', async (isDone) => {
    const updateKey: StiggApi['updateKey'] = async (...args) => {
      if (isDone) await world.api.updateKey(...args);
      throw new CancelledError();
    };
    const end = renameKey(deps({ updateKey }), world.key(NAME), { displayName: 'billing' });
    await (isDone ? expect(end).resolves.toMatchObject({ displayName: 'billing' }) : expect(end).rejects.toBeInstanceOf(CancelledError));
  });
});

describe('changing the scope', () => {
  it('gives a key another one, and says what Stigg says it is', async () => {
    const key = world.key(NAME);
    expect(presetOf(await changeScopes(deps(), key, COUPONS))).toBe('couponsWrite');
    expect(presetOf(await world.api.keyScopes(full(), key))).toBe('couponsWrite');
    expect(refresh).toHaveBeenCalled();
  });

  it.each<[string, readonly FaultRequest[], string | null]>([
    ['the answer is cut off', [{ operation: 'UpdateApiKey', kind: 'cut-after' }], null],
    ['the answer is a lie', [{ operation: 'UpdateApiKey', kind: 'lie' }], null],
    ['it never arrives', [{ operation: 'UpdateApiKey', kind: 'cut-before' }], 'changeUnconfirmed'],
    ['it was acknowledged, and the scope cannot be read', [{ operation: 'KeyScopes', kind: 'cut-before', times: null }], null],
    ['Stigg says no', [{ operation: 'UpdateApiKey', status: 403 }], 'forbidden'],
  ])('when %s', async (_what, faults, code) => {
    for (const fault of faults) world.sandbox.fail(fault);
    const end = changeScopes(deps(), world.key(NAME), COUPONS);
    await (code === null ? expect(end).resolves.toHaveLength(2) : expect(end).rejects.toMatchObject({ code }));
  });

  it('refuses an empty one', async () => {
    await expect(changeScopes(deps(), world.key(NAME), [])).rejects.toMatchObject({ code: 'noScope' });
  });

  it('does not let us lock ourselves out', async () => {
    await world.close();
    world = await RotationWorld.start({}, 'ci-deployer');
    const key = world.key('ci-deployer');
    await expect(changeScopes(deps(), key, COUPONS)).rejects.toMatchObject({ code: 'managementScope' });
    await expect(changeScopes(deps(), key, [{ resource: 'API_KEY', action: 'READ' }])).rejects.toBeInstanceOf(ExpectedError);
    await changeScopes(deps(), key, [{ resource: 'API_KEY', action: 'WRITE' }]);
  });
});
