import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../tools/browser.mjs';
import { startWorld, type Bench, type World } from './world.js';

/** Adds Sandbox and waits for its keys. */
async function addSandbox({ bench, sandbox }: World): Promise<void> {
  await bench.runCommand('Stigg: Add Environment…');
  await bench.answer(sandbox.environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? '');
  await bench.notification(/Sandbox was added/);
  await bench.treeRow('billing-service');
}

describe('two windows', () => {
  let world: World;
  let other: Bench;

  beforeAll(async () => {
    world = await startWorld({ pictures: 'stores' });
    other = await openWorkbench(world.code, { folder: world.workspace, profile: path.join(world.root, 'chromium-2') });
    other.page.setDefaultTimeout(60_000);
    await other.openView('Stigg');
    await world.bench.openView('Stigg');
    for (const bench of [world.bench, other]) await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
  });
  afterAll(async () => {
    await other.close();
    await world.dispose();
  });

  it('one shows what the other changed, within two seconds', async () => {
    const now = (): number => performance.now();
    // The clock starts when this window shows it, which is when the change is announced.
    const [added, seen] = await Promise.all([addSandbox(world).then(now), other.treeRow('billing-service').then(now)]);
    expect(seen - added).toBeLessThan(2_000);
    await world.bench.runCommand('Stigg: Remove Environment…');
    expect(await world.bench.dialog()).toContain('Nothing changes at Stigg');
    await world.bench.screenshot('remove-environment');
    await world.bench.pressInDialog('Remove');
    const welcome = other.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment');
    const [removed, gone] = await Promise.all([world.bench.notification(/was removed from this machine/).then(now), welcome.waitFor().then(now)]);
    expect(gone - removed).toBeLessThan(2_000);
  });
});

describe('a key that lies in an env file', () => {
  let world: World;
  afterAll(async () => {
    await world.dispose();
  });

  it('can be taken from there', async () => {
    world = await startWorld({
      pictures: 'stores',
      files: ({ environments }) => ({ '.env': `STIGG_SERVER_API_KEY=${environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? ''}\n` }),
    });
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.quickInput(/Take it from .env/);
    await bench.screenshot('from-env-file');
    await bench.pick(/Take it from .env/);
    await bench.notification(/Sandbox was added/);
    await bench.treeRow('billing-service');
  });
});

describe('a machine without a keychain', () => {
  let world: World;
  afterEach(async () => {
    await world.dispose();
  });

  it.each(['none', 'no-bus'] as const)('is told so, in words with the next step (%s)', async (keychain) => {
    world = await startWorld({ pictures: 'stores', keychain });
    const { bench } = world;
    await bench.openView('Stigg');
    const row = await bench.treeRow(/keychain|Secret Service|D-Bus/i, { timeout: 90_000 });
    // The message is drawn after the rows.
    await bench.page.locator('.part.sidebar .message').filter({ hasText: /secretStorage|secret storage/ }).first().waitFor();
    await bench.screenshot(`keychain-${keychain}`);
    await expect.poll(() => row.getAttribute('aria-label')).toMatch(/secretStorage|secret storage/);
  });

  it('may use the secret storage of VS Code; where that forgets, the value is said to be missing', async () => {
    world = await startWorld({ pictures: 'stores', keychain: 'no-bus', settings: { 'stiggKeys.vault.store': 'secretStorage' } });
    const { bench } = world;
    await bench.openView('Stigg');
    await addSandbox(world);
    await bench.screenshot('secret-storage');
    await bench.reload();
    // VS Code in a browser keeps secrets in memory only: the index is still there, and it says what is missing.
    await bench.treeRow('Sandbox');
    await bench.treeRow(/no longer/);
    await bench.screenshot('secret-storage-forgot');
  });
});
