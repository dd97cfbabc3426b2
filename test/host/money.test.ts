import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, codeActionsAt, diagnosticsToBe, hoverAt, ruleOf } from './editorSupport.js';
import { COMPILED } from './money/compiled.js';
import { INTERPRETED } from './money/interpreted.js';
import type { Problem } from './money/moneyFile.js';
import { WRITTEN_OUT } from './money/writtenOut.js';

const { Error: error, Warning: warning, Information: information } = vscode.DiagnosticSeverity;
const SEVERITIES: Readonly<Record<string, vscode.DiagnosticSeverity>> = {
  'cents-to-stigg': warning,
  'cent-shaped-amount': information,
  'stigg-amount-divided': warning,
  'stigg-dollars-to-stripe': warning,
  'wrong-auth-header': error,
  'missing-content-type': warning,
  'missing-idempotency-key': warning,
};
/** The unit rule in the words of each rule about money. */
const TEACHES: Readonly<Record<string, RegExp>> = {
  'cents-to-stigg': /Stigg takes full units of the currency: 49 is \$49\.00\. Stripe takes cents\./,
  'cent-shaped-amount': /Stigg takes full units of the currency: 4900 is \$4,900\.00\. Stripe takes cents, where it is \$49\.00\./,
  'stigg-amount-divided': /Stigg answers full units of the currency: 49 is \$49\.00\. Divided by 100 it is \$0\.49\./,
  'stigg-dollars-to-stripe': /Stigg counts full units of the currency, Stripe counts cents: 49 is \$49\.00 for Stigg and \$0\.49 for Stripe\./,
  'wrong-auth-header': /Stigg reads the key from X-API-KEY alone\./,
  'missing-content-type': /Stigg takes JSON only\./,
  'missing-idempotency-key': /Without the key Stigg does it a second time/,
};

suite('Money and requests in every language', function () {
  // Each test waits for the editor a dozen times, and the first for the engine to be loaded.
  this.timeout(60_000);
  let root = '';
  let folders = 0;

  suiteSetup(async function () {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder?.uri.scheme !== 'file') this.skip();
    root = path.join(folder.uri.fsPath, 'money');
    await mkdir(root);
    // Nothing of the workspace's own package shall say what these files are.
    await writeFile(path.join(root, 'package.json'), '{ "name": "money", "private": true }\n');
  });
  teardown(async () => {
    await closeAll();
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  suiteTeardown(async () => {
    if (root !== '') await rm(root, { recursive: true, force: true });
  });

  /** Opens a file in a folder of its own. */
  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const file = path.join(root, String(folders++), name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return (await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(file)), { preview: false })).document;
  }

  for (const { language, path: name, shownAs, text, problems } of [...INTERPRETED, ...COMPILED, ...WRITTEN_OUT]) {
    test(`${language}: ${problems.map(({ rule }) => rule).join(', ')}`, async () => {
      const document = await open(name, text);
      assert.equal(document.languageId, shownAs);
      const found = await diagnosticsToBe(problems.length, document.uri);
      assert.deepEqual(
        found.map((one) => [ruleOf(one), one.severity, document.getText(one.range)]),
        problems.map(({ rule, at }) => [rule, SEVERITIES[rule], at]),
      );
      for (const [index, diagnostic] of found.entries()) {
        const problem = problems[index];
        assert.ok(problem !== undefined && standsIn(document, diagnostic.range, problem));
        await teaches(document, diagnostic, problem);
      }
      assert.deepEqual(await ourFixAll(document), []);

      let expected = text;
      for (const [index, problem] of problems.entries()) {
        const [next] = await diagnosticsToBe(problems.length - index, document.uri);
        assert.ok(next !== undefined && ruleOf(next) === problem.rule);
        await applyPreferred(document, next, problem);
        expected = replaced(expected, problem);
        assert.equal(document.getText(), expected);
      }
      await diagnosticsToBe(0, document.uri);
    });
  }

  test('fix-all mends what is safe and leaves amounts and requests alone', async () => {
    const call = "await new Stigg().v1.coupons.create({ id: 'a', amountsOff: [{ amount: 4900, currency: 'usd' }, { amount: 49 * 100, currency: 'eur' }], percentOff: null });\n"
      + "await fetch('https://api.stigg.io/api/v1/plans', { headers: { Authorization: `Bearer ${key}` } });\n";
    const document = await open('src/all.js', `import Stigg from '@stigg/typescript';\n// stigg-keys-ignore-next-line cents-to-stigg -- once\nexport const key = process.env.STIGG_SERVER_API_KEY;\n${call}`);
    const found = await diagnosticsToBe(4, document.uri);
    assert.deepEqual(found.map(ruleOf), ['unused-suppression', 'cent-shaped-amount', 'cents-to-stigg', 'wrong-auth-header']);
    assert.deepEqual(await ourFixAll(document), ['Apply all safe Stigg fixes']);
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('codeActionsOnSave', { 'source.fixAll': 'explicit' }, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('workbench.action.files.save');
      await diagnosticsToBe(3, document.uri);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.equal(document.getText(), `import Stigg from '@stigg/typescript';\nexport const key = process.env.STIGG_SERVER_API_KEY;\n${call}`);
    assert.deepEqual(await ourFixAll(document), []);
  });
});

