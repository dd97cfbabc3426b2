import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GraceWatch } from '../../../src/editor/afterRotation/graceWatch.js';
import { Leftovers } from '../../../src/editor/afterRotation/leftovers.js';
import type { TerminalsWithKeys } from '../../../src/editor/terminal/terminalsWithKeys.js';
import type { Usage, Usages, UsageSearch } from '../../../src/editor/usages/usages.js';
import type { KeyNode } from '../../../src/editor/environments/nodes.js';
import { CancelledError } from '../../../src/errors.js';
import { Emitter } from '../../../src/event.js';
import { isFollowedUp } from '../../../src/editor/reminders/feature.js';
import { dueReminders, lastHourId, NOTHING_SAID } from '../../../src/keys/reminders/reminders.js';
import { FollowUps } from '../../../src/keys/followUps.js';
import type { Inventory } from '../../../src/keys/inventory.js';
import type { OldKeyState } from '../../../src/keys/rotationSteps.js';
import { keyStatus } from '../../../src/keys/model.js';
import type { StoredKey } from '../../../src/keys/vault.js';
import { MemoryState, MemoryVault } from '../keys/support/memory.js';
import { fake } from './fakeVscode.js';
import { production, row } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const HOUR = 3_600_000;
const OLD = 'a'.repeat(32);
const nothing: UsageSearch = { usages: [], terminals: [], files: 1, skipped: [] };
const found: UsageSearch = { ...nothing, usages: [{ uri: { path: '/.env', toString: () => '/.env' }, range: { start: { line: 0, character: 0 } }, fingerprint: OLD, mask: '', kind: 'envFile', isOutside: false } as unknown as Usage] };
const newKey: StoredKey = { environmentId: production.id, keyId: 'k2', type: 'SERVER', displayName: 'billing', createdAt: null, expireAt: null, mask: 'server-1…', fingerprint: 'b'.repeat(32), retired: [OLD], manages: production };

/** One window, over what all windows share. */
function open(state: MemoryState, vault: MemoryVault, endsAt: () => Date | null) {
  const find = vi.fn<Usages['find']>(() => Promise.resolve(found));
  const changed = new Emitter<undefined>();
  const old = () => {
    const plain = row({ type: 'SERVER', name: 'billing', stored: true });
    const key = { ...plain.key, expireAt: endsAt() };
    return { ...plain, key, status: keyStatus(key, new Date()) };
  };
  const inventory = { onDidChange: changed.event, environment: () => ({ environment: production, permissions: {}, keys: [old()], loading: false, error: null }) } as unknown as Inventory;
  const reportError = vi.fn();
  const followUps = new FollowUps(state);
  const terminals = { onDidChange: new Emitter<undefined>().event } as unknown as TerminalsWithKeys;
  const leftovers = new Leftovers({ followUps, vault, inventory, terminals, reportError, usages: { find, replace: () => Promise.reject(new Error('unused')) }, now: () => new Date(), newId: () => crypto.randomUUID() });
  const claim = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const watch = new GraceWatch({ leftovers, followUps, now: () => new Date(), reportError, claim });
  return { leftovers, find, claim, followUps, reportError, inventoryChanged: () => { changed.fire(undefined); }, close: () => { watch.dispose(); leftovers.dispose(); } };
}

const never = new AbortController().signal;
let state: MemoryState;
let vault: MemoryVault;
let endsAt: Date | null;
let window: ReturnType<typeof open>;
const result = (old: OldKeyState) => ({ newKey, old, retired: [OLD] });
const expiring = (): OldKeyState => ({ kind: 'expiring', at: endsAt ?? new Date() });
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  fake.window.showWarningMessage.mockResolvedValue(undefined);
  state = new MemoryState();
  vault = new MemoryVault();
  await vault.updateIndex(newKey);
  endsAt = new Date(Date.now() + 24 * HOUR);
  window = open(state, vault, () => endsAt);
});
afterEach(() => {
  window.close();
  vi.useRealTimers();
});

