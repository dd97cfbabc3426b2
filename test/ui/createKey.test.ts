import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACME, type SandboxOptions } from '../sandbox/index.js';
import { acceptQuickInput, hasFocus, startWorld, type World } from './world.js';

/** What Stigg says the key of that name may do, asked with the full access key. */
async function scopesOf(world: World, name: string): Promise<readonly string[]> {
  const key = live(world, name);
  const query = { query: 'query ($id: UUID!) { apiKeyScope(id: $id) { action resource } }', variables: { id: key.id } };
  const answer = await fetch(`${world.sandbox.url}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-API-KEY': seed(world).fullAccess }, body: JSON.stringify(query) });
  const { data } = (await answer.json()) as { data: { apiKeyScope: { action: string; resource: string }[] } };
  return data.apiKeyScope.map(({ action, resource }) => `${resource}:${action}`);
}

function seed({ sandbox }: World, name = 'Sandbox') {
  const found = sandbox.environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(`The sandbox has no ${name}`);
  return found;
}

function live(world: World, name: string) {
  const keys = world.sandbox.keys(seed(world).id).filter((key) => key.name === name);
  if (keys.length !== 1 || keys[0] === undefined) throw new Error(`${String(keys.length)} keys are named ${name}`);
  return keys[0];
}

const named = (world: World, name: string, environment = 'Sandbox'): number => world.sandbox.keys(seed(world, environment).id).filter((key) => key.name === name).length;

async function add(world: World, environment = 'Sandbox'): Promise<void> {
  const { bench } = world;
  await bench.openView('Stigg');
  await bench.runCommand('Stigg: Add Environment…');
  await bench.answer(seed(world, environment).fullAccess);
  await bench.notification(new RegExp(`${environment} was added`));
  await bench.clearNotifications();
}

/** Wide enough to read a row, and its actions. */
async function widen({ bench }: World): Promise<void> {
  await bench.page.mouse.move(350, 500);
  await bench.page.mouse.down();
  await bench.page.mouse.move(560, 500, { steps: 5 });
  await bench.page.mouse.up();
}

/** For the pictures: what fades in is there. */
async function settle({ bench }: World): Promise<void> {
  await bench.page.waitForTimeout(500);
}

function pictured(start: () => World): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await start().bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => { await start().dispose(); });
}

describe('a scoped key', () => {
  let world: World;
  pictured(() => world);
  beforeAll(async () => {
    world = await startWorld({ pictures: 'createKey' });
    await widen(world);
    await add(world);
    await world.bench.treeRow('billing-service');
  });

  it('is created with a preset, step by step and back again, and lands in the keychain', async () => {
    const { bench } = world;
    await bench.treeAction(/^Sandbox/, 'Create Scoped Key');
    await bench.quickInput(/Create Scoped Key in Sandbox \(1\/4\)/);
    await bench.answer('billing-service', { accept: false });
    await bench.quickInput(/There is a key named "billing-service" already/);
    await settle(world);
    await bench.screenshot('01-name-taken');
    await bench.answer('webhook\u202e relay', { accept: false });
    await bench.quickInput(/"webhook relay"/);
    await acceptQuickInput(bench);
    await bench.quickInput(/\(2\/4\)/);
    await bench.answer('Receives events');
    await bench.quickInput(/\(3\/4\)/);
    await settle(world);
    await bench.screenshot('02-presets');
    for (const preset of ['Full access', 'Read only', 'Customers write', 'Subscriptions write', 'Coupons write', 'API keys read and write', 'Event Queue read', 'Custom…']) await expect.poll(async () => (await bench.readQuickInput()).rows.join('\n')).toContain(preset);
    await bench.pick('Customers write');
    await bench.quickInput(/\(4\/4\)/);
    await bench.quickInput(/It may: Customers: read and write/);
    await settle(world);
    await bench.screenshot('03-summary');
    // Back to the name and on again: nothing has to be typed twice.
    for (const step of ['3/4', '2/4', '1/4']) {
      await bench.page.locator('.quick-input-widget .quick-input-left-action-bar .action-label').first().click();
      await bench.quickInput(`(${step})`);
    }
    for (const step of ['2/4', '3/4', '4/4']) {
      await acceptQuickInput(bench);
      await bench.quickInput(`(${step})`);
    }
    await bench.quickInput(/It may: Customers: read and write/);
    await bench.pick('Create and keep in the keychain');
    const told = await bench.notification(/"webhook relay" was created in Sandbox/);
    // At once: it is there for ten seconds.
    expect((await told.buttons()).join()).toMatch(/Copy Key.*Show in Sidebar.*Open Terminal with Key/s);
    await bench.treeRow(/webhook relay/);
    await settle(world);
    await bench.screenshot('04-created');
    await told.press('Copy Key');
    await bench.notification(/is on the clipboard/);
    await expect.poll(() => bench.page.evaluate('navigator.clipboard.readText()')).toBe(live(world, 'webhook relay').token);
    expect(await scopesOf(world, 'webhook relay')).toEqual(['CUSTOMER:READ', 'CUSTOMER:WRITE']);
    await bench.clearNotifications();
  });

  it('is created with a scope of its own: writing ticks reading', async () => {
    const { bench } = world;
    await bench.runCommand('Stigg: Create Scoped Key…');
    await bench.answer('coupon-sync');
    await bench.quickInput(/\(2\/4\)/);
    await acceptQuickInput(bench);
    await bench.quickInput(/\(3\/4\)/);
    await bench.pick('Custom…');
    await bench.quickInput(/\(4\/5\)/);
    const field = (label: string) => bench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label });
    expect((await bench.readQuickInput()).rows.join('\n')).not.toContain('Event Queue: write');
    await acceptQuickInput(bench);
    await bench.page.locator('.quick-input-widget input[placeholder*="at least one permission"]').waitFor();
    await field('Coupons: write').click();
    await field('Coupons: read').locator('input:checked, .checked, [aria-checked="true"]').first().waitFor({ state: 'attached' });
    await field('Event Queue: read').click();
    await settle(world);
    await bench.screenshot('05-matrix');
    await acceptQuickInput(bench);
    await bench.quickInput(/\(5\/5\)/);
    await bench.quickInput(/It may: Coupons: read and write; Event Queue: read/);
    await settle(world);
    await bench.screenshot('06-custom-summary');
    await bench.pick('Create and keep in the keychain');
    await bench.notification(/"coupon-sync" was created/);
    expect(await scopesOf(world, 'coupon-sync')).toEqual(['COUPON:READ', 'COUPON:WRITE', 'EVENT_QUEUE:READ']);
    await bench.clearNotifications();
  });

  it('gets another name and description', async () => {
    const { bench } = world;
    await bench.treeMenu(/webhook relay/, 'Rename Key');
    await bench.quickInput(/Rename "webhook relay" of Sandbox \(1\/2\)/);
    await bench.answer('event-relay');
    await bench.quickInput(/\(2\/2\)/);
    await settle(world);
    await bench.screenshot('07-rename');
    await acceptQuickInput(bench);
    await bench.notification(/is now named "event-relay"/);
    await bench.treeRow(/event-relay/);
    expect(named(world, 'event-relay')).toBe(1);
    await bench.clearNotifications();
  });

  it('gets another scope, after what is lost was said', async () => {
    const { bench } = world;
    await bench.treeMenu(/event-relay/, 'Change Scope');
    await bench.quickInput(/now "Customers write"/);
    await bench.pick('Subscriptions write');
    await bench.quickInput(/Gains: Subscriptions: read, Subscriptions: write/);
    await bench.quickInput(/Loses: Customers: read, Customers: write/);
    await settle(world);
    await bench.screenshot('08-scope-summary');
    await bench.pick('Change the scope');
    expect(await bench.dialog()).toMatch(/403 at once for: Customers: read, Customers: write/);
    await settle(world);
    await bench.screenshot('09-scope-confirm');
    await bench.pressInDialog('Change Scope');
    await bench.notification(/"event-relay" may now: Subscriptions: read and write/);
    expect(await scopesOf(world, 'event-relay')).toEqual(['SUBSCRIPTION:READ', 'SUBSCRIPTION:WRITE']);
    await bench.clearNotifications();
  });

  it('whose creation Stigg did not confirm is found by looking, and never made twice', async () => {
    const { bench, sandbox } = world;
    const createNamed = async (name: string): Promise<void> => {
      await bench.runCommand('Stigg: Create Scoped Key…');
      await bench.answer(name);
      await bench.quickInput(/\(2\/4\)/);
      await acceptQuickInput(bench);
      await bench.quickInput(/\(3\/4\)/);
      await bench.pick('Read only');
      await bench.quickInput(/\(4\/4\)/);
      await bench.pick('Create and keep in the keychain');
    };
    // Stigg acts, and its answer is lost.
    sandbox.fail({ operation: 'CreateScopedApiKey', kind: 'cut-after' });
    await createNamed('found');
    await bench.notification(/"found" was created in Sandbox/);
    expect(named(world, 'found')).toBe(1);
    await bench.clearNotifications();
    // Stigg never hears of it.
    sandbox.fail({ operation: 'CreateScopedApiKey', kind: 'cut-before' });
    await createNamed('lost');
    const told = await bench.notification(/no new key named "lost" can be seen so far.*Do not create it again yet/);
    expect(await told.buttons()).toContain('Refresh');
    await settle(world);
    await bench.screenshot('10-unsettled');
    await bench.clearNotifications();
    await createNamed('lost');
    await bench.notification(/named "lost" was asked for before/);
    expect(named(world, 'lost')).toBe(0);
    await bench.clearNotifications();
  });

  it('of production is confirmed in words', async () => {
    const { bench } = world;
    await add(world, 'Production');
    await bench.treeAction(/^Production/, 'Create Scoped Key');
    await bench.answer('live-relay');
    await bench.quickInput(/\(2\/4\)/);
    await acceptQuickInput(bench);
    await bench.quickInput(/\(3\/4\)/);
    await bench.pick('Event Queue read');
    await bench.quickInput(/which is PRODUCTION/);
    await bench.pick('Create and keep in the keychain');
    expect(await bench.dialog()).toMatch(/Create "live-relay" in Production \(PRODUCTION\)\?.*real customers/s);
    await settle(world);
    await bench.screenshot('11-production');
    await hasFocus(bench, '.monaco-dialog-box');
    await bench.page.keyboard.press('Escape');
    await bench.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    expect(named(world, 'live-relay', 'Production')).toBe(0);
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});

describe('where it is not possible', () => {
  const inlineCreate = async (world: World): Promise<number> => {
    const row = await world.bench.treeRow(/^Sandbox/);
    await row.hover();
    return row.locator('.actions .action-label[aria-label^="Create Scoped Key"]').count();
  };
  const begin = async (sandbox: SandboxOptions): Promise<World> => {
    const world = await startWorld({ pictures: 'createKey', sandbox });
    await widen(world);
    await add(world);
    return world;
  };

  describe('a plan without scoped keys', () => {
    let world: World;
    pictured(() => world);

    it('is explained before anybody tries', async () => {
      world = await begin({ accounts: [{ ...ACME, scopedKeys: false }] });
      const { bench } = world;
      await bench.treeRow('Full access key');
      await expect.poll(() => inlineCreate(world)).toBe(0);
      await bench.treeMenu(/^Sandbox/, 'Why Can');
      await bench.quickInput(/does not include scoped keys/);
      await bench.quickInput(/Scale plan/);
      await settle(world);
      await bench.screenshot('12-plan-explained');
      await bench.cancelQuickInput();
      await bench.runCommand('Stigg: Create Scoped Key…');
      const told = await bench.notification(/does not include scoped keys.*Scale plan.*account owner/);
      await settle(world);
      await bench.screenshot('13-plan-refused');
      await told.press('Check Again');
      await bench.notification(/Some actions are still not possible in: Sandbox/);
      expect(world.sandbox.requests.map(({ operation }) => operation)).not.toContain('CreateScopedApiKey');
    });
  });

  describe('the role of a member', () => {
    let world: World;
    pictured(() => world);

    it('is known as soon as the environment is added, and said before anybody tries', async () => {
      world = await begin({ accounts: [{ ...ACME, role: 'MEMBER' }] });
      const { bench } = world;
      await expect.poll(() => inlineCreate(world)).toBe(0);
      await bench.runCommand('Stigg: Create Scoped Key…');
      await bench.notification(/does not give out the values of keys.*account owner|only account owners may create/s);
      await settle(world);
      await bench.screenshot('14-member-explained');
      expect(world.sandbox.requests.map(({ operation }) => operation)).not.toContain('CreateScopedApiKey');
    });
  });
});
