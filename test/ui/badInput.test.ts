import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './world.js';

/** What goes wrong on the first day; each in its own words, with a next step, and nothing is half saved. */
describe('adding an environment when something is wrong', () => {
  let world: World;
  const messages = new Map<string, string>();

  const staging = () => {
    const environment = world.sandbox.environments.find(({ name }) => name === 'Staging');
    if (environment === undefined) throw new Error('The sandbox has no Staging');
    return environment;
  };
  const unknownKey = (): string => staging().fullAccess.replace(/[0-9a-f](?=:)/, (digit) => (digit === '0' ? '1' : '0'));

  beforeAll(async () => {
    world = await startWorld({ pictures: 'bad-input' });
    await world.bench.openView('Stigg');
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });
  afterAll(async () => {
    await world.dispose();
  });

  /** Pastes the key and reads the notification. */
  async function tryKey(name: string, token: string): Promise<string> {
    const { bench } = world;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.quickInput();
    await bench.answer(token);
    const notification = await bench.notification(/Try Another Key/, { timeout: 60_000 });
    const text = await notification.text();
    messages.set(name, text);
    await bench.screenshot(name.replaceAll(' ', '-'));
    await notification.dismiss();
    // The next one says the same words.
    await bench.page.locator('.notification-toast .notification-list-item').filter({ hasText: /Try Another Key/ }).first().waitFor({ state: 'hidden' });
    return text;
  }

  async function expectNothingSaved(): Promise<void> {
    const { bench } = world;
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    await expect.poll(() => bench.treeRows()).toEqual([]);
  }

  it('a publishable key is refused before it is sent anywhere', async () => {
    const { bench, sandbox } = world;
    const calls = sandbox.requests.length;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(staging().publishable, { accept: false });
    const box = await bench.quickInput(/publishable key/);
    await bench.screenshot('publishable-key');
    messages.set('publishable key', await box.locator('.quick-input-message').innerText());
    await bench.cancelQuickInput();
    expect(sandbox.requests.length).toBe(calls);
    await expectNothingSaved();
  });

  it.each([
    ['unknown key', () => unknownKey(), /401/],
    ['expired key', () => staging().expired, /401/],
    ['key without permission', () => staging().scoped.find(({ name }) => name === 'billing-service')?.token ?? '', /403/],
  ] as const)('%s', async (name, token, expected) => {
    expect(await tryKey(name, token())).toMatch(expected);
    await expectNothingSaved();
  });

  it.each([
    ['redirect to another host', { kind: 'redirect' }, /redirect|another|elsewhere/i],
    ['HTML instead of JSON', { kind: 'html' }, /web page|HTML|not Stigg|JSON/i],
    ['an answer of the wrong shape', { kind: 'lie', data: { environments: 42 } }, /./],
    ['too many requests', { status: 429, retryAfter: 3_600 }, /429|too many|hour|minutes/i],
    ['a failing server', { status: 503 }, /503|server|Stigg/i],
  ] as const)('%s', async (name, fault, expected) => {
    world.sandbox.fail({ ...fault, times: null });
    expect(await tryKey(name, staging().fullAccess)).toMatch(expected);
    world.sandbox.clearFaults();
    await expectNothingSaved();
  });

  it('each has its own message', () => {
    expect(messages.size).toBe(9);
    // A key that was never known and one that ended are the same 401 to Stigg.
    messages.delete('expired key');
    expect(new Set(messages.values()).size).toBe(8);
  });

  it('a locked keychain: the key is not claimed to be saved, and the view says what is wrong', async () => {
    const { bench, keychain } = world;
    keychain.lock();
    const text = await tryKey('locked keychain', staging().fullAccess);
    expect(text).toMatch(/locked|unlock/i);
    await bench.runCommand('Stigg: Refresh Environments and Keys');
    await bench.treeRow(/locked|unlock/i);
    await bench.screenshot('locked-keychain-view');
    await keychain.unlock();
    await (await bench.treeRow(/locked|unlock/i)).click();
    await expectNothingSaved();
  });

  it('after all of that, the right key works', async () => {
    const { bench } = world;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(staging().fullAccess);
    await bench.notification(/Staging was added/);
    await bench.treeRow('billing-service');
    await bench.screenshot('recovered');
  });
});

describe.each([
  ['a Stigg that cannot be reached', 'http://127.0.0.1:9', /reach|connect/i],
  ['an endpoint that would send the key in the clear', 'http://stigg.example.com', /https/i],
])('%s', (name, endpoint, expected) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ pictures: 'bad-input', endpoint });
  });
  afterAll(async () => {
    await world.dispose();
  });

  it('is said, and nothing is saved', async () => {
    const { bench, sandbox } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(sandbox.environments[0]?.fullAccess ?? '');
    expect(await (await bench.notification(/Try Another Key/, { timeout: 60_000 })).text()).toMatch(expected);
    await bench.screenshot(name.replaceAll(' ', '-'));
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    await expect.poll(() => bench.treeRows()).toEqual([]);
  });
});
