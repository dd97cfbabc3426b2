import * as vscode from 'vscode';
import type { ExpectedError } from '../../errors.js';
import type { EnvironmentRow, KeyRow } from '../../keys/inventory.js';
import { refusalOf } from '../../keys/keyActions.js';
import { isIntegrationKey, type Environment, type EnvironmentType, type KeyType } from '../../keys/model.js';
import type { Permissions } from '../../keys/permissions.js';
import { dateTimeWords, dateWords, environmentTypeWords, keyTypeWords, statusWords } from './wording.js';

export interface EnvironmentNode {
  readonly kind: 'environment';
  readonly row: EnvironmentRow;
}
export interface KeyNode {
  readonly kind: 'key';
  readonly environment: Environment;
  readonly permissions: Permissions;
  readonly row: KeyRow;
}
/** Something went wrong, and here is how to go on. `environmentId` is null for the vault itself. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly environmentId: string | null;
  readonly error: ExpectedError;
}
/** The environment was asked, and has nothing to show yet. */
export interface LoadingNode {
  readonly kind: 'loading';
  readonly environmentId: string;
}
export type Node = EnvironmentNode | KeyNode | ErrorNode | LoadingNode;

export function keyNode({ environment, permissions }: EnvironmentRow, row: KeyRow): KeyNode {
  return { kind: 'key', environment, permissions, row };
}

export function isRotatable({ row, permissions }: Pick<KeyNode, 'row' | 'permissions'>): boolean {
  return refusalOf('rotate', row, permissions, new Date()) === undefined;
}

export function isRevocable({ row, permissions }: Pick<KeyNode, 'row' | 'permissions'>): boolean {
  return refusalOf('revoke', row, permissions, new Date()) === undefined;
}

export function treeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'environment':
      return environmentItem(node.row);
    case 'key':
      return keyItem(node);
    case 'error':
      return errorItem(node);
    case 'loading': {
      const item = new vscode.TreeItem(vscode.l10n.t('Loading keys…'));
      item.id = `${node.environmentId}/loading`;
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      return item;
    }
  }
}

const ENVIRONMENT_COLOR: Readonly<Record<EnvironmentType, string>> = { PRODUCTION: 'charts.red', SANDBOX: 'charts.blue', DEVELOPMENT: 'charts.green' };

function environmentItem(row: EnvironmentRow): vscode.TreeItem {
  const { environment } = row;
  const item = new vscode.TreeItem(environment.displayName, vscode.TreeItemCollapsibleState.Expanded);
  const type = environmentTypeWords(environment.type);
  item.id = environment.id;
  item.description = [type === environment.displayName ? type.toUpperCase() : type, environment.account?.displayName].filter((part) => part !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(environment.type === 'PRODUCTION' ? 'server-environment' : 'beaker', new vscode.ThemeColor(ENVIRONMENT_COLOR[environment.type]));
  item.contextValue = `environment ${environment.type.toLowerCase()}`;
  item.tooltip = new vscode.MarkdownString()
    .appendMarkdown('**').appendText(environment.displayName).appendMarkdown('**\n\n')
    .appendText(vscode.l10n.t('{0} environment', type)).appendMarkdown('\n\n')
    .appendText(environment.account === null ? '' : vscode.l10n.t('Account: {0}', environment.account.displayName)).appendMarkdown('\n\n')
    .appendText(environment.hardenClientAccessEnabled ? vscode.l10n.t('Hardened client access: on') : vscode.l10n.t('Hardened client access: off'));
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0}, {1} environment, {2} keys', environment.displayName, type, row.keys.length),
  };
  return item;
}

const KEY_ICON: Readonly<Record<KeyType, string>> = { SERVER: 'key', CLIENT: 'globe', SCOPED: 'shield', SALESFORCE: 'plug', WORKFLOW: 'plug' };

function keyItem(node: KeyNode): vscode.TreeItem {
  const { environment, row } = node;
  const { key, status, stored } = row;
  const item = new vscode.TreeItem(key.displayName, vscode.TreeItemCollapsibleState.None);
  const type = keyTypeWords(key.type);
  const value = stored?.mask ?? vscode.l10n.t('not stored here');
  const created = vscode.l10n.t('created {0}', dateWords(key.createdAt));
  const words = row.isListed ? statusWords(status) : vscode.l10n.t('not in Stigg\'s list');
  // A narrow sidebar cuts the end: what needs attention comes first, then what tells keys apart. The name of a default key says its type.
  item.description = [status.kind === 'active' ? [] : words, value, key.displayName.toLowerCase().startsWith(type.toLowerCase()) ? [] : type, status.kind === 'active' ? words : [], created]
    .flat()
    .join(' · ');
  item.id = `${environment.id}/${key.id}`;
  item.iconPath = keyIcon(row);
  item.contextValue = [
    'key', key.type.toLowerCase(), status.kind, stored === null ? 'absent' : 'stored',
    status.kind !== 'expired' && (stored !== null || row.isListed) ? 'readable' : '',
    stored === null && status.kind !== 'expired' ? 'storable' : '',
    isRotatable(node) ? 'rotatable' : '',
    isRevocable(node) ? 'revocable' : '',
  ].join(' ');
  item.tooltip = keyTooltip(environment, row);
  item.accessibilityInformation = { label: [key.displayName, type, words, value, created].join(', ') };
  return item;
}

function keyIcon({ key, status }: KeyRow): vscode.ThemeIcon {
  switch (status.kind) {
    case 'active':
      return new vscode.ThemeIcon(KEY_ICON[key.type]);
    case 'expiring':
      return new vscode.ThemeIcon('watch', new vscode.ThemeColor('list.warningForeground'));
    case 'expired':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
  }
}

function keyTooltip(environment: Environment, row: KeyRow): vscode.MarkdownString {
  const { key, status, stored } = row;
  const lines = [
    vscode.l10n.t('{0} key of {1}', keyTypeWords(key.type), environment.displayName),
    key.description ?? '',
    vscode.l10n.t('Status: {0}', row.isListed ? statusWords(status) : vscode.l10n.t('not in Stigg\'s list: it has ended there, or its id could not be learned')),
    key.expireAt === null ? vscode.l10n.t('Never expires') : vscode.l10n.t('Expires: {0}', dateTimeWords(key.expireAt)),
    vscode.l10n.t('Created: {0}', dateTimeWords(key.createdAt)),
    stored === null ? vscode.l10n.t('Value: not stored here') : vscode.l10n.t('Value: {0}, in the keychain', stored.mask),
    row.isManagement ? vscode.l10n.t('Management key: this extension uses it to talk to Stigg') : '',
    isIntegrationKey(key.type) ? vscode.l10n.t('It belongs to an integration: Stigg provisions it, and removes it when the integration is disconnected.') : '',
  ];
  const text = new vscode.MarkdownString().appendMarkdown('**').appendText(key.displayName).appendMarkdown('**');
  for (const line of lines.filter((entry) => entry !== '')) text.appendMarkdown('\n\n').appendText(line);
  return text;
}

function errorItem(node: ErrorNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.error.message);
  item.id = `${node.environmentId ?? 'vault'}/error`;
  item.description = node.error.nextStep;
  item.tooltip = `${node.error.full}\n${vscode.l10n.t('Select to try again.')}`;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'error';
  item.command = { command: 'stiggKeys.refresh', title: vscode.l10n.t('Try Again'), arguments: [node] };
  item.accessibilityInformation = { label: `${node.error.full} ${vscode.l10n.t('Press Enter to try again.')}` };
  return item;
}
