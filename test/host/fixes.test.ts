import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FindingActions } from '../../src/editor/diagnostics/codeActions.js';
import type { DiagnosticsController } from '../../src/editor/diagnostics/controller.js';
import type { Finding } from '../../src/scan/finding.js';
import { closeAll, diagnosticsToBe, madeUpServerKey, openUntitled } from './editorSupport.js';

/** The actions at our first diagnostic, with their edits made. */
async function actionsAt(document: vscode.TextDocument, kind?: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  const [found] = await diagnosticsToBe(1, document.uri);
  assert.ok(found !== undefined);
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range, kind?.value, 100);
}

function titled(actions: readonly vscode.CodeAction[], title: RegExp): vscode.CodeAction {
  const found = actions.find((action) => title.test(action.title));
  assert.ok(found !== undefined, `No action like ${String(title)} among: ${actions.map((action) => action.title).join(', ')}`);
  return found;
}

async function suppress(document: vscode.TextDocument): Promise<void> {
  const { edit } = titled(await actionsAt(document, vscode.CodeActionKind.QuickFix), /Ignore hardcoded-server-key/);
  assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
  await diagnosticsToBe(0, document.uri);
}

suite('Fixes', () => {
  teardown(closeAll);

  test('moving a key to the keychain is offered first, and its command is not told the key', async () => {
    const token = madeUpServerKey();
    const { document } = await openUntitled('typescript', `export const key = "${token}";\n`);
    const action = titled(await actionsAt(document), /keychain/i);
    assert.equal(action.command?.command, 'stiggKeys.fix.keepSecret');
    assert.equal(action.isPreferred, true);
    assert.equal(action.edit, undefined);
    assert.ok(!JSON.stringify(action.command.arguments).includes(token.slice(8, 40)));
  });

  test('a key that is gone by then is not stored, and the text stays as it is', async () => {
    const editor = await openUntitled('typescript', `export const key = "${madeUpServerKey()}";\n`);
    const { command } = titled(await actionsAt(editor.document), /keychain/i);
    assert.ok(command !== undefined);
    const text = 'export const key = "";\n';
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, 2, 0), text); });
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    assert.equal(editor.document.getText(), text);
  });

  test('cents handed to Stigg become dollars', async () => {
    const { document } = await openUntitled('typescript', "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.coupons.create({ id: 'a', amountsOff: [{ amount: 49 * 100, currency: 'usd' }] });\n");
    const { edit } = titled((await actionsAt(document, vscode.CodeActionKind.QuickFix)).filter((action) => action.edit !== undefined), /^(?!Ignore )/);
    assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
    assert.match(document.getText(), /amount: 49, currency/);
    await diagnosticsToBe(0, document.uri);
  });

  test('a suppression is a comment above the line, with room for a reason', async () => {
    const token = madeUpServerKey();
    const { document } = await openUntitled('typescript', `function f() {\n  return "${token}";\n}\n`);
    await suppress(document);
    assert.equal(document.getText(), `function f() {\n  // stigg-keys-ignore-next-line hardcoded-server-key -- reason\n  return "${token}";\n}\n`);
  });

  test('between the tags of JSX it is a JSX comment', async () => {
    const token = madeUpServerKey();
    const { document } = await openUntitled('typescriptreact', `export const A = () => (\n  <div>\n    <b title="${token}" />\n  </div>\n);\n`);
    const { edit } = titled(await actionsAt(document, vscode.CodeActionKind.QuickFix), /Ignore /);
    assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
    await diagnosticsToBe(0, document.uri);
    assert.match(document.lineAt(2).text, /^ {4}\{\/\* stigg-keys-ignore-next-line [a-z-]+ -- reason \*\/\}$/);
    assert.match(document.lineAt(3).text, /^ {4}<b title=/);
  });

  test('a tag that JSX starts with takes an ordinary comment', async () => {
    const { document } = await openUntitled('typescriptreact', `export const A = () => (\n  <b title="${madeUpServerKey()}" />\n);\n`);
    const { edit } = titled(await actionsAt(document, vscode.CodeActionKind.QuickFix), /Ignore /);
    assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
    await diagnosticsToBe(0, document.uri);
    assert.match(document.lineAt(1).text, /^ {2}\/\/ stigg-keys-ignore-next-line /);
  });

  test('line ends and other comment signs are kept', async () => {
    const token = madeUpServerKey();
    const editor = await openUntitled('python', `key = "${token}"\n`);
    await editor.edit((edit) => { edit.setEndOfLine(vscode.EndOfLine.CRLF); });
    await suppress(editor.document);
    assert.equal(editor.document.getText(), `# stigg-keys-ignore-next-line hardcoded-server-key -- reason\r\nkey = "${token}"\r\n`);
  });

  test('fix-all touches nothing that needs a key to be stored, and is no light bulb entry', async () => {
    const { document } = await openUntitled('typescript', `export const key = "${madeUpServerKey()}";\n`);
    // TypeScript offers a fix-all of its own.
    assert.deepEqual((await actionsAt(document, vscode.CodeActionKind.SourceFixAll)).filter(({ kind }) => kind?.value.includes('stigg') === true), []);
    assert.ok((await actionsAt(document)).every(({ title }) => !title.includes('safe Stigg fixes')));
  });

  test('an action of an older text is refused, and safe fixes are applied together', async () => {
    const editor = await openUntitled('plaintext', 'a 1 b 2\n');
    const { document } = editor;
    const finding = (at: number): Finding => ({
      rule: 'a-rule', severity: 'warning', start: at, end: at + 1, message: '', fixes: [{ title: 'Double', safety: 'safe', edits: [{ start: at, end: at + 1, text: 'two' }] }],
    });
    const controller = { findings: () => Promise.resolve([finding(2), finding(6)]) } as unknown as DiagnosticsController;
    const actions = new FindingActions(controller);
    const token = new vscode.CancellationTokenSource().token;
    const ask = (kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> => actions.provideCodeActions(
      document, new vscode.Range(0, 2, 0, 3), { only: kind, diagnostics: [], triggerKind: vscode.CodeActionTriggerKind.Invoke }, token,
    );
    const [stale] = await ask(vscode.CodeActionKind.QuickFix);
    const [all] = await ask(vscode.CodeActionKind.SourceFixAll);
    assert.ok(stale !== undefined && all !== undefined);
    const resolved = await actions.resolveCodeAction(all);
    assert.ok(resolved.edit !== undefined && (await vscode.workspace.applyEdit(resolved.edit)));
    assert.equal(document.getText(), 'a two b two\n');
    assert.equal((await actions.resolveCodeAction(stale)).edit, undefined);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
