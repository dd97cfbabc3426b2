import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashOf, startMcpEndpoint, type McpEndpoint } from './mcpEndpoint.js';
import { acceptQuickInput, quickFixesShow, startWorld, type World } from './world.js';

/** Agents get Stigg's MCP server with a key of the keychain, and no configuration holds one. Each step builds on the one before. */
describe('agents', () => {
  let world: World;
  let endpoint: McpEndpoint;

  const environment = (name: string) => {
    const found = world.sandbox.environments.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  /** The name of the key that calls were signed with since the `from`th: never its value. */
  const keysUsed = (from: number): string[] => {
    const names = new Map(world.sandbox.keys().map(({ token, name, environmentId }) => [hashOf(token), `${name} of ${world.sandbox.environments.find(({ id }) => id === environmentId)?.name ?? ''}`]));
    return [...new Set(endpoint.calls.slice(from).map(({ keyHash }) => names.get(keyHash ?? '') ?? 'no known key'))];
  };
  const hasListedTools = (from: number): boolean => endpoint.calls.slice(from).some(({ method }) => method === 'tools/list');
  const server = async (label: string, action: string): Promise<void> => {
    const { bench } = world;
    await bench.runCommand('MCP: List Servers');
    await bench.quickInput(/Select an MCP Server|Stigg:/);
    await bench.pick(label);
    await bench.quickInput(action);
    await bench.page.waitForTimeout(300);
    await bench.pick(action);
  };
  const servers = async (): Promise<string> => {
    const { bench } = world;
    await bench.runCommand('MCP: List Servers');
    await bench.quickInput();
    await bench.page.waitForTimeout(500);
    const { rows } = await bench.readQuickInput();
    await bench.cancelQuickInput();
    return rows.join('\n');
  };
  const entry = (token: string): string => `{\n      "type": "http",\n      "url": "https://mcp.stigg.io",\n      "headers": { "X-API-KEY": "${token}" }\n    }`;
  const config = (list: string, token: string): string => `{\n  "${list}": {\n    "stigg": ${entry(token)}\n  }\n}\n`;

  beforeAll(async () => {
    endpoint = await startMcpEndpoint((keyHash) => world.sandbox.keys().some(({ token }) => hashOf(token) === keyHash));
    world = await startWorld({ pictures: 'agents', settings: { 'chat.disableAIFeatures': false, 'stiggKeys.mcp.endpoint': endpoint.url } });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    await world.dispose();
    await endpoint.close();
  });

  it('get a server for each environment, and nothing is sent before it is started', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await bench.page.locator('.part.sidebar .welcome-view-content').getByText('Add an environment').waitFor();
    expect(await servers()).not.toContain('Stigg:');
    for (const name of ['Production', 'Sandbox']) {
      await bench.runCommand('Stigg: Add Environment…');
      await bench.answer(environment(name).fullAccess);
      await bench.notification(new RegExp(`${name} was added`));
      await bench.clearNotifications();
    }
    await expect.poll(servers, { timeout: 60_000 }).toMatch(/Stigg: Production[\s\S]*Stigg: Sandbox/);
    await bench.runCommand('MCP: List Servers');
    await bench.quickInput(/Stigg: Production/);
    await bench.page.waitForTimeout(500);
    await bench.screenshot('01-servers');
    await bench.cancelQuickInput();
    expect(endpoint.calls).toEqual([]);
  });

  it('are given a read-only key in production, which is made on the way', async () => {
    const { bench } = world;
    await server('Stigg: Production', 'Start Server');
    expect(await bench.dialog('Let agents in this workspace use')).toContain('REAL CUSTOMERS');
    await bench.screenshot('02-consent');
    await bench.pressInDialog('Create a Read-Only Key');
    for (const [step, picture] of [[1, ''], [2, ''], [3, ''], [4, '03-permissions'], [5, '04-summary']] as const) {
      await bench.quickInput(`Create Scoped Key in Production (${String(step)}/5)`);
      await bench.page.waitForTimeout(400);
      if (picture !== '') await bench.screenshot(picture);
      await acceptQuickInput(bench);
    }
    await bench.dialog(/PRODUCTION/);
    await bench.pressInDialog('Create in Production');
    await expect.poll(() => hasListedTools(0), { timeout: 60_000 }).toBe(true);
    expect(keysUsed(0)).toEqual(['agents of Production']);
    await expect.poll(servers, { timeout: 60_000 }).toMatch(/Stigg: Production\s*Running/);
    await bench.clearNotifications();
  });

  it('are not asked about again once there is such a key', async () => {
    const from = endpoint.calls.length;
    await server('Stigg: Production', 'Restart Server');
    await expect.poll(() => hasListedTools(from), { timeout: 60_000 }).toBe(true);
    expect(keysUsed(from)).toEqual(['agents of Production']);
  });

  it('are given the full key where the person says so', async () => {
    const { bench } = world;
    const from = endpoint.calls.length;
    await server('Stigg: Sandbox', 'Start Server');
    await bench.dialog('Let agents in this workspace use');
    await bench.screenshot('05-consent-sandbox');
    await bench.pressInDialog('Use the Full Key This Time');
    await expect.poll(() => hasListedTools(from), { timeout: 60_000 }).toBe(true);
    expect(keysUsed(from)).toEqual(['Full access key of Sandbox']);
    await expect.poll(servers, { timeout: 60_000 }).toMatch(/Stigg: Sandbox\s*Running/);
    await bench.screenshot('06-running');
  });

  it('need no key in VS Code\'s own configuration: the entry goes at its squiggle', async () => {
    const { bench, workspace } = world;
    const file = path.join(workspace, '.vscode/mcp.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, config('servers', environment('Staging').fullAccess));
    await bench.openFile('.vscode/mcp.json');
    await bench.goTo(6, 35);
    await bench.squiggle('warning');
    const offered = bench.page.locator('.action-widget:visible').getByText('Replace by Stigg\'s server from the keychain');
    await quickFixesShow(bench, offered);
    await bench.screenshot('07-quick-fix');
    await offered.click();
    await bench.notification(/The key is in the keychain, and no longer in the file/);
    await bench.screenshot('08-replaced');
    await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')) as unknown).toEqual({ servers: {} });
    await expect.poll(servers, { timeout: 60_000 }).toContain('Stigg: Staging');
    await bench.clearNotifications();
  });

  it('need none in the configurations of other programs: all are found and replaced by one command', async () => {
    const { bench, workspace, root } = world;
    const [claude, cursor, desktop] = [path.join(workspace, '.mcp.json'), path.join(root, 'home/.cursor/mcp.json'), path.join(root, 'home/.config/Claude/claude_desktop_config.json')];
    for (const file of [claude, cursor, desktop]) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, config('mcpServers', environment('Sandbox').fullAccess));
    }
    await bench.runCommand('Stigg: Replace Keys in MCP Configurations…');
    // The palette holds the same words for a moment: only the list that is wanted has these.
    await expect.poll(async () => (await bench.readQuickInput().catch(() => undefined))?.placeholder ?? '', { timeout: 30_000 }).toContain('1 more can only be replaced by hand');
    await expect.poll(async () => (await bench.readQuickInput()).rows.join('\n')).toMatch(/\.mcp\.json:6[\s\S]*Sandbox[\s\S]*\$\{STIGG_SERVER_API_KEY\}[\s\S]*\.cursor\/mcp\.json:6[\s\S]*\$\{env:STIGG_SERVER_API_KEY\}/);
    await bench.pick('.cursor/mcp.json');
    await bench.page.waitForTimeout(500);
    await bench.screenshot('09-configurations');
    await acceptQuickInput(bench);
    await bench.notification(/2 keys are in the keychain.*By hand: .*claude_desktop_config\.json:6/);
    await bench.screenshot('10-all-replaced');
    for (const file of [claude, cursor]) await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/"X-API-KEY": "\$\{(?:env:)?STIGG_SERVER_API_KEY\}"/);
    expect(readFileSync(desktop, 'utf8')).toContain(environment('Sandbox').fullAccess);
    // By hand, as told.
    writeFileSync(desktop, '{}\n');
    await bench.clearNotifications();
  });

  it('find their servers again after a reload, before anything was read from the keychain', async () => {
    await world.bench.reload();
    await expect.poll(servers, { timeout: 60_000 }).toMatch(/Stigg: Production[\s\S]*Stigg: Sandbox[\s\S]*Stigg: Staging/);
  });

  it('lose them while VS Code logs everything, because it would log the key', async () => {
    const { bench } = world;
    const from = endpoint.calls.length;
    await bench.runCommand('Developer: Set Log Level...');
    await bench.quickInput();
    await bench.pick('Trace');
    await bench.notification(/MCP servers are off while VS Code logs at the level Trace/, { timeout: 60_000 });
    await bench.page.waitForTimeout(500);
    await bench.screenshot('11-trace');
    await expect.poll(servers, { timeout: 60_000 }).not.toContain('Stigg:');
    expect(endpoint.calls.length).toBe(from);
  });

  it('leave no byte of any token outside the keychain', async () => {
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
