import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openUntitled } from './editorSupport.js';

const insert = (id: string): Thenable<unknown> => vscode.commands.executeCommand('stiggKeys.insertRequest', id);
const endpoint = (): string => vscode.workspace.getConfiguration('stiggKeys').get('api.endpoint', '').replace(/\/+$/, '');

/** The request as the documentation writes it, for the endpoint that is configured. */
function listCustomers(indent = ''): string {
  return [
    `curl -X GET "${endpoint()}/api/v1/customers?limit=20" \\`,
    `${indent}  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\`,
    `${indent}  -H "Content-Type: application/json"`,
  ].join('\n');
}

suite('Authenticated requests', () => {
  teardown(closeAll);

  test('a request is inserted at the cursor, with the variable and never a value', async () => {
    const { document } = await openUntitled('shellscript', '#!/bin/sh\n');
    await vscode.commands.executeCommand('cursorBottom');
    await insert('list-customers');
    assert.equal(document.getText(), `#!/bin/sh\n${listCustomers()}`);
  });

  test('the cursor is put where there is something to fill in', async () => {
    const editor = await openUntitled('shellscript');
    await insert('create-customer');
    await eventually('the first place', () => (editor.document.getText(editor.selection) === 'customer-123' ? true : undefined));
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await eventually('the second place', () => (editor.document.getText(editor.selection) === 'Acme Corp' ? true : undefined));
  });

  test('two cursors get two requests with idempotency keys of their own', async () => {
    const editor = await openUntitled('shellscript', '\n\n');
    editor.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(2, 0, 2, 0)];
    await insert('create-customer');
    const keys = [...editor.document.getText().matchAll(/Idempotency-Key: ([0-9a-f-]{36})"/g)].map((match) => match[1]);
    assert.equal(keys.length, 2);
    assert.notEqual(keys[0], keys[1]);
  });

  test('in Markdown it stands in a code block, in a block that is open already it stands alone', async () => {
    const { document } = await openUntitled('markdown');
    await insert('list-customers');
    assert.equal(document.getText(), `\`\`\`sh\n${listCustomers()}\n\`\`\`\n`);
    await closeAll();
    const block = await openUntitled('markdown', '```sh\n\n```\n');
    block.selection = new vscode.Selection(1, 0, 1, 0);
    await insert('list-customers');
    assert.equal(block.document.getText(), `\`\`\`sh\n${listCustomers()}\n\`\`\`\n`);
  });

  test('without an editor, or in a program, it gets a shell script of its own', async () => {
    await insert('graphql');
    const first = await eventually('a new document', () => vscode.window.activeTextEditor);
    assert.equal(first.document.languageId, 'shellscript');
    assert.match(first.document.getText(), /^curl -X POST ".*\/graphql"/);
    await closeAll();
    const program = await openUntitled('typescript', 'export {};\n');
    await insert('list-customers');
    assert.equal(program.document.getText(), 'export {};\n');
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'shellscript');
    assert.equal(vscode.window.activeTextEditor.document.getText(), listCustomers());
  });

  test('a read-only editor is left as it is', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('stigg-test-readonly', { provideTextDocumentContent: () => 'nothing\n' });
    try {
      const opened = await vscode.workspace.openTextDocument(vscode.Uri.parse('stigg-test-readonly:/a.sh'));
      const document = await vscode.languages.setTextDocumentLanguage(opened, 'shellscript');
      await vscode.window.showTextDocument(document);
      // Not awaited: the command ends when its message has been answered.
      const done = insert('list-customers');
      await new Promise((resolve) => { setTimeout(resolve, 500); });
      assert.equal(document.getText(), 'nothing\n');
      await vscode.commands.executeCommand('notifications.clearAll');
      await done;
    } finally {
      provider.dispose();
    }
  });

  test('typing "stigg" offers the requests, other words do not', async () => {
    const editor = await openUntitled('shellscript', 'stigg-li');
    const complete = async (position: vscode.Position): Promise<vscode.CompletionItem[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', editor.document.uri, position);
      return list.items.filter(({ label }) => (typeof label === 'string' ? label : label.label).startsWith('stigg-'));
    };
    const offered = await complete(new vscode.Position(0, 8));
    const item = offered.find(({ label }) => label === 'stigg-list-customers');
    assert.ok(item?.insertText instanceof vscode.SnippetString);
    assert.ok(item.range instanceof vscode.Range && item.range.isEqual(new vscode.Range(0, 0, 0, 8)));
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, 0, 8), 'echo foo'); });
    assert.deepEqual(await complete(new vscode.Position(0, 8)), []);
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, 0, 8), 's'); });
    // From the first letter they wait among the document's words, found by the prefix alone and not by letters of their names.
    const begun = await complete(new vscode.Position(0, 1));
    assert.ok(begun.length > 0 && begun.every(({ filterText }) => filterText === 'stigg'));
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, 0, 1), ''); });
    await editor.insertSnippet(item.insertText, new vscode.Position(0, 0));
    assert.equal(editor.document.getText(), listCustomers());
  });
});
