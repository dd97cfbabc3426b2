import type { Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import type { Scope } from '../../src/keys/model.js';
import type { StiggApi } from '../../src/keys/stiggApi.js';
import { Secret } from '../../src/secret.js';
import type { LiveKey, SeededEnvironment } from '../sandbox/index.js';
import { LeakFinder } from './leaks.js';
import { everythingIn, panelFrame, violations } from './panel.js';
import { startWorld, type World } from './world.js';

/** The name of its pictures, the theme as VS Code lists it, and the kind it has. */
const THEMES = [
  ['light', 'Light Modern', 'vscode-light'], ['dark', 'Dark Modern', 'vscode-dark'], ['dark-2026', 'Dark 2026', 'vscode-dark'],
  ['high-contrast', 'Dark High Contrast', 'vscode-high-contrast'], ['high-contrast-light', 'Light High Contrast', 'vscode-high-contrast-light'],
] as const;
const TABS = ['Overview', 'Scope', 'Activity'] as const;

/** The key details panel in a real VS Code; each step builds on the one before. */
describe('key details', () => {
  let world: World;
  let environment: SeededEnvironment;
  let api: StiggApi;
  let auth: Secret;
  const tokens = new Map<string, string>();

  const keyNamed = (name: string): LiveKey => {
    const keys = world.sandbox.keys(environment.id);
    const found = keys.find((key) => key.name === name && key.expireAt === null) ?? keys.find((key) => key.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  const scopesOf = (key: LiveKey): Promise<readonly Scope[]> => api.keyScopes(auth, key);
  /** Selects a row of the sidebar and gives the panel that shows it. */
  const select = async (row: string | RegExp, name: string): Promise<Frame> => {
    await (await world.bench.treeRow(row)).click();
    return shown(name);
  };
  const shown = async (name: string): Promise<Frame> => {
    await expect.poll(async () => (await panelFrame(world.bench)).getByRole('heading', { level: 1 }).textContent().catch(() => ''), { timeout: 60_000 }).toBe(name);
    return panelFrame(world.bench);
  };
  /** A page that is only just coming into sight is given no value: then it is asked for again, as a person would. */
  const reveal = (frame: Frame): Promise<void> => vi.waitFor(async () => {
    const show = frame.getByRole('button', { name: 'Show' });
    if (await show.count() > 0) await show.click({ timeout: 5_000 });
    await frame.locator('code.plain').waitFor({ timeout: 5_000 });
  }, { timeout: 60_000 });
  const saved = async (frame: Frame, form: 'overview' | 'scope'): Promise<void> => { await frame.locator(`#${form}-state`).getByText('Saved', { exact: true }).waitFor(); };
  const editorTabs = (): Promise<string[]> => world.bench.page.locator('.tabs-container .tab').allInnerTexts();
  const remember = (): void => { for (const key of world.sandbox.keys()) tokens.set(`${key.name} (${key.id})`, key.token); };

  beforeAll(async () => {
    world = await startWorld({ pictures: 'keyDetails' });
    const found = world.sandbox.environments.find(({ name }) => name === 'Sandbox');
    if (found === undefined) throw new Error('The sandbox has no Sandbox');
    environment = found;
    api = createGraphqlApi({ endpoint: world.sandbox.url, fetch: globalThis.fetch });
    auth = new Secret(environment.fullAccess);
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(environment.fullAccess);
    await bench.notification(/Sandbox was added/);
    await bench.clearNotifications();
  });
  afterEach(async ({ task }) => {
    remember();
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    await world.dispose();
  });

  it('opens when a key is selected, and shows the next one in the same panel; a pinned one stays', async () => {
    const { bench } = world;
    await select('billing-service', 'billing-service');
    // The sidebar keeps the focus, so that the arrows go on.
    await expect.poll(() => bench.page.locator('.part.sidebar .monaco-list:focus, .part.sidebar .monaco-list:focus-within').count()).toBeGreaterThan(0);
    await select('analytics', 'analytics');
    await expect.poll(editorTabs).toEqual(['analytics']);
    await bench.runCommand('View: Pin Editor');
    await bench.page.locator('.tabs-container .tab.sticky').filter({ hasText: 'analytics' }).waitFor();
    await select('billing-service', 'billing-service');
    await expect.poll(async () => (await editorTabs()).sort()).toEqual(['analytics', 'billing-service']);
    await select('analytics', 'analytics');
    await bench.runCommand('View: Unpin Editor');
    await bench.page.locator('.tabs-container .tab.sticky').waitFor({ state: 'detached' });
    await bench.page.locator('.tabs-container .tab').filter({ hasText: 'analytics' }).hover();
    await bench.runCommand('View: Close Editor');
    await expect.poll(editorTabs).toEqual(['billing-service']);
  });

  it('renames a scoped key and describes it', async () => {
    const frame = await shown('billing-service');
    await frame.getByLabel('Name').fill('');
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await frame.locator('#name-error').getByText('A key needs a name').waitFor();
    await frame.getByLabel('Name').fill('invoice-service');
    await frame.getByLabel('Description').fill('Draws up invoices');
    await world.bench.screenshot('renaming');
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(frame, 'overview');
    await shown('invoice-service');
    await world.bench.treeRow('invoice-service');
    const listed = (await api.listKeys(auth, environment.id)).find(({ displayName }) => displayName === 'invoice-service');
    expect(listed).toMatchObject({ description: 'Draws up invoices', type: 'SCOPED' });
  });

  it('tells of a change by others before it replaces it, and of an error where it happened', async () => {
    const frame = await shown('invoice-service');
    await frame.getByLabel('Name').fill('mine');
    await api.updateKey(auth, keyNamed('invoice-service'), { displayName: 'theirs' });
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await frame.locator('#overview-error').getByText('Somebody has changed this key meanwhile').waitFor();
    await frame.getByText('Changed at Stigg meanwhile, to: theirs').waitFor();
    expect(keyNamed('theirs').name).toBe('theirs');
    await world.bench.screenshot('changed-meanwhile');
    world.sandbox.fail({ operation: 'UpdateApiKey', status: 200, code: 'DuplicatedEntityNotAllowed' });
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    // Empty while it is saved.
    await expect.poll(() => frame.locator('#overview-error').textContent(), { timeout: 60_000 }).toMatch(/^(?!Somebody)./);
    await world.bench.screenshot('refused-by-stigg');
    await expect.poll(() => frame.getByLabel('Name').inputValue()).toBe('mine');
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await shown('mine');
  });

  it('changes the scope by a preset and by the matrix', async () => {
    const frame = await shown('mine');
    await frame.getByRole('tab', { name: 'Scope' }).click();
    await frame.getByRole('button', { name: 'Read only' }).click();
    await frame.getByLabel('Coupons: Write').check();
    await frame.getByLabel('API keys: Read').uncheck();
    await world.bench.screenshot('scope-changed');
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(frame, 'scope');
    const scopes = await scopesOf(keyNamed('mine'));
    expect(scopes).toContainEqual({ resource: 'COUPON', action: 'WRITE' });
    expect(scopes.map(({ resource }) => resource)).not.toContain('API_KEY');
    await expect.poll(() => frame.getByText('Not supported').count()).toBe(1);
  });

  it('keeps what was typed when the panel is out of sight, and when another key is selected', async () => {
    const { bench } = world;
    let frame = await shown('mine');
    await frame.getByRole('tab', { name: 'Overview' }).click();
    await frame.getByLabel('Description').fill('Not saved yet');
    await bench.openFile('README.md');
    await bench.page.locator('.tabs-container .tab').filter({ hasText: 'mine' }).click();
    frame = await shown('mine');
    await expect.poll(() => frame.getByLabel('Description').inputValue()).toBe('Not saved yet');
    await select('analytics', 'analytics');
    await expect.poll(editorTabs).toHaveLength(3);
    await bench.runCommand('View: Close Editor');
    await shown('mine');
    await bench.runCommand('View: Close Editor');
    await (await bench.notification(/were not saved/)).press('Reopen');
    frame = await shown('mine');
    await expect.poll(() => frame.getByLabel('Description').inputValue()).toBe('Not saved yet');
    await frame.getByRole('button', { name: 'Discard' }).first().click();
    await bench.clearNotifications();
  });

  it('shows the value, and hides it again: from the page, its attributes, and what is stored', async () => {
    const { bench } = world;
    const random = keyNamed('mine').token.slice('server-'.length, -10);
    for (const hide of [
      async (frame: Frame) => { await frame.getByRole('button', { name: 'Hide' }).click(); },
      async (frame: Frame) => { await frame.getByRole('tab', { name: 'Activity' }).click(); await frame.getByRole('tab', { name: 'Overview' }).click(); },
      async () => {
        await bench.page.locator('.tabs-container .tab').filter({ hasText: 'README' }).click();
        await bench.page.locator('.editor-instance .view-line').first().waitFor();
        await expect.poll(() => everythingIn(bench)).not.toContain(random);
        await bench.page.locator('.tabs-container .tab').filter({ hasText: 'mine' }).click();
      },
    ]) {
      const frame = await shown('mine');
      await reveal(frame);
      expect(await everythingIn(bench)).toContain(random);
      if (hide.length > 0) await bench.screenshot('shown');
      await hide(frame);
      await expect.poll(async () => (await shown('mine')).getByRole('button', { name: 'Show' }).count()).toBe(1);
      expect(await everythingIn(bench)).not.toContain(random);
    }
  });

  it('copies the value without showing it', async () => {
    const { bench } = world;
    const frame = await shown('mine');
    await frame.getByRole('button', { name: 'Copy' }).click();
    await bench.notification(/is on the clipboard/);
    await expect.poll(() => bench.page.evaluate<string>('navigator.clipboard.readText()')).toBe(keyNamed('mine').token);
    expect(await everythingIn(bench)).not.toContain(keyNamed('mine').token.slice('server-'.length, -10));
    await bench.page.evaluate("navigator.clipboard.writeText('')");
    await bench.clearNotifications();
  });

  it('shows the activity page by page', async () => {
    for (let n = 0; n < 60; n++) await api.updateKey(auth, keyNamed('mine'), { description: `Change ${n}` });
    const frame = await shown('mine');
    await frame.getByRole('tab', { name: 'Activity' }).click();
    await frame.locator('tbody tr').nth(49).waitFor();
    await expect.poll(() => frame.locator('.activity tbody tr').count()).toBe(50);
    await frame.getByRole('button', { name: 'Load more' }).press('Enter');
    await frame.getByText(/All events are shown: \d+/).waitFor();
    await expect.poll(() => frame.locator('.activity tbody tr').count()).toBeGreaterThan(60);
    const rows = await frame.locator('.activity tbody tr').allInnerTexts();
    expect(rows.at(-1)).toMatch(/Key created\s+Dana Owner/);
  });

  it('is walked with the keyboard alone', async () => {
    const { bench } = world;
    const frame = await select('analytics', 'analytics');
    await bench.runCommand('View: Focus First Editor Group');
    const names: string[] = [];
    await expect.poll(async () => {
      await bench.page.keyboard.press('Tab');
      const name = await frame.evaluate<string>("document.hasFocus() ? (document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent ?? '').slice(0, 30) : ''");
      if (name !== '') names.push(name);
      return names.includes('Copy');
    }, { timeout: 90_000, interval: 50 }).toBe(true);
    for (const stop of ['Rotate…', 'Change Grace Period…', 'Revoke…', 'Open in Console', 'Overview', 'Name', 'Description', 'Save', 'Show', 'Copy']) expect(names, stop).toContain(stop);
    await frame.getByRole('tab', { name: 'Overview' }).focus();
    await bench.page.keyboard.press('ArrowRight');
    await frame.getByLabel('Customers: Read').waitFor();
    await expect.poll(() => frame.locator('[role=tab][aria-selected=true]').textContent()).toBe('Scope');
    await frame.getByLabel('Customers: Write').focus();
    await bench.page.keyboard.press('Space');
    await expect.poll(() => frame.getByLabel('Customers: Write').isChecked()).toBe(true);
    await bench.page.keyboard.press('Control+s');
    await saved(frame, 'scope');
    expect(await scopesOf(keyNamed('analytics'))).toContainEqual({ resource: 'CUSTOMER', action: 'WRITE' });
    await bench.runCommand('View: Close Editor');
  });

  it('says why an action is not possible, and why a scope cannot be changed', async () => {
    const { bench } = world;
    const integration = await select('Salesforce integration', 'Salesforce integration');
    let frame = integration;
    await expect.poll(() => integration.locator('#why-rotate').textContent()).toContain('belongs to an integration');
    await expect.poll(() => integration.getByRole('button', { name: 'Rotate…' }).getAttribute('aria-disabled')).toBe('true');
    await frame.getByRole('tab', { name: 'Scope' }).click();
    await frame.getByText('The scope of an integration key is immutable.').waitFor();
    await expect.poll(() => frame.locator('input[type=checkbox]').count()).toBe(0);
    await bench.screenshot('integration');
    frame = await select('Publishable key', 'Publishable key');
    await frame.getByText('Hardened client access', { exact: true }).waitFor();
    await bench.screenshot('publishable');
  });

  it('follows a rotation to the key that took over, and a revocation', async () => {
    const { bench } = world;
    const old = keyNamed('analytics').id;
    const frame = await select('analytics', 'analytics');
    await frame.getByRole('button', { name: 'Rotate…' }).click();
    await bench.pick('In 1 hour');
    await bench.notification(/was rotated/);
    await bench.clearNotifications();
    await frame.getByText(/"analytics" was rotated\. This value works for/).waitFor();
    await bench.screenshot('rotated');
    await frame.getByRole('button', { name: 'Show the New Key' }).click();
    await frame.getByText('Never', { exact: true }).waitFor();
    expect(keyNamed('analytics').id).not.toBe(old);
    await frame.getByRole('button', { name: 'Revoke…' }).click();
    await bench.dialog(/cannot be undone/);
    await bench.pressInDialog('Revoke');
    await bench.notification(/revoked/);
    await bench.clearNotifications();
    await (await panelFrame(bench)).getByText(/has expired or was revoked|no longer lists|has ended/).first().waitFor();
    await bench.screenshot('revoked');
  });

  it.each(THEMES)('axe has nothing against it in %s', async (name, theme, kind) => {
    const { bench } = world;
    await bench.runCommand('Preferences: Color Theme');
    await bench.quickInput();
    await bench.answer(theme, { accept: false });
    await bench.pick(theme);
    for (const [row, title] of [['ci-deployer', 'ci-deployer'], [/\d+ h left/, 'Full access key']] as const) {
      await select(row, title);
      await expect.poll(async () => (await panelFrame(bench)).evaluate<string>('document.body.dataset.vscodeThemeKind'), { timeout: 60_000 }).toBe(kind);
      for (const tab of TABS) {
        const frame = await panelFrame(bench);
        await frame.getByRole('tab', { name: tab }).click();
        await frame.locator('[role=tabpanel]:not([hidden])').waitFor();
        await bench.page.waitForTimeout(400);
        await bench.screenshot(`${name}-${title === 'ci-deployer' ? 'scoped' : 'outgoing'}-${tab.toLowerCase()}`);
        expect(await violations(frame), `${title}, ${tab}`).toEqual([]);
      }
    }
  });

  it('comes back after a reload, with the value hidden and no value anywhere on disk', async () => {
    const { bench } = world;
    let frame = await select('mine', 'mine');
    await frame.getByRole('tab', { name: 'Overview' }).click();
    await reveal(frame);
    // In a browser VS Code writes down what is open every few seconds, and a page that is left in between comes back as it was before.
    await bench.page.waitForTimeout(7_000);
    await bench.reload();
    frame = await shown('mine');
    expect(await frame.locator('code.plain').count()).toBe(0);
    expect(await everythingIn(bench)).not.toContain(keyNamed('mine').token.slice('server-'.length, -10));
    remember();
    await world.quit();
    const finder = new LeakFinder(tokens);
    expect(finder.inFolder(world.root)).toEqual([]);
    expect(finder.files).toBeGreaterThan(200);
  });
});
