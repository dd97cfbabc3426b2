import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../sandbox/tokens.js';
import { startWorld, type World } from './world.js';

/** What a person sees of a scan of the workspace: nothing before, the findings by rule, what follows a fix, and a clean end. */
describe('scan of the workspace', () => {
  let world: World;
  const onDisk = (file: string): string => readFileSync(path.join(world.workspace, file), 'utf8');

  beforeAll(async () => {
    const token = newToken('server', crypto.randomUUID());
    world = await startWorld({
      pictures: 'workspaceScan',
      files: () => ({
        '.git/HEAD': 'ref: refs/heads/main\n',
        'jobs/invoices.py': `import requests\n\nKEY = "${token}"\n\nrequests.get("https://api.stigg.io/api/v1/customers", headers={"X-API-KEY": KEY})\n`,
        'jobs/one.ts': '// stigg-keys-ignore-next-line hardcoded-server-key -- moved to the keychain\nexport const one = 1;\n',
        'jobs/two.ts': '// stigg-keys-ignore-next-line cents-to-stigg -- fixed long ago\nexport const two = 2;\n',
      }),
    });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });
  afterAll(async () => {
    await world.dispose();
  });

  it('before anything was scanned the view says what it is for', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.getByText('The whole workspace is checked when you ask for it').waitFor();
    await bench.screenshot('01-welcome');
  });

  it('the findings of files that are not open, by rule, and in the Problems view', async () => {
    const { bench } = world;
    await bench.page.getByRole('button', { name: 'Scan the workspace' }).click();
    await bench.page.locator('.tree-explorer-viewlet-tree-view .message').filter({ hasText: /\d+ errors?, \d+ warnings?.* in \d+ files/ }).waitFor();
    const row = await bench.treeRow('Stigg server key');
    await expect.poll(() => row.getAttribute('aria-label')).toMatch(/^(?:Error|Warning), .*\d+ findings? ?.*, \d+ files?/);
    await bench.screenshot('02-findings');
    await expect.poll(async () => (await bench.problems()).join('\n')).toMatch(/welcome\.py/);
    await bench.screenshot('03-problems');
  });

  it('safe fixes are asked for once, and applied everywhere', async () => {
    const { bench } = world;
    await bench.viewAction('Findings', 'Apply Safe Fixes…');
    expect(await bench.dialog(/Apply \d+ safe fixes/)).toMatch(/jobs\/one\.ts \(1\)/);
    await bench.screenshot('04-fixes');
    await bench.pressInDialog(/^Apply$/);
    await bench.notification(/safe fixes applied in/);
    await expect.poll(() => [onDisk('jobs/one.ts'), onDisk('jobs/two.ts')]).toEqual(['export const one = 1;\n', 'export const two = 2;\n']);
    await bench.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: 'one.ts' }).first().waitFor({ state: 'detached' });
    await bench.clearNotifications();
  });

  it('a place leads to its line, and a file that another program mends is counted no more', async () => {
    const { bench } = world;
    await (await bench.treeRow(/^Line 2\s*NEXT_PUBLIC/)).click();
    await bench.page.locator('.tab.active').filter({ hasText: '.env.production' }).waitFor();
    await bench.squiggle('error');
    const summary = bench.page.locator('.tree-explorer-viewlet-tree-view .message');
    await summary.filter({ hasText: /in 9 files/ }).waitFor();
    writeFileSync(path.join(world.workspace, 'jobs/invoices.py'), 'import os\n\nKEY = os.environ["STIGG_SERVER_API_KEY"]\n');
    await summary.filter({ hasText: /in 8 files/ }).waitFor();
    await bench.screenshot('05-follows');
  });

  it('one undo in one of the files takes the fixes of all of them back', async () => {
    const { bench } = world;
    await bench.openFile('jobs/one.ts');
    await bench.page.locator('.monaco-editor .view-line').first().click();
    await bench.page.keyboard.press('Control+KeyZ');
    await bench.page.locator('.view-line').filter({ hasText: 'moved to the keychain' }).waitFor();
    // VS Code shows the other one a little later.
    for (const file of ['one.ts', 'two.ts']) await bench.page.locator('.tab.dirty').filter({ hasText: file }).waitFor();
    await bench.runCommand('File: Save All Files');
    await expect.poll(() => ['jobs/one.ts', 'jobs/two.ts'].map((file) => onDisk(file).split('\n').length)).toEqual([3, 3]);
    await bench.screenshot('06-undone');
  });
});
