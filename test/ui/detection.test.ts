import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hoverShows, startWorld, type World } from './world.js';

/** What a person sees of key detection: in several languages, across files, in env files, and what the fixes leave. */
describe('keys where they do not belong', () => {
  let world: World;
  const onDisk = (file: string): string => readFileSync(path.join(world.workspace, file), 'utf8');

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'detection',
      files: ({ environments }) => {
        const key = environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? '';
        return {
          'scripts/report.py': `import requests\n\nplans = requests.get(\n    "https://api.stigg.io/api/v1/plans",\n    headers={"X-API-KEY": "${key}"},\n).json()\n`,
          'deploy/values.yaml': `stigg-chart:\n  serverApiKey: ${key}\n`,
          '.env.production': `NEXT_PUBLIC_STIGG_SERVER_API_KEY=${key}\n`,
          '.env.staging': `STIGG_SERVER_API_KEY=${key}\n`,
          'docs/setup.md': `# Setup\n\n\`\`\`ts\nconst stigg = Stigg.initialize({ apiKey: '${key}' });\n\`\`\`\n`,
          '.stigg-keys.json': '{\n  "rules": {\n    "unsigned-customer": "",\n    "no-such-rule": "off"\n  }\n}\n',
          '.git/HEAD': 'ref: refs/heads/main\n',
        };
      },
    });
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.pick(/Take it from/);
    await bench.notification(/Sandbox was added/);
    await bench.clearNotifications();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });
  afterAll(async () => {
    await world.dispose();
  });

  it('Python: the warning names the key, and the fix reads the environment', async () => {
    const { bench } = world;
    await bench.openFile('scripts/report.py');
    await bench.squiggle('warning');
    await bench.goTo(5, 40);
    await hoverShows(bench, /Sandbox \/ Full access key/);
    await bench.screenshot('python-hover');
    await bench.page.keyboard.press('Escape');
    await expect.poll(() => bench.quickFixes(), { timeout: 90_000 }).toEqual(expect.arrayContaining([expect.stringMatching(/Move the key to the keychain/), expect.stringMatching(/Rotate this key now/)]));
    await bench.quickFix(/Move the key to the keychain/);
    await bench.page.locator('.editor-instance .squiggly-warning').first().waitFor({ state: 'detached' });
    await expect.poll(() => bench.editorText()).toMatch(/import os[^]*os\.environ/);
    await bench.save();
    await expect.poll(() => onDisk('scripts/report.py')).toMatch(/^import os\n[\s\S]*headers=\{"X-API-KEY": os\.environ\["STIGG_SERVER_API_KEY"\]\}/);
    await bench.clearNotifications();
  });

  it('a library for the server that a client component imports shows the way it takes', async () => {
    const { bench } = world;
    await bench.openFile('lib/entitlements.ts');
    await bench.squiggle('error');
    await bench.goTo(1, 22);
    await hoverShows(bench, /app\/export-button\.tsx/);
    await bench.screenshot('import-chain');
    await bench.page.keyboard.press('Escape');
  });

  it('an env file: the public name is renamed, the unprotected file is ignored', async () => {
    const { bench } = world;
    await bench.openFile('.env.production');
    await bench.squiggle('error');
    await bench.goTo(1, 10);
    await bench.screenshot('public-env');
    await bench.openFile('.env.staging');
    await bench.squiggle('error');
    await bench.goTo(1, 30);
    await bench.screenshot('unprotected-env');
    await bench.quickFix(/\.gitignore/);
    await bench.page.locator('.editor-instance .squiggly-error').first().waitFor({ state: 'detached' });
    await expect.poll(() => onDisk('.gitignore')).toContain('.env.staging');
    await bench.clearNotifications();
  });

  it.each([
    ['deploy/values.yaml', 'warning', 2, 'helm'],
    ['docs/setup.md', 'warning', 4, 'markdown'],
    ['.github/workflows/deploy.yml', 'info', 8, 'workflow'],
  ] as const)('%s', async (file, severity, line, picture) => {
    const { bench } = world;
    await bench.openFile(file);
    await bench.squiggle(severity);
    await bench.goTo(line, 60);
    await bench.screenshot(picture);
  });

  it('rotating from the warning starts with that key, and the old value is then known to be on its way out', async () => {
    const { bench } = world;
    await bench.openFile('docs/setup.md');
    await bench.squiggle('warning');
    await bench.goTo(4, 60);
    await bench.quickFix(/Rotate this key now/);
    await bench.pick(/24 hours/);
    await bench.notification(/rotated|new value/i);
    await bench.clearNotifications();
    await bench.goTo(4, 60);
    await hoverShows(bench, /expires in \d+ h/);
    await bench.screenshot('rotated-from-warning');
    await bench.page.keyboard.press('Escape');
  });

  it('the settings file is checked, and offers what it may hold', async () => {
    const { bench } = world;
    await bench.openFile('.stigg-keys.json');
    await bench.squiggle('warning');
    await bench.goTo(3, 26);
    // What the file may hold is loaded with the first question.
    await vi.waitFor(async () => {
      await bench.page.keyboard.press('Escape');
      await bench.page.keyboard.press('Control+Space');
      await bench.page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'warning' }).first().waitFor({ timeout: 10_000 });
    }, { timeout: 90_000 });
    await bench.screenshot('settings');
    await bench.page.keyboard.press('Escape');
  });
});
