import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { InjectionDeps } from '../../src/editor/injection/deps.js';
import type { PrepareDeps } from '../../src/editor/injection/prepare.js';
import { StiggDebug } from '../../src/editor/injection/debug.js';
import { VariableHover } from '../../src/editor/injection/hover.js';
import { StiggTasks } from '../../src/editor/injection/tasks.js';
import type { Environment } from '../../src/keys/model.js';
import type { StoredKey } from '../../src/keys/vault.js';
import { Secret } from '../../src/secret.js';
import { eventually, madeUpServerKey, removeTemporaryFolders, temporaryFolder } from './editorSupport.js';

const environment: Environment = {
  id: '1', slug: 'staging', displayName: 'Staging', type: 'DEVELOPMENT', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null,
};
const server = new Secret(madeUpServerKey());
const publishable = new Secret(madeUpServerKey().replace('server-', 'client-'));
const storedAs = (keyId: string, secret: Secret, type: StoredKey['type'], manages: Environment | null): StoredKey => ({
  environmentId: '1', keyId, type, displayName: `Key ${keyId}`, createdAt: null, expireAt: null, mask: secret.mask, fingerprint: secret.fingerprint, retired: [], manages,
});
const entries = [storedAs('2', server, 'SERVER', environment), storedAs('3', publishable, 'CLIENT', null)];
const proofOf = (secret: Secret): string => createHash('sha256').update(secret.reveal()).digest('hex').slice(0, 12);

const reported: unknown[] = [];
const reporter = {
  command: () => ({ dispose: () => undefined }),
  show: (error: unknown) => { reported.push(error); return Promise.resolve(undefined); },
  log: (_what: string, error: unknown) => { reported.push(error); },
};
const deps = {
  vault: { list: () => Promise.resolve(entries), read: (key: { readonly keyId: string }) => Promise.resolve(key.keyId === '2' ? server : publishable) },
  active: { id: '1', row: undefined, chosen: { id: '1', displayName: 'Staging', type: 'DEVELOPMENT' } },
  consents: { isGiven: () => true, give: () => Promise.resolve() },
  now: () => new Date(),
  reporter,
} as unknown as PrepareDeps & Pick<InjectionDeps, 'reporter'>;

/** Writes the proof of both keys to the file, and to where it runs a part of the key itself. */
const SCRIPT = `
const { createHash } = require('node:crypto');
const { writeFileSync } = require('node:fs');
const proof = (name) => (process.env[name] ?? '') === '' ? 'unset' : createHash('sha256').update(process.env[name]).digest('hex').slice(0, 12);
writeFileSync(process.argv[2], JSON.stringify({ server: proof('STIGG_SERVER_API_KEY'), publishable: proof('STIGG_CLIENT_API_KEY'), stale: proof('STIGG_API_KEY'), tty: process.stdout.isTTY === true }));
console.log('a careless program prints', process.env.STIGG_SERVER_API_KEY);
process.exit(Number(process.argv[3] ?? '0'));
`;

async function scriptFolder(): Promise<{ readonly folder: string; readonly script: string; readonly out: string }> {
  const folder = await temporaryFolder();
  const script = path.join(folder, 'proof.cjs');
  await writeFile(script, SCRIPT);
  return { folder, script, out: path.join(folder, 'out.json') };
}

async function proofIn(file: string): Promise<unknown> {
  return eventually('the proof', async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }, 30_000);
}

