import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolManagementKey, keepKey, serverKeyFrom } from '../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { Inventory } from '../../../src/keys/inventory.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { ACME, GLOBEX, startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { MemoryVault } from './support/memory.js';

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
});
