import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolManagementKey } from '../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { Inventory, type EnvironmentRow, type InventorySnapshot } from '../../../src/keys/inventory.js';
import { isSame, reuse } from '../../../src/keys/same.js';
import { Secret } from '../../../src/secret.js';
import { startSandbox, type Sandbox } from '../../sandbox/index.js';
import { MemoryVault } from './support/memory.js';

const MINUTE = 60_000;

describe('what stays the same object', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['equal primitives', 'a', 'a', true],
    ['null and undefined', null, undefined, false],
    ['dates of one instant', new Date(5), new Date(5), true],
    ['dates that make no sense', new Date(NaN), new Date(NaN), false],
    ['a date and an object', new Date(5), {}, false],
    ['nested data', { a: [{ b: null }] }, { a: [{ b: null }] }, true],
    ['one more property', { a: 1 }, { a: 1, b: undefined }, false],
    ['another property', { a: undefined }, { b: undefined }, false],
    ['lists of another order', [1, 2], [2, 1], false],
  ])('%s', (_name, a, b, expected) => {
    expect(isSame(a, b)).toBe(expected);
    expect(isSame(b, a)).toBe(expected);
  });

  it('keeps the list itself, or the items that are the same', () => {
    const before = [{ id: 'a', n: 1 }, { id: 'b', n: 1 }];
    expect(reuse(before, structuredClone(before), ({ id }) => id)).toBe(before);
    const next = reuse(before, [{ id: 'a', n: 2 }, { id: 'b', n: 1 }, { id: 'c', n: 1 }], ({ id }) => id);
    expect(next[0]).toEqual({ id: 'a', n: 2 });
    expect(next[1]).toBe(before[1]);
    expect(next).toHaveLength(3);
    expect(reuse(before, [before[1], before[0]].filter((item) => item !== undefined), ({ id }) => id)).not.toBe(before);
  });
});

describe('an inventory of three environments', () => {
  let sandbox: Sandbox;
  let inventory: Inventory;
  let vault: MemoryVault;
  const at = (name: string, { environments }: InventorySnapshot = inventory.snapshot): EnvironmentRow => {
    const found = environments.find(({ environment }) => environment.displayName === name);
    if (found === undefined) throw new Error(`No ${name}`);
    return found;
  };

  beforeEach(async () => {
    // A clock that stands: a minute that passes by itself would be a change.
    const start = new Date('2026-03-01T12:00:00Z');
    sandbox = await startSandbox({ now: () => start });
    vault = new MemoryVault();
    const api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch, timeoutMs: 2_000 });
    const now = (): Date => sandbox.clock.now();
    for (const { fullAccess } of sandbox.environments) await enrolManagementKey({ api, vault, now }, new Secret(fullAccess));
    // After the keys are there: a change of the vault starts a look of its own.
    inventory = new Inventory({ api, vault, now, resume: () => Promise.resolve([]) });
    await inventory.refresh();
  });
  afterEach(async () => {
    inventory.dispose();
    vi.useRealTimers();
    await sandbox.close();
  });

  it('leaves the rows of the others alone when one is asked', async () => {
    const before = inventory.snapshot;
    const others = new Set<EnvironmentRow>();
    inventory.onDidChange((snapshot) => { for (const name of ['Production', 'Sandbox']) others.add(at(name, snapshot)); });
    await inventory.refresh(at('Staging').environment.id);
    expect([...others]).toEqual([at('Production', before), at('Sandbox', before)]);
    expect(others.has(at('Production', before))).toBe(true);
    expect(others.has(at('Sandbox', before))).toBe(true);
    // The environment itself said that it was loading, but its keys are the ones that were there.
    expect(at('Staging').keys).toBe(at('Staging', before).keys);
  });

  it('makes the row of a key anew only where the key has changed', async () => {
    const before = at('Staging');
    const key = before.keys.find(({ key: { displayName } }) => displayName === 'billing-service')?.key;
    if (key === undefined) throw new Error('No billing-service');
    const staging = sandbox.environments.find(({ name }) => name === 'Staging');
    const api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch });
    await api.updateKey(new Secret(staging?.fullAccess ?? ''), { environmentId: key.environmentId, id: key.id }, { displayName: 'billing' });
    await inventory.refresh(before.environment.id);
    const after = at('Staging');
    expect(after.keys.filter((row) => !before.keys.includes(row)).map((row) => row.key.displayName)).toEqual(['billing']);
  });

  it('says the time that is left anew when a minute has passed, and for the keys that have an end alone', async () => {
    const before = at('Staging');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    // The timer of the last change is a real one.
    await inventory.refresh();
    sandbox.clock.advance(1_500);
    await inventory.refresh();
    sandbox.clock.advance(MINUTE);
    vi.advanceTimersByTime(MINUTE);
    const after = at('Staging');
    expect(after.keys.filter((row) => !before.keys.includes(row)).map(({ status }) => status.kind)).toEqual(['expiring']);
  });
});
