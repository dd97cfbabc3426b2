import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { enrolManagementKey } from '../../src/keys/enrol.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { KeychainVault } from '../../src/keys/keychainVault.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import type { Environment } from '../../src/keys/model.js';
import type { StoredKey } from '../../src/keys/vault.js';
import { Secret } from '../../src/secret.js';
import { closeAll, eventually, stiggDiagnostics } from './editorSupport.js';

const EXTENSION = 'stigg-community.stigg-key-hygiene';
/** Long enough for a command to have asked for what it wants. */
const MOMENT = 60;

interface SandboxEnvironment { readonly id: string; readonly type: string; readonly fullAccess: string }

/** What a call to one of our commands came to, for whoever made it. */
interface Outcome { readonly command: string; readonly value?: unknown; readonly error?: unknown; readonly isOver: boolean }

/** Everything of a value that its holder could reach, in words. */
const reachable = (value: unknown): string => inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null, getters: true });

/** This suite is what a malicious extension in the same extension host could try. The key is in the real keychain, the extension is the real one. */
suite('Another extension', () => {
  let vault: KeychainVault;
  let stored: StoredKey;
  let environment: Environment;
  let token: string;
  let file: vscode.Uri;

  // The half that is secret: the other one may be the environment's id.
  const isIn = (text: string): boolean => text.includes(token.slice(7, 43));

  /** A document with the key in it, and its warning. */
  const showKey = async (): Promise<void> => {
    await closeAll();
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`export const key = '${token}';\n`));
    await vscode.window.showTextDocument(file);
    await eventually('the warning', () => (stiggDiagnostics(file).length > 0 ? true : undefined), 60_000);
  };

  suiteSetup(async function () {
    this.timeout(120_000);
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension);
    await extension.activate();
    const { url, environments } = JSON.parse(process.env.STIGG_KEYS_SANDBOX ?? '{}') as { url: string; environments: SandboxEnvironment[] };
    const first = environments.find(({ type }) => type === 'SANDBOX');
    assert.ok(first);
    token = first.fullAccess;
    vault = new KeychainVault({ load: () => loadKeytar(vscode.Uri.joinPath(extension.extensionUri, 'dist', 'keytar').fsPath) });
    const api = createGraphqlApi({ endpoint: url, fetch: (...args) => globalThis.fetch(...args), log: () => undefined });
    ({ environment, stored } = await enrolManagementKey({ api, vault, now: () => new Date() }, new Secret(token)));
    await vscode.commands.executeCommand('stiggKeys.refresh');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    file = vscode.Uri.joinPath(folder, 'other-extensions.ts');
    await showKey();
  });

  suiteTeardown(async () => {
    await closeAll();
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await vscode.workspace.fs.delete(file);
    await vault.delete(stored);
    vault.dispose();
    await vscode.commands.executeCommand('stiggKeys.refresh');
    await vscode.env.clipboard.writeText('');
  });

  test('is exported nothing', () => {
    assert.equal(vscode.extensions.getExtension(EXTENSION)?.exports, undefined);
  });

  test('gets nothing back from any command, whatever it hands over, and no terminal it can read has the key', async function () {
    this.timeout(240_000);
    const commands = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('stiggKeys.') && !/\.(?:focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(command));
    // Those of the manifest and those that only our own actions name.
    assert.ok(commands.includes('stiggKeys.copyKey') && commands.includes('stiggKeys.fix.keepSecret') && commands.length > 40, String(commands.length));
    const key = { id: stored.keyId, environmentId: stored.environmentId, type: stored.type, displayName: stored.displayName, description: null, createdAt: new Date(), expireAt: null };
    const row = { key, status: { kind: 'active' }, stored, isManagement: true, isListed: true };
    const node = { kind: 'key', environment, permissions: {}, row };
    const place = { kind: 'environment', row: { environment, permissions: {}, loading: false, error: null, keys: [row] } };
    const start = "export const key = '".length;
    const inputs = [[], [node], [place], [file.toString(), start, stored.fingerprint, 0]];
    const calls = commands.flatMap((command) => inputs.map((input) => [command, input] as const));
    const outcomes: Outcome[] = [];
    const running: Promise<void>[] = [];
    for (const [command, input] of calls) {
      const index = outcomes.push({ command, isOver: false }) - 1;
      const run = Promise.resolve(vscode.commands.executeCommand(command, ...input)).then(
        (value) => { outcomes[index] = { command, value, isOver: true }; },
        (error: unknown) => { outcomes[index] = { command, error, isOver: true }; },
      );
      running.push(run);
      await Promise.race([run, sleep(MOMENT)]);
      if (outcomes[index]?.isOver === false) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    }
    await vscode.commands.executeCommand('notifications.clearAll');
    const pending = (): string[] => outcomes.filter(({ isOver }) => !isOver).map(({ command }) => command);
    await eventually('every command to be over', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return pending().length === 0 ? true : undefined;
    }, 60_000).catch((error: unknown) => { throw new Error(`${String(error)}: ${pending().join(', ')}`); });
    await Promise.all(running);
    for (const { command, value, error } of outcomes) {
      assert.ok(!isIn(reachable([value, error])), `${command} gave out the key`);
      assert.equal(value, undefined, `${command} returned something`);
    }
    // One was opened by its command.
    const terminals = vscode.window.terminals.filter(({ name }) => name.startsWith('Stigg: '));
    assert.ok(terminals.length > 0);
    for (const { creationOptions } of terminals) assert.ok(!isIn(reachable(creationOptions)));
  });

  test('reads no key out of the clipboard that nobody has confirmed', async () => {
    // Of the calls above some were to copy: their question was refused, as all questions are in a test.
    assert.ok(!isIn(await vscode.env.clipboard.readText()));
  });

  test('reads no key out of tools, diagnostics, actions and terminals\' variables', async function () {
    this.timeout(120_000);
    // The fix was among the commands, and took it away.
    await showKey();
    const never = new vscode.CancellationTokenSource().token;
    for (const name of ['stigg_list_environments', 'stigg_list_keys', 'stigg_list_findings']) {
      const { content } = await vscode.lm.invokeTool(name, { input: {}, toolInvocationToken: undefined }, never);
      assert.ok(!isIn(reachable(content)), name);
      if (name === 'stigg_list_keys') assert.ok(reachable(content).includes(stored.keyId), 'the key is there, masked');
    }
    const diagnostics = vscode.languages.getDiagnostics(file);
    assert.ok(diagnostics.length > 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', file, diagnostics[0]?.range, undefined, 100);
    assert.ok(actions.some(({ command }) => command?.command === 'stiggKeys.fix.keepSecret'));
    // An action may quote the text it replaces; what it tells a command may not.
    assert.ok(!isIn(reachable([diagnostics, actions.map(({ title, command, diagnostics: of }) => [title, command, of])])));
  });
});
