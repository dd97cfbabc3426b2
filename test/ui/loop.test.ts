import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeakFinder, type Leak } from './leaks.js';
import { acceptQuickInput, editorHasFocus, hasFocus, hoverShows, quickFixesShow, startWorld, type World } from './world.js';

/** The whole loop as a person does it, in one VS Code; each step builds on the one before. */
describe('the whole loop', () => {
  let world: World;
  let oldToken = '';
  let newToken = '';
  const argumentLeaks: Leak[] = [];
  let watch: NodeJS.Timeout | undefined;

  const production = () => {
    const environment = world.sandbox.environments.find(({ name }) => name === 'Production');
    if (environment === undefined) throw new Error('The sandbox has no Production');
    return environment;
  };
  const statusWith = async (token: string): Promise<number> =>
    (await fetch(`${world.sandbox.url}/api/v1/customers`, { headers: { 'X-API-KEY': token } })).status;
  /** Tokens as they are now; a name says which one leaked. */
  const secrets = (): Map<string, string> => new Map(world.sandbox.keys().map((key) => [`${key.name} (${key.type}, ${key.id})`, key.token]));

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'loop',
      files: () => ({
        'app/checkout.tsx': "'use client';\nimport { StiggProvider } from '@stigg/react-sdk';\n\nexport function Checkout() {\n  return <StiggProvider apiKey= />;\n}\n",
        'list-customers.sh': '',
      }),
    });
    watch = setInterval(() => { argumentLeaks.push(...new LeakFinder(secrets()).inProcessArguments()); }, 250);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    clearInterval(watch);
    await world.dispose();
  });

  it('starts with a welcome that leads somewhere', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    // As wide as a person makes it to read a row.
    await bench.page.mouse.move(350, 500);
    await bench.page.mouse.down();
    await bench.page.mouse.move(520, 500, { steps: 5 });
    await bench.page.mouse.up();
    await bench.screenshot('01-empty');
  });

  it('adds an environment by its key, through a masked prompt', async () => {
    const { bench } = world;
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').click();
    await bench.quickInput();
    expect((await bench.readQuickInput()).masked).toBe(true);
    await bench.answer(production().fullAccess, { accept: false });
    await bench.screenshot('02-paste-key');
    await acceptQuickInput(bench);
    await bench.notification(/Production was added with \d+ keys/);
    await bench.treeRow('Full access key');
    await bench.screenshot('03-keys');
    await expect.poll(async () => String((await bench.treeRows())[0])).toMatch(/Production.*Acme Inc/s);
    for (const name of ['Full access key', 'Publishable key', 'billing-service', 'ci-deployer', 'Salesforce integration']) {
      await expect.poll(async () => (await bench.treeRows()).join('\n')).toContain(name);
    }
    expect((await bench.treeRows()).join('\n')).not.toContain(production().fullAccess);
    await bench.clearNotifications();
  });

  it('rotates with a grace period: the new key works, the old one still does', async () => {
    const { bench } = world;
    oldToken = production().fullAccess;
    await bench.treeAction(/Full access key.*Active/, 'Rotate Key');
    await bench.quickInput(/When should the old value expire|Rotate/);
    await bench.page.waitForTimeout(300);
    await bench.screenshot('04-grace-period');
    await bench.pick('In 24 hours');
    expect(await bench.dialog()).toContain('PRODUCTION');
    await bench.screenshot('05-confirm-rotation');
    await bench.pressInDialog('Rotate');
    await bench.notification(/was rotated/);
    await bench.treeRow(/23 h left · Expiring soon/);
    // For the picture: the progress fades out.
    await bench.page.waitForTimeout(1_000);
    await bench.screenshot('06-rotated');
    const live = world.sandbox.keys(production().id).filter((key) => key.type === 'SERVER' && key.expireAt === null);
    expect(live).toHaveLength(1);
    newToken = live[0]?.token ?? '';
    expect(newToken).not.toBe(oldToken);
    expect(await statusWith(newToken)).toBe(200);
    expect(await statusWith(oldToken)).toBe(200);
    await bench.clearNotifications();
  });

  it('revokes the old key, by its name in production: Stigg answers 401', async () => {
    const { bench } = world;
    await bench.treeAction(/23 h left · Expiring soon/, 'Revoke Key');
    await bench.dialog(/cannot be undone/);
    await bench.screenshot('07-confirm-revocation');
    await bench.pressInDialog('Revoke');
    await bench.quickInput(/Type the name/);
    await bench.answer('Full access key');
    await bench.notification(/answers 401/);
    await bench.screenshot('08-revoked');
    expect(await statusWith(oldToken)).toBe(401);
    expect(await statusWith(newToken)).toBe(200);
    await bench.clearNotifications();
  });

  it('warns of a server key typed into browser code, and moves it out', async () => {
    const { bench, workspace } = world;
    const typed = production().scoped[0]?.token ?? '';
    const file = path.join(workspace, 'app/checkout.tsx');
    await bench.openFile('app/checkout.tsx');
    await bench.goTo(5, 32);
    await editorHasFocus(bench);
    await bench.type(`"${typed}"`, { instantly: true });
    await bench.squiggle('error');
    await bench.screenshot('09-squiggle');
    await bench.goTo(5, 40);
    await hoverShows(bench, /browser/);
    await bench.screenshot('10-hover');
    await bench.page.keyboard.press('Escape');
    await bench.goTo(5, 40);
    await editorHasFocus(bench);
    await quickFixesShow(bench, bench.page.locator('.action-widget:visible').first());
    await bench.screenshot('11-fixes');
    await hasFocus(bench, '.action-widget');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.editor-instance .squiggly-error').first().waitFor({ state: 'detached' });
    await bench.save();
    await bench.screenshot('12-fixed');
    await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/apiKey=\{process\.env\.\w+\}/);
    expect(readFileSync(file, 'utf8')).not.toContain(typed);
    await bench.clearNotifications();
  });

  it('inserts a curl that runs as it is in a terminal with the key', async () => {
    const { bench, workspace } = world;
    await bench.openFile('list-customers.sh');
    await bench.runCommand('Stigg: Insert Authenticated Request…');
    await bench.quickInput(/\(1\/2\)/);
    await bench.answer('customers.list');
    await bench.quickInput(/\(2\/2\)/);
    await bench.pick('curl (bash, zsh)');
    await bench.page.locator('.editor-instance .view-line').filter({ hasText: 'STIGG_SERVER_API_KEY' }).first().waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.save();
    await bench.screenshot('13-inserted');
    const curlOf = (script: string): string => script.slice(script.indexOf('curl '));
    const onDisk = (): string => curlOf(readFileSync(path.join(workspace, 'list-customers.sh'), 'utf8').trim());
    await expect.poll(onDisk).toContain('-H "X-API-KEY: $STIGG_SERVER_API_KEY"');
    const curl = onDisk();
    await bench.openView('Stigg');
    await bench.treeAction(/Production/, 'Open Terminal with Key');
    await bench.waitForTerminal(/this\s+terminal\s+only/);
    await bench.runInTerminal(`bash ./list-customers.sh > /dev/null && ${curl.replaceAll(/\\\n\s*/g, ' ')} -s -o /dev/null -w 'HTTP %{http_code}\\n'`);
    await bench.waitForTerminal(/HTTP 200/);
    await bench.screenshot('14-terminal');
    await expect.poll(() => world.sandbox.requests.filter(({ operation, status }) => /customers/i.test(operation) && status === 200).length).toBeGreaterThan(1);
  });

  it('leaves no byte of any token outside the keychain, after a reload and after quitting', async () => {
    const { bench } = world;
    await bench.reload();
    // The view comes back by itself: what it shows was read from keychain and Stigg again.
    await bench.treeRow('billing-service');
    await bench.screenshot('15-after-reload');
    clearInterval(watch);
    await world.quit();
    const finder = new LeakFinder(secrets());
    const leaks = finder.inFolder(world.root);
    // There was something to look at: logs, databases, extension storage, the browser's profile.
    expect(finder.files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
    // The person's own curl carries the key in its arguments; nothing else does.
    expect(argumentLeaks.filter(({ place }) => !/(^| )(\S*\/)?curl$/.test(place))).toEqual([]);
    // The keychain holds it, encrypted.
    expect(finder.inFolder(world.keychain.dir)).toEqual([]);
  });

  it('would have noticed', () => {
    const token = [...secrets().values()][0] ?? '';
    const folder = path.join(world.root, 'planted');
    mkdirSync(folder);
    for (const [name, content] of [['plain', token], ['wide', Buffer.from(token, 'utf16le')], ['base64', Buffer.from(`{"k":"${token}"}`).toString('base64')], ['part', token.slice(0, 45)]] as const) {
      writeFileSync(path.join(folder, name), content);
      expect(new LeakFinder(secrets()).inFolder(folder), name).not.toEqual([]);
      rmSync(path.join(folder, name));
    }
  });
});