suite('Keys for processes', () => {
  suiteSetup(() => { process.env.STIGG_API_KEY = 'of-another-environment'; });
  suiteTeardown(async () => {
    delete process.env.STIGG_API_KEY;
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await removeTemporaryFolders();
  });

  test('a task gets both keys, passes its exit code on, and shows no extension a key', async function () {
    this.timeout(60_000);
    const { folder, script, out } = await scriptFolder();
    const tasks = new StiggTasks(deps);
    const root = vscode.workspace.workspaceFolders?.[0];
    const command = `"${process.execPath}" "${script}" "${out}" 3`;
    const started: string[] = [];
    const subscription = vscode.tasks.onDidStartTask(({ execution }) => { started.push(JSON.stringify(execution.task)); });
    const exitCode = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess((event) => {
        listening.dispose();
        resolve(event.exitCode);
      });
    });
    const scope = root ?? vscode.TaskScope.Workspace;
    await vscode.tasks.executeTask(tasks.resolveTask(new vscode.Task({ type: 'stigg', command, cwd: folder }, scope, 'proof', 'stigg')));
    assert.equal(await exitCode, 3);
    assert.deepEqual(await proofIn(out), { server: proofOf(server), publishable: proofOf(publishable), stale: 'unset', tty: false });
    subscription.dispose();
    assert.equal(started.length, 1);
    assert.ok(!started.join('').includes(server.reveal().slice(8, 40)));
    assert.deepEqual(reported, []);
  });

  test('what a task prints of its keys is masked', async function () {
    this.timeout(60_000);
    const { folder, script, out } = await scriptFolder();
    const task = new StiggTasks(deps).resolveTask(new vscode.Task({ type: 'stigg', command: '', cwd: folder }, vscode.TaskScope.Workspace, 'proof', 'stigg'));
    const execution = task.execution as unknown as { readonly callback?: unknown; readonly _callback?: unknown };
    const callback = (execution.callback ?? execution._callback) as (definition: vscode.TaskDefinition) => Promise<vscode.Pseudoterminal>;
    const terminal = await callback({ type: 'stigg', command: `"${process.execPath}" "${script}" "${out}"`, cwd: folder });
    let shown = '';
    terminal.onDidWrite((text) => { shown += text; });
    const code = new Promise<unknown>((resolve) => { terminal.onDidClose?.(resolve); });
    terminal.open(undefined);
    assert.equal(await code, 0);
    assert.ok(shown.includes(`a careless program prints ${server.mask}`));
    assert.ok(!shown.includes(server.reveal().slice(8, 40)));
    assert.ok(!JSON.stringify(terminal).includes(server.reveal().slice(8, 40)));
  });

  test('a debug session gets both keys, and its configuration loses them', async function () {
    this.timeout(90_000);
    const { folder, script, out } = await scriptFolder();
    const provider = new StiggDebug(deps);
    const seen: string[] = [];
    const configuration = await provider.resolveDebugConfigurationWithSubstitutedVariables(undefined, { type: 'node', request: 'launch', name: 'proof', program: script, args: [out], cwd: folder, stigg: 'staging' });
    assert.ok(configuration !== undefined);
    assert.equal(configuration.stigg, undefined);
    assert.equal((configuration.env as Record<string, unknown>).STIGG_SERVER_API_KEY, server.reveal());
    const subscriptions = [
      vscode.debug.registerDebugAdapterTrackerFactory('*', provider),
      // As another extension would look, after us.
      vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: (session) => { seen.push(JSON.stringify(session.configuration)); return undefined; } }),
      vscode.debug.onDidStartDebugSession((session) => { seen.push(JSON.stringify(session.configuration)); }),
    ];
    try {
      assert.equal(await vscode.debug.startDebugging(undefined, configuration), true);
      assert.deepEqual(await proofIn(out), { server: proofOf(server), publishable: proofOf(publishable), stale: 'unset', tty: false });
    } finally {
      await vscode.debug.stopDebugging();
      for (const subscription of subscriptions) subscription.dispose();
    }
    assert.ok(seen.length > 0);
    for (const text of seen) assert.ok(!text.includes(server.reveal().slice(8, 40)), 'a session shows the key');
  });

  test('a configuration that would leave the key somewhere is refused in words', async () => {
    const provider = new StiggDebug(deps);
    reported.length = 0;
    assert.equal(await provider.resolveDebugConfigurationWithSubstitutedVariables(undefined, { type: 'node', request: 'launch', name: 'a', console: 'integratedTerminal', stigg: true }), undefined);
    assert.match(String(reported[0]), /typed into a terminal/);
    const other = { type: 'node', request: 'attach', name: 'b' };
    assert.equal(await provider.resolveDebugConfigurationWithSubstitutedVariables(undefined, other), other);
    reported.length = 0;
  });

  test('the hover says which key a terminal would get, and runs nothing but our commands', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content: 'const key = process.env.STIGG_SERVER_API_KEY;\nconst other = key;\n' });
    const row = {
      environment: { ...environment, displayName: 'Sta[ging](command:evil)' }, permissions: {}, loading: false, error: null,
      keys: [{ key: { type: 'SERVER' }, status: { kind: 'active' }, stored: entries[0], isManagement: true, isListed: true }],
    };
    const hover = new VariableHover({ active: { id: '1', row, chosen: undefined } } as unknown as InjectionDeps);
    const [content] = (await hover.provideHover(document, new vscode.Position(0, 30)))?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.ok(content.value.includes(server.mask));
    assert.ok(!content.value.includes('](command:evil)'));
    assert.deepEqual(content.isTrusted, { enabledCommands: ['stiggKeys.openTerminal', 'stiggKeys.selectEnvironment'] });
    assert.equal(await hover.provideHover(document, new vscode.Position(0, 8)), undefined);
  });
});
