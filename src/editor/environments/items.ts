import * as vscode from 'vscode';
import type { EnvironmentRow } from '../../keys/inventory.js';
import type { EnvironmentType } from '../../keys/model.js';
import { groupTitle } from './filterWords.js';
import { keyItem, keyTooltip } from './keyItem.js';
import { markdownText } from '../markdownText.js';
import type { ErrorNode, GroupNode, MoreNode, Node } from './nodes.js';
import { refusalLines, refusedOnEnvironment } from './refusals.js';
import { environmentTypeWords } from './wording.js';

/** What an environment's row says beyond the environment itself. */
export interface EnvironmentLook {
  /** How many of its keys pass the filter; null while nothing is filtered. */
  readonly visible: number | null;
  /** The one that commands use where nobody says otherwise. */
  readonly isActive: boolean;
}

const PLAIN: EnvironmentLook = { visible: null, isActive: false };

export function treeItem(node: Node, look: EnvironmentLook = PLAIN): vscode.TreeItem {
  switch (node.kind) {
    case 'environment':
      return environmentItem(node.row, look);
    case 'key':
      return keyItem(node);
    case 'group':
      return groupItem(node);
    case 'more':
      return moreItem(node);
    case 'noMatch':
      return noMatchItem(node.hidden);
    case 'error':
      return errorItem(node);
    case 'loading': {
      const item = new vscode.TreeItem(vscode.l10n.t('Loading keys…'));
      item.id = `loading:${node.environmentId}`;
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      return item;
    }
  }
}

/** What is only made when somebody asks for it. */
export function tooltipOf(node: Node): vscode.MarkdownString | undefined {
  return node.kind === 'key' ? keyTooltip(node) : undefined;
}

const ENVIRONMENT_COLOR: Readonly<Record<EnvironmentType, string>> = { PRODUCTION: 'charts.red', SANDBOX: 'charts.blue', DEVELOPMENT: 'charts.green' };

function environmentItem(row: EnvironmentRow, { visible, isActive }: EnvironmentLook): vscode.TreeItem {
  const { environment, keys, error } = row;
  // An error stands under the environment and must be seen, whatever the filter.
  const isEmptied = visible === 0 && keys.length > 0 && error === null;
  const item = new vscode.TreeItem(environment.displayName, isEmptied ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded);
  const type = environmentTypeWords(environment.type);
  const shown = visible === null ? undefined : visible === 0 ? vscode.l10n.t('no key matches') : vscode.l10n.t('{0} of {1} keys', visible, keys.length);
  const active = isActive ? vscode.l10n.t('active') : undefined;
  // Another id for the row that cannot be opened: VS Code remembers by the id whether a row was open.
  item.id = isEmptied ? `${environment.id}?none` : environment.id;
  item.description = [type === environment.displayName ? type.toUpperCase() : type, active, shown, environment.account?.displayName].filter((part) => part !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(environment.type === 'PRODUCTION' ? 'server-environment' : 'beaker', new vscode.ThemeColor(ENVIRONMENT_COLOR[environment.type]));
  const refused = refusedOnEnvironment(row);
  const isCreatable = refused.every(({ action }) => action !== 'create');
  const isHardenable = refused.every(({ action }) => action !== 'harden');
  item.contextValue = ['environment', environment.type.toLowerCase(), isCreatable ? 'creatable' : '', isHardenable ? 'hardenable' : '', refused.length > 0 ? 'explainable' : ''].filter((word) => word !== '').join(' ');
  const lines = [
    vscode.l10n.t('{0} environment', type),
    isActive ? vscode.l10n.t('Active in this workspace: commands use it where you choose no other') : '',
    environment.account === null ? '' : vscode.l10n.t('Account: {0}', environment.account.displayName),
    environment.hardenClientAccessEnabled ? vscode.l10n.t('Hardened client access: on') : vscode.l10n.t('Hardened client access: off'),
    ...refusalLines(refused),
  ];
  item.tooltip = new vscode.MarkdownString([`**${markdownText(environment.displayName)}**`, ...lines.filter((line) => line !== '').map(markdownText)].join('\n\n'));
  item.accessibilityInformation = {
    label: [vscode.l10n.t('{0}, {1} environment, {2} keys', environment.displayName, type, keys.length), active, shown].filter((part) => part !== undefined).join(', '),
  };
  return item;
}

function groupItem({ environmentId, group, count, isFiltered }: GroupNode): vscode.TreeItem {
  const title = groupTitle(group);
  // What was searched for should be seen at once, what was not can wait until somebody opens it. The id keeps the two apart.
  const item = new vscode.TreeItem(title, isFiltered ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `group:${environmentId}:${group}${isFiltered ? ':filtered' : ''}`;
  item.description = vscode.l10n.t('{0} keys', count);
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'group';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} keys', title, count) };
  return item;
}

function moreItem(node: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show {0} More', node.next));
  item.id = `more:${node.environmentId}:${node.group ?? ''}:${String(node.hidden)}`;
  item.description = node.hidden === 1 ? vscode.l10n.t('1 key is not shown yet') : vscode.l10n.t('{0} keys are not shown yet', node.hidden);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = { command: 'stiggKeys.showMoreKeys', title: vscode.l10n.t('Show More Keys'), arguments: [node] };
  item.accessibilityInformation = { label: vscode.l10n.t('Show {0} more keys. {1} are not shown yet. Press Enter.', node.next, node.hidden) };
  return item;
}

function noMatchItem(hidden: number): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('No key matches the filter'));
  item.id = 'noMatch';
  item.description = hidden === 1 ? vscode.l10n.t('select to clear it and show 1 key') : vscode.l10n.t('select to clear it and show {0} keys', hidden);
  item.tooltip = vscode.l10n.t('Select to clear the filter. "Filter Keys" and "Search Keys by Name" change it.');
  item.iconPath = new vscode.ThemeIcon('clear-all');
  item.contextValue = 'noMatch';
  item.command = { command: 'stiggKeys.clearFilter', title: vscode.l10n.t('Clear Filter') };
  item.accessibilityInformation = { label: vscode.l10n.t('No key matches the filter. {0} keys are hidden. Press Enter to clear the filter.', hidden) };
  return item;
}

function errorItem(node: ErrorNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.error.message);
  item.id = `error:${node.environmentId ?? 'vault'}`;
  item.description = node.error.nextStep;
  item.tooltip = `${node.error.full}\n${vscode.l10n.t('Select to try again.')}`;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'error';
  item.command = { command: 'stiggKeys.refresh', title: vscode.l10n.t('Try Again'), arguments: [node] };
  item.accessibilityInformation = { label: `${node.error.full} ${vscode.l10n.t('Press Enter to try again.')}` };
  return item;
}
