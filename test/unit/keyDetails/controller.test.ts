import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyDetailsDeps } from '../../../src/editor/keyDetails/deps.js';
import { KeyDetails } from '../../../src/editor/keyDetails/keyDetails.js';
import { enrolManagementKey } from '../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { Inventory } from '../../../src/keys/inventory.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { toPanel, type FromPanel, type ToPanel } from '../../../src/webview/keyDetails/protocol.js';
import { startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { MemoryVault } from '../keys/support/memory.js';
import { eventually } from '../../tools/eventually.js';

vi.mock('vscode', async () => (await import('../editor/fakeVscode.js')).fake);

const HOUR = 3_600_000;
let sandbox: Sandbox;
let seed: SeededEnvironment;
let vault: MemoryVault;
let api: StiggApi;
let auth: Secret;
let inventory: Inventory;
let page: FakePage;
const run = vi.fn<KeyDetailsDeps['run']>();
const open = vi.fn<KeyDetailsDeps['open']>();
const reportError = vi.fn<(error: unknown) => void>();

/** A page that only remembers what it was sent. */
class FakePage {
  readonly messages: ToPanel[] = [];
  isVisible = true;
  title = '';

  post(message: ToPanel): void {
    // What is sent must be what the other end lets through.
    expect(toPanel(structuredClone(message))).toEqual(message);
    this.messages.push(message);
  }

  setTitle(title: string): void {
    this.title = title;
  }

  last<T extends ToPanel['type']>(type: T): Extract<ToPanel, { type: T }> | undefined {
    return this.messages.filter((message): message is Extract<ToPanel, { type: T }> => message.type === type).at(-1);
  }

  get values(): string[] {
    return this.messages.flatMap((message) => (message.type === 'value' ? [message.value] : []));
  }
}

beforeEach(async () => {
  sandbox = await startSandbox();
  const found = sandbox.environments.find(({ name }) => name === 'Sandbox');
  if (found === undefined) throw new Error('No Sandbox');
  seed = found;
  vault = new MemoryVault();
  api = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch, timeoutMs: 2_000 });
  auth = new Secret(seed.fullAccess);
  const now = (): Date => sandbox.clock.now();
  inventory = new Inventory({ api, vault, now, resume: () => Promise.resolve([]) });
  await enrolManagementKey({ api, vault, now }, auth);
  page = new FakePage();
  for (const mock of [run, open, reportError]) mock.mockReset();
});
afterEach(async () => {
  inventory.dispose();
  await sandbox.close();
});

const idOf = (name: string): string => seed.all.find((key) => key.name === name)?.id ?? '';
const deps = (): KeyDetailsDeps => ({ api, vault, inventory, now: () => sandbox.clock.now(), run, open, hardeningCommand: 'stiggKeys.toggleHardenedAccess', reportError });

async function detailsOf(keyId: string): Promise<KeyDetails> {
  const details = new KeyDetails(deps(), page, { environmentId: seed.id, keyId });
  details.start();
  await eventually(() => { expect(page.last('key')?.view).not.toBeNull(); });
  await inventory.refresh();
  return details;
}

const view = () => page.last('key')?.view ?? undefined;
const save = async (details: KeyDetails, message: FromPanel) => {
  const count = page.messages.filter(({ type }) => type === 'outcome').length;
  details.receive(message);
  await eventually(() => { expect(page.messages.filter(({ type }) => type === 'outcome').length).toBe(count + 1); });
  return page.last('outcome')?.outcome;
};

describe('what it shows', () => {
  it('asks for the key where nobody has yet, and names the panel after it', async () => {
    const details = await detailsOf(idOf('billing-service'));
    expect(page.messages.slice(0, 2).map(({ type }) => type)).toEqual(['start', 'key']);
    expect(page.messages[1]).toEqual({ type: 'key', view: null });
    expect(view()).toMatchObject({ name: 'billing-service', description: 'Invoices and subscriptions', status: { text: 'Active', tone: 'good' }, renameRefusal: null, revealRefusal: null });
    expect(page.title).toBe('billing-service');
    details.dispose();
  });

  it.each<[string, string, (action: string) => void]>([
    ['an integration key', 'Salesforce integration', (text) => { expect(text).toContain('belongs to an integration'); }],
    ['a default key', 'Publishable key', (text) => { expect(text).toContain('default key'); }],
    ['an expired key', 'reporting', (text) => { expect(text).toContain('ended already'); }],
  ])('says why %s cannot be revoked or renamed', async (_what, name, judge) => {
    const details = await detailsOf(idOf(name));
    judge(view()?.actions.find(({ action }) => action === 'revoke')?.refusal ?? '');
    expect(view()?.renameRefusal).toBeTruthy();
    details.dispose();
  });

  it('says that an environment, or a key, is gone, and keeps what was known', async () => {
    const details = await detailsOf(idOf('billing-service'));
    for (const key of await vault.list()) await vault.delete(key);
    await inventory.refresh();
    expect(view()).toMatchObject({ name: 'billing-service', banners: [{ tone: 'bad' }] });
    expect(view()?.actions.every(({ refusal }) => refusal !== null)).toBe(true);
    details.dispose();
    page.messages.splice(0);
    const other = new KeyDetails(deps(), page, { environmentId: seed.id, keyId: 'nobody' });
    other.start();
    await eventually(() => { expect(view()?.name).toBe('This key is not here'); });
    other.dispose();
  });

  it('leads from a rotated key to the one that took over', async () => {
    const details = await detailsOf(idOf('billing-service'));
    const { newKey } = await api.rotateKey(auth, { environmentId: seed.id, id: idOf('billing-service') }, new Date(sandbox.clock.now().getTime() + HOUR));
    await inventory.refresh();
    expect(view()).toMatchObject({ status: { tone: 'warning' }, banners: [{ button: { action: 'successor' } }] });
    details.receive({ type: 'action', action: 'successor' });
    expect(open.mock.lastCall?.[0].row.key.id).toBe(newKey.id);
    details.dispose();
  });
});

