import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { missingHead, SIGNING_SECRET_VARIABLE, TOKEN_CODES, tokenCodeFor, type TokenCode } from '../../snippets/customerToken.js';
import { toSnippetText } from '../../snippets/snippet.js';
import { sourceOf, toWorkspaceEdit } from '../diagnostics/documents.js';
import type { HardeningCommandDeps } from './deps.js';

/**
 * Puts the code of hardened client access where the person works: the function that signs into a server's file, the token into the provider
 * of a frontend's. Where the open file is no place for either, a new document in a language of the person's choice.
 */
export async function insertCustomerToken({ engine }: Pick<HardeningCommandDeps, 'engine'>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const code = document === undefined || document.uri.scheme === 'output' ? undefined : tokenCodeFor(document.languageId, document.uri.path, document.getText());
  if (editor === undefined || document === undefined || code === undefined) {
    const picked = await pickCode();
    if (picked !== undefined) await insertInNewDocument(picked);
    return;
  }
  if (code.side === 'frontend' && (await passToken(engine, document))) return;
  const isEmpty = document.getText().trim() === '';
  const before = document.version;
  if (!isEmpty) await insertHead(document, code);
  // Where the cursors are by now: what was inserted above has moved them.
  await editor.insertSnippet(new vscode.SnippetString(toSnippetText(isEmpty ? code.file : code.member)));
  if (document.version === before) {
    throw new ExpectedError('readOnly', vscode.l10n.t('This editor is read-only, so nothing was inserted.'), vscode.l10n.t('Open a file that can be changed, or close it and run the command again for a new document.'));
  }
  tell(code);
}

/** The provider that names a customer is given the token where it stands: the fix of the rule `unsigned-customer`. */
async function passToken(load: HardeningCommandDeps['engine'], document: vscode.TextDocument): Promise<boolean> {
  const [{ EMPTY_CONTEXT }, engine] = await Promise.all([import('../../scan/context.js'), load()]);
  const source = sourceOf(document, document.getText());
  await engine.prepare(source);
  if (source.text !== document.getText()) return false;
  const edits = engine.scan(source, EMPTY_CONTEXT).filter(({ rule }) => rule === 'unsigned-customer').flatMap(({ fixes }) => fixes[0]?.edits ?? []);
  if (edits.length === 0 || !(await vscode.workspace.applyEdit(toWorkspaceEdit(document, edits)))) return false;
  void vscode.window.showInformationMessage(vscode.l10n.t('customerToken is handed over now. Give it its value: the token that your server signed for the customer of the session.'));
  return true;
}

/** Above the code and apart from it, so that the cursor stays where the person put it. */
async function insertHead(document: vscode.TextDocument, code: TokenCode): Promise<void> {
  const head = missingHead(code, document.getText());
  if (head === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  // A last line without an end cannot have anything below it yet.
  const isBelow = head.line >= document.lineCount;
  edit.insert(document.uri, new vscode.Position(head.line, 0), isBelow ? `\n${head.text}` : head.text);
  await vscode.workspace.applyEdit(edit);
}

async function pickCode(): Promise<TokenCode | undefined> {
  const picked = await vscode.window.showQuickPick(
    TOKEN_CODES.map((code) => ({
      label: code.title,
      description: code.side === 'server' ? vscode.l10n.t('server: signs the token') : vscode.l10n.t('frontend: hands the token over'),
      code,
    })),
    { title: vscode.l10n.t('Insert Code for Customer Tokens'), placeHolder: vscode.l10n.t('Choose the language; the code comes in a new document'), matchOnDescription: true },
  );
  return picked?.code;
}

async function insertInNewDocument(code: TokenCode): Promise<void> {
  const known = new Set(await vscode.languages.getLanguages());
  const language = code.languageIds.find((id) => known.has(id));
  const document = await vscode.workspace.openTextDocument({ ...(language === undefined ? {} : { language }), content: '' });
  const editor = await vscode.window.showTextDocument(document, vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside);
  await editor.insertSnippet(new vscode.SnippetString(toSnippetText(code.file)));
  tell(code);
}

function tell({ side }: TokenCode): void {
  void vscode.window.showInformationMessage(
    side === 'server'
      ? vscode.l10n.t('Set {0} on the server to the signing secret of the environment (Stigg console: Publishable key > Overview). It must never reach the browser.', SIGNING_SECRET_VARIABLE)
      : vscode.l10n.t('Get the customer token from your server, which signs it for the customer of the session.'),
  );
}
