import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acceptQuickInput, startWorld, type World } from './world.js';

/** Two environments with 300 keys each, as a person finds their way through them. Each step builds on the one before. */
describe('hundreds of keys in the sidebar', () => {
  let world: World;
  const message = (): Promise<string> => world.bench.page.locator('.part.sidebar .message:not(.hide)').allInnerTexts().then((texts) => texts.join('\n'));
  const statusItem = () => world.bench.page.locator('.statusbar-item').filter({ hasText: 'Stigg:' }).first();
  const focusedRow = () => world.bench.page.locator('.part.sidebar .monaco-list-row.focused').first();
  const row = (text: string | RegExp) => world.bench.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: text });
  const badge = () => world.bench.page.locator('.activitybar .action-item').filter({ has: world.bench.page.locator('.action-label[aria-label^="Stigg"]') }).locator('.badge-content').first();

  /** A menu that has just opened takes no click: it might be the end of the one that opened it. */
  const choose = async (key: string | RegExp, action: string): Promise<void> => {
    const { page } = world.bench;
    await (await world.bench.treeRow(key)).click({ button: 'right' });
    await page.locator('.monaco-menu .action-item').filter({ hasText: action }).first().waitFor();
    await page.waitForTimeout(500);
    await page.locator('.monaco-menu .action-item').filter({ hasText: action }).first().click();
  };

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'tree',
      sandbox: { accounts: [{ name: 'Acme Inc', environments: [{ name: 'Production', type: 'PRODUCTION', extraKeys: 292 }, { name: 'Sandbox', type: 'SANDBOX', extraKeys: 292 }] }] },
    });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => { await world.dispose(); });

  it('asks nothing before somebody looks: no status bar item, and no call', async () => {
    const { bench, sandbox } = world;
    expect(await statusItem().count()).toBe(0);
    expect(sandbox.requests).toEqual([]);
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    await statusItem().filter({ hasText: 'nothing added' }).waitFor();
    await bench.page.mouse.move(350, 500);
    await bench.page.mouse.down();
    await bench.page.mouse.move(560, 500, { steps: 5 });
    await bench.page.mouse.up();
  });

  it('keeps the default, publishable and integration keys in sight, and the crowd in a folder', async () => {
    const { bench, sandbox } = world;
    for (const { fullAccess, name } of [...sandbox.environments].reverse()) {
      await bench.runCommand('Stigg: Add Environment…');
      await bench.answer(fullAccess);
      await bench.notification(new RegExp(`${name} was added`));
      await bench.clearNotifications();
    }
    await bench.treeRow(/Scoped keys.*296 keys/);
    // The second environment's keys come a moment after the environment.
    await expect.poll(() => bench.treeRows()).toHaveLength(12);
    await bench.screenshot('01-folders');
    await expect.poll(async () => String((await bench.treeRows())[0])).toMatch(/Production/);
    await expect.poll(async () => (await bench.treeRows()).slice(1, 6).join('\n')).toMatch(/Full access key.*\n.*Full access key.*\n.*Publishable key.*\n.*Salesforce integration.*\n.*Scoped keys/);
  });

  it('makes an environment active, and production unmistakable in words and colour', async () => {
    const { bench } = world;
    await statusItem().filter({ hasText: 'choose environment' }).click();
    await bench.quickInput('Active Environment');
    await expect.poll(async () => (await bench.readQuickInput()).rows.join('\n')).toMatch(/PRODUCTION[\s\S]*Sandbox[\s\S]*None/);
    await bench.pick('PRODUCTION');
    await statusItem().filter({ hasText: 'Stigg: PRODUCTION' }).waitFor();
    await expect.poll(() => statusItem().getAttribute('class')).toContain('warning-kind');
    await expect.poll(async () => await statusItem().getAttribute('aria-label') ?? await statusItem().locator('[aria-label]').first().getAttribute('aria-label')).toContain('real customers');
    await bench.treeRow(/Production.*active/);
    await statusItem().hover();
    await bench.page.locator('.monaco-hover').filter({ hasText: 'real customers' }).first().waitFor();
    await bench.screenshot('02-production');
    await bench.page.mouse.move(700, 300);
  });

  it('counts what needs attention on the view\'s icon and in the status bar', async () => {
    const { bench } = world;
    expect(await badge().isVisible()).toBe(false);
    await choose(/left · Expiring soon/, 'Store Key');
    await bench.notification(/is now kept in the keychain/);
    await badge().filter({ hasText: '1' }).waitFor();
    await statusItem().filter({ hasText: 'PRODUCTION · 1 key expires soon' }).waitFor();
    await bench.clearNotifications();
    await bench.screenshot('03-badge');
  });

  it('makes further rows in pages, by the keyboard, and goes on where they begin', async () => {
    const { bench } = world;
    const folder = row(/Scoped keys.*296 keys/).last();
    await folder.click();
    await bench.treeRow('service-0001');
    await bench.page.keyboard.press('End');
    await focusedRow().filter({ hasText: 'Show 100 More' }).waitFor();
    await bench.screenshot('04-more');
    await bench.page.keyboard.press('Enter');
    await focusedRow().filter({ hasText: 'service-0101' }).waitFor();
    await bench.screenshot('05-next-page');
    await bench.page.keyboard.press('End');
    await focusedRow().filter({ hasText: 'Show 96 More' }).waitFor();
    await bench.page.keyboard.press('Home');
  });

  it('finds keys by a part of their names, and says what is hidden', async () => {
    const { bench } = world;
    await bench.viewAction('API Keys', 'Search Keys');
    await bench.answer('SÉRVICE-02');
    await bench.treeRow(/Production.*93 of 300 keys/);
    await bench.treeRow('service-0200');
    await expect.poll(message).toContain('name has "SÉRVICE-02". 414 of 600 keys are hidden.');
    await bench.screenshot('06-search');
    await bench.viewAction('API Keys', 'Search Keys');
    await bench.answer(['0123', 'abcd', '4567', '89ab'].join('-'), { accept: false });
    await bench.quickInput(/looks like a key/);
    await bench.cancelQuickInput();
  });

  it('leads out of a filter that nothing passes', async () => {
    const { bench } = world;
    await bench.viewAction('API Keys', 'Filter Keys');
    await bench.quickInput('Filter Keys');
    await bench.pick('Publishable');
    await bench.screenshot('07-filter');
    await acceptQuickInput(bench);
    await bench.treeRow('No key matches the filter');
    await bench.screenshot('08-no-match');
    await (await bench.treeRow('No key matches the filter')).click();
    await bench.treeRow(/Scoped keys.*296 keys/);
    await expect.poll(message).not.toContain('Filter');
  });

  it('filters by type and status, sorts by expiry, and keeps both over a reload', async () => {
    const { bench } = world;
    await bench.viewAction('API Keys', 'Filter Keys');
    for (const choice of ['Default', 'Expires soon', 'Expired']) await bench.pick(choice);
    await acceptQuickInput(bench);
    await bench.treeRow(/Sandbox.*1 of 300 keys/);
    await bench.viewAction('API Keys', 'Sort Keys');
    await bench.pick('Expiry');
    await expect.poll(message).toContain('Filter: Default (full access); Expires soon or Expired. 598 of 600 keys are hidden.');
    await bench.screenshot('09-filtered');
    await bench.reload();
    await statusItem().filter({ hasText: 'PRODUCTION' }).waitFor();
    await bench.openView('Stigg');
    await bench.treeRow(/Sandbox.*1 of 300 keys/);
    await expect.poll(() => row(/Expiring soon/).count()).toBe(2);
    await badge().filter({ hasText: '1' }).waitFor();
    await bench.screenshot('10-after-reload');
    await bench.viewAction('API Keys', 'Clear Filter');
    await bench.treeRow(/Scoped keys.*296 keys/);
  });

  it('says why an action is not possible before anybody tries it', async () => {
    const { bench } = world;
    await choose('Publishable key', 'Why Can');
    await bench.quickInput(/Publishable key/);
    await expect.poll(async () => (await bench.readQuickInput()).rows.join('\n')).toMatch(/^Revoke[\s\S]*every environment needs one[\s\S]*^Rename/m);
    await bench.screenshot('11-why');
    await bench.cancelQuickInput();
    await (await bench.treeRow('Publishable key')).hover();
    await bench.page.locator('.monaco-hover').filter({ hasText: 'not possible' }).first().waitFor();
    await bench.screenshot('12-tooltip');
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
