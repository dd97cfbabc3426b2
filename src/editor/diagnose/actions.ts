import * as vscode from 'vscode';
import type { ActionId } from '../../diagnose/actions.js';
import { usedValue } from '../../diagnose/checks/used.js';
import { correctCurl } from '../../diagnose/curl.js';
import { SERVER_KEY_VARIABLE } from '../../diagnose/curlText.js';
import type { Facts } from '../../diagnose/facts.js';
import { consoleUrl } from '../../keys/unverified.js';
import { keyNode as sidebarKey, type EnvironmentNode, type KeyNode } from '../environments/nodes.js';
import { writerOptions } from '../requests/deps.js';
import type { DiagnoseDeps } from './deps.js';

/** Where the request stood when it was looked at. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/** What the actions of one diagnosis work on. */
export interface ActionContext {
  readonly facts: Facts;
  readonly place: Place | undefined;
  /** Once more, from the beginning or for another environment. */
  readonly again: (choose: 'same' | 'otherEnvironment') => Promise<void>;
}

/** Stigg's documentation. Source: the pages that Stigg's own material links to. */
const DOCS = {
  scopeDocs: 'https://docs.stigg.io/documentation/managing-your-account/environments/api-keys',
  restDocs: 'https://docs.stigg.io/api-and-sdks/api-reference/rest/overview',
  limitsDocs: 'https://docs.stigg.io/api-and-sdks/integration/graphql/rate-limits',
  idempotencyDocs: 'https://docs.stigg.io/api-and-sdks/api-reference/rest/overview',
} as const;

export function actionTitle(action: ActionId): string {
  switch (action) {
    case 'openRequest':
      return vscode.l10n.t('Go to Request');
    case 'openFile':
      return vscode.l10n.t('Open Env File');
    case 'copyCurl':
      return vscode.l10n.t('Copy curl Without Key');
    case 'openTerminal':
      return vscode.l10n.t('Open Terminal with Key');
    case 'addEnvironment':
      return vscode.l10n.t('Add Environment…');
    case 'storeKey':
      return vscode.l10n.t('Store Key');
    case 'changeGracePeriod':
      return vscode.l10n.t('Change Grace Period…');
    case 'switchEnvironment':
      return vscode.l10n.t('Check Another Environment…');
    case 'openKey':
      return vscode.l10n.t('Show Key in Sidebar');
    case 'openConsole':
      return vscode.l10n.t('Open in Stigg Console');
    case 'scopeDocs':
      return vscode.l10n.t('About Keys and Permissions');
    case 'restDocs':
      return vscode.l10n.t('API Reference');
    case 'limitsDocs':
      return vscode.l10n.t('About Rate Limits');
    case 'idempotencyDocs':
      return vscode.l10n.t('About Idempotency Keys');
    case 'tryAgain':
      return vscode.l10n.t('Check Again');
    case 'showLog':
      return vscode.l10n.t('Show Log');
  }
}

/** Does what the button says, by the commands that the sidebar has as well. */
export async function runAction(deps: DiagnoseDeps, action: ActionId, context: ActionContext): Promise<void> {
  switch (action) {
    case 'openRequest':
      return openRequest(context);
    case 'openFile':
      return openUsedFile(context);
    case 'copyCurl':
      return copyCurl(deps, context);
    case 'addEnvironment':
      return command('stiggKeys.addEnvironment');
    case 'storeKey':
    case 'changeGracePeriod':
    case 'openTerminal':
      return command(`stiggKeys.${action}`, await keyNode(deps, context) ?? await environmentNode(deps, context));
    case 'openKey':
      return command('stiggKeys.revealNode', await keyNode(deps, context) ?? await environmentNode(deps, context));
    case 'openConsole':
      if (context.facts.environment !== null) await vscode.env.openExternal(vscode.Uri.parse(consoleUrl(context.facts.environment), true));
      return;
    case 'scopeDocs':
    case 'restDocs':
    case 'limitsDocs':
    case 'idempotencyDocs':
      await vscode.env.openExternal(vscode.Uri.parse(DOCS[action], true));
      return;
    case 'switchEnvironment':
      return context.again('otherEnvironment');
    case 'tryAgain':
      return context.again('same');
    case 'showLog':
      return command('stiggKeys.showLog');
  }
}

async function command(id: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** The request, with the fixes that the editor has for it. */
async function openRequest({ place }: ActionContext): Promise<void> {
  if (place === undefined) return;
  const document = await vscode.workspace.openTextDocument(place.uri);
  const at = document.validatePosition(place.position);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await command('editor.action.quickFix');
}

async function openUsedFile({ facts }: ActionContext): Promise<void> {
  const value = usedValue(facts);
  if (value === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(value.uri, true));
  const line = document.getText().split('\n').findIndex((text) => new Set(text.split(/[^A-Za-z0-9_]/)).has(value.variable));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(Math.max(0, line), 0, Math.max(0, line), 0) });
}

async function copyCurl(deps: DiagnoseDeps, { facts }: ActionContext): Promise<void> {
  const { baseUrl, keyHeader: flavour } = await writerOptions({ endpoint: deps.endpoint, keyVariable: () => Promise.resolve(SERVER_KEY_VARIABLE) });
  await vscode.env.clipboard.writeText(correctCurl(facts.request, { baseUrl, flavour }));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied. The key comes from $STIGG_SERVER_API_KEY.'), 5_000);
}

/** The sidebar's row of the environment, which is asked for when nobody has opened the sidebar yet. */
async function environmentNode({ inventory }: DiagnoseDeps, { facts }: ActionContext): Promise<EnvironmentNode | undefined> {
  const id = facts.environment?.id;
  if (id === undefined) return undefined;
  if (inventory.environment(id) === undefined) await inventory.refresh(id);
  const row = inventory.environment(id);
  return row === undefined ? undefined : { kind: 'environment', row };
}

async function keyNode(deps: DiagnoseDeps, context: ActionContext): Promise<KeyNode | undefined> {
  const node = await environmentNode(deps, context);
  const row = node?.row.keys.find(({ key }) => key.id === context.facts.key?.keyId);
  return node === undefined || row === undefined ? undefined : sidebarKey(node.row, row);
}