describe('the value', () => {
  it('is posted once it is asked for, and called back by hiding; nothing holds it', async () => {
    const details = await detailsOf(idOf('billing-service'));
    details.receive({ type: 'reveal' });
    await eventually(() => { expect(page.values).toEqual([seed.scoped[0]?.token]); });
    details.hideValue();
    expect(page.messages.at(-1)).toEqual({ type: 'hideValue', error: null });
    details.start();
    expect(page.values).toHaveLength(1);
    details.dispose();
  });

  it.each<[string, (details: KeyDetails) => void]>([
    ['hides it', (details) => { details.receive({ type: 'hide' }); }],
    ['opens another tab', (details) => { details.receive({ type: 'tab', tab: 'activity' }); }],
    ['looks away', (details) => { details.hideValue(); }],
    ['closes the panel', (details) => { details.dispose(); }],
    ['hides the panel without a word', () => { page.isVisible = false; }],
    ['reloads the page', (details) => { details.start(); }],
  ])('does not come when the person meanwhile %s', async (_what, act) => {
    const details = await detailsOf(idOf('billing-service'));
    sandbox.fail({ operation: 'RevealApiKeyToken', kind: 'slow', ms: 100, times: null });
    sandbox.fail({ operation: 'RevealToken', kind: 'slow', ms: 100, times: null });
    details.receive({ type: 'reveal' });
    act(details);
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect(page.values).toEqual([]);
    details.dispose();
  });

  it('that cannot be read is told in words', async () => {
    const details = await detailsOf(idOf('reporting'));
    details.receive({ type: 'reveal' });
    await eventually(() => { expect(page.last('hideValue')?.error?.text).toContain('not stored here'); });
    details.dispose();
  });
});

