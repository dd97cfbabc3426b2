import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { serverLabels, type ServedEnvironment } from '../../src/agents/servers.js';
import type { AgentDeps } from '../../src/editor/agents/deps.js';
import { StiggMcpServers } from '../../src/editor/agents/mcpServers.js';
import { findMcpKeys, type McpKey } from '../../src/editor/agents/mcpKeys.js';
import { replaceKeys } from '../../src/editor/agents/replaceKeys.js';
import { ServedEnvironments } from '../../src/editor/agents/servedEnvironments.js';
import { ToolCalls } from '../../src/editor/agents/toolCalls.js';
import { ExpectedError } from '../../src/errors.js';
import { Emitter } from '../../src/event.js';
import type { InventorySnapshot } from '../../src/keys/inventory.js';
import type { Environment } from '../../src/keys/model.js';
import type { StoredKey } from '../../src/keys/vault.js';
import { Engine } from '../../src/scan/engine.js';
import { Secret } from '../../src/secret.js';
import { closeAll, diagnosticsToBe, eventually, madeUpServerKey, removeTemporaryFolders, temporaryFolder } from './editorSupport.js';

const HOSTILE = '[Free money](command:evil "x") ![](https://evil.example/x) `rm` <img src=x> **bold**';
const environment: Environment = { id: 'e1', slug: 'staging', displayName: 'Staging', type: 'SANDBOX', isSandbox: true, color: null, hardenClientAccessEnabled: false, account: null };
const never = new AbortController().signal;
const notCancelled = new vscode.CancellationTokenSource().token;

/** A machine with one environment, whose key is remembered as allowed for agents. */
function machine(secret: Secret, name = environment.displayName) {
  const place = { ...environment, displayName: name };
  const stored: StoredKey = { environmentId: 'e1', keyId: 'k1', type: 'SERVER', displayName: name, createdAt: null, expireAt: null, mask: secret.mask, fingerprint: secret.fingerprint, retired: [], manages: place };
  const key = { id: 'k1', environmentId: 'e1', type: 'SERVER' as const, displayName: name, description: null, createdAt: new Date(), expireAt: null };
  const snapshot: InventorySnapshot = { loaded: true, vaultError: null, environments: [{ environment: place, permissions: {}, loading: false, error: null, keys: [{ key, status: { kind: 'active' }, stored, isManagement: true, isListed: true }] }] };
  const shown: unknown[] = [];
  const state = new Map([['agents-environments', JSON.stringify([{ id: 'e1', displayName: name, type: 'SANDBOX', account: null }])]]);
  const vaultChanged = new Emitter<undefined>();
  let keychainCalls = 0;
  const deps = {
    vault: { list: () => { keychainCalls++; return Promise.resolve([stored]); }, read: () => { keychainCalls++; return Promise.resolve(secret); }, onDidChange: vaultChanged.event },
    inventory: { snapshot, environment: (id: string) => snapshot.environments.find((row) => row.environment.id === id), refresh: () => Promise.resolve(), onDidChange: () => ({ dispose: () => undefined }) },
    reporter: { show: (error: unknown) => { shown.push(error); return Promise.resolve(undefined); }, log: (_what: string, error: unknown) => { shown.push(error); } },
    state: {
      read: (file: string) => Promise.resolve(state.get(file)), delete: (file: string) => { state.delete(file); return Promise.resolve(); },
      write: (file: string, text: string) => { state.set(file, text); return Promise.resolve(); }, onDidChange: () => ({ dispose: () => undefined }),
    },
    workspaceState: { get: () => ({ e1: 'full' }), update: () => Promise.resolve() },
    api: {}, now: () => new Date(), version: '1.0.0',
  } as unknown as AgentDeps;
  return { deps, shown, state, change: () => { vaultChanged.fire(undefined); }, calls: () => keychainCalls };
}

async function textOf(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, notCancelled);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

