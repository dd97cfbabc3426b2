import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SeededEnvironment } from '../sandbox/index.js';
import { startWorld, type World } from './world.js';

const FRONTEND = 'web/Billing.tsx';
const SERVER = 'server/session.ts';

/** Hardened client access and the reminders, as a person meets them; each step builds on the one before. */
describe('hardened client access and reminders', () => {
  let world: World;

  const environment = (name: string): SeededEnvironment => {
    const found = world.sandbox.environments.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  /** What Stigg itself says, asked past the extension. */
  const isHardened = async ({ id, fullAccess }: SeededEnvironment): Promise<boolean | undefined> => {
    const query = '{ environments { edges { node { id hardenClientAccessEnabled } } } }';
    const response = await fetch(`${world.sandbox.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': fullAccess }, body: JSON.stringify({ query }) });
    const { data } = (await response.json()) as { data: { environments: { edges: { node: { id: string; hardenClientAccessEnabled: boolean } }[] } } };
    return data.environments.edges.find(({ node }) => node.id === id)?.node.hardenClientAccessEnabled;
  };
  const add = async (seeded: SeededEnvironment): Promise<void> => {
    await world.bench.runCommand('Stigg: Add Environment…');
    await world.bench.answer(seeded.fullAccess);
    await world.bench.notification(new RegExp(`${seeded.name} was added`));
    await world.bench.clearNotifications();
  };
  /** A menu that has just opened takes no click yet. */
  const menu = async (row: RegExp, action: string): Promise<void> => {
    const { page } = world.bench;
    await (await world.bench.treeRow(row)).click({ button: 'right' });
    const item = page.locator('.monaco-menu .action-item').filter({ hasText: action }).first();
    await item.hover();
    await page.waitForTimeout(600);
    await item.click();
    await page.locator('.monaco-menu').waitFor({ state: 'hidden' });
  };
  const reminders = async (): Promise<string[]> => (await world.bench.notifications()).filter((text) => /ends (?:in less|within)|is off in|need attention|days old/.test(text));

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'hardening',
      settings: { 'stiggKeys.reminders.enabled': true, 'stiggKeys.reminders.maxKeyAgeDays': 0 },
      files: () => ({
        [FRONTEND]: "'use client';\nimport { StiggProvider } from '@stigg/react-sdk';\n\nexport const Billing = ({ user, children }) => (\n  <StiggProvider apiKey={process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY} customerId={user.id}>\n    {children}\n  </StiggProvider>\n);\n",
        [SERVER]: "import { session } from './sessions';\n\nexport const current = () => session.customerId;\n",
      }),
    });
    await world.bench.openView('Stigg');
    await world.bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    // As wide as a person makes it to read a row.
    await world.bench.page.mouse.move(350, 500);
    await world.bench.page.mouse.down();
    await world.bench.page.mouse.move(520, 500, { steps: 5 });
    await world.bench.page.mouse.up();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(() => world.dispose());

  it('reminds of a stored key on its last day, and within its last hour', async () => {
    const { bench } = world;
    await add(environment('Staging'));
    await menu(/left · Expiring soon/, 'Store Key');
    const day = await bench.notification(/"Full access key" of Staging ends in less than 24 hours/);
    expect(await day.buttons()).toEqual(['Extend…', 'Show Key', 'Snooze…']);
    await bench.screenshot('01-last-day');
    await day.press('Extend…');
    await bench.pick('In 1 hour');
    await bench.notification(/now expires at/);
    const hour = await bench.notification(/"Full access key" of Staging ends within the hour/);
    expect(await hour.text()).toMatch(/gets 401/);
    await bench.screenshot('02-last-hour');
    await bench.clearNotifications();
  });

  it('says nothing twice, not even in a new window', async () => {
    const { bench } = world;
    await bench.reload();
    await bench.openView('Stigg');
    await bench.treeRow(/left · Expiring soon/);
    await bench.page.waitForTimeout(5_000);
    expect(await reminders()).toEqual([]);
  });

  it('leaves the person alone who snoozes', async () => {
    const { bench } = world;
    await add(environment('Production'));
    await menu(/(?:19|20) h left · Expiring soon/, 'Store Key');
    const day = await bench.notification(/"Full access key" of Production ends in less than 24 hours/);
    await day.press('Snooze…');
    await bench.quickInput(/For 1 hour/);
    await expect.poll(async () => (await bench.readQuickInput()).rows.join('\n')).toMatch(/For 1 hour[^]*Not for this key/);
    await bench.screenshot('03-snooze');
    await bench.pick('For 1 hour');
    await bench.notification(/You will be reminded again after/);
    await bench.clearNotifications();
    await bench.runCommand('Stigg: Refresh Environments and Keys');
    await bench.page.waitForTimeout(4_000);
    expect(await reminders()).toEqual([]);
  });

  it('turns it on outside of production after naming the places that break', async () => {
    const { bench } = world;
    expect(await isHardened(environment('Staging'))).toBe(false);
    await menu(/Staging/, 'Turn Hardened Client Access On or Off');
    const text = await bench.dialog(/Turn on hardened client access of Staging/);
    expect(text).toMatch(/without a signed token stop getting entitlements at once/);
    expect(text).toContain(`${FRONTEND}:5`);
    await bench.screenshot('04-turn-on');
    await bench.pressInDialog('Show the Places');
    await bench.pick(`${FRONTEND}:5`);
    await bench.page.locator('.tab.active').filter({ hasText: 'Billing.tsx' }).waitFor();
    // The frontend is open: it is given the token where it names the customer. Before the notification, which is there for ten seconds.
    await bench.openFile(FRONTEND);
    expect(await isHardened(environment('Staging'))).toBe(false);
    await menu(/Staging/, 'Turn Hardened Client Access On or Off');
    await bench.dialog(/Turn on hardened client access of Staging/);
    await bench.pressInDialog('Turn On');
    const done = await bench.notification(/Hardened client access of Staging is on/);
    expect(await isHardened(environment('Staging'))).toBe(true);
    await bench.screenshot('05-is-on');
    await done.press('Insert Server Code');
    await bench.notification(/customerToken is handed over now/);
    await bench.save();
    await expect.poll(() => readFileSync(path.join(world.workspace, FRONTEND), 'utf8')).toContain('customerId={user.id} customerToken={customerToken}>');
    await bench.screenshot('06-frontend');
    await bench.clearNotifications();
  });

  it('inserts the server code that signs', async () => {
    const { bench } = world;
    await bench.openFile(SERVER);
    await bench.goTo(2);
    await bench.runCommand('Stigg: Insert Code for Customer Tokens…');
    await bench.notification(/STIGG_CUSTOMER_TOKEN_SIGNING_SECRET on the server/);
    await bench.save();
    await bench.screenshot('07-server');
    const text = (): string => readFileSync(path.join(world.workspace, SERVER), 'utf8');
    await expect.poll(() => text().startsWith("import { createHmac } from 'node:crypto';\nimport { session }")).toBe(true);
    await expect.poll(text).toContain('return `HMAC-SHA256 ${customerId}:${signature}`;');
    await expect.poll(() => bench.page.locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning').count()).toBe(0);
    await bench.clearNotifications();
  });

  it('asks for the name in production, says what it means, and reminds when it stays off', async () => {
    const { bench } = world;
    expect(await isHardened(environment('Production'))).toBe(true);
    await menu(/Publishable key/, 'Turn Hardened Client Access On or Off');
    expect(await bench.dialog(/Turn off hardened client access of Production \(PRODUCTION\)/)).toMatch(/anybody with the publishable key/);
    await bench.screenshot('08-turn-off');
    await bench.pressInDialog('Turn Off');
    await bench.quickInput(/Type the name of the environment/);
    await bench.answer('Staging');
    expect(await isHardened(environment('Production'))).toBe(true);
    await bench.screenshot('09-wrong-name');
    await bench.answer('Production');
    await bench.notification(/Hardened client access of Production is off/);
    expect(await isHardened(environment('Production'))).toBe(false);
    const off = await bench.notification(/Hardened client access is off in Production \(production\)/);
    await bench.screenshot('10-reminded');
    await off.press('Turn On…');
    expect(await bench.dialog(/Turn on hardened client access of Production \(PRODUCTION\)/)).toContain('app/pricing.tsx:10');
    await bench.pressInDialog('Turn On');
    await bench.quickInput(/Type the name of the environment/);
    await bench.answer('Production');
    await bench.notification(/Hardened client access of Production is on/);
    expect(await isHardened(environment('Production'))).toBe(true);
    await bench.screenshot('11-on-again');
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
