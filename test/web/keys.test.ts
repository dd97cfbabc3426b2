import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/index.js';
import { LeakFinder } from '../ui/leaks.js';
import { startCorsProxy, type CorsProxy } from './corsProxy.js';
import { eventually, openWeb, type WebWindow } from './window.js';

const FILES = { 'README.md': '# Shop\n', 'scripts/plans.sh': '#!/bin/sh\n\n' };
const NEEDS_COMPUTER = /programs and files of your computer/;

const fullAccess = (sandbox: Sandbox): string => sandbox.environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? '';
const message = (web: WebWindow) => web.bench.page.locator('.part.sidebar .message').first();

describe('keys in VS Code for the Web, as it is opened first', () => {
  let sandbox: Sandbox;
  let web: WebWindow;
  beforeAll(async () => {
    sandbox = await startSandbox();
    web = await openWeb({ pictures: 'keys', files: FILES, settings: { 'stiggKeys.api.endpoint': sandbox.url, 'stiggKeys.reminders.enabled': false } });
    await web.bench.openView('Stigg');
  });
  afterAll(async () => {
    await web.dispose();
    await sandbox.close();
  });

  it('the view says that a browser has no keychain, and what the choice is', async () => {
    await message(web).filter({ hasText: /no access to the keychain.*stiggKeys\.vault\.store.*desktop/ }).waitFor();
    await web.bench.screenshot('01-no-keychain');
  });

  it('no key is asked for that could not be kept', async () => {
    const { bench } = web;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.notification(/no access to the keychain/);
    expect(sandbox.requests).toEqual([]);
    await bench.clearNotifications();
  });

  it('requests are inserted without a key all the same', async () => {
    const { bench } = web;
    await bench.openFile('scripts/plans.sh');
    await bench.goTo(2);
    await bench.runCommand('Stigg: Insert Authenticated Request…');
    await bench.answer('api/v1/plans', { accept: false });
    await bench.pick('plans.list');
    await bench.pick('curl (bash, zsh)');
    await eventually(async () => { expect(await bench.editorText()).toMatch(/X-API-KEY: \$STIGG_SERVER_API_KEY/); });
    await bench.page.keyboard.press('Escape');
    await bench.screenshot('02-inserted');
  });

  it('what needs the computer is not in the palette, and says so where it is run by other means', async () => {
    const { bench } = web;
    await eventually(async () => {
      await bench.page.keyboard.press('F1');
      await bench.page.locator('.quick-input-widget').waitFor({ timeout: 3_000 });
    });
    await bench.answer('>Stigg: ', { accept: false });
    await eventually(async () => { expect((await bench.readQuickInput()).rows.join('\n')).toMatch(/Add Environment/); });
    expect((await bench.readQuickInput()).rows.join('\n')).not.toMatch(/Open Terminal with Key|Move|Env File/);
    await bench.cancelQuickInput();
    for (const command of ['stiggKeys.openTerminal', 'stiggKeys.moveEnvSecrets', 'stiggKeys.writeEnvFile', 'stiggKeys.replaceMcpKeys', 'stiggKeys.forgetConsents']) {
      await web.inside(async (id) => { await testApi.commands.executeCommand(id); }, command);
      await bench.notification(NEEDS_COMPUTER);
      await bench.clearNotifications();
      // The next one says the same words.
      await bench.page.locator('.notification-toast').filter({ hasText: NEEDS_COMPUTER }).first().waitFor({ state: 'hidden' });
    }
  });

  it('every command of ours that a menu offers exists', async () => {
    const missing = await web.inside(async () => {
      const known = new Set(await testApi.commands.getCommands(true));
      const { contributes } = testApi.extensions.getExtension('stigg-community.stigg-key-hygiene')?.packageJSON as { contributes: { commands: { command: string }[] } };
      return contributes.commands.map(({ command }) => command).filter((command) => !known.has(command));
    }, undefined);
    expect(missing).toEqual([]);
  });

  it('leaves no error of ours in the console', () => {
    expect(web.ownErrors()).toEqual([]);
  });
});

describe('keys in VS Code for the Web, in its secret storage', () => {
  let sandbox: Sandbox;
  let proxy: CorsProxy;
  let web: WebWindow;
  beforeAll(async () => {
    sandbox = await startSandbox();
    proxy = await startCorsProxy(sandbox.url);
    web = await openWeb({ pictures: 'keys', files: FILES, settings: { 'stiggKeys.vault.store': 'secretStorage', 'stiggKeys.api.endpoint': proxy.url, 'stiggKeys.reminders.enabled': false } });
    await web.bench.openView('Stigg');
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await web.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    await web.dispose();
    await proxy.close();
    await sandbox.close();
  });

  it('a Stigg that does not allow calls from other origins is told in words, with what to do', async () => {
    const { bench } = web;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(fullAccess(sandbox));
    const told = await bench.notification(/The browser did not let the call to 127\.0\.0\.1:\d+ through/);
    expect(await told.text()).toMatch(/no connection, or .*does not allow calls.*\(CORS\).*desktop/s);
    await bench.screenshot('03-refused');
    await bench.page.keyboard.press('Escape');
    await bench.clearNotifications();
    expect(sandbox.requests).toEqual([]);
  });

  it('where it allows them, an environment is added and its keys are shown, also after a reload', async () => {
    const { bench } = web;
    proxy.isOpen = true;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(fullAccess(sandbox));
    await bench.notification(/Sandbox was added .* is kept in VS Code's secret storage/);
    await bench.treeRow('billing-service');
    await bench.screenshot('04-added');
    await bench.reload();
    await bench.openView('Stigg');
    await bench.treeRow('billing-service', { timeout: 60_000 });
  });

  it('a key has its page', async () => {
    const { bench } = web;
    await (await bench.treeRow('billing-service')).click();
    const page = bench.page.frameLocator('iframe.webview').frameLocator('iframe');
    await page.getByText('billing-service').first().waitFor();
    await bench.screenshot('05-details');
  });

  it('leaves no error of ours in the console', () => {
    expect(web.ownErrors()).toEqual([]);
  });

  it('leaves no key that can be read in what the browser keeps', async () => {
    const finder = new LeakFinder(new Map(sandbox.keys().map(({ id, token }) => [id, token])));
    const leaks = finder.inFolder(await web.quit());
    expect(finder.files).toBeGreaterThan(20);
    expect(leaks).toEqual([]);
  });
});
