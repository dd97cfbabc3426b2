import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRequest } from '../sandbox/index.js';
import { pathsIn } from './leaks.js';
import { acceptQuickInput, startWorld, type World } from './world.js';

/** The extension host's processes on this machine whose VS Code stands in `root`. */
function extensionHosts(root: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
      // The folder is in the environment of VS Code alone.
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=extensionHost') && readFileSync(`/proc/${name}/environ`, 'utf8').includes(root);
    } catch {
      return false;
    }
  }).map(Number);
}

/** Every record of work that is not finished, wherever VS Code keeps the extension's storage. */
function journalRecords(root: string): string[] {
  return pathsIn(root)
    .filter((name) => /globalStorage[\\/][^\\/]*key-hygiene[\\/].*(?:rotation|creation|remediation)-[^\\/]*\.json$/i.test(name))
    .map((name) => path.join(root, name)).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

// What the test of killed windows (test/keychain) shows for every step, seen once from the editor: the words and the way back.
describe.runIf(process.platform === 'linux')('the extension host is killed', () => {
  let world: World;
  const environment = () => {
    const found = world.sandbox.environments.find(({ name }) => name === 'Sandbox');
    if (found === undefined) throw new Error('The sandbox has no environment Sandbox');
    return found;
  };
  const live = (name: string) => world.sandbox.keys(environment().id).filter((key) => key.name === name && key.expireAt === null);
  const statusWith = async (token: string): Promise<number> => (await fetch(`${world.sandbox.url}/api/v1/customers`, { headers: { 'X-API-KEY': token } })).status;

  /** Ends the extension host once Stigg has this call in its hands, and opens the window again as if eleven minutes had passed: it says this then. */
  async function killDuring(fault: FaultRequest, begin: () => Promise<void>, said?: RegExp): Promise<void> {
    const before = world.sandbox.requests.length;
    world.sandbox.fail(fault);
    await begin();
    await expect.poll(() => world.sandbox.requests.slice(before).some(({ operation, status }) => operation === fault.operation && status === null), { timeout: 60_000 }).toBe(true);
    const hosts = extensionHosts(world.root);
    expect(hosts.length).toBeGreaterThan(0);
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    world.sandbox.clearFaults();
    for (const file of journalRecords(world.root)) {
      const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...record, leaseUntil: new Date(0).toISOString(), startedAt: new Date(Date.now() - 11 * 60_000).toISOString() }));
    }
    await world.bench.reload();
    const shows = async (): Promise<void> => {
      await world.bench.openView('Stigg');
      await world.bench.treeRow('billing-service', { timeout: 90_000 });
    };
    // Both at once: a notification is there for ten seconds, and may come before the rows.
    await Promise.all([shows(), said === undefined ? undefined : world.bench.notification(said, { timeout: 90_000 })]);
  }

  beforeAll(async () => {
    world = await startWorld({ pictures: 'killed' });
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').click();
    await bench.quickInput();
    await bench.answer(environment().fullAccess);
    await bench.notification(/Sandbox was added/);
    await bench.treeRow('billing-service');
    await bench.clearNotifications();
  });
  afterAll(async () => {
    await world.dispose();
  });

  it.each<[string, FaultRequest]>([
    ['before Stigg has rotated', { operation: 'RotateApiKey', kind: 'hang' }],
    ['after Stigg has rotated, before anybody knows', { operation: 'RotateApiKey', kind: 'hang-after' }],
    ['while the new value is proved', { operation: 'Probe', kind: 'hang' }],
  ])('%s: one key works, and its value is here', async (name, fault) => {
    const { bench } = world;
    const [before] = live('billing-service');
    const happened = !(fault.kind === 'hang' && fault.operation === 'RotateApiKey');
    await killDuring(fault, async () => {
      await bench.treeAction(/billing-service.*Active/, 'Rotate Key');
      await bench.quickInput(/Rotate/);
      await bench.pick('In 1 hour');
      // Completed by the new window, or known not to have happened; said in either case.
    }, happened ? /"billing-service" was rotated/ : /never happened/);
    await bench.screenshot(name.replaceAll(/\W+/g, '-'));
    await expect.poll(() => live('billing-service').length).toBe(1);
    const [after] = live('billing-service');
    expect(after?.id !== before?.id).toBe(happened);
    if (happened) {
      expect(await statusWith(after?.token ?? '')).toBe(200);
    }
    await expect.poll(() => journalRecords(world.root)).toEqual([]);
    await bench.clearNotifications();
  });

  it.each<[string, FaultRequest, boolean]>([
    ['before Stigg has made the key', { operation: 'CreateScopedApiKey', kind: 'hang' }, false],
    ['after Stigg has made the key, before anybody knows', { operation: 'CreateScopedApiKey', kind: 'hang-after' }, true],
  ])('%s: there is none or one, and its value is here', async (name, fault, isMade) => {
    const { bench } = world;
    const wanted = isMade ? 'made' : 'unmade';
    await killDuring(fault, async () => {
      await bench.runCommand('Stigg: Create Scoped Key…');
      await bench.answer(wanted);
      await bench.quickInput(/\(2\/4\)/);
      await acceptQuickInput(bench);
      await bench.quickInput(/\(3\/4\)/);
      await bench.pick('Read only');
      await bench.quickInput(/\(4\/4\)/);
      await bench.pick('Create and keep in the keychain');
    }, isMade ? /"made" was created/ : /was never made/);
    await bench.screenshot(name.replaceAll(/\W+/g, '-'));
    expect(live(wanted)).toHaveLength(isMade ? 1 : 0);
    if (isMade) await bench.treeRow(/^madeserver-/);
    await expect.poll(() => journalRecords(world.root)).toEqual([]);
    await bench.clearNotifications();
  });

  it('after Stigg has revoked, before anybody knows: the sidebar says that it has ended', async () => {
    const { bench } = world;
    const [before] = live('ci-deployer');
    await killDuring({ operation: 'RevokeApiKey', kind: 'hang-after' }, async () => {
      await bench.treeAction(/ci-deployer.*Active/, 'Revoke Key');
      await bench.dialog(/cannot be undone/);
      await bench.pressInDialog('Revoke');
    });
    expect(await statusWith(before?.token ?? '')).toBe(401);
    await bench.treeRow(/ci-deployer.*Expired/);
    await bench.screenshot('killed-while-revoking');
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