suite('Agents: servers', () => {
  test('are listed without a key and without asking the keychain, and are given one when they start', async () => {
    const secret = new Secret(madeUpServerKey());
    const { deps, calls, shown } = machine(secret);
    const served = new ServedEnvironments(deps);
    const servers = new StiggMcpServers(deps, served);
    const [listed, ...others] = await servers.provideMcpServerDefinitions();
    assert.ok(listed !== undefined && others.length === 0);
    assert.deepEqual([listed.label, listed.uri.toString(), listed.headers], ['Stigg: Staging', 'https://mcp.stigg.io/', {}]);
    assert.equal(calls(), 0);
    const resolved = await servers.resolveMcpServerDefinition(listed, notCancelled);
    assert.deepEqual(Object.keys(resolved?.headers ?? {}), ['X-API-KEY']);
    assert.ok(resolved?.headers['X-API-KEY'] === secret.reveal());
    // VS Code keeps the listed one.
    assert.deepEqual(listed.headers, {});
    assert.equal(await servers.resolveMcpServerDefinition(new vscode.McpHttpServerDefinition('Stigg: Other', listed.uri), notCancelled), undefined);
    assert.ok(shown.length === 1 && shown[0] instanceof ExpectedError && shown[0].code === 'serverGone');
    servers.dispose();
    served.dispose();
  });

  test('follow what the vault holds, and tell VS Code', async () => {
    const { deps, state, change } = machine(new Secret(madeUpServerKey()));
    state.clear();
    const served = new ServedEnvironments(deps);
    const servers = new StiggMcpServers(deps, served);
    let told = 0;
    const subscription = servers.onDidChangeMcpServerDefinitions(() => { told++; });
    assert.deepEqual(await servers.provideMcpServerDefinitions(), []);
    change();
    await eventually('the change', () => (told > 0 ? true : undefined));
    assert.deepEqual((await servers.provideMcpServerDefinitions()).map(({ label }) => label), ['Stigg: Staging']);
    assert.deepEqual(JSON.parse(state.get('agents-environments') ?? ''), [{ id: 'e1', displayName: 'Staging', type: 'SANDBOX', account: null } satisfies ServedEnvironment]);
    subscription.dispose();
    change();
    servers.dispose();
    served.dispose();
  });

  test('have names that VS Code can tell apart', () => {
    const twins: ServedEnvironment[] = ['1', '2'].map((id) => ({ id, displayName: 'Production', type: 'PRODUCTION', account: null }));
    assert.equal(new Set(serverLabels(twins).values()).size, 2);
  });
});

