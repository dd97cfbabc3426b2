import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SeededEnvironment } from '../sandbox/index.js';
import { hasFocus, startWorld, type World } from './world.js';

const SCRIPT = 'scripts/customers.sh';
const HTTP = 'requests/create.http';

/** Requests that are run from where they stand, as a person does it; each step builds on the one before. */
describe('running the request under the cursor', () => {
  let world: World;

  const environment = (name: string): SeededEnvironment => {
    const found = world.sandbox.environments.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  const add = async (name: string, token: string): Promise<void> => {
    const { bench } = world;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(token);
    await bench.notification(new RegExp(`${name} was added`));
    await bench.clearNotifications();
  };
  const lens = (text: RegExp) => world.bench.page.locator('.codelens-decoration a').filter({ hasText: text }).first();
  const response = () => world.bench.page.locator('.editor-group-container').filter({ has: world.bench.page.locator('.tab', { hasText: 'Stigg response' }) }).locator('.view-lines').first();
  const shows = async (words: RegExp): Promise<void> => {
    // Lines are drawn in the order they became visible.
    const read = async (): Promise<string> => {
      const lines = await response().locator('.view-line').all();
      const drawn = await Promise.all(lines.map(async (line) => ({ top: (await line.boundingBox({ timeout: 1_000 }).catch(() => null))?.y ?? 0, text: (await line.textContent({ timeout: 1_000 }).catch(() => '')) ?? '' })));
      return drawn.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
    };
    await expect.poll(read, { timeout: 60_000 }).toMatch(words);
  };
  const asked = (method: string): number => world.sandbox.requests.filter(({ operation }) => operation.startsWith(`${method} /api/v1/customers`)).length;

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'runRequest',
      settings: { 'editor.wordWrap': 'on', 'editor.minimap.enabled': false },
      files: ({ url }) => ({
        [SCRIPT]: `#!/usr/bin/env bash\n# Every customer of Stigg's.\ncurl -X GET "${url}/api/v1/customers?limit=2" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY"\n`,
        [HTTP]: `@host = ${url}\n\n### A new customer at Stigg\nPOST {{host}}/api/v1/customers\nContent-Type: application/json\nX-API-KEY: {{$processEnv STIGG_SERVER_API_KEY}}\nIdempotency-Key: {{$guid}}\n\n{\n  "id": "made-by-hand"\n}\n`,
      }),
    });
    await world.bench.openView('Stigg');
    await world.bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(() => world.dispose());

  it('runs a GET from its lens, and shows the answer beside it', async () => {
    const { bench } = world;
    await add('Staging', environment('Staging').fullAccess);
    await bench.openFile(SCRIPT);
    await lens(/Run with Staging/).waitFor();
    await bench.screenshot('01-lens');
    await lens(/Run with Staging/).click();
    await shows(/# 200 OK · \d+ ms/);
    await shows(/GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/customers\?\s?limit=2/);
    await shows(/Environment: Staging/);
    await bench.page.waitForTimeout(1_000);
    await bench.screenshot('02-answer');
    expect(asked('GET')).toBe(1);
    // The focus stays where the person works.
    await expect.poll(() => bench.page.locator('.editor-group-container.active .tab.active').getAttribute('data-resource-name')).toBe('customers.sh');
  });

  it('asks before it writes to production, and Enter does not send', async () => {
    const { bench } = world;
    await add('Production', environment('Production').fullAccess);
    await bench.openFile(HTTP);
    await bench.goTo(4);
    await bench.runCommand('Stigg: Run Request at Cursor');
    await bench.quickInput(/Run Request/);
    await bench.pick('Production');
    expect(await bench.dialog(/Send POST \/api\/v1\/customers to Production \(PRODUCTION\)\?/)).toMatch(/real customers/);
    await bench.screenshot('03-guard');
    await hasFocus(bench, '.monaco-dialog-box');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    await bench.page.waitForTimeout(1_500);
    expect(asked('POST')).toBe(0);

    await bench.runCommand('Stigg: Run Request at Cursor');
    await bench.pick('Production');
    await bench.dialog(/Send POST/);
    await bench.pressInDialog('Send to Production');
    await shows(/# 201 Created · \d+ ms[^]*Environment: Production \(PRODUCTION\)/);
    expect(asked('POST')).toBe(1);
    await bench.screenshot('04-created');
  });

  it('explains a 403, and leads on to Diagnose', async () => {
    const { bench } = world;
    const scoped = environment('Sandbox').scoped.find(({ name }) => name === 'ci-deployer');
    await add('Sandbox', scoped?.token ?? '');
    await bench.page.getByRole('tab', { name: /^customers\.sh/ }).click();
    await bench.goTo(3);
    await bench.runCommand('Stigg: Run Request at Cursor');
    await bench.pick('Sandbox');
    await shows(/# 403 Forbidden[^]*Found: The key lacks CUSTOMER:READ/);
    await shows(/Stigg says: “This key lacks CUSTOMER:READ”/);
    await lens(/^Diagnose$/).waitFor();
    await bench.page.waitForTimeout(1_000);
    await bench.screenshot('05-explained');
    await lens(/^Diagnose$/).click();
    const told = await bench.notification(/The key lacks CUSTOMER:READ/);
    await bench.page.waitForTimeout(800);
    await bench.screenshot('06-diagnosed');
    await told.dismiss();
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
