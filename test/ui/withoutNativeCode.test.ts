import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, vsix, type World } from './world.js';

// Where no binding fits the system, or none may be loaded: the extension as it is published, without its native code.
const folder = mkdtempSync(path.join(tmpdir(), 'stigg-no-native-'));
let world: World;
beforeAll(async () => {
  const files = Object.entries(unzipSync(readFileSync(vsix)));
  const kept = files.filter(([name]) => !name.endsWith('.node'));
  expect(files.length - kept.length).toBe(7);
  const without = path.join(folder, 'without.vsix');
  writeFileSync(without, zipSync(Object.fromEntries(kept), { level: 1 }));
  world = await startWorld({ pictures: 'without-native-code', vsix: without });
});
afterAll(async () => {
  await world.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it('the view says that there is no keychain module for this system, and what to choose instead', async () => {
  const { bench } = world;
  await bench.openView('Stigg');
  const row = await bench.treeRow(/no keychain module for this system/, { timeout: 90_000 });
  await expect.poll(() => row.getAttribute('aria-label')).toMatch(/stiggKeys\.vault\.store/);
  await bench.screenshot('said');
});

it('with VS Code\'s secret storage, chosen by the person, keys are kept after all', async () => {
  const { bench, code, sandbox } = world;
  code.writeSettings({ 'stiggKeys.api.endpoint': sandbox.url, 'stiggKeys.reminders.enabled': false, 'stiggKeys.vault.store': 'secretStorage' });
  await bench.reload();
  await bench.openView('Stigg');
  await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
  await bench.runCommand('Stigg: Add Environment…');
  await bench.answer(sandbox.environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? '');
  await bench.notification(/Sandbox was added/);
  await bench.treeRow('billing-service');
  await bench.screenshot('secret-storage');
});
