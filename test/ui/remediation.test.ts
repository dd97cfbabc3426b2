import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeakFinder, pathsIn, type Leak } from './leaks.js';
import { acceptQuickInput, quickFixesShow, startWorld, type World } from './world.js';

/** From a squiggle under a committed key to the report, as a person does it; each step builds on the one before. */
describe('remediating a leak', () => {
  let world: World;
  let leaked = '';
  let commit = '';
  let repository: readonly string[] = [];
  let watch: NodeJS.Timeout | undefined;
  const argumentLeaks: Leak[] = [];

  const production = () => {
    const environment = world.sandbox.environments.find(({ name }) => name === 'Production');
    if (environment === undefined) throw new Error('The sandbox has no Production');
    return environment;
  };
  const statusWith = async (token: string): Promise<number> =>
    (await fetch(`${world.sandbox.url}/api/v1/customers`, { headers: { 'X-API-KEY': token } })).status;
  const secrets = (): Map<string, string> => new Map(world.sandbox.keys().map((key) => [`${key.name} (${key.type}, ${key.id})`, key.token]));
  const git = (...args: string[]): string => execFileSync('git', ['-C', world.workspace, '-c', 'user.name=Ada Writer', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgSign=false', ...args], { encoding: 'utf8' });
  /** What a repository is: its refs and objects. The index is VS Code's own to refresh. */
  const stateOfGit = (): readonly string[] => {
    const folder = path.join(world.workspace, '.git');
    return [git('for-each-ref'), git('rev-parse', 'HEAD'), readFileSync(path.join(folder, 'config'), 'utf8'), ...readdirSync(path.join(folder, 'objects'), { recursive: true, encoding: 'utf8' }).sort()];
  };
  const report = async (): Promise<string> => (await world.bench.editorText()).replaceAll(/\s+/g, ' ');

  beforeAll(async () => {
    world = await startWorld({ pictures: 'remediation', settings: { 'editor.wordWrap': 'on' } });
    leaked = production().fullAccess;
    writeFileSync(path.join(world.workspace, 'server/sync.ts'), `import Stigg from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({\n  apiKey: '${leaked}',\n});\n`);
    writeFileSync(path.join(world.workspace, '.env.local'), `STIGG_SERVER_API_KEY=${leaked}\n`);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'Synchronise customers');
    commit = git('rev-parse', 'HEAD').trim();
    const remote = path.join(world.root, 'remote.git');
    execFileSync('git', ['init', '-q', '--bare', remote]);
    git('remote', 'add', 'origin', remote);
    git('push', '-q', 'origin', 'main');
    git('tag', 'v1.0.0');
    repository = stateOfGit();
    watch = setInterval(() => { argumentLeaks.push(...new LeakFinder(secrets()).inProcessArguments()); }, 250);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    clearInterval(watch);
    await world.dispose();
  });

  it('says of a publishable key that it is no leak', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    await bench.runCommand('Stigg: Remediate a Leak…');
    await bench.quickInput(/Paste the leaked value/);
    expect((await bench.readQuickInput()).masked).toBe(true);
    await bench.answer(production().publishable);
    await bench.notification(/publishable key.*no leak/);
    await bench.clearNotifications();
  });

  it('offers the remediation at the squiggle', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.runCommand('Stigg: Add Environment…');
    await bench.pick('Paste a key');
    await bench.quickInput(/Paste a full access key/);
    await bench.answer(leaked);
    await bench.notification(/Production was added/);
    await bench.clearNotifications();
    await bench.openFile('server/sync.ts');
    await bench.goTo(4, 30);
    await bench.squiggle('error');
    const offered = bench.page.locator('.action-widget:visible').getByText('Remediate this leak…');
    await quickFixesShow(bench, offered);
    await bench.screenshot('01-offer');
    await bench.page.keyboard.press('Escape');
  });

  it('goes from the squiggle to the report in one go', async () => {
    const { bench, workspace } = world;
    await bench.quickFix('Remediate this leak…');
    await bench.quickInput(/Remediate the leak of/);
    await bench.page.waitForTimeout(300);
    await bench.screenshot('02-when');
    await bench.pick('As soon as the replacement is in place');
    expect(await bench.dialog()).toContain('PRODUCTION');
    await bench.screenshot('03-confirm');
    const begun = Date.now();
    await bench.pressInDialog('Remediate');
    await bench.notification(/answers 401 to the leaked value/, { timeout: 60_000 });
    const seconds = (Date.now() - begun) / 1_000;
    console.log(`From the last click to the proof and the report: ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(60);
    await bench.screenshot('04-report');
    expect(await statusWith(leaked)).toBe(401);
    const live = world.sandbox.keys(production().id).filter((key) => key.type === 'SERVER' && key.expireAt === null);
    expect(live).toHaveLength(1);
    expect(await statusWith(live[0]?.token ?? '')).toBe(200);
    await expect.poll(() => readFileSync(path.join(workspace, 'server/sync.ts'), 'utf8')).toMatch(/apiKey: process\.env\.\w+/);
    await expect.poll(() => readFileSync(path.join(workspace, '.env.local'), 'utf8')).not.toContain(leaked);
    expect(stateOfGit()).toEqual(repository);
    await bench.clearNotifications();
  });

  it('has written what an incident needs, and no secret', async () => {
    const { bench, workspace } = world;
    await bench.page.keyboard.press('Control+Home');
    for (const words of ['Leaked Stigg key: Full access key', 'answers 401 to the leaked value', 'Production', 'Fingerprint']) await expect.poll(report).toContain(words);
    const file = path.join(workspace, 'incident.md');
    await bench.page.locator('.codelens-decoration a').filter({ hasText: 'Save As…' }).first().click();
    await bench.quickInput();
    // The dialog writes its folder and the proposed name by itself, and into what was typed before.
    const typed = (): Promise<string> => bench.page.locator('.quick-input-widget .quick-input-box input, .quick-input-widget .quick-input-filter input').first().inputValue();
    await expect.poll(typed).toMatch(/\.md$/);
    await bench.page.waitForTimeout(1_000);
    await expect.poll(async () => {
      await bench.answer(file, { accept: false });
      await bench.page.waitForTimeout(300);
      return typed();
    }).toBe(file);
    await acceptQuickInput(bench);
    await expect.poll(() => readdirSync(workspace)).toContain('incident.md');
    // It is made before it is written.
    for (const words of [commit.slice(0, 12), 'Ada Writer', 'server/sync.ts', '.env.local', 'Synchronise customers', 'it is on `origin`', 'v1.0.0', 'Rotation is the remedy', 'CI, hosting', ' UTC', 'API_KEY_REVOKED']) await expect.poll(() => readFileSync(file, 'utf8'), { message: words }).toContain(words);
    const text = readFileSync(file, 'utf8');
    for (const token of secrets().values()) expect(text).not.toContain(token.slice(7, 43));
    await bench.page.keyboard.press('Control+End');
    await bench.page.waitForTimeout(500);
    await bench.screenshot('05-report-end');
  });

  it('tells the next start of a remediation that a crash has left, and lets it be dropped', async () => {
    const { bench, root } = world;
    const storage = pathsIn(root).find((name) => name.endsWith('globalStorage/stigg-community.stigg-key-hygiene'));
    const long = new Date(0).toISOString();
    writeFileSync(path.join(root, storage ?? '', 'remediation-left.json'), JSON.stringify({
      id: 'left', environmentId: production().id, keyId: 'gone', newKeyId: null, fingerprint: '0'.repeat(32), end: 'afterReplacement', done: ['rotated'], startedAt: long, provedAt: null, dueAt: null, leaseUntil: long,
    }));
    await bench.reload();
    const told = await bench.notification(/remediation of .* is not finished: the leaked value is still to be replaced and ended/, { timeout: 90_000 });
    await bench.screenshot('06-unfinished');
    expect(await told.buttons()).toEqual(['Continue', 'Show What Is Left', 'Drop']);
    await told.press('Drop');
    await expect.poll(() => readdirSync(path.join(root, storage ?? ''))).not.toContain('remediation-left.json');
  });

  it('leaves no byte of any token outside the keychain and the history it stood in', async () => {
    clearInterval(watch);
    await world.quit();
    const finder = new LeakFinder(secrets());
    const leaks = finder.inFolder(world.root);
    expect(finder.files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
    expect(argumentLeaks).toEqual([]);
  });
});