/** A name may be in the text more than once: the right one is where the fix changes something. */
function standsIn(document: vscode.TextDocument, range: vscode.Range, { at, fix }: Problem): boolean {
  const [from] = fix.replace.map(([before]) => before).filter((before) => before.includes(at));
  const place = from === undefined ? -1 : document.getText().indexOf(from);
  return from === undefined || (document.offsetAt(range.start) >= place && document.offsetAt(range.end) <= place + from.length);
}

/** What a person sees who points at the value: the message, and below it the page about the rule. */
async function teaches(document: vscode.TextDocument, { range, message, code }: vscode.Diagnostic, problem: Problem): Promise<void> {
  assert.ok(message.length <= 200, `too long for a hover: ${message}`);
  const pages = (await hoverAt(document.uri, range.start)).filter((page) => page.includes(`#${problem.rule})`));
  assert.equal(pages.length, 1, `one page about ${problem.rule} at ${problem.at}`);
  for (const expected of problem.message) assert.match(message, expected);
  if (problem.evidence !== undefined) assert.match(pages[0] ?? '', problem.evidence);
  assert.match(pages[0] ?? '', TEACHES[problem.rule] ?? /^$/);
  assert.match(pages[0] ?? '', /How to fix it:/);
  assert.match(pages[0] ?? '', new RegExp(`\\[More about ${problem.rule}\\]\\(https://`));
  assert.ok(typeof code === 'object' && code.target.fragment === problem.rule);
}

/** What would be done to the whole document on saving, where a person has switched that on. */
async function ourFixAll(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await codeActionsAt(document.uri, all, vscode.CodeActionKind.SourceFixAll);
  return actions.filter(({ kind }) => kind?.value.includes('stigg') === true).map(({ title }) => title);
}

async function applyPreferred(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, { rule, fix }: Problem): Promise<void> {
  const actions = await codeActionsAt(document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix);
  assert.deepEqual(actions.filter(({ isPreferred }) => isPreferred === true).map(({ title }) => title), [fix.title]);
  // JSON has no comments, so nothing can be ignored there.
  assert.equal(actions.some(({ title }) => title === `Ignore ${rule} here, with a reason`), document.languageId !== 'json');
  const edit = actions.find(({ title }) => title === fix.title)?.edit;
  assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
}

function replaced(text: string, { fix }: Problem): string {
  return fix.replace.reduce((before, [from, to]) => {
    assert.equal(before.split(from).length, 2, `"${from}" is to be there once`);
    return before.split(from).join(to);
  }, text);
}
