import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InspectedRequest } from '../../src/diagnose/request.js';
import type { DiagnoseDeps } from '../../src/editor/diagnose/deps.js';
import { Diagnoser } from '../../src/editor/diagnose/diagnoseRequest.js';
import { REPORT_ACTION_COMMAND, REPORT_SCHEME } from '../../src/editor/diagnose/reportDocument.js';
import { ExpectedError } from '../../src/errors.js';
import { enrolManagementKey, keepKey } from '../../src/keys/enrol.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { Inventory } from '../../src/keys/inventory.js';
import type { Vault } from '../../src/keys/vault.js';
import { Secret } from '../../src/secret.js';
import { MemoryVault } from '../unit/keys/support/memory.js';
import { closeAll, eventually, openUntitled } from './editorSupport.js';

interface SandboxEnvironment {
  readonly id: string;
  readonly name: string;
  readonly fullAccess: string;
}
const stigg = JSON.parse(process.env.STIGG_KEYS_SANDBOX ?? '{}') as { url: string; environments: readonly SandboxEnvironment[] };

const get = (headers: InspectedRequest['headers'], change: Partial<InspectedRequest> = {}): InspectedRequest =>
  ({ surface: 'rest', method: 'GET', path: '/api/v1/customers', headers, headersAreOpen: false, hasBody: false, ...change });
const right = get([{ name: 'X-API-KEY', value: 'STIGG_SERVER_API_KEY' }]);

function environment(name: string): SandboxEnvironment {
  const found = stigg.environments.find((candidate) => candidate.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

/** The value of a scoped key, from the sandbox's own controls. */
async function scopedToken(environmentId: string, name: string): Promise<string> {
  const keys = (await (await fetch(`${stigg.url}/__sandbox/keys`)).json()) as { environmentId: string; name: string; token: string }[];
  const found = keys.find((key) => key.environmentId === environmentId && key.name === name);
  assert.ok(found !== undefined, name);
  return found.token;
}

/** A person who adds environments, answers questions and presses buttons; everything they are shown is kept. */
class Person {
  readonly vault = new MemoryVault();
  readonly api;
  readonly inventory: Inventory;
  readonly errors: unknown[] = [];
  /** The questions they were asked, with the choices. */
  readonly asked: { readonly title: string; readonly placeHolder: string; readonly labels: string[] }[] = [];
  readonly told: { readonly text: string; readonly buttons: string[]; readonly isWarning: boolean }[] = [];
  /** By the beginning of a label: what they choose, in this order. */
  readonly choices: string[] = [];
  /** The button they press. */
  press: string | undefined;
  request: InspectedRequest | undefined;
  readonly diagnoser: Diagnoser;
  readonly #window = vscode.window as unknown as Record<string, unknown>;
  readonly #before = new Map<string, unknown>();

  constructor(vault: Pick<Vault, 'list' | 'read'> = {} as Vault, endpoint = stigg.url) {
    this.api = createGraphqlApi({ endpoint, fetch: (...args) => globalThis.fetch(...args), timeoutMs: 3_000, random: () => 0 });
    this.inventory = new Inventory({ api: this.api, vault: this.vault, now: () => new Date(), resume: () => Promise.resolve([]) });
    const deps = {
      api: this.api, vault: 'list' in vault ? vault : this.vault, inventory: this.inventory,
      reporter: { command: () => vscode.Disposable.from() },
      reportError: (error) => { this.errors.push(error); },
      requestAt: () => Promise.resolve(this.request),
      endpoint: () => endpoint, version: '0.0.0', now: () => new Date(),
    } satisfies DiagnoseDeps;
    this.#replace('showQuickPick', (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
      this.asked.push({ title: options.title ?? '', placeHolder: options.placeHolder ?? '', labels: items.map(({ label }) => label) });
      const wanted = this.choices.shift();
      return Promise.resolve(wanted === undefined ? undefined : items.find(({ label, kind }) => kind !== vscode.QuickPickItemKind.Separator && label.startsWith(wanted)));
    });
    const tell = (isWarning: boolean) => (text: string, ...buttons: string[]) => {
      this.told.push({ text, buttons, isWarning });
      const pressed = this.press;
      this.press = undefined;
      return Promise.resolve(buttons.find((button) => button === pressed));
    };
    this.#replace('showInformationMessage', tell(false));
    this.#replace('showWarningMessage', tell(true));
    this.diagnoser = new Diagnoser(deps);
  }

  async add(name: string, ...scoped: string[]): Promise<void> {
    await enrolManagementKey({ api: this.api, vault: this.vault, now: () => new Date() }, new Secret(environment(name).fullAccess));
    for (const wanted of scoped) {
      await keepKey({ api: this.api, vault: this.vault, now: () => new Date() }, new Secret(await scopedToken(environment(name).id, wanted)));
    }
  }

  /** Runs the command with these choices, and the button; resolves with what was told. */
  async diagnose(choices: readonly string[], press?: string): Promise<Person['told'][number]> {
    const before = this.told.length;
    this.choices.push(...choices);
    this.press = press;
    await this.diagnoser.run();
    return eventually('an answer', () => this.told[before]);
  }

  get allWords(): string {
    return JSON.stringify([this.asked, this.told, vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === REPORT_SCHEME).map((document) => document.getText())]);
  }

  dispose(): void {
    for (const [name, value] of this.#before) this.#window[name] = value;
    this.diagnoser.dispose();
    this.inventory.dispose();
  }

  #replace(name: string, value: unknown): void {
    this.#before.set(name, this.#window[name]);
    this.#window[name] = value;
  }
}