describe('saving', () => {
  const base = { name: 'billing-service', description: 'Invoices and subscriptions' };

  it('renames, and says so', async () => {
    const details = await detailsOf(idOf('billing-service'));
    details.receive({ type: 'draft', draft: { name: 'invoices', description: '' } });
    expect(details.isDirty).toBe(true);
    expect(await save(details, { type: 'saveDetails', draft: { name: 'invoices', description: '' }, base })).toEqual({ kind: 'saved', text: 'Saved' });
    await eventually(() => { expect(view()).toMatchObject({ name: 'invoices', description: '' }); });
    expect(details.isDirty).toBe(false);
    details.dispose();
  });

  it('does not replace what others have written, until it is meant', async () => {
    const details = await detailsOf(idOf('billing-service'));
    await api.updateKey(auth, { environmentId: seed.id, id: idOf('billing-service') }, { displayName: 'theirs' });
    const draft = { name: 'mine', description: base.description };
    expect(await save(details, { type: 'saveDetails', draft, base })).toMatchObject({ kind: 'failed', error: { text: expect.stringContaining('meanwhile') as string } });
    await eventually(() => { expect(view()?.name).toBe('theirs'); });
    expect(await save(details, { type: 'saveDetails', draft, base: { ...base, name: 'theirs' } })).toMatchObject({ kind: 'saved' });
    await eventually(() => { expect(view()?.name).toBe('mine'); });
    details.dispose();
  });

  it.each<[string, string, 'name' | 'description' | null]>([
    ['an empty name', ' ', 'name'],
    ['a name without an end', 'x'.repeat(300), 'name'],
    ['an API key as a name', 'TOKEN', 'name'],
  ])('refuses %s beside the field', async (_what, name, field) => {
    const details = await detailsOf(idOf('billing-service'));
    const draft = { ...base, name: name === 'TOKEN' ? `for ${seed.fullAccess}` : name };
    const outcome = await save(details, { type: 'saveDetails', draft, base });
    expect(outcome).toMatchObject({ kind: 'failed', field });
    expect(JSON.stringify(outcome)).not.toContain(seed.fullAccess);
    expect(sandbox.requests.some(({ operation }) => operation === 'UpdateApiKey')).toBe(false);
    details.dispose();
  });

  it('refuses what the key does not allow, whatever the page says', async () => {
    const details = await detailsOf(idOf('Publishable key'));
    expect(await save(details, { type: 'saveDetails', draft: { name: 'x', description: '' }, base: { name: 'Publishable key', description: '' } })).toMatchObject({ kind: 'failed' });
    expect(await save(details, { type: 'saveScope', cells: ['CUSTOMER:READ'], base: [] })).toMatchObject({ kind: 'failed' });
    expect(sandbox.requests.some(({ operation }) => operation === 'UpdateApiKey')).toBe(false);
    details.dispose();
  });

  it('reports an error that nobody sees any more', async () => {
    const details = await detailsOf(idOf('billing-service'));
    sandbox.fail({ operation: 'UpdateApiKey', status: 200, code: 'DuplicatedEntityNotAllowed' });
    details.receive({ type: 'saveDetails', draft: { ...base, name: 'invoices' }, base });
    details.dispose();
    await eventually(() => { expect(reportError).toHaveBeenCalledOnce(); });
  });

  it('changes a scope, and tells when somebody else has', async () => {
    const details = await detailsOf(idOf('analytics'));
    details.receive({ type: 'tab', tab: 'scope' });
    await eventually(() => { expect(page.last('scope')?.view).toMatchObject({ kind: 'ready', refusal: null, summary: 'Scope: Read only' }); });
    const all = ['API_KEY:READ', 'COUPON:READ', 'CUSTOMER:READ', 'ENVIRONMENT:READ', 'EVENT_QUEUE:READ', 'SUBSCRIPTION:READ'];
    expect(await save(details, { type: 'saveScope', cells: ['CUSTOMER:READ', 'CUSTOMER:WRITE'], base: all })).toMatchObject({ kind: 'saved' });
    expect(await save(details, { type: 'saveScope', cells: ['COUPON:READ'], base: all })).toMatchObject({ kind: 'failed', error: { text: expect.stringContaining('Somebody has changed the scope') as string } });
    expect(await save(details, { type: 'saveScope', cells: ['BILLING:READ'], base: all })).toMatchObject({ kind: 'failed' });
    expect(await save(details, { type: 'saveScope', cells: [], base: ['CUSTOMER:READ', 'CUSTOMER:WRITE'] })).toMatchObject({ kind: 'failed' });
    expect(await api.keyScopes(auth, { environmentId: seed.id, id: idOf('analytics') })).toEqual(expect.arrayContaining([{ resource: 'CUSTOMER', action: 'WRITE' }]));
    details.dispose();
  });
});

describe('activity', () => {
  it('comes page by page, shows nothing twice, and is read anew after a change', async () => {
    const key = { environmentId: seed.id, id: idOf('billing-service') };
    for (let n = 0; n < 55; n++) await api.updateKey(auth, key, { description: `Change ${n}` });
    const details = await detailsOf(key.id);
    details.receive({ type: 'tab', tab: 'activity' });
    await eventually(() => { expect(page.last('activity')?.view).toMatchObject({ offset: 0, hasMore: true, isLoading: false, error: null }); });
    expect(page.last('activity')?.view.rows).toHaveLength(50);
    sandbox.fail({ operation: 'KeyActivity', kind: 'html' });
    details.receive({ type: 'loadMore' });
    await eventually(() => { expect(page.last('activity')?.view).toMatchObject({ offset: 50, isLoading: false, error: { text: expect.any(String) as string } }); });
    details.receive({ type: 'loadMore' });
    await eventually(() => { expect(page.last('activity')?.view).toMatchObject({ offset: 50, hasMore: false, isLoading: false, error: null }); });
    expect(page.last('activity')?.view.rows.at(-1)).toMatchObject({ event: 'Key created', actor: 'Dana Owner' });
    await api.updateKey(auth, key, { description: 'Once more' });
    await inventory.refresh();
    await eventually(() => { expect(page.last('activity')?.view).toMatchObject({ offset: 0, isLoading: false, hasMore: true }); });
    details.dispose();
  });
});

it('its buttons run the commands of the extension on the key as it is now', async () => {
  const details = await detailsOf(idOf('Publishable key'));
  for (const action of ['rotate', 'grace', 'revoke', 'console', 'store', 'harden'] as const) details.receive({ type: 'action', action });
  details.receive({ type: 'copy' });
  expect(run.mock.calls.map(([command]) => command.replace('stiggKeys.', ''))).toEqual(['rotateKey', 'changeGracePeriod', 'revokeKey', 'openConsole', 'storeKey', 'toggleHardenedAccess', 'copyKey']);
  expect(run.mock.calls.every(([, node]) => node.row.key.id === idOf('Publishable key'))).toBe(true);
  details.dispose();
});