describe('after a rotation', () => {
  it.each<[string, UsageSearch, OldKeyState['kind'], number]>([
    ['leftovers are followed up', found, 'expiring', 1],
    ['leftovers of a value that has ended as well: what uses it fails', found, 'revoked', 1],
    ['nothing left, nothing to follow up', nothing, 'expiring', 0],
    ['an old value that should have ended is followed up until it has', nothing, 'stillValid', 1],
  ])('%s', async (_name, search, kind, subjects) => {
    window.find.mockResolvedValue(search);
    const old: OldKeyState = kind === 'expiring' ? expiring() : kind === 'revoked' ? { kind, proved: true } : { kind, reason: '' };
    await window.leftovers.begin(result(old), 'k1', never);
    expect(window.find.mock.calls[0]?.[0]).toEqual(new Set([OLD]));
    expect(window.leftovers.subjects).toHaveLength(subjects);
    expect(await window.followUps.list()).toHaveLength(subjects);
  });

  it('a cancelled search leaves something to search for, also in the next window', async () => {
    window.find.mockRejectedValueOnce(new CancelledError());
    await expect(window.leftovers.begin(result(expiring()), 'k1', never)).rejects.toBeInstanceOf(CancelledError);
    expect(window.leftovers.subjects).toMatchObject([{ search: undefined, isSearching: false, keyName: 'billing', environmentName: 'Production' }]);
    const next = open(state, vault, () => endsAt);
    await next.leftovers.reload();
    const [subject] = next.leftovers.subjects;
    expect(subject).toMatchObject({ oldKeyId: 'k1', keyId: 'k2', search: undefined });
    await next.leftovers.search(subject?.id ?? '', never);
    expect(next.leftovers.subjects[0]?.search).toBe(found);
    next.close();
  });

  it('a second rotation takes over what the first one left', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    await vault.updateIndex({ ...newKey, keyId: 'k3', retired: [newKey.fingerprint, OLD] });
    await window.leftovers.begin({ ...result(expiring()), newKey: { ...newKey, keyId: 'k3' } }, 'k2', never);
    expect(window.leftovers.subjects.map(({ keyId, oldKeyId }) => [keyId, oldKeyId])).toEqual([['k3', 'k2']]);
    expect(window.find.mock.lastCall?.[0]).toEqual(new Set([newKey.fingerprint, OLD]));
  });

  it('what is gone and has ended is no longer followed up', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    window.find.mockResolvedValue(nothing);
    const id = window.leftovers.subjects[0]?.id ?? '';
    await window.leftovers.search(id, never);
    window.inventoryChanged();
    await settle();
    expect(await window.followUps.list()).toHaveLength(1);
    endsAt = new Date(Date.now() - 1);
    window.inventoryChanged();
    await settle();
    expect(await window.followUps.list()).toEqual([]);
    expect(window.leftovers.subjects).toEqual([]);
  });
});

describe('usages that were asked for', () => {
  it.each([['that are none, are not shown', nothing, 0], ['are shown until they are dismissed', found, 1]] as const)('%s, and are kept nowhere', async (_, search, shown) => {
    const removed = vi.spyOn(state, 'delete');
    window.find.mockResolvedValue(search);
    const asked = { ...newKey, fingerprint: 'c'.repeat(32) };
    await vault.updateIndex(asked);
    const plain = row({ type: 'SERVER', name: 'billing', stored: true });
    await window.leftovers.ask({ kind: 'key', environment: production, row: { ...plain, key: { ...plain.key, id: asked.keyId } }, permissions: {} } as unknown as KeyNode, never);
    expect(window.leftovers.subjects).toHaveLength(shown);
    for (const { id } of window.leftovers.subjects) await window.leftovers.dismiss(id);
    expect(window.leftovers.subjects).toEqual([]);
    expect(removed).not.toHaveBeenCalled();
  });
});