suite('Diagnose a failing request', () => {
  let person: Person | undefined;
  const start = (...args: ConstructorParameters<typeof Person>): Person => (person = new Person(...args));
  const reportShown = (): Promise<vscode.TextDocument> => eventually('the report', () => vscode.window.activeTextEditor?.document.uri.scheme === REPORT_SCHEME ? vscode.window.activeTextEditor.document : undefined);

  teardown(async () => {
    if (person !== undefined) {
      // Whatever was shown: no key was in it.
      for (const { fullAccess } of stigg.environments) assert.ok(!person.allWords.includes(fullAccess));
      assert.deepEqual(person.errors, []);
      person.dispose();
      person = undefined;
    }
    await closeAll();
  });

  test('a wrong header: found, with its fix at the request and a curl without the key', async () => {
    const me = start();
    await me.add('Staging');
    const editor = await openUntitled('typescript', '\nfetch(url, { headers: { Authorization: key } });\n');
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    me.request = get([{ name: 'Authorization', value: 'key' }]);
    const { text, buttons, isWarning } = await me.diagnose(['401 on'], 'Copy curl Without Key');
    assert.match(text, /^Found: The key is sent in the wrong header\. Send the key as X-API-KEY/);
    assert.deepEqual(buttons, ['Go to Request', 'Copy curl Without Key', 'Show Details']);
    assert.ok(isWarning);
    assert.match(me.asked[0]?.placeHolder ?? '', /GET \/api\/v1\/customers/);
    assert.equal(me.asked.length, 1, 'one environment and one key are not asked for');
    const curl = await eventually('the clipboard', async () => (await vscode.env.clipboard.readText()) || undefined);
    assert.match(curl, /^curl -X GET ".*\/api\/v1\/customers" \\\n {2}-H "X-API-KEY: \$STIGG_SERVER_API_KEY"$/);
    await vscode.env.clipboard.writeText('');

    await vscode.commands.executeCommand('cursorTop');
    await me.diagnose(['401 on']);
    await me.diagnose(['401 on'], 'Go to Request');
    await eventually('the request', () => (vscode.window.activeTextEditor?.document === editor.document && vscode.window.activeTextEditor.selection.active.line === 0 ? true : undefined));
  });

  test('the statuses are told apart in words', async () => {
    const me = start();
    await me.diagnoser.run();
    assert.deepEqual(me.asked.map(({ labels }) => labels), [[
      'The key is not accepted', '401 on every request', '401 only on POSTs', '401 since a rotation',
      'The request is refused', '403 Forbidden', '404 Not found', '409 Conflict', '429 Too many requests',
    ]]);
    assert.deepEqual(me.told, [], 'Escape ends it');
  });

  test('a scoped key that lacks the permission, and the report of it', async () => {
    const me = start();
    await me.add('Staging', 'ci-deployer');
    await openUntitled('plaintext', 'x');
    me.request = right;
    const shown = await me.diagnose(['403', 'ci-deployer'], 'Show Details');
    assert.match(shown.text, /^Found: The key lacks CUSTOMER:READ\./);
    const document = await reportShown();
    assert.equal(document.languageId, 'markdown');
    assert.match(document.getText(), /## What to do\n/);
    assert.match(document.getText(), /API_KEY:WRITE, ENVIRONMENT:READ/);
    assert.match(document.getText(), /This report holds no key\./);
    const editor = vscode.window.activeTextEditor;
    await editor?.edit((edit) => { edit.insert(new vscode.Position(0, 0), 'x'); });
    assert.ok(!document.getText().startsWith('x'), 'it is read-only');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const titles = lenses.map(({ command }) => command?.title);
    assert.ok(titles.includes('Open in Stigg Console') && titles.includes('Copy Report'), titles.join());
    const copy = lenses.find(({ command }) => command?.title === 'Copy Report')?.command;
    assert.ok(copy !== undefined);
    await vscode.commands.executeCommand(copy.command, ...(copy.arguments ?? []) as unknown[]);
    assert.equal(await vscode.env.clipboard.readText(), document.getText());
    await vscode.env.clipboard.writeText('');
  });

  test('among several environments the one is asked for, and another can be checked from the answer', async () => {
    const me = start();
    await me.add('Staging');
    await me.add('Sandbox');
    await openUntitled('plaintext', 'x');
    me.request = get(right.headers, { path: '/api/v1/customers/nobody' });
    // The sample workspace has an env file with a key of neither.
    const shown = await me.diagnose(['404', 'Sandbox', 'Staging'], 'Check Another Environment…');
    assert.match(shown.text, /^Likely: The key in the workspace’s env file belongs to another environment/);
    await eventually('the second answer', () => me.told[1]);
    await me.diagnose(['404', 'Staging'], 'Show Details');
    assert.match((await reportShown()).getText(), /The id does not exist in Staging[^]*Environment: Staging/);
    assert.deepEqual(me.asked.slice(0, 3).map(({ placeHolder }) => placeHolder.replace(/ to .*/, '')), ['What does Stigg answer', 'Which environment is the request meant for?', 'Which environment is the request meant for?']);
  });

  test('the stored key works: the program sends something else', async () => {
    const me = start();
    await me.add('Staging');
    await openUntitled('plaintext', 'x');
    me.request = right;
    const { text, isWarning } = await me.diagnose(['401 on']);
    assert.match(text, /^Likely: The stored key works/);
    assert.ok(!isWarning);
  });

  test('nothing stored, a keychain that is locked, and a Stigg that cannot be reached are said in words', async () => {
    const me = start();
    assert.match((await me.diagnose(['401 on'])).text, /none is stored here/);
    me.dispose();

    const locked = new ExpectedError('vaultLocked', 'The keychain is locked.', 'Unlock it.');
    const behind = start({ list: () => Promise.reject(locked), read: () => Promise.reject(locked) });
    await behind.diagnose(['401 on'], 'Show Details');
    assert.match((await reportShown()).getText(), /The keychain is locked\. Unlock it\./);
    behind.dispose();

    const online = start();
    await online.add('Staging');
    const stored = online.vault;
    online.dispose();
    const offline = start(stored, 'http://127.0.0.1:9');
    await offline.diagnose(['401 on'], 'Show Details');
    const text = await eventually('the report about the connection', async () => {
      const found = (await reportShown()).getText();
      return found.includes('cannot be reached') ? found : undefined;
    });
    assert.match(text, /Possible: Stigg could not be asked/);
    assert.match(text, /- ✓ “Full access key”/);
  });

  // The last one: from then on the extension itself has the command of the reports.
  test('the command is there, asks what Stigg answers, and is loaded only when it is run', async () => {
    await vscode.extensions.getExtension('stigg-community.stigg-key-hygiene')?.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes('stiggKeys.diagnoseRequest'));
    assert.ok(!(await vscode.commands.getCommands(true)).includes(REPORT_ACTION_COMMAND));
    const done = vscode.commands.executeCommand('stiggKeys.diagnoseRequest');
    await eventually('the feature', async () => ((await vscode.commands.getCommands(true)).includes(REPORT_ACTION_COMMAND) ? true : undefined));
    let isOver = false;
    void done.then(() => { isOver = true; });
    await eventually('the answer', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOver ? true : undefined;
    });
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
