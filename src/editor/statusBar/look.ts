import * as vscode from 'vscode';
import type { InventorySnapshot } from '../../keys/inventory.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { markdownText } from '../markdownText.js';
import { statusLook } from './health.js';

/** Makes the item say how the active environment is; where there is nothing to say, it is not there. */
export function showIn(item: vscode.StatusBarItem, snapshot: InventorySnapshot, { row, chosen }: Pick<ActiveEnvironment, 'row' | 'chosen'>): void {
  const look = statusLook(snapshot, row, chosen);
  if (look === undefined) {
    item.hide();
    return;
  }
  item.text = look.text;
  item.backgroundColor = look.isProduction ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.tooltip = new vscode.MarkdownString(look.lines.map(markdownText).join('\n\n'));
  item.command = look.command;
  item.accessibilityInformation = { label: [look.text.replace(/^\$\([a-z~-]{1,40}\) /, ''), ...look.lines].join(' '), role: 'button' };
  item.show();
}
