import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { enrolManagementKey, keepKey, serverKeyFrom } from '../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { Inventory } from '../../../src/keys/inventory.js';
import type { ApiKey } from '../../../src/keys/model.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { ACME, GLOBEX, startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { MemoryVault } from './support/memory.js';
import { cpuNow } from '../../tools/cpu.js';
import { eventually } from '../../tools/eventually.js';

const HOUR = 3_600_000;
let sandbox: Sandbox;
let vault: MemoryVault;
let api: StiggApi;
let inventory: Inventory;
const now = (): Date => sandbox.clock.now();

beforeEach(async () => {
  sandbox = await startSandbox({ accounts: [ACME, GLOBEX] });
  vault = new MemoryVault();
  api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch, timeoutMs: 2_000 });
  inventory = new Inventory({ api, vault, now, resume: () => Promise.resolve([]) });
});
afterEach(async () => {
  inventory.dispose();
  vi.useRealTimers();
  await sandbox.close();
});

function environment(account: string, name: string): SeededEnvironment {
  const found = sandbox.environments.find((candidate) => candidate.account.name === account && candidate.name === name);
  if (found === undefined) throw new Error(`No ${name} in ${account}`);
  return found;
}

describe('serverKeyFrom', () => {
  it.each([
    ['a publishable key', (seed: SeededEnvironment) => seed.publishable, 'clientKey'],
    ['nothing', () => '  ', 'emptyKey'],
    ['a sentence', () => 'my server key is secret', 'notAKey'],
    ['control characters', (seed: SeededEnvironment) => `${seed.fullAccess}\n\u0000`.slice(0, -1) + '\u0007', 'notAKey'],
    ['non-ASCII text', () => 'server-äöüäöüäöüäöüäöü', 'notAKey'],
  ])('refuses %s in its own words', (_name, text, code) => {
    expect(() => serverKeyFrom(text(environment('Acme Inc', 'Staging')))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it.each([
    ['as it is', (token: string) => token],
    ['with white space', (token: string) => `  ${token}\n`],
    ['in quotes', (token: string) => `"${token}"`],
    ['of the legacy shape, escaped as in env files', (token: string) => token.replaceAll('$', '\\$')],
  ])('takes a key %s', (_name, dress) => {
    for (const token of [environment('Acme Inc', 'Staging').fullAccess, environment('Acme Inc', 'Staging').legacy ?? '']) {
      expect(serverKeyFrom(dress(token)).reveal()).toBe(token);
    }
  });
});

describe('adding environments', () => {
  it('recognises the environment and the key, and stores the value under its id', async () => {
    const seed = environment('Acme Inc', 'Production');
    const enrolled = await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    expect(enrolled.environment).toMatchObject({ id: seed.id, displayName: 'Production', type: 'PRODUCTION', account: { displayName: 'Acme Inc' } });
    expect(enrolled.known).toBe(false);
    expect(enrolled.stored).toMatchObject({ type: 'SERVER', displayName: 'Full access key', keyId: seed.all.find(({ token }) => token === seed.fullAccess)?.id });
    expect((await vault.read(enrolled.stored))?.reveal()).toBe(seed.fullAccess);
  });

  it('keeps environments of the same name in two accounts apart', async () => {
    for (const account of ['Acme Inc', 'Globex']) await enrolManagementKey({ api, vault, now }, new Secret(environment(account, 'Production').fullAccess));
    await inventory.refresh();
    expect(inventory.snapshot.environments.map((row) => [row.environment.displayName, row.environment.account?.displayName])).toEqual([['Production', 'Acme Inc'], ['Production', 'Globex']]);
  });

  it('takes another key of an environment that is here as its management key', async () => {
    const seed = environment('Acme Inc', 'Staging');
    await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    const deployer = seed.scoped.find(({ name }) => name === 'ci-deployer');
    const enrolled = await enrolManagementKey({ api, vault, now }, new Secret(deployer?.token ?? ''));
    expect(enrolled).toMatchObject({ known: true, stored: { displayName: 'ci-deployer' } });
    expect((await vault.list()).filter(({ manages }) => manages !== null).map(({ displayName }) => displayName)).toEqual(['ci-deployer']);
  });

  it.each([
    ['an unknown key', () => environment('Acme Inc', 'Staging').fullAccess.replace(/[0-9a-f](?=:)/, (digit) => (digit === '0' ? '1' : '0')), 'unauthenticated'],
    ['an expired key', () => environment('Acme Inc', 'Staging').expired, 'unauthenticated'],
    ['a key without the permission', () => environment('Acme Inc', 'Staging').scoped.find(({ name }) => name === 'billing-service')?.token ?? '', 'forbidden'],
    ['a publishable key', () => environment('Acme Inc', 'Staging').publishable, 'forbidden'],
  ])('stores nothing for %s', async (_name, token, code) => {
    await expect(enrolManagementKey({ api, vault, now }, new Secret(token()))).rejects.toMatchObject({ code });
    expect(await vault.list()).toEqual([]);
    expect(vault.values.size).toBe(0);
  });

  it('knows a key again that was stored before its id could be learned', async () => {
    const seed = environment('Acme Inc', 'Staging');
    const { stored } = await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    await vault.delete(stored);
    await vault.save({ ...stored, keyId: `unlisted-${stored.fingerprint.slice(0, 16)}` }, new Secret(seed.fullAccess));
    await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    expect(await vault.list()).toEqual([stored]);
  });

  it('keeps what is known of a key when it is added again and Stigg does not give out its value', async () => {
    const seed = environment('Acme Inc', 'Staging');
    const { stored } = await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    sandbox.fail({ operation: 'RevealToken', status: 403, times: null });
    await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    expect(await vault.list()).toEqual([stored]);
  });

  it('keeps a key from a file under the environment that is here already', async () => {
    const seed = environment('Acme Inc', 'Staging');
    await enrolManagementKey({ api, vault, now }, new Secret(seed.fullAccess));
    const billing = seed.scoped.find(({ name }) => name === 'billing-service');
    const kept = await keepKey({ api, vault, now }, new Secret(billing?.token ?? ''));
    expect(kept).toMatchObject({ known: true, stored: { displayName: 'billing-service', manages: null, keyId: billing?.id } });
    const calls = sandbox.requests.length;
    await keepKey({ api, vault, now }, new Secret(billing?.token ?? ''));
    expect(sandbox.requests.length, 'a key that is stored already needs no call').toBe(calls);
  });
});

describe('inventory', () => {
  beforeEach(async () => {
    await enrolManagementKey({ api, vault, now }, new Secret(environment('Acme Inc', 'Staging').fullAccess));
  });

  it('shows what is stored here and what exists there', async () => {
    await inventory.refresh();
    const rows = inventory.snapshot.environments[0]?.keys ?? [];
    expect(rows.map(({ key, status, stored, isManagement }) => [key.displayName, status.kind, stored !== null, isManagement])).toEqual([
      ['Full access key', 'active', true, true],
      ['Full access key', 'expiring', false, false],
      ['Publishable key', 'active', false, false],
      ['analytics', 'active', false, false],
      ['ci-deployer', 'active', false, false],
      ['billing-service', 'active', false, false],
      ['Salesforce integration', 'active', false, false],
      ['reporting', 'expired', false, false],
    ]);
  });

  it('says why an environment cannot be shown, keeps what was known, and recovers', async () => {
    await inventory.refresh();
    sandbox.fail({ kind: 'status', status: 403, times: 1 });
    await inventory.refresh();
    const row = inventory.snapshot.environments[0];
    expect(row?.error).toMatchObject({ code: 'forbidden' });
    expect(row?.keys.length).toBe(8);
    sandbox.clearFaults();
    await inventory.refresh();
    expect(inventory.snapshot.environments[0]?.error).toBeNull();
  });

  it('says that a stored value is gone', async () => {
    vault.values.clear();
    await inventory.refresh();
    expect(inventory.snapshot.environments[0]?.error).toMatchObject({ code: 'valueMissing' });
  });

  it('shows a failing vault instead of an empty one', async () => {
    vi.spyOn(vault, 'list').mockRejectedValue(new Error('boom'));
    await inventory.refresh();
    expect(inventory.snapshot).toMatchObject({ loaded: true, vaultError: { code: 'unexpected' } });
  });

  it('changes by itself when a key expires', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await inventory.refresh();
    const seen: string[] = [];
    inventory.onDidChange(({ environments }) => {
      seen.push(environments[0]?.keys.find(({ key, isManagement }) => key.displayName === 'Full access key' && !isManagement)?.status.kind ?? 'none');
    });
    sandbox.clock.advance(20 * HOUR + 1);
    vi.advanceTimersByTime(60_000);
    expect(seen).toContain('expired');
  });

  it('lets go of a stored value that can never work again', async () => {
    const seed = environment('Acme Inc', 'Staging');
    const expiring = seed.all.find(({ token }) => token === seed.expiring);
    await keepKey({ api, vault, now }, new Secret(seed.expiring));
    expect(await vault.read({ environmentId: seed.id, keyId: expiring?.id ?? '' })).toBeDefined();
    sandbox.clock.advance(21 * HOUR);
    await inventory.refresh();
    expect(await vault.read({ environmentId: seed.id, keyId: expiring?.id ?? '' })).toBeUndefined();
    expect(vault.values.size).toBe(1);
  });

  it('says which stored key Stigg does not list, once Stigg has answered', async () => {
    const [entry] = await vault.list();
    if (entry === undefined) throw new Error('Nothing is stored');
    await vault.save({ ...entry, keyId: 'gone', manages: null }, new Secret('x'));
    const isListed = (): boolean | undefined => inventory.snapshot.environments[0]?.keys.find(({ key }) => key.id === 'gone')?.isListed;
    sandbox.fail({ status: 403, times: 1 });
    await inventory.refresh();
    expect(isListed()).toBe(true);
    await inventory.refresh();
    expect(isListed()).toBe(false);
  });

  it('shows what Stigg lists, and what went wrong, when an unfinished rotation cannot even be looked for', async () => {
    inventory.dispose();
    inventory = new Inventory({ api, vault, now, resume: () => Promise.reject(new Error('EACCES')) });
    await inventory.refresh();
    expect(inventory.snapshot.environments[0]).toMatchObject({ loading: false, error: { code: 'unexpected' } });
    expect(inventory.snapshot.environments[0]?.keys.length).toBe(8);
  });

  it('undoes nothing that a rotation did to the vault while Stigg was asked', async () => {
    const [entry] = await vault.list();
    if (entry === undefined) throw new Error('Nothing is stored');
    await vault.updateIndex({ ...entry, displayName: 'An earlier name' });
    const slow: StiggApi = { ...api, listKeys: async (...args) => {
      const keys = await api.listKeys(...args);
      await vault.updateIndex({ ...entry, displayName: 'An earlier name', manages: null });
      return keys;
    } };
    inventory.dispose();
    inventory = new Inventory({ api: slow, vault, now, resume: () => Promise.resolve([]) });
    await inventory.refresh();
    expect((await vault.list())[0]).toMatchObject({ displayName: 'Full access key', manages: null });
  });

  it('keeps a value that only this machine\'s clock takes for ended', async () => {
    const seed = environment('Acme Inc', 'Staging');
    await keepKey({ api, vault, now }, new Secret(seed.expiring));
    inventory.dispose();
    inventory = new Inventory({ api, vault, now: () => new Date(sandbox.clock.now().getTime() + 80 * 365 * 24 * HOUR), resume: () => Promise.resolve([]) });
    await inventory.refresh();
    expect(vault.values.size).toBe(2);
  });

  it('keeps a value that something unfinished still has to prove the end of', async () => {
    const seed = environment('Acme Inc', 'Staging');
    const id = seed.all.find(({ token }) => token === seed.expiring)?.id ?? '';
    await keepKey({ api, vault, now }, new Secret(seed.expiring));
    sandbox.clock.advance(21 * HOUR);
    let needed = new Set([id]);
    inventory.dispose();
    inventory = new Inventory({ api, vault, now, resume: () => Promise.resolve([]), needed: () => Promise.resolve(needed) });
    await inventory.refresh();
    expect(await vault.read({ environmentId: seed.id, keyId: id })).toBeDefined();
    needed = new Set();
    await inventory.refresh();
    expect(await vault.read({ environmentId: seed.id, keyId: id })).toBeUndefined();
  });

  it('lets go of an ended key that once managed its environment', async () => {
    const seed = environment('Acme Inc', 'Staging');
    const [entry] = await vault.list();
    await keepKey({ api, vault, now }, new Secret(seed.expiring));
    const expiring = (await vault.list()).find(({ fingerprint }) => fingerprint === new Secret(seed.expiring).fingerprint);
    if (entry === undefined || expiring === undefined) throw new Error('Not stored');
    await vault.updateIndex({ ...expiring, manages: entry.manages });
    sandbox.clock.advance(21 * HOUR);
    await inventory.refresh();
    expect((await vault.list()).map(({ keyId }) => keyId)).toEqual([entry.keyId]);
  });

  it('comes to rest, whatever a vault tells about failed writes', async () => {
    // A keychain that keeps nothing: each write is undone, which is a change as well.
    vi.spyOn(vault, 'updateIndex').mockImplementation(() => {
      vault.touch();
      return Promise.reject(new ExpectedError('vaultWriteFailed', 'Not kept.', 'Try again.'));
    });
    vault.index.forEach((entry, name) => vault.index.set(name, { ...entry, displayName: 'An earlier name' }));
    let resumed = 0;
    inventory.dispose();
    inventory = new Inventory({ api, vault, now, resume: () => {
      resumed++;
      vault.touch();
      return Promise.resolve([]);
    } });
    const other = new Inventory({ api, vault, now, resume: () => Promise.resolve([]) });
    await Promise.all([inventory.refresh(), other.refresh()]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const calls = sandbox.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    other.dispose();
    expect(sandbox.requests.length).toBe(calls);
    expect(resumed).toBe(1);
  });

  it('shows the newest vault, whichever answer comes last', async () => {
    await inventory.refresh();
    const old = await vault.list();
    let late: (value: typeof old) => void = () => undefined;
    vi.spyOn(vault, 'list').mockImplementationOnce(() => new Promise((resolve) => { late = resolve; }));
    const first = inventory.refresh();
    vault.index.clear();
    await inventory.refresh();
    late(old);
    await first;
    expect(inventory.snapshot.environments).toEqual([]);
  });

  it('a refresh resolves with its answer shown, although a change of the vault asked once more meanwhile', async () => {
    await inventory.refresh();
    const seed = environment('Acme Inc', 'Staging');
    const id = seed.all.find(({ name }) => name === 'analytics')?.id ?? '';
    let calls = 0;
    let proceed: () => void = () => undefined;
    const never = new Promise<void>((resolve) => { proceed = resolve; });
    inventory.dispose();
    inventory = new Inventory({ api: { ...api, listKeys: async (...args) => {
      const mine = ++calls;
      const keys = await api.listKeys(...args);
      if (mine === 2) {
        vault.touch();
        await eventually(() => { expect(calls).toBe(3); });
      }
      if (mine === 3) await never;
      return keys;
    } }, vault, now, resume: () => Promise.resolve([]) });
    await inventory.refresh();
    await api.revokeKey(new Secret(seed.fullAccess), { environmentId: seed.id, id });
    await inventory.refresh();
    const row = inventory.snapshot.environments[0];
    expect(row?.keys.find(({ key }) => key.id === id)?.status.kind).toBe('expired');
    expect(row?.loading, 'the later look is still under way').toBe(true);
    proceed();
    await eventually(() => { expect(inventory.snapshot.environments[0]?.loading).toBe(false); });
  });

  it('says nothing any more once disposed, even while it loads', async () => {
    let changes = 0;
    inventory.onDidChange(() => changes++);
    const loading = inventory.refresh();
    inventory.dispose();
    await loading;
    expect(changes).toBe(0);
  });

  it('is quick with many environments and keys', async () => {
    const [entry] = await vault.list();
    if (entry === undefined || entry.manages === null) throw new Error('Nothing is stored');
    vault.index.clear();
    for (let environment = 0; environment < 20; environment++) {
      const id = `environment-${String(environment)}`;
      for (let key = 0; key < 500; key++) {
        const stored = { ...entry, environmentId: id, keyId: `${id}-${String(key)}`, manages: key === 0 ? { ...entry.manages, id } : null };
        vault.index.set(`${id}/${stored.keyId}`, stored);
        vault.values.set(`${id}/${stored.keyId}`, 'x');
      }
    }
    const all = [...vault.index.values()];
    const listKeys: StiggApi['listKeys'] = (_auth, id) => Promise.resolve(all.filter(({ environmentId }) => environmentId === id).map((stored): ApiKey => ({
      id: stored.keyId, environmentId: id, type: 'SCOPED', displayName: stored.displayName, description: null, createdAt: new Date(0), expireAt: null,
    })));
    inventory.dispose();
    inventory = new Inventory({ api: { ...api, listKeys }, vault, now, resume: () => Promise.resolve([]) });
    const started = cpuNow();
    await inventory.refresh();
    expect(cpuNow() - started).toBeLessThan(10_000);
    expect(inventory.snapshot.environments.flatMap((row) => row.keys)).toHaveLength(10_000);
  });
});
