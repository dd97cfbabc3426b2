import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeEnd } from '../../../src/keys/keyEnd.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { RotationWorld } from './support/rotationWorld.js';

const DAY = 24 * 3_600_000;
let world: RotationWorld;
beforeEach(async () => { world = await RotationWorld.start(); });
afterEach(() => world.close());

describe('giving an outgoing key another end', () => {
  it.each<[string, (() => Partial<StiggApi>) | 'cut-after' | 'cut-before' | undefined, string]>([
    ['as Stigg says', undefined, 'done'],
    ['whose answer is lost after it was changed', 'cut-after', 'done'],
    ['whose answer is lost before', 'cut-before', 'changeUnconfirmed'],
    ['that was only claimed: the list is believed', () => ({ updateKey: (_auth, ref, { expireAt }) => Promise.resolve({ ...ref, type: 'SERVER', displayName: '', description: null, createdAt: new Date(0), expireAt: expireAt ?? null }) }), 'changeUnconfirmed'],
    ['that Stigg answers with another time', () => ({ updateKey: (_auth, ref) => Promise.resolve({ ...ref, type: 'SERVER', displayName: '', description: null, createdAt: new Date(0), expireAt: new Date(0) }) }), 'changeUnconfirmed'],
  ])('%s', async (_what, fault, expected) => {
    const key = world.key('Full access key');
    const { newKey } = await world.rotation().rotate(key, '24h', () => undefined);
    if (typeof fault === 'string') world.sandbox.fail({ kind: fault, operation: 'UpdateApiKey', times: 1 });
    const leaveOldKey = vi.fn(() => Promise.resolve());
    const end = new Date(world.now().getTime() + 3 * DAY);
    const result = await changeEnd({ api: { ...world.api, ...(typeof fault === 'function' ? fault() : {}) }, vault: world.vault, rotation: { leaveOldKey } }, key, end).catch((error: unknown) => error);
    if (expected !== 'done') {
      expect(result).toMatchObject({ code: expected });
      expect(leaveOldKey).not.toHaveBeenCalled();
      return;
    }
    expect(Math.abs((result as Date).getTime() - end.getTime())).toBeLessThan(1_000);
    expect(leaveOldKey).toHaveBeenCalledTimes(1);
    expect(await world.api.probe((await world.vault.read(newKey)) ?? new Secret(''))).toBe('valid');
  });
});
