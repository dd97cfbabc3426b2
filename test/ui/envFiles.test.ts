import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../sandbox/tokens.js';
import { LeakFinder } from './leaks.js';
import { acceptQuickInput, startWorld, type World } from './world.js';

/** Keys leave the env files of a workspace for the keychain, and one comes back into a file that git ignores. */
describe('env files', () => {
  let world: World;
  const before = new Map<string, string>();
  const dead = newToken('server', randomUUID());

  const staging = () => {
    const environment = world.sandbox.environments.find(({ name }) => name === 'Staging');
    if (environment === undefined) throw new Error('The sandbox has no Staging');
    return environment;
  };
  const file = (name: string): string => path.join(world.workspace, name);
  const text = (name: string): string => readFileSync(file(name), 'utf8');
  const git = (...args: string[]): string => execFileSync('git', ['-C', world.workspace, '-c', 'user.name=Ada Writer', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgSign=false', ...args], { encoding: 'utf8' });
  const unchanged = (): void => {
    for (const [name, content] of before) expect(text(name), name).toBe(content);
  };
  const rows = () => world.bench.page.locator('.quick-input-list .monaco-list-row');
  const titled = (title: string): Promise<void> => world.bench.page.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  const MOVE = 'Stigg: Move Secrets of Env Files to the Keychain';

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'envFiles',
      files: ({ environments }) => {
        const environment = environments.find(({ name }) => name === 'Staging');
        if (environment === undefined) throw new Error('The sandbox has no Staging');
        const [scoped] = environment.scoped;
        before.set('.env', `\uFEFF# mine\r\nPORT=3000\r\nexport STIGG_SERVER_API_KEY = "${environment.fullAccess}" # full access\r\nSTIGG_CLIENT_API_KEY=${environment.publishable}\r\n# STIGG_SERVER_API_KEY=${scoped?.token ?? ''}\r\nTEXT="several\r\nlines"`);
        before.set('.envrc', `export STIGG_API_KEY='${scoped?.token ?? ''}'\nexport PATH_ADD=bin\n`);
        before.set('docker/api.env', `OLD_KEY=${dead}\nLEVEL=info\n`);
        before.set('docker/linked.env', 'X=1\n');
        return Object.fromEntries(before);
      },
    });
    chmodSync(file('.env'), 0o640);
    git('init', '-q', '-b', 'main');
    // The palette does not learn of commands while it is open.
    await world.bench.openView('Stigg');
  });
  afterEach(async ({ task }) => {
    world.sandbox.clearFaults();
    await world.bench.page.keyboard.press('Escape').catch(() => undefined);
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => { await world.dispose(); });

  it('changes nothing while Stigg cannot be asked', async () => {
    const { bench, sandbox } = world;
    sandbox.fail({ kind: 'cut-before', times: null });
    await bench.runCommand(MOVE);
    // The progress says that it asks; what ends it is an error.
    await bench.page.locator('.notification-toast .codicon-error').first().waitFor();
    await bench.screenshot('unreachable');
    sandbox.clearFaults();
    unchanged();
    await bench.clearNotifications();
  });

  it('shows each key masked, with what Stigg says of it, and changes nothing when that is closed', async () => {
    const { bench } = world;
    await bench.runCommand(MOVE);
    await titled('Move Secrets of Env Files to the Keychain');
    await bench.screenshot('choose');
    const show = async (): Promise<string> => (await rows().allInnerTexts()).join('\n');
    for (const words of ['works: ', 'Staging', 'dead: Stigg refuses it (401)', 'publishable: no secret']) await expect.poll(show).toContain(words);
    const shown = await show();
    for (const { token } of world.sandbox.keys()) expect(shown).not.toContain(token);
    await bench.cancelQuickInput();
    unchanged();
  });

  it('stores the keys and takes them out, and leaves every other byte', async () => {
    const { bench } = world;
    await bench.runCommand(MOVE);
    await titled('Move Secrets of Env Files to the Keychain');
    // The dead one has to be chosen.
    await rows().filter({ hasText: 'OLD_KEY' }).first().click();
    await bench.screenshot('chosen');
    await acceptQuickInput(bench);
    await titled('What is left in the files?');
    await bench.screenshot('how');
    await bench.pick('Leave the variables empty');
    const done = await bench.notification(/stored in the keychain/);
    const said = await done.text();
    await bench.screenshot('moved');
    expect(said).toMatch(/^2 keys stored in the keychain; 4 keys taken out of \.env, \.envrc, docker\/api\.env\./);
    expect(said).toMatch(/do not set .*STIGG_API_KEY/);
    const hint = `comes from the OS keychain: open a Stigg terminal, or "stigg-keys run --env ${staging().slug} -- <command>"`;
    await expect.poll(() => text('.env')).toBe(`\uFEFF# mine\r\nPORT=3000\r\n# STIGG_SERVER_API_KEY ${hint}\r\nexport STIGG_SERVER_API_KEY = "" # full access\r\nSTIGG_CLIENT_API_KEY=${staging().publishable}\r\n# STIGG_SERVER_API_KEY=\r\nTEXT="several\r\nlines"`);
    await expect.poll(() => text('.envrc')).toBe(`# STIGG_API_KEY ${hint}\nexport PATH_ADD=bin\n`);
    await expect.poll(() => text('docker/api.env')).toBe('# OLD_KEY held a key that Stigg refuses; it was taken out\nOLD_KEY=\nLEVEL=info\n');
    await expect.poll(() => statSync(file('.env')).mode & 0o777).toBe(0o640);
    const secrets = new Map([['full access', staging().fullAccess], ['scoped', staging().scoped[0]?.token ?? ''], ['dead', dead]]);
    expect(new LeakFinder(secrets).inFolder(world.root)).toEqual([]);
    await bench.clearNotifications();
  });

  it('writes a key into a file of its owner alone, once git ignores it', async () => {
    const { bench } = world;
    writeFileSync(file('dev.env'), 'PORT=1\n', { mode: 0o644 });
    await bench.runCommand('Stigg: Write Keys to an Env File…');
    await titled('Write Keys to an Env File');
    await bench.pick('Staging');
    await titled('Into which file?');
    await bench.pick('Another file');
    await bench.quickInput('Its path in');
    await bench.answer('dev.env');
    await titled('Which keys are written?');
    await rows().filter({ hasText: 'STIGG_SERVER_API_KEY' }).filter({ hasText: 'Full access' }).first().click();
    await bench.screenshot('write-which');
    await acceptQuickInput(bench);
    expect(await bench.dialog('Write keys of Staging into a file?')).toContain('plain text');
    await bench.screenshot('write-warning');
    await bench.pressInDialog('Write in Plain Text');
    await bench.dialog('Git does not ignore dev.env');
    expect(text('dev.env')).toBe('PORT=1\n');
    await bench.pressInDialog('Add to .gitignore');
    await bench.notification(/only you can read it, and git ignores it/);
    await bench.screenshot('written');
    await expect.poll(() => text('dev.env')).toBe(`PORT=1\nSTIGG_SERVER_API_KEY=${staging().fullAccess}\n`);
    await expect.poll(() => statSync(file('dev.env')).mode & 0o777).toBe(0o600);
    expect(git('check-ignore', 'dev.env').trim()).toBe('dev.env');
    await bench.clearNotifications();
  });

  it('refuses files that git tracks, and links', async () => {
    const { bench } = world;
    git('add', '-f', 'docker/api.env');
    symlinkSync(path.join(world.root, 'elsewhere.env'), file('docker/link.env'));
    for (const [name, said] of [['docker/api.env', /Git tracks docker\/api\.env/], ['docker/link.env', /is a link to another file/]] as const) {
      await bench.runCommand('Stigg: Write Keys to an Env File…');
      await titled('Write Keys to an Env File');
      await bench.pick('Staging');
      await titled('Into which file?');
      await bench.pick('Another file');
      await bench.quickInput('Its path in');
      await bench.answer(name);
      await bench.notification(said);
      await bench.clearNotifications();
    }
    expect(text('docker/api.env')).not.toContain('server-');
  });

  it('leaves no value anywhere else', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(50);
    const others = leaks.filter(({ place }) => ![file('dev.env'), file('.env')].includes(place));
    expect(others).toEqual([]);
    expect(leaks.filter(({ place, secret }) => place === file('.env') && !secret.includes('CLIENT'))).toEqual([]);
  });
});
