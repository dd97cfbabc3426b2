import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeakFinder } from './leaks.js';
import { editorHasFocus, startWorld, type World } from './world.js';

/** Requests and starters as a person inserts them; each step builds on the one before. */
describe('requests where the work happens', () => {
  let world: World;

  const production = () => {
    const environment = world.sandbox.environments.find(({ name }) => name === 'Production');
    if (environment === undefined) throw new Error('The sandbox has no Production');
    return environment;
  };
  const read = (name: string): string => readFileSync(path.join(world.workspace, name), 'utf8');

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'requests',
      files: () => ({
        'scripts/plans.sh': '#!/bin/sh\n\n',
        'server/billing.py': '"""Billing."""\nimport json\n\n\ndef plans():\n    return json\n',
        'web/Billing.tsx': "'use client';\n\nexport const Billing = ({ customerId, customerToken, children }) => (\n  \n);\n",
      }),
    });
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(production().fullAccess);
    await bench.notification(/Production was added/);
    await bench.clearNotifications();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(() => world.dispose());

  it('an endpoint is found by its path, written as curl, and runs as it is in a terminal with the key', async () => {
    const { bench } = world;
    await bench.openFile('scripts/plans.sh');
    await bench.goTo(2);
    await bench.runCommand('Stigg: Insert Authenticated Request…');
    await bench.quickInput(/Insert Authenticated Request/);
    await expect.poll(async () => (await bench.readQuickInput()).rows.length).toBeGreaterThan(5);
    await bench.screenshot('01-all-requests');
    await bench.answer('api/v1/plans', { accept: false });
    await bench.page.waitForTimeout(300);
    await bench.screenshot('02-found-by-path');
    await bench.pick('plans.list');
    await bench.quickInput(/curl/);
    await bench.screenshot('03-target');
    await bench.pick('curl (bash, zsh)');
    await bench.page.locator('.editor-instance .view-line').filter({ hasText: 'STIGG_SERVER_API_KEY' }).first().waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.save();
    await bench.screenshot('04-inserted');
    await expect.poll(() => read('scripts/plans.sh')).toMatch(/^#!\/bin\/sh\ncurl -X GET ".*\/api\/v1\/plans/);
    await bench.openView('Stigg');
    await bench.treeAction(/Production/, 'Open Terminal with Key');
    await bench.waitForTerminal(/this\s+terminal\s+only/);
    await bench.runInTerminal('bash ./scripts/plans.sh -s | head -c 20; echo; echo "exit ${PIPESTATUS[0]}"');
    await bench.waitForTerminal(/\{"data":.*exit 0/s);
    await bench.screenshot('05-run');
    await expect.poll(() => world.sandbox.requests.some(({ operation, status }) => /plans/i.test(operation) && status === 200)).toBe(true);
  });

  it('one can go back from the language to the request, and what was used last comes first', async () => {
    const { bench } = world;
    await bench.openFile('scripts/plans.sh');
    await bench.runCommand('Stigg: Insert Authenticated Request…');
    await bench.quickInput(/recently used/);
    await expect.poll(async () => (await bench.readQuickInput()).rows[0]).toMatch(/plans\.list/);
    await bench.pick('plans.list');
    await bench.quickInput(/curl \(bash/);
    await expect.poll(async () => (await bench.readQuickInput()).rows[0]).toMatch(/^curl/);
    await bench.page.locator('.quick-input-widget .quick-input-titlebar a[aria-label^="Back"]').click();
    await bench.quickInput(/recently used/);
    await bench.screenshot('06-recent');
    await bench.cancelQuickInput();
  });

  it('typing "stigg-" in a program completes a request of its language, with the import', async () => {
    const { bench } = world;
    await bench.openFile('server/billing.py');
    await bench.goTo(5, 13);
    await editorHasFocus(bench);
    await bench.page.keyboard.press('Enter');
    await bench.type('stigg-customers-ret');
    await bench.page.locator('.suggest-widget.visible').getByText('stigg-customers-retrieve', { exact: true }).first().waitFor();
    await bench.page.keyboard.press('Control+Space');
    await bench.page.waitForTimeout(800);
    await bench.page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: 'stigg-customers-retrieve' }).first().waitFor();
    await bench.screenshot('07-completion');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.editor-instance .view-line').filter({ hasText: 'X-API-KEY' }).first().waitFor();
    await expect.poll(() => bench.editorText()).toContain('import os');
    await bench.page.waitForTimeout(300);
    await bench.page.keyboard.press('Escape');
    await bench.save();
    await bench.screenshot('08-completed');
    await expect.poll(() => read('server/billing.py')).toMatch(/^"""Billing\."""\nimport os\n/);
    const text = read('server/billing.py');
    expect(text).toContain('os.environ["STIGG_SERVER_API_KEY"]');
    expect(text).not.toContain('stigg-customers');
  });

  it('the choice of an API says when each fits, and leads to its code', async () => {
    const { bench } = world;
    await bench.openFile('web/Billing.tsx');
    await bench.goTo(4, 3);
    await bench.runCommand('Stigg: Which Stigg API Should I Use?');
    await bench.quickInput(/Node SDK/);
    await bench.screenshot('09-surfaces');
    await bench.pick('Frontend SDK');
    await bench.quickInput(/@stigg\/react-sdk/);
    await bench.screenshot('10-starters');
    await expect.poll(async () => (await bench.readQuickInput()).rows[0]).toMatch(/@stigg\/react-sdk/);
    await bench.pick('@stigg/react-sdk (TypeScript)');
    await bench.page.locator('.editor-instance .view-line').filter({ hasText: 'StiggProvider' }).first().waitFor();
    await expect.poll(() => bench.editorText()).toMatch(/import \{ StiggProvider \}[^]*NEXT_PUBLIC_STIGG_CLIENT_API_KEY/);
    await bench.page.keyboard.press('Escape');
    await bench.save();
    await bench.screenshot('11-starter');
    await expect.poll(() => read('web/Billing.tsx')).toMatch(/^'use client';\n\nimport \{ StiggProvider \} from '@stigg\/react-sdk';\n[^]*apiKey=\{process\.env\.NEXT_PUBLIC_STIGG_CLIENT_API_KEY!\}/);
    await bench.clearNotifications();
  });

  it('leaves no byte of any token in a file', () => {
    const secrets = new Map(world.sandbox.keys().map((key) => [`${key.name} (${key.type}, ${key.id})`, key.token]));
    expect(new LeakFinder(secrets).inFolder(world.workspace)).toEqual([]);
  });
});