suite('Agents: tools', () => {
  teardown(closeAll);
  suiteTeardown(removeTemporaryFolders);

  test('are registered, described, and only the one that opens a step asks first', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith('stigg_'));
    assert.deepEqual(ours.map(({ name }) => name).sort(), ['stigg_list_environments', 'stigg_list_findings', 'stigg_list_keys', 'stigg_open_key_action']);
    for (const { name, description, inputSchema, tags } of ours) {
      assert.ok(description.length > 200, name);
      assert.equal((inputSchema as { additionalProperties?: boolean }).additionalProperties, false, name);
      assert.equal(tags.includes('read-only'), name !== 'stigg_open_key_action', name);
    }
  });

  test('answer through VS Code, and list findings without the key', async () => {
    const token = madeUpServerKey();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder !== undefined);
    const uri = vscode.Uri.joinPath(folder, 'agents-test.ts');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`export const key = '${token}';\n`));
    try {
      await vscode.window.showTextDocument(uri);
      await diagnosticsToBe(1, uri);
      const text = await textOf('stigg_list_findings', { path: 'agents-test' });
      const { findings, notShown } = JSON.parse(text) as { findings: { file: string; line: number; rule: string }[]; notShown: number };
      assert.deepEqual(findings.map(({ file, line, rule }) => [file, line, rule]), [['agents-test.ts', 1, 'hardcoded-server-key']]);
      assert.equal(notShown, 0);
      assert.ok(!text.includes(token.slice(7, 43)));
      assert.ok('environments' in (JSON.parse(await textOf('stigg_list_environments', {})) as object));
      for (const [name, input] of [['stigg_list_keys', { limit: '1; DROP' }], ['stigg_list_keys', { reveal: true }], ['stigg_list_findings', { path: 'x'.repeat(1_000) }]] as const) {
        const answer = await textOf(name, input).catch((error: unknown) => String(error));
        assert.match(answer, /error|schema|invalid/i, name);
        assert.ok(!answer.includes('DROP'));
      }
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(uri);
    }
  });

  test('mask every key, and leave hostile names as data', async () => {
    const secret = new Secret(madeUpServerKey());
    const { deps } = machine(secret, `${HOSTILE} ${secret.reveal()}`);
    const calls = new ToolCalls(deps);
    for (const text of [await calls.environments({}, never), await calls.keys({}, never), await calls.keys({ environment: 'e1', includeEnded: true }, never)]) {
      assert.ok(!text.includes(secret.reveal().slice(7, 43)));
      assert.ok(text.includes('Free money'));
      JSON.parse(text);
    }
    assert.ok((await calls.keys({}, never)).includes(secret.mask));
    assert.match(await calls.keys({ environment: 'none' }, never), /"error"/);
  });

  test('ask before a step is opened, in words that no name can turn into a link', async () => {
    const { deps } = machine(new Secret(madeUpServerKey()), HOSTILE);
    const calls = new ToolCalls(deps);
    const input = { action: 'rotate', environmentId: 'e1', keyId: 'k1' };
    const { confirmationMessages } = await calls.prepareFlow(input);
    const message = confirmationMessages?.message;
    assert.ok(message instanceof vscode.MarkdownString && message.isTrusted !== true && message.supportHtml !== true);
    for (const live of [/(?<!\\)\]/, /(?<!\\)\[/, /(?<!\\)</, /(?<!\\)\*/, /(?<!\\)`/]) assert.doesNotMatch(message.value, live);
    assert.ok(message.value.includes('Free money'));
    // What the key itself rules out is said to the model; no step is opened for it.
    assert.match(await calls.openFlow({ ...input, action: 'revoke' }), /"error": ".*talks to Stigg with/);
    for (const bad of [{ ...input, keyId: 'none' }, { ...input, action: 'copy' }, undefined, [], { ...input, more: 1 }]) assert.match(await calls.openFlow(bad), /"error"/);
  });
});

suite('Agents: keys in MCP configurations', () => {
  const engine = new Engine({ readWasm: (name) => readFile(path.join(path.dirname(createRequire(import.meta.url).resolve('../../package.json')), 'dist', 'wasm', name)) });
  const root = (): vscode.Uri => vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const files: vscode.Uri[] = [];
  let home = '';
  teardown(async () => {
    await closeAll();
    for (const uri of files.splice(0)) await vscode.workspace.fs.delete(uri);
  });
  suiteTeardown(async () => {
    engine.dispose();
    await removeTemporaryFolders();
  });

  const write = async (uri: vscode.Uri, text: string): Promise<void> => {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    if (uri.path.startsWith(root().path)) files.push(uri);
  };
  const read = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const deps = (keep: AgentDeps['keepSecret']) => ({
    engine: () => Promise.resolve(engine), knownKey: () => undefined, keepSecret: keep, home: vscode.Uri.file(home), platform: 'linux', userFolder: vscode.Uri.file(path.join(home, 'Code', 'User')),
  }) as unknown as AgentDeps;
  const kept: AgentDeps['keepSecret'] = () => Promise.resolve({ environmentName: 'Staging', keyName: 'Full access key', key: { environmentId: 'e1', keyId: 'k1' } });
  const found = (using: AgentDeps, count: number): Promise<readonly McpKey[]> => eventually('the files to be found', async () => {
    const keys = await findMcpKeys(using, true, never);
    return keys.length === count ? keys : undefined;
  });
  const stigg = (token: string): string => `{ "type": "http", "url": "https://mcp.stigg.io", "headers": { "X-API-KEY": "${token}" } }`;

  test('are found in all of them, and replaced as each program reads it', async () => {
    home = await temporaryFolder();
    const [a, b] = [madeUpServerKey(), madeUpServerKey()];
    const own = vscode.Uri.joinPath(root(), '.vscode', 'mcp.json');
    const user = vscode.Uri.file(path.join(home, 'Code/User/mcp.json'));
    const claude = vscode.Uri.joinPath(root(), '.mcp.json');
    const cursor = vscode.Uri.file(path.join(home, '.cursor/mcp.json'));
    const desktop = vscode.Uri.file(path.join(home, '.config/Claude/claude_desktop_config.json'));
    await write(own, `{\n  // ours\n  "servers": {\n    "stigg": ${stigg(a)},\n    "other": { "url": "https://example.com" },\n    "again": ${stigg(b)},\n  },\n}\n`);
    await write(user, `{ "servers": { "stigg": ${stigg(a)} } }\n`);
    await write(claude, `{ "mcpServers": { "stigg": ${stigg(a)} } }\n`);
    await write(cursor, `{ "mcpServers": { "stigg": ${stigg(b)} } }\n`);
    await write(desktop, `{ "mcpServers": { "stigg": { "command": "npx", "args": ["@stigg/typescript-mcp"], "env": { "STIGG_API_KEY": "${a}" } } } }\n`);
    const using = deps(kept);
    const keys = await found(using, 6);
    assert.deepEqual(keys.map(({ uri, remedy, isOutside }) => [path.basename(path.dirname(uri.path)) + '/' + path.basename(uri.path), remedy.kind, isOutside]).sort(), [
      ['.cursor/mcp.json', 'variable', true], ['.vscode/mcp.json', 'server', false], ['.vscode/mcp.json', 'server', false], ['Claude/claude_desktop_config.json', 'hand', true],
      ['User/mcp.json', 'server', true], [`${path.basename(root().path)}/.mcp.json`, 'variable', false],
    ]);
    const doable = keys.filter(({ remedy }) => remedy.kind !== 'hand');
    const result = await replaceKeys(using, doable, true, never, () => undefined);
    assert.deepEqual([result.replaced.length, result.left, result.environments], [5, [], ['Staging']]);
    assert.equal((await read(own)).replaceAll(/\s+/g, ' '), '{ // ours "servers": { "other": { "url": "https://example.com" }, }, } ');
    assert.deepEqual(JSON.parse(await read(user)), { servers: {} });
    assert.match(await read(claude), /"X-API-KEY": "\$\{STIGG_SERVER_API_KEY\}"/);
    assert.match(await read(cursor), /"X-API-KEY": "\$\{env:STIGG_SERVER_API_KEY\}"/);
    assert.ok((await read(desktop)).includes(a));
  });

  test('stay where they are when they cannot be kept', async () => {
    home = await temporaryFolder();
    const own = vscode.Uri.joinPath(root(), '.vscode', 'mcp.json');
    const text = `{ "servers": { "stigg": ${stigg(madeUpServerKey())} } }\n`;
    await write(own, text);
    const using = deps(() => Promise.reject(new ExpectedError('unauthenticated', 'Stigg refuses this key.', 'Rotate it.')));
    const result = await replaceKeys(using, await found(using, 1), true, never, () => undefined);
    assert.deepEqual([result.replaced, result.left.map(({ reason }) => reason)], [[], ['Stigg refuses this key. Rotate it.']]);
    assert.equal(await read(own), text);
  });

  test('are offered at the squiggle of VS Code\'s own file, where the entry is Stigg\'s server alone', async () => {
    const own = vscode.Uri.joinPath(root(), '.vscode', 'mcp.json');
    await write(own, `{ "servers": { "stigg": ${stigg(madeUpServerKey())} } }\n`);
    await vscode.window.showTextDocument(own);
    const [diagnostic] = await diagnosticsToBe(1, own);
    assert.ok(diagnostic !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', own, diagnostic.range, vscode.CodeActionKind.QuickFix.value);
    const ours = actions.find(({ title }) => title === 'Replace by Stigg\'s server from the keychain');
    assert.ok(ours !== undefined);
    // Arguments of commands may be logged.
    assert.ok(!JSON.stringify(ours.command).includes('server-'));
  });
});