describe('the end of the grace period', () => {
  const reminders = (): unknown[] => fake.window.showWarningMessage.mock.calls.map(([message]) => message);

  it('is reminded of an hour before, once, and again when it was extended', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    await settle(22.9 * HOUR);
    expect(reminders()).toEqual([]);
    await settle(0.2 * HOUR);
    expect(reminders()).toEqual([expect.stringMatching(/"billing" ends in (?:1 h|\d+ min), and still stands in: 1 place in 1 file: \.env/)]);
    await settle(0.5 * HOUR);
    endsAt = new Date(Date.now() + 3 * HOUR);
    window.inventoryChanged();
    await settle(1.9 * HOUR);
    expect(reminders()).toHaveLength(1);
    await settle(0.2 * HOUR);
    expect(reminders()).toHaveLength(2);
    expect(window.reportError).not.toHaveBeenCalled();
  });

  it('is nothing to be reminded of where nothing is left', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    window.find.mockResolvedValue(nothing);
    await window.leftovers.search(window.leftovers.subjects[0]?.id ?? '', never);
    await settle(23.5 * HOUR);
    expect(reminders()).toEqual([]);
  });

  it('searches before it reminds in a window that has not', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    window.close();
    window = open(state, vault, () => endsAt);
    await window.leftovers.reload();
    await settle(23.5 * HOUR);
    expect(window.find).toHaveBeenCalledTimes(1);
    expect(reminders()).toHaveLength(1);
  });

  it('is told by the window whose folders hold the value, whichever looks first', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    window.close();
    const elsewhere = open(state, vault, () => endsAt);
    elsewhere.find.mockResolvedValue(nothing);
    await elsewhere.leftovers.reload();
    await settle(23.5 * HOUR);
    expect(elsewhere.find).toHaveBeenCalledTimes(1);
    expect(elsewhere.claim).not.toHaveBeenCalled();
    window = open(state, vault, () => endsAt);
    await window.leftovers.reload();
    await settle(0.1 * HOUR);
    expect(reminders()).toHaveLength(1);
    elsewhere.close();
  });

  it('is not told twice: not when the general reminder has been said, and not at every change', async () => {
    await window.leftovers.begin(result(expiring()), 'k1', never);
    window.claim.mockResolvedValue(false);
    await settle(23.5 * HOUR);
    for (let times = 0; times < 3; times++) {
      window.inventoryChanged();
      await settle(60_000);
    }
    expect(window.claim).toHaveBeenCalledTimes(1);
    expect(reminders()).toEqual([]);
  });
});

describe('the general reminder of the last hour', () => {
  const end = Date.UTC(2030, 0, 1);
  const hour = { kind: 'hour', environmentId: production.id, keyId: 'k1', endsAt: end } as const;
  it.each<[string, Parameters<typeof isFollowedUp>[1], UsageSearch | undefined, number, boolean]>([
    ['is left to the follow-up that has found places', hour, found, 50, true],
    ['is left to the follow-up that is still to search', hour, undefined, 50, true],
    ['is said where the follow-up found nothing', hour, nothing, 50, false],
    ['is said in the last minutes in any case', hour, undefined, 9, false],
    ['is said of other keys', { ...hour, keyId: 'k7' }, found, 50, false],
    ['of a day before is said', { ...hour, kind: 'day' }, found, 50, false],
  ])('%s', (_what, reminder, search, minutes, expected) => {
    const subjects = [{ environmentId: production.id, oldKeyId: 'k1', search }] as unknown as Leftovers['subjects'];
    expect(isFollowedUp(subjects, reminder, new Date(end - minutes * 60_000))).toBe(expected);
  });

  it('has the id that the follow-up claims', () => {
    const at = new Date(Date.now() + HOUR / 2);
    const plain = row({ type: 'SERVER', name: 'billing', stored: true });
    const key = { ...plain.key, createdAt: new Date(0), expireAt: at };
    const snapshot = { loaded: true, vaultError: null, environments: [{ environment: production, permissions: {}, loading: false, error: null, keys: [{ ...plain, key, status: keyStatus(key, new Date()) }] }] };
    const [reminder] = dueReminders(snapshot, { isEnabled: true, maxKeyAgeDays: 0, quietHours: null }, NOTHING_SAID, new Date());
    expect(reminder?.id).toBe(lastHourId(key.environmentId, key.id, at));
  });
});
