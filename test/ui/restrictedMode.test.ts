import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SeededEnvironment } from '../sandbox/index.js';
import { startWorld, type World } from './world.js';

const CODE = 'scripts/charge.py';
const REQUESTS = 'requests/customers.http';

/** A folder that somebody else has made, opened as VS Code opens it by default: in Restricted Mode, and trusted later. */
describe('a folder that nobody has trusted', () => {
  let world: World;
  /** Where the folder wants keys to go. Loopback, so that nothing but the setting's scope keeps them from it. */
  let elsewhere: Server;
  const wentElsewhere: string[] = [];

  const sandbox = (): SeededEnvironment => {
    const found = world.sandbox.environments.find(({ name }) => name === 'Sandbox');
    if (found === undefined) throw new Error('The sandbox has no Sandbox');
    return found;
  };
  const askedForCustomers = (): number => world.sandbox.requests.filter(({ operation }) => operation.startsWith('GET /api/v1/customers')).length;
  const squiggles = () => world.bench.page.locator('.editor-instance').locator('.squiggly-warning, .squiggly-error');
  const refuses = async (command: string, words: RegExp): Promise<void> => {
    await world.bench.runCommand(`Stigg: ${command}`);
    await world.bench.notification(words);
    await world.bench.notification(/Trust the workspace first/);
    await world.bench.clearNotifications();
  };

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      wentElsewhere.push(`${String(request.method)} ${String(request.url)}`);
      response.end('{}');
    });
    await new Promise<void>((resolve) => { elsewhere.listen(0, '127.0.0.1', resolve); });
    const url = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    world = await startWorld({
      pictures: 'restrictedMode',
      isUntrusted: true,
      files: ({ environments, url: stigg }) => {
        const key = environments.find(({ name }) => name === 'Production')?.fullAccess ?? '';
        return {
          '.vscode/settings.json': JSON.stringify({
            'stiggKeys.api.endpoint': url,
            'stiggKeys.mcp.endpoint': url,
            'stiggKeys.vault.store': 'secretStorage',
            'stiggKeys.clipboard.clearAfterSeconds': 600,
            'stiggKeys.diagnostics.enabled': false,
            'stiggKeys.diagnostics.rules': { 'hardcoded-server-key': 'off', 'server-key-in-frontend': 'off' },
          }),
          [CODE]: `import stigg\n\nclient = stigg.Stigg(api_key="${key}")\n`,
          [REQUESTS]: `GET ${stigg}/api/v1/customers?limit=2\nX-API-KEY: {{$processEnv STIGG_SERVER_API_KEY}}\n`,
          '.env': `STIGG_SERVER_API_KEY=${key}\n`,
        };
      },
    });
    await world.bench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    await world.dispose();
    elsewhere.close();
  });

  it('is scanned, although its settings switch the warnings off', async () => {
    const { bench } = world;
    await bench.openFile(CODE);
    await squiggles().first().waitFor({ state: 'attached' });
    await bench.screenshot('01-warning');
  });

  it('has the sidebar say what to do, and offers no key of its files', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    await bench.runCommand('Stigg: Add Environment…');
    await bench.quickInput(/full access key/i);
    expect((await bench.readQuickInput()).rows).toEqual([]);
    await bench.answer(sandbox().fullAccess);
    await bench.notification(/Sandbox was added/);
    await bench.clearNotifications();
    await bench.treeRow('billing-service');
    await bench.screenshot('02-sidebar');
  });

  it('gets no key, in words with the next step', async () => {
    const { bench } = world;
    await refuses('Open Terminal with Key', /No key is handed over in Restricted Mode/);
    await refuses('Write Keys to an Env File…', /No key is written into a file in Restricted Mode/);
    await bench.openFile(REQUESTS);
    await refuses('Run Request at Cursor', /Requests are not run in Restricted Mode/);
    await bench.screenshot('03-refused');
    expect(askedForCustomers()).toBe(0);
    expect(await bench.page.locator('.codelens-decoration a').count()).toBe(0);
  });

  it('gives none: a key in its files may be somebody else\'s', async () => {
    const { bench } = world;
    await refuses('Move Secrets of Env Files to the Keychain', /No key is taken from files in Restricted Mode/);
    await bench.openFile(CODE);
    await bench.goTo(3, 35);
    await bench.quickFix(/Move the key to the keychain/);
    await bench.notification(/No key is taken from files in Restricted Mode/);
    await bench.clearNotifications();
    await expect.poll(() => bench.editorText()).toContain('api_key="server-');
  });

  it('works once it is trusted, and its settings may silence warnings then, but never say where keys go', async () => {
    const { bench } = world;
    await bench.runCommand('Workspaces: Manage Workspace Trust');
    await bench.page.locator('.workspace-trust-editor').getByRole('button', { name: /^Trust/ }).first().click();
    await bench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await bench.screenshot('04-trusted');
    await bench.openFile(CODE);
    await squiggles().first().waitFor({ state: 'detached' });
    await bench.openFile(REQUESTS);
    await bench.runCommand('Stigg: Run Request at Cursor');
    await expect.poll(askedForCustomers, { timeout: 60_000 }).toBe(1);
    await bench.runCommand('Stigg: Refresh Environments and Keys');
    await bench.openView('Stigg');
    await bench.treeRow('billing-service');
    await bench.runCommand('Stigg: Open Terminal with Key');
    await bench.waitForTerminal(/this\s+terminal\s+only/);
    await bench.screenshot('05-terminal');
    expect(wentElsewhere).toEqual([]);
  });
});
