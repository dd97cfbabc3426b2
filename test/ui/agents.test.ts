import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashOf, startMcpEndpoint, type McpEndpoint } from './mcpEndpoint.js';
import { startWorld, type World } from './world.js';

/** Agents get Stigg's MCP server with a key of the keychain. Each step builds on the one before. */
describe('agents', () => {
  let world: World;
  let endpoint: McpEndpoint;

  const environment = (name: string) => {
    const found = world.sandbox.environments.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  const openServer = async (label: string | RegExp): Promise<void> => {
    await world.bench.runCommand('MCP: List Servers');
    await world.bench.quickInput();
    await world.bench.pick(label);
  };

  beforeAll(async () => {
    endpoint = await startMcpEndpoint();
    world = await startWorld({ pictures: 'agents', settings: { 'chat.disableAIFeatures': false, 'stiggKeys.mcp.endpoint': endpoint.url } });
    world.bench.page.setDefaultTimeout(60_000);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    await world.dispose();
    await endpoint.close();
  });

  it('lists a server for each environment, and sends nothing before it is started', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    for (const name of ['Production', 'Sandbox']) {
      await bench.runCommand('Stigg: Add Environment…');
      await bench.pick('Paste a key').catch(() => undefined);
      await bench.answer(environment(name).fullAccess);
      await bench.notification(new RegExp(`${name} was added`));
      await bench.clearNotifications();
    }
    await bench.runCommand('MCP: List Servers');
    await bench.quickInput(/Stigg: Production/);
    await bench.screenshot('01-servers');
    expect((await bench.readQuickInput()).rows.join('\n')).toMatch(/Stigg: Production[\s\S]*Stigg: Sandbox/);
    await bench.cancelQuickInput();
    expect(endpoint.calls).toEqual([]);
  });

  it('starts with the full key where the person says so', async () => {
    const { bench } = world;
    endpoint.accepted.add(hashOf(environment('Sandbox').fullAccess));
    await openServer('Stigg: Sandbox');
    await bench.quickInput(/Start Server/);
    await bench.screenshot('02-server');
    await bench.pick('Start Server');
    expect(await bench.dialog()).toContain('Let agents in this workspace use');
    await bench.screenshot('03-consent');
    await bench.pressInDialog('Use the Full Key This Time');
    await expect.poll(() => endpoint.calls.map(({ method }) => method), { timeout: 60_000 }).toContain('tools/list');
    expect(new Set(endpoint.calls.map(({ keyHash }) => keyHash))).toEqual(new Set([hashOf(environment('Sandbox').fullAccess)]));
    await bench.page.waitForTimeout(2_000);
    await bench.runCommand('MCP: List Servers');
    await bench.quickInput(/Running/);
    await bench.screenshot('04-running');
    await bench.cancelQuickInput();
  });

  it('leaves no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
