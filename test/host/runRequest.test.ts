import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { RequestFinder } from '../../src/editor/runRequest/finder.js';
import { RunRequests } from '../../src/editor/runRequest/lenses.js';
import type { RunRequestDeps } from '../../src/editor/runRequest/deps.js';
import { ExpectedError } from '../../src/errors.js';
import { Emitter } from '../../src/event.js';
import { enrolManagementKey } from '../../src/keys/enrol.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { Engine } from '../../src/scan/engine.js';
import { Secret } from '../../src/secret.js';
import { MemoryVault } from '../unit/keys/support/memory.js';
import { closeAll, eventually, openUntitled, removeTemporaryFolders, writeTemporaryFile } from './editorSupport.js';

interface SandboxEnvironment {
  readonly id: string;
  readonly name: string;
  readonly fullAccess: string;
}
const stigg = JSON.parse(process.env.STIGG_KEYS_SANDBOX ?? '{}') as { url: string; environments: readonly SandboxEnvironment[] };
/** Beside those of the extension itself, which some lens of another suite may have loaded. */
const RESPONSE_SCHEME = 'stigg-response-test';
const IDS = { scheme: RESPONSE_SCHEME, actionCommand: 'stiggKeys.test.act', diagnoseCommand: 'stiggKeys.test.diagnose' };
const URL_OF_LIST = 'https://api.stigg.io/api/v1/customers';

/** As the extension shows them: only those of `stiggKeys.runRequest`. */
async function lensesOf(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.filter(({ command }) => command?.command === 'stiggKeys.runRequest');
}

