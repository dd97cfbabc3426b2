import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { languageFor } from '../../src/scan/languages/index.js';
import { SyntaxTree } from '../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../src/scan/syntax/treeSitter.js';
import { closeAll, eventually, openUntitled, removeTemporaryFolders, writeTemporaryFile } from './editorSupport.js';

const insert = (request: string, target?: string): Thenable<unknown> => vscode.commands.executeCommand('stiggKeys.insertRequest', target === undefined ? request : { request, target });
const endpoint = (): string => vscode.workspace.getConfiguration('stiggKeys').get('api.endpoint', '').replace(/\/+$/, '');

/** The request as the documentation writes it, for the endpoint that is configured. */
function getCustomer(indent = ''): string {
  return [
    `curl -X GET "${endpoint()}/api/v1/customers/customer-123" \\`,
    `${indent}  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\`,
    `${indent}  -H "Content-Type: application/json"`,
  ].join('\n');
}

/** Whether the text has a syntax error in the grammar of its language. */
async function hasSyntaxError(languageId: string, text: string): Promise<boolean> {
  const grammar = languageFor(languageId).grammar(languageId);
  if (grammar === undefined) return false;
  const folder = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { name?: unknown }).name === 'stigg-key-hygiene')?.extensionPath ?? path.resolve(fileURLToPath(import.meta.url), '../../..');
  const readWasm = (name: string): Promise<Uint8Array> => readFile(path.join(folder, 'dist/wasm', name));
  const parser = await createParser(await loadGrammar(grammar, readWasm), readWasm);
  const tree = SyntaxTree.parse(parser, text);
  try {
    return tree?.root.hasError ?? true;
  } finally {
    tree?.dispose();
    parser.delete();
  }
}

/** A file that is there, with `CURSOR` where the request goes, and what is expected around it. */
interface Case {
  readonly language: string;
  readonly target: string;
  readonly text: string;
  readonly expected: readonly (string | RegExp)[];
}

const CASES: readonly Case[] = [
  { language: 'shellscript', target: 'curl', text: '#!/bin/sh\nCURSOR\n', expected: ['#!/bin/sh\ncurl -X POST "', 'X-API-KEY: $STIGG_SERVER_API_KEY', 'Idempotency-Key: $(uuidgen)"'] },
  { language: 'typescript', target: 'fetch', text: "import { db } from './db.js';\n\nexport async function provision() {\n  CURSOR\n  return db;\n}\n", expected: ['  const apiKey = process.env.STIGG_SERVER_API_KEY;\n', '    method: \'POST\',\n', 'crypto.randomUUID()'] },
  { language: 'python', target: 'python', text: '"""Billing."""\nimport json\n\n\ndef provision():\n    CURSOR\n    return json\n', expected: [/^"""Billing\."""\nimport os\n(?:import \w+\n){1,4}/, 'os.environ["STIGG_SERVER_API_KEY"]'] },
  { language: 'go', target: 'go', text: '// Package billing bills.\npackage billing\n\nimport (\n\t"os"\n)\n\nfunc provision() {\n\tCURSOR\n}\n', expected: ['package billing\n\nimport "', 'os.Getenv("STIGG_SERVER_API_KEY")'] },
  { language: 'ruby', target: 'ruby', text: '# frozen_string_literal: true\n\ndef provision\n  CURSOR\nend\n', expected: ['require "', 'ENV.fetch("STIGG_SERVER_API_KEY")'] },
  { language: 'java', target: 'java', text: 'package billing;\n\nclass Billing {\n  void provision() throws Exception {\n    CURSOR\n  }\n}\n', expected: ['package billing;\n\nimport java.', 'System.getenv("STIGG_SERVER_API_KEY")'] },
  { language: 'csharp', target: 'csharp', text: 'using System;\n\npublic static class Billing\n{\n    public static async System.Threading.Tasks.Task Provision()\n    {\n        CURSOR\n    }\n}\n', expected: ['Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY")'] },
];

/** An editor whose cursor is where the text says `CURSOR`. */
async function openAtCursor(language: string, text: string): Promise<vscode.TextEditor> {
  const editor = await openUntitled(language, text.replace('CURSOR', ''));
  const position = editor.document.positionAt(text.indexOf('CURSOR'));
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

async function completionsAt(editor: vscode.TextEditor, position: vscode.Position): Promise<vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', editor.document.uri, position);
  return list.items.filter(({ label }) => (typeof label === 'string' ? label : label.label).startsWith('stigg-') && label !== 'stigg-');
}

suite('Authenticated requests', () => {
  teardown(closeAll);
  suiteTeardown(removeTemporaryFolders);

  for (const { language, target, text, expected } of CASES) {
    test(`in ${language} it is inserted at the cursor with its imports, parses, and is undone in one step`, async () => {
      const editor = await openAtCursor(language, text);
      const { document } = editor;
      const before = document.getText();
      await insert('customers.provision', target);
      const inserted = document.getText();
      for (const part of expected) {
        if (typeof part === 'string') assert.ok(inserted.includes(part), `${part}\nis not in\n${inserted}`);
        else assert.match(inserted, part);
      }
      assert.ok(inserted.includes('customer-125') && inserted.includes('X-API-KEY'));
      assert.equal(await hasSyntaxError(language, inserted), false, inserted);
      await vscode.commands.executeCommand('undo');
      await eventually('the text as it was', () => (document.getText() === before ? true : undefined));
    });
  }

  test('a request is inserted at the cursor, with the variable and never a value', async () => {
    const { document } = await openUntitled('shellscript', '#!/bin/sh\n');
    await vscode.commands.executeCommand('cursorBottom');
    await insert('customers.retrieve', 'curl');
    assert.equal(document.getText(), `#!/bin/sh\n${getCustomer()}`);
  });

  test('the cursor is put where there is something to fill in', async () => {
    const editor = await openUntitled('shellscript', '#!/bin/sh\n');
    await vscode.commands.executeCommand('cursorBottom');
    await insert('customers.provision', 'curl');
    await eventually('the first place', () => (editor.document.getText(editor.selection) === 'customer-125' ? true : undefined));
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await eventually('the second place', () => (editor.document.getText(editor.selection) === 'Acme Corp' ? true : undefined));
  });

  test('two cursors get two requests with idempotency keys of their own, and the imports once', async () => {
    const editor = await openUntitled('plaintext', 'true\n\n');
    editor.selections = [new vscode.Selection(1, 0, 1, 0), new vscode.Selection(2, 0, 2, 0)];
    await insert('customers.provision', 'curl');
    const keys = [...editor.document.getText().matchAll(/Idempotency-Key: ([0-9a-f-]{36})"/g)].map((match) => match[1]);
    assert.equal(keys.length, 2);
    assert.notEqual(keys[0], keys[1]);
    await closeAll();
    const python = await openUntitled('python', 'a = 1\n\nb = 2\n\n');
    python.selections = [new vscode.Selection(1, 0, 1, 0), new vscode.Selection(3, 0, 3, 0)];
    await insert('customers.retrieve', 'python');
    const text = python.document.getText();
    assert.equal(text.match(/^import os$/gm)?.length, 1);
    assert.equal(text.match(/customer-123/g)?.length, 2);
    assert.ok(text.indexOf('b = 2') > text.indexOf('customer-123') && text.lastIndexOf('customer-123') > text.indexOf('b = 2'));
    assert.equal(await hasSyntaxError('python', text), false, text);
  });

  test('in Markdown it stands in a code block, in a block that is open already it stands alone', async () => {
    const { document } = await openUntitled('markdown');
    await insert('customers.retrieve', 'curl');
    assert.equal(document.getText(), `\`\`\`sh\n${getCustomer()}\n\`\`\`\n`);
    await closeAll();
    const block = await openUntitled('markdown', '```sh\n\n```\n');
    block.selection = new vscode.Selection(1, 0, 1, 0);
    await insert('customers.retrieve', 'curl');
    assert.equal(block.document.getText(), `\`\`\`sh\n${getCustomer()}\n\`\`\`\n`);
    await closeAll();
    const program = await openUntitled('markdown');
    await insert('customers.retrieve', 'python');
    assert.match(program.document.getText(), /^```python\nimport os\n[^]*\n```\n$/);
  });

  test('a block in another language takes requests of that language, without asking', async () => {
    const block = await openUntitled('markdown', '```pwsh\n\n```\n');
    block.selection = new vscode.Selection(1, 0, 1, 0);
    await insert('customers.retrieve');
    assert.match(block.document.getText(), /^```pwsh\n[^]*\$env:STIGG_SERVER_API_KEY[^]*\n```\n$/);
  });

  test('a request file without an extension of its own takes requests as it writes them', async () => {
    const uri = await writeTemporaryFile('stigg.http', '### Mine\nGET https://example.com\n\n');
    const editor = await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('cursorBottom');
    await insert('customers.retrieve');
    assert.match(editor.document.getText(), /\nGET .*\/api\/v1\/customers\/customer-123\nX-API-KEY: \{\{\$processEnv STIGG_SERVER_API_KEY\}\}/);
  });

  test('without an editor, or where it cannot stand, it gets a document of its own that runs as it is', async () => {
    await insert('graphql.apiKeys', 'curl');
    const first = await eventually('a new document', () => vscode.window.activeTextEditor);
    assert.equal(first.document.languageId, 'shellscript');
    assert.match(first.document.getText(), /^#!.*\n[^]*curl --fail-with-body -X POST ".*\/graphql"/);
    await closeAll();
    const program = await openUntitled('typescript', 'export {};\n');
    await insert('customers.retrieve', 'curl');
    assert.equal(program.document.getText(), 'export {};\n');
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'shellscript');
  });

  test('code that ships to the browser never gets the server key: the request comes in a new document', async () => {
    const uri = await writeTemporaryFile('checkout.tsx', "'use client';\n\nexport const a = 1;\n");
    const editor = await vscode.window.showTextDocument(uri);
    await insert('customers.retrieve', 'fetch');
    assert.equal(editor.document.getText(), "'use client';\n\nexport const a = 1;\n");
    const other = await eventually('a new document', () => (vscode.window.activeTextEditor?.document.isUntitled === true ? vscode.window.activeTextEditor : undefined));
    assert.match(other.document.getText(), /process\.env\.STIGG_SERVER_API_KEY/);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  test('what is inserted last is offered first', async () => {
    await openUntitled('shellscript', 'true\n');
    await insert('plans.list', 'curl');
    // Ids alone are kept; the list itself is looked at in the test of the user interface.
    await openUntitled('shellscript', 'true\n');
    await insert('plans.list', 'httpie');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /http|https/);
  });

  test('a read-only editor is left as it is', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('stigg-test-readonly', { provideTextDocumentContent: () => 'nothing\n' });
    try {
      for (const [language, target] of [['shellscript', 'curl'], ['python', 'python']] as const) {
        const opened = await vscode.workspace.openTextDocument(vscode.Uri.parse(`stigg-test-readonly:/a.${language}`));
        const document = await vscode.languages.setTextDocumentLanguage(opened, language);
        await vscode.window.showTextDocument(document);
        let isAnswered = false as boolean;
        const done = insert('customers.retrieve', target).then(() => { isAnswered = true; });
        // The command ends when its message has been answered, which takes its time to come on a busy machine.
        while (!isAnswered) {
          await new Promise((resolve) => { setTimeout(resolve, 300); });
          await vscode.commands.executeCommand('notifications.clearAll');
        }
        await done;
        assert.equal(document.getText(), 'nothing\n');
      }
    } finally {
      provider.dispose();
    }
  });

  test('a name that is not there is said, and nothing is inserted', async () => {
    const { document } = await openUntitled('shellscript', 'true\n');
    await insert('customers.nothing', 'curl');
    await insert('customers.retrieve', 'cobol');
    assert.equal(document.getText(), 'true\n');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  test('typing "stigg" offers the requests, other words do not', async () => {
    const editor = await openUntitled('shellscript', 'true\nstigg-cust');
    const offered = await completionsAt(editor, new vscode.Position(1, 10));
    const item = offered.find(({ label }) => label === 'stigg-customers-retrieve');
    assert.ok(item?.insertText instanceof vscode.SnippetString);
    assert.ok(item.range instanceof vscode.Range && item.range.isEqual(new vscode.Range(1, 0, 1, 10)));
    assert.ok(offered.length > 130);
    await editor.edit((edit) => { edit.replace(new vscode.Range(1, 0, 1, 10), 'echo foo'); });
    assert.deepEqual(await completionsAt(editor, new vscode.Position(1, 8)), []);
    await editor.edit((edit) => { edit.replace(new vscode.Range(1, 0, 1, 8), 's'); });
    // From the first letter they wait among the document's words, found by the prefix alone and not by letters of their names.
    const begun = await completionsAt(editor, new vscode.Position(1, 1));
    assert.ok(begun.length > 0 && begun.every(({ filterText }) => filterText === 'stigg'));
    await editor.edit((edit) => { edit.replace(new vscode.Range(1, 0, 1, 1), ''); });
    await editor.insertSnippet(item.insertText, new vscode.Position(1, 0));
    assert.equal(editor.document.getText(), `true\n${getCustomer()}`);
  });

  for (const [language, text, wanted, unwanted] of [
    ['python', 'import json\n\nstigg-', 'stigg-customers-retrieve', 'stigg-init-ruby-rest'],
    ['typescript', 'export const a = 1;\nstigg-', 'stigg-customers-provision', 'stigg-init-react-sdk'],
    ['go', 'package a\n\nfunc b() {\n\tstigg-', 'stigg-init-go-rest', 'stigg-init-python-rest'],
    ['yaml', 'services:\n  stigg-', 'stigg-init-sidecar-compose', 'stigg-customers-retrieve'],
    ['powershell', '$a = 1\nstigg-', 'stigg-plans-list', 'stigg-init-cli'],
  ] as const) {
    test(`completions of ${language} are in ${language}`, async () => {
      const editor = await openUntitled(language, text);
      const end = editor.document.positionAt(text.length);
      const offered = await completionsAt(editor, end);
      const labels = offered.map(({ label }) => label);
      assert.ok(labels.includes(wanted), JSON.stringify(labels));
      assert.ok(!labels.includes(unwanted));
      const item = offered.find(({ label }) => label === wanted);
      assert.ok(item?.insertText instanceof vscode.SnippetString);
      if (language === 'python') assert.match(item.additionalTextEdits?.[0]?.newText ?? '', /^import os\n/);
    });
  }

  for (const [language, text] of [
    ['typescript', 'const a = "stigg-'], ['typescript', '// stigg-'], ['python', '# stigg-'], ['shellscript', 'echo "stigg-'], ['typescript', 'client.stigg'], ['css', 'stigg-'], ['ruby', "x = 'stigg-"],
  ] as const) {
    test(`${language}: nothing is offered in ${text}`, async () => {
      const editor = await openUntitled(language, text);
      assert.deepEqual(await completionsAt(editor, editor.document.positionAt(text.length)), []);
    });
  }

  test('calls of the SDK are offered where the file has it, beside the usual ones', async () => {
    const text = 'import os\nfrom stigg import Stigg\n\nstigg = Stigg(api_key=os.environ["STIGG_SERVER_API_KEY"])\nstigg-';
    const editor = await openUntitled('python', text);
    const labels = (await completionsAt(editor, editor.document.positionAt(text.length))).map(({ label }) => label);
    assert.ok(labels.includes('stigg-customers-retrieve') && labels.includes('stigg-sdk-customers-retrieve'), JSON.stringify(labels));
    const without = await openUntitled('python', 'import os\nstigg-');
    assert.ok(!(await completionsAt(without, new vscode.Position(1, 6))).some(({ label }) => label === 'stigg-sdk-customers-retrieve'));
  });

  test('in browser code only what takes a publishable key is offered', async () => {
    const text = "'use client';\n\nstigg-";
    const editor = await openUntitled('typescriptreact', text);
    const labels = (await completionsAt(editor, editor.document.positionAt(text.length))).map(({ label }) => label);
    assert.deepEqual([...labels].sort(), ['stigg-init-js-client-sdk', 'stigg-init-react-sdk']);
  });
});

suite('SDK starters', () => {
  teardown(closeAll);
  suiteTeardown(removeTemporaryFolders);
  const start = (id: string): Thenable<unknown> => vscode.commands.executeCommand('stiggKeys.insertSdkStarter', id);

  test('stand at the cursor with their imports, and read the variable', async () => {
    const { document } = await openAtCursor('python', '"""Billing."""\nimport json\n\nCURSOR\nprint(json, stigg)\n');
    await start('python-rest');
    assert.equal(document.getText(), '"""Billing."""\nimport os\nfrom stigg import Stigg\nimport json\n\nstigg = Stigg(api_key=os.environ["STIGG_SERVER_API_KEY"])\nprint(json, stigg)\n');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  test('read the publishable key as the project does', async () => {
    const folder = path.dirname((await writeTemporaryFile('package.json', '{ "dependencies": { "vite": "7", "react": "19" } }')).fsPath);
    const file = vscode.Uri.file(path.join(folder, 'src', 'Billing.tsx'));
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('export const Billing = ({ customerId, customerToken, children }) => (\n  \n);\n'));
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(1, 2, 1, 2);
    await start('react-sdk');
    const text = editor.document.getText();
    assert.match(text, /<StiggProvider apiKey=\{import\.meta\.env\.VITE_STIGG_CLIENT_API_KEY\} customerId=\{customerId\} customerToken=\{customerToken\}>/);
    assert.match(text, /^import \{ StiggProvider \} from '@stigg\/react-sdk';\n/);
    assert.equal(await hasSyntaxError('typescriptreact', text), false);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  test('a backend SDK never goes into browser code', async () => {
    const text = "'use client';\nexport const a = 1;\n";
    const editor = await vscode.window.showTextDocument(await writeTemporaryFile('page.tsx', text));
    await start('node-server-sdk');
    assert.equal(editor.document.getText(), text);
    const other = await eventually('a new document', () => (vscode.window.activeTextEditor?.document.isUntitled === true ? vscode.window.activeTextEditor : undefined));
    assert.match(other.document.getText(), /from '@stigg\/node-server-sdk';\n\nexport const stigg = Stigg\.initialize\(\{ apiKey: process\.env\.STIGG_SERVER_API_KEY! \}\);/);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
