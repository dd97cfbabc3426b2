import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hoverShows, startWorld, type World } from './world.js';

/** What a person sees of mistakes about money and requests, on the sample workspace, and of the diagnosis of a request that fails. */
describe('money and requests', () => {
  let world: World;
  const onDisk = (file: string): string => readFileSync(path.join(world.workspace, file), 'utf8');

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'money',
      files: ({ environments }) => ({
        '.git/HEAD': 'ref: refs/heads/main\n',
        '.env.local': `STIGG_SERVER_API_KEY=${environments.find(({ name }) => name === 'Sandbox')?.fullAccess ?? ''}\n`,
      }),
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

  it('the hover says what Stigg makes of an amount in cents, and the fix drops the conversion', async () => {
    const { bench } = world;
    await bench.openFile('server/billing.ts');
    await bench.squiggle('warning');
    await bench.goTo(11, 45);
    await hoverShows(bench, /Stigg takes full currency units/);
    await bench.screenshot('cents-hover');
    await bench.page.keyboard.press('Escape');
    await bench.quickFix(/leave out the conversion/);
    await bench.page.locator('.editor-instance .squiggly-warning').first().waitFor({ state: 'detached' });
    await bench.save();
    await expect.poll(() => onDisk('server/billing.ts')).toContain("priceOverrides: [{ price: { amount: dollars, currency: 'USD' } }],");
  });

  it('an amount of Stripe, and one of Stigg that is divided', async () => {
    const { bench } = world;
    await bench.openFile('server/checkout.ts');
    await bench.squiggle('warning');
    await bench.goTo(17, 30);
    await hoverShows(bench, /amount_total of Stripe is in cents/);
    await bench.screenshot('stripe-hover');
    await bench.page.keyboard.press('Escape');
  });

  it('Python: the wrong header, a missing key and a price that looks like cents', async () => {
    const { bench } = world;
    await bench.openFile('server/welcome.py');
    await bench.squiggle('error');
    await bench.goTo(12, 25);
    await bench.quickFix(/X-API-KEY/);
    await bench.page.locator('.editor-instance .squiggly-error').first().waitFor({ state: 'detached' });
    await bench.save();
    await expect.poll(() => onDisk('server/welcome.py')).toContain('headers={"X-API-KEY": f"{os.environ[\'STIGG_SERVER_API_KEY\']}"},');
    await bench.goTo(16, 42);
    await hoverShows(bench, /Stigg reads 1999/);
    await bench.screenshot('cent-shaped-hover');
    await bench.page.keyboard.press('Escape');
  });

  it('a failing request is diagnosed from where it stands', async () => {
    const { bench } = world;
    await bench.openFile('stigg.http');
    await bench.squiggle('error');
    await bench.goTo(11, 5);
    await bench.screenshot('http-file');
    await bench.runCommand('Stigg: Diagnose a Failing Request…');
    await bench.pick(/401 on every request/);
    await bench.notification(/The key is sent in the wrong header/);
    await bench.screenshot('diagnosis');
    await bench.page.getByRole('button', { name: /Show Details/ }).first().click();
    await bench.page.locator('.tab').filter({ hasText: /Stigg 401 Sandbox/ }).first().waitFor();
    await bench.screenshot('diagnosis-report');
  });
});
