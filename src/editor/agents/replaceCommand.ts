import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { withProgress } from '../report.js';
import type { AgentDeps } from './deps.js';
import { findMcpKeys, mcpKeysIn, type McpKey } from './mcpKeys.js';
import { replaceKeys, type KeysReplaced } from './replaceKeys.js';
import { areServersWanted, languageModels } from './settings.js';

/** More places by hand than this are not named. */
const NAMED_MAX = 5;

/** "Stigg: Replace Keys in MCP Configurations". */
export async function replaceMcpKeys(deps: AgentDeps): Promise<void> {
  const canServe = canServeAgents();
  const found = await withProgress(vscode.l10n.t('Looking for keys in MCP configurations'), (signal) => findMcpKeys(deps, canServe, signal));
  const doable = found.filter(({ remedy }) => remedy.kind !== 'hand');
  const byHand = found.filter(({ remedy }) => remedy.kind === 'hand');
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No Stigg server key stands in an MCP configuration of this workspace or of yours.'));
    return;
  }
  if (doable.length === 0) throw handError(deps, byHand);
  const picked = await vscode.window.showQuickPick(
    doable.map((key) => ({ label: `$(json) ${placeOf(deps, key)}`, description: ownerOf(deps, key), detail: remedyWords(key), picked: !key.isOutside, key })),
    {
      title: vscode.l10n.t('Replace Keys in MCP Configurations'),
      placeHolder: byHand.length === 0
        ? vscode.l10n.t('Which keys go to the keychain? Files outside of this workspace are yours to tick.')
        : vscode.l10n.t('Which keys go to the keychain? {0} more can only be replaced by hand.', byHand.length),
      canPickMany: true, ignoreFocusOut: true, matchOnDescription: true,
    },
  );
  if (picked === undefined || picked.length === 0) return;
  await replaceAndTell(deps, picked.map(({ key }) => key), byHand);
}

/** The quick fix of one place: what stands at that offset now. */
export async function replaceMcpKeyAt(deps: AgentDeps, args: readonly unknown[]): Promise<void> {
  const [uri, start] = args;
  if (typeof uri !== 'string' || typeof start !== 'number') throw new TypeError('The fix of an MCP configuration was called with unexpected arguments');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const key = (await mcpKeysIn(deps, document, document.getText(), canServeAgents())).find((one) => one.start === start);
  if (key === undefined) throw new ExpectedError('literalGone', vscode.l10n.t('The key is no longer in this file, so nothing was stored.'), vscode.l10n.t('If it is still there, choose the fix again.'));
  if (key.remedy.kind === 'hand') throw handError(deps, [key]);
  await replaceAndTell(deps, [key], []);
}

/** Whether an entry can go because its server is listed by this extension. */
export function canServeAgents(): boolean {
  return areServersWanted() && vscode.workspace.isTrusted && languageModels().registerMcpServerDefinitionProvider !== undefined;
}

async function replaceAndTell(deps: AgentDeps, keys: readonly McpKey[], byHand: readonly McpKey[]): Promise<void> {
  const result = await withProgress(vscode.l10n.t('Moving keys to the keychain'), (signal, report) => replaceKeys(deps, keys, canServeAgents(), signal, report));
  await deps.inventory.refresh();
  tell(deps, result, byHand);
}

function tell(deps: AgentDeps, { replaced, left, environments }: KeysReplaced, byHand: readonly McpKey[]): void {
  const hand = byHand.length === 0 ? [] : [vscode.l10n.t('By hand: {0}', placesOf(deps, byHand))];
  if (left.length > 0) {
    const [first] = left;
    const more = left.length > 1 ? vscode.l10n.t('So it is with {0} more.', left.length - 1) : '';
    void deps.reporter.show(new ExpectedError('keysLeft', vscode.l10n.t('{0}: {1}', first === undefined ? '' : placeOf(deps, first.key), first?.reason ?? ''), [more, ...hand].filter((part) => part !== '').join(' ')));
  }
  if (replaced.length === 0) return;
  const words = [
    replaced.length === 1 ? vscode.l10n.t('The key is in the keychain, and no longer in the file.') : vscode.l10n.t('{0} keys are in the keychain, and no longer in the files.', replaced.length),
    environments.length === 0 ? '' : vscode.l10n.t('VS Code lists Stigg\'s server for {0} under "MCP: List Servers".', environments.join(', ')),
    replaced.some(({ remedy }) => remedy.kind === 'variable') ? vscode.l10n.t('Programs that read the variable get it where they are started: from a terminal with the key.') : '',
    vscode.l10n.t('Rotate what others could read.'),
    ...(left.length > 0 ? [] : hand),
  ];
  const list = vscode.l10n.t('List Servers');
  // Not awaited: the command is over when its work is.
  void vscode.window.showInformationMessage(words.filter((part) => part !== '').join(' '), ...(environments.length === 0 ? [] : [list])).then(async (choice) => {
    if (choice === list) await vscode.commands.executeCommand('workbench.mcp.listServer');
  });
}

function handError(deps: AgentDeps, keys: readonly McpKey[]): ExpectedError {
  return new ExpectedError(
    'byHand',
    vscode.l10n.t('These programs read no environment variables in their configuration, or the file is a link: {0}', placesOf(deps, keys)),
    vscode.l10n.t('Take the key out by hand, and rotate it.'),
  );
}

function placesOf(deps: AgentDeps, keys: readonly McpKey[]): string {
  const shown = keys.slice(0, NAMED_MAX).map((key) => placeOf(deps, key)).join(', ');
  return keys.length > NAMED_MAX ? vscode.l10n.t('{0} and {1} more', shown, keys.length - NAMED_MAX) : shown;
}

function placeOf({ home }: AgentDeps, { uri, line, isOutside }: McpKey): string {
  const name = isOutside && uri.path.startsWith(`${home.path}/`) ? `~${uri.path.slice(home.path.length)}` : vscode.workspace.asRelativePath(uri);
  return `${name}:${String(line)}`;
}

function ownerOf({ knownKey }: AgentDeps, { fingerprint, mask }: McpKey): string {
  const known = knownKey(fingerprint);
  return known === undefined ? mask : `${mask} · ${known.displayName} · ${known.environmentName}`;
}

function remedyWords({ remedy }: McpKey): string {
  switch (remedy.kind) {
    case 'server':
      return vscode.l10n.t('The server "{0}" is taken out: VS Code gets Stigg\'s server with the key from the keychain', remedy.entry.name);
    case 'variable':
      return remedy.title;
    case 'hand':
      return '';
  }
}