suite('Running requests: what is sent and shown', () => {
  let feature: RunRequests;
  let vault: MemoryVault;
  let seen: unknown[] = [];
  let told: { readonly text: string; readonly buttons: string[] }[] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  let before: unknown;
  let engine: Engine;

  const lensesOfExtension = async (isOn: boolean | undefined): Promise<void> => { await vscode.workspace.getConfiguration('stiggKeys').update('requests.codeLens', isOn, vscode.ConfigurationTarget.Global); };

  suiteSetup(async () => {
    // The extension's own lenses would be among those that are asked for.
    await lensesOfExtension(false);
    // Scripts are looked at by the extension's own engine, see above.
    engine = new Engine({ readWasm: () => Promise.reject(new Error('not here')) });
    before = window.showWarningMessage;
    window.showWarningMessage = (text: string, _options: unknown, ...buttons: string[]) => {
      told.push({ text, buttons });
      return Promise.resolve(buttons[0]);
    };
  });
  suiteTeardown(async () => {
    await lensesOfExtension(undefined);
    window.showWarningMessage = before;
    engine.dispose();
  });
  setup(() => {
    vault = new MemoryVault();
    seen = [];
    told = [];
  });
  teardown(async () => {
    feature.dispose();
    await closeAll();
  });

  /** With the keys of these environments; the first is the active one. */
  async function start(names: readonly string[], more: Partial<RunRequestDeps> = {}): Promise<void> {
    const api = createGraphqlApi({ endpoint: stigg.url, fetch: (...args) => globalThis.fetch(...args), timeoutMs: 3_000, random: () => 0 });
    for (const name of names) {
      const found = stigg.environments.find((candidate) => candidate.name === name);
      await enrolManagementKey({ api, vault, now: () => new Date() }, new Secret(found?.fullAccess ?? ''));
    }
    const active = stigg.environments.find(({ name }) => name === names[0]);
    const changed = new Emitter<undefined>();
    feature = new RunRequests({
      api, vault, inventory: { onDidChange: new Emitter<never>().event },
      active: { row: undefined, id: active?.id, chosen: active === undefined ? undefined : { id: active.id, displayName: active.name, type: 'PRODUCTION' }, onDidChange: changed.event },
      reporter: { command: () => vscode.Disposable.from(), show: (error) => { seen.push(error); return Promise.resolve(undefined); } },
      reportError: (error) => { seen.push(error); },
      engine: () => Promise.resolve(engine), endpoint: () => stigg.url, diagnose: (failure) => { seen.push(failure); return Promise.resolve(); },
      fetch: (...args) => globalThis.fetch(...args), now: () => new Date(), timeoutMs: 5_000, ...more,
    }, () => undefined, IDS);
  }
  const response = (words = /^# /): Promise<vscode.TextDocument> => eventually(`the answer ${words.source}`, () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === RESPONSE_SCHEME && words.test(document.getText()))?.document);
  const curl = (more = '', path = '/api/v1/customers'): string => `curl ${stigg.url}${path} -H "X-API-KEY: $STIGG_SERVER_API_KEY" ${more}\n`;

  test('a GET: the answer stands beside, the focus stays, and the document is used again', async () => {
    await start(['Staging']);
    const editor = await openUntitled('shellscript', curl());
    await feature.runner.run();
    const document = await response();
    assert.match(document.getText(), /^# 200 OK · \d+ ms\n\nGET http/);
    assert.equal(document.languageId, 'markdown');
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    await feature.runner.run();
    assert.equal(vscode.window.visibleTextEditors.filter(({ document: { uri } }) => uri.scheme === RESPONSE_SCHEME).length, 1);
    const token = stigg.environments.find(({ name }) => name === 'Staging')?.fullAccess ?? '';
    assert.ok(!document.getText().includes(token.slice(8, 40)));
    assert.deepEqual(seen, []);
  });

  test('a write to production is not sent unless that is said', async () => {
    await start(['Production']);
    let sent = 0;
    feature.dispose();
    await start(['Production'], { fetch: () => { sent++; return Promise.resolve(new Response('{}')); } });
    await openUntitled('shellscript', curl(`--json '{"id":"x"}'`));
    await feature.runner.run();
    assert.match(told[0]?.text ?? '', /^Send POST \/api\/v1\/customers to Production \(PRODUCTION\)\?$/);
    assert.deepEqual(told[0]?.buttons, ['Do Not Send', 'Send to Production']);
    assert.equal(sent, 0);
  });

  test('a 404 is explained, and its lens leads to Diagnose', async () => {
    await start(['Staging']);
    const editor = await openUntitled('shellscript', curl('', '/api/v1/customers/nobody'));
    await feature.runner.run();
    assert.match((await response(/^# 404/)).getText(), /^# 404 Not Found[^]*\n## (?:Likely|Possible|Found): [^]*The id does not exist in Staging/);
    const titles = (await feature.lenses(editor.document)).map(({ command }) => command?.title);
    assert.deepEqual(titles, ['$(play) Run with Staging (PRODUCTION)', 'Diagnose']);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', (await response(/^# 404/)).uri, 100);
    const diagnose = lenses.find(({ command }) => command?.title === 'Diagnose')?.command;
    assert.ok(diagnose !== undefined);
    await vscode.commands.executeCommand(diagnose.command, ...(diagnose.arguments ?? []) as unknown[]);
    assert.deepEqual(seen.map((failure) => (failure as { symptom: string }).symptom), ['404']);
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 5), '-s '); });
    assert.equal((await feature.lenses(editor.document)).length, 1, 'another request has not failed');
  });

  test('a redirect to another host gets no key', async () => {
    const asked: unknown[] = [];
    const elsewhere = createServer((request, reply) => { asked.push(request.headers); reply.end('{}'); });
    await new Promise<void>((resolve) => { elsewhere.listen(0, '127.0.0.1', resolve); });
    const port = String((elsewhere.address() as AddressInfo).port);
    await fetch(`${stigg.url}/__sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ operation: 'GET /api/v1/customers', kind: 'redirect', location: `http://127.0.0.1:${port}/` }) });
    try {
      await start(['Staging']);
      await openUntitled('shellscript', curl());
      await feature.runner.run();
      assert.match((await response(/^# 302/)).getText(), /^# 302 [^]*The redirect was not followed/);
      assert.deepEqual(asked, []);
    } finally {
      elsewhere.close();
    }
  });

  test('what cannot be run is said in words, with the terminal as the way out', async () => {
    await start(['Staging']);
    await openUntitled('shellscript', curl('', '/api/v1/customers/$ID'));
    await feature.runner.run();
    const error = seen[0];
    assert.ok(error instanceof ExpectedError && error.code === 'cannotRun');
    assert.match(error.full, /\$ID has no value here/);
    await openUntitled('shellscript', 'date\n');
    await assert.rejects(feature.runner.run(), (rejection: unknown) => rejection instanceof ExpectedError && rejection.code === 'noRequest');
    await openUntitled('shellscript', 'curl https://elsewhere.example -H "X-API-KEY: $STIGG_API_KEY"\n');
    await assert.rejects(feature.runner.run(), (rejection: unknown) => rejection instanceof ExpectedError && rejection.code === 'notStiggs');
  });

  test('values that differ each time differ each time', async () => {
    const finder = new RequestFinder(() => Promise.resolve(engine));
    const document = await vscode.workspace.openTextDocument(await writeTemporaryFile('a.http', `POST ${URL_OF_LIST}\nIdempotency-Key: {{$guid}}\n`));
    const headers = async (): Promise<unknown> => (await finder.freshly(document))[0]?.headers;
    const first = await headers();
    assert.ok(first !== undefined);
    assert.notDeepEqual(first, await headers());
  });
});

suite('Running requests: lenses', () => {
  suiteSetup(async () => {
    await vscode.extensions.getExtension('stigg-community.stigg-key-hygiene')?.activate();
  });
  teardown(closeAll);
  suiteTeardown(removeTemporaryFolders);

  const DOCUMENTS: readonly (readonly [string, string, readonly number[]])[] = [
    ['a.sh', `#!/bin/sh\ncurl ${URL_OF_LIST}\necho\nX=1 curl \\\n  ${URL_OF_LIST}\ncurl https://elsewhere.example # not Stigg\n`, [1, 3]],
    ['a.md', `# A\n\n\`\`\`bash\ncurl ${URL_OF_LIST}\n\`\`\`\n\n\`\`\`http\nGET ${URL_OF_LIST}\n\`\`\`\n\n\`\`\`ts\nawait fetch('${URL_OF_LIST}');\n\`\`\`\n`, [3, 7, 11]],
    ['a.http', `@base = https://api.stigg.io\n\n### one\nGET {{base}}/api/v1/customers\n\n###\nGET https://elsewhere.example\n`, [3]],
    ['a.rest', `GET ${URL_OF_LIST}\n`, [0]],
    ['a.txt', `Notes\ncurl ${URL_OF_LIST}\n`, [1]],
    ['a.ts', `const base = 'https://api.stigg.io';\nexport const list = () => fetch(\`\${base}/api/v1/customers\`);\nfetch('https://elsewhere.example/stigg');\n`, [1]],
    ['a.js', `// nothing of that kind\nfetch('https://elsewhere.example');\n`, []],
    ['a.py', `# curl ${URL_OF_LIST}\n`, []],
  ];
  for (const [name, text, lines] of DOCUMENTS) {
    test(`in ${name}`, async () => {
      const uri = await writeTemporaryFile(name, text);
      await vscode.window.showTextDocument(uri);
      const shown = await eventually('the lenses', async () => {
        const found = await lensesOf(uri);
        return found.length === lines.length ? found : undefined;
      });
      assert.deepEqual(shown.map(({ range }) => range.start.line).sort((a, b) => a - b), lines);
      for (const { command } of shown) assert.match(command?.title ?? '', /^\$\(play\) Run with/);
    });
  }

  test('they go with the setting, and follow what is typed', async () => {
    const editor = await openUntitled('shellscript', `curl ${URL_OF_LIST}\n`);
    await eventually('a lens', async () => ((await lensesOf(editor.document.uri)).length === 1 ? true : undefined));
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), 'date\n'); });
    assert.deepEqual((await lensesOf(editor.document.uri)).map(({ range }) => range.start.line), [1]);
    const settings = vscode.workspace.getConfiguration('stiggKeys');
    await settings.update('requests.codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lensesOf(editor.document.uri), []);
    } finally {
      await settings.update('requests.codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
