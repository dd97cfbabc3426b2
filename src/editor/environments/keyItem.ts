import * as vscode from 'vscode';
import type { KeyRow } from '../../keys/inventory.js';
import { isIntegrationKey, type KeyType } from '../../keys/model.js';
import type { KeyAction } from '../../keys/permissions.js';
import { PREVIEW } from '../keyDetails/viewType.js';
import { markdownText } from '../markdownText.js';
import type { KeyNode } from './nodes.js';
import { needsExplaining, refusalLines, refusedOnKey } from './refusals.js';
import { dateTimeWords, dateWords, keyTypeWords, statusWords } from './wording.js';

const KEY_ICON: Readonly<Record<KeyType, string>> = { SERVER: 'key', CLIENT: 'globe', SCOPED: 'shield', SALESFORCE: 'plug', WORKFLOW: 'plug' };

/** The row without its tooltip, which is made when somebody points at it. */
export function keyItem(node: KeyNode): vscode.TreeItem {
  const { environment, row, permissions } = node;
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
  const refused = refusedOnKey(row, permissions, new Date());
  const can = (action: KeyAction): boolean => refused.every((entry) => entry.action !== action);
  const isReadable = status.kind !== 'expired' && can('reveal');
  item.contextValue = [
    'key', key.type.toLowerCase(), status.kind, stored === null ? 'absent' : 'stored',
    isReadable ? 'readable' : '',
    isReadable && stored === null ? 'storable' : '',
    can('rotate') ? 'rotatable' : '',
    can('grace') ? 'extendable' : '',
    can('revoke') ? 'revocable' : '',
    can('rename') ? 'renamable' : '',
    can('scope') ? 'scopable' : '',
    refused.some(needsExplaining) ? 'explainable' : '',
  ].filter((word) => word !== '').join(' ');
  item.command = { command: 'stiggKeys.showKey', title: vscode.l10n.t('Key Details'), arguments: [node, PREVIEW] };
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

/** Everything about the key, what is not possible with it and why. */
export function keyTooltip({ environment, row, permissions }: KeyNode): vscode.MarkdownString {
  const { key, status, stored } = row;
  const lines = [
    vscode.l10n.t('{0} key of {1}', keyTypeWords(key.type), environment.displayName),
    key.description ?? '',
    vscode.l10n.t('Status: {0}', row.isListed ? statusWords(status) : vscode.l10n.t('not in Stigg\'s list: it has ended there, or its id could not be learned')),
    key.expireAt === null ? vscode.l10n.t('Never expires') : vscode.l10n.t('Expires: {0}', dateTimeWords(key.expireAt)),
    vscode.l10n.t('Created: {0}', dateTimeWords(key.createdAt)),
    stored === null ? vscode.l10n.t('Value: not stored here') : vscode.l10n.t('Value: {0}, stored here', stored.mask),
    row.isManagement ? vscode.l10n.t('Management key: this extension uses it to talk to Stigg') : '',
    isIntegrationKey(key.type) ? vscode.l10n.t('It belongs to an integration: Stigg provisions it, and removes it when the integration is disconnected.') : '',
    ...refusalLines(refusedOnKey(row, permissions, new Date())),
  ];
  return new vscode.MarkdownString([`**${markdownText(key.displayName)}**`, ...lines.filter((line) => line !== '').map(markdownText)].join('\n\n'));
}
