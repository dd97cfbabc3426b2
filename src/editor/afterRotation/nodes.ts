import * as vscode from 'vscode';
import { dateTimeWords, timeLeft } from '../environments/wording.js';
import { isNothing } from '../usages/isNothing.js';
import { filesOf, placesWords } from '../usages/summary.js';
import type { Usage } from '../usages/usages.js';
import { placeKey, type OldValue, type Subject } from './leftovers.js';

/** A row of the view. Ids alone are believed when one comes back with a command. */
export type LeftoverNode =
  | { readonly kind: 'subject'; readonly subjectId: string }
  | { readonly kind: 'oldValue'; readonly subjectId: string }
  | { readonly kind: 'file'; readonly subjectId: string; readonly uri: vscode.Uri; readonly isOutside: boolean }
  | { readonly kind: 'place'; readonly subjectId: string; readonly usage: Usage }
  | { readonly kind: 'terminal'; readonly subjectId: string; readonly terminal: vscode.Terminal; readonly index: number }
  | { readonly kind: 'note'; readonly subjectId: string; readonly note: Note };

/** `unsearched` asks to search; `nothing` says that nothing is left; `unseen` says where nobody looked. */
export type Note = 'unsearched' | 'searching' | 'nothing' | 'unseen';

export function childrenOf(subject: Subject): LeftoverNode[] {
  const { id: subjectId, search, isSearching, oldKeyId } = subject;
  const nodes: LeftoverNode[] = oldKeyId === null ? [] : [{ kind: 'oldValue', subjectId }];
  if (search === undefined) return [...nodes, { kind: 'note', subjectId, note: isSearching ? 'searching' : 'unsearched' }];
  if (isNothing(search)) nodes.push({ kind: 'note', subjectId, note: 'nothing' });
  for (const isOutside of [false, true]) {
    for (const uri of filesOf(search.usages.filter((usage) => usage.isOutside === isOutside))) nodes.push({ kind: 'file', subjectId, uri, isOutside });
  }
  for (const [index, { terminal }] of search.terminals.entries()) nodes.push({ kind: 'terminal', subjectId, terminal, index });
  nodes.push({ kind: 'note', subjectId, note: 'unseen' });
  return nodes;
}

export function placesOf({ search }: Subject, uri: vscode.Uri): readonly Usage[] {
  return search?.usages.filter((usage) => usage.uri.toString() === uri.toString()) ?? [];
}

export function subjectItem(subject: Subject): vscode.TreeItem {
  const { id, search, oldKeyId, keyName, environmentName } = subject;
  const item = new vscode.TreeItem(oldKeyId === null ? vscode.l10n.t('Usages of "{0}"', keyName) : vscode.l10n.t('After the rotation of "{0}"', keyName), vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = environmentName;
  item.iconPath = new vscode.ThemeIcon(oldKeyId === null ? 'search' : 'sync');
  item.contextValue = ['subject', oldKeyId === null ? 'asked' : 'rotated', search?.usages.some(({ isOutside }) => !isOutside) === true ? 'replaceable' : ''].join(' ');
  return item;
}

export function oldValueItem(subject: Subject, old: OldValue, now: Date): vscode.TreeItem {
  const item = new vscode.TreeItem(oldValueWords(old));
  item.id = `${subject.id}/oldValue`;
  if (old.kind === 'works' && old.until !== null) item.description = vscode.l10n.t('{0} left', timeLeft(Math.max(0, old.until.getTime() - now.getTime())));
  item.iconPath = old.kind === 'works' ? new vscode.ThemeIcon('watch', new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon('circle-slash');
  item.contextValue = `oldValue ${old.kind === 'works' && old.until !== null ? 'expiring' : old.kind}`;
  return item;
}

export function oldValueWords(old: OldValue): string {
  switch (old.kind) {
    case 'works':
      return old.until === null ? vscode.l10n.t('The old value still works, without an end') : vscode.l10n.t('The old value works until {0}', dateTimeWords(old.until));
    case 'ended':
      return vscode.l10n.t('The old value has ended: what still uses it fails');
    case 'unknown':
      return vscode.l10n.t('When the old value ends is not known: refresh the keys');
  }
}

export function fileItem(subject: Subject, uri: vscode.Uri, isOutside: boolean): vscode.TreeItem {
  const usages = placesOf(subject, uri);
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${subject.id}/${uri.toString()}`;
  const folder = vscode.workspace.asRelativePath(uri).split(/[/\\]/).slice(0, -1).join('/');
  const words = isOutside ? vscode.l10n.t('outside of the workspace: change it by hand') : placesWords(usages.length);
  item.description = [words, folder].filter((part) => part !== '').join(' · ');
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = isOutside ? 'file outside' : 'file replaceable';
  item.accessibilityInformation = { label: [vscode.workspace.asRelativePath(uri), words].join(', ') };
  return item;
}

const KIND_ICON: Readonly<Record<Usage['kind'], string>> = { code: 'code', envFile: 'symbol-constant', agentConfig: 'plug', other: 'file-text' };

/** The text of the line is not shown: the key is in it. */
export function placeItem(subject: Subject, usage: Usage): vscode.TreeItem {
  const { start } = usage.range;
  const label = vscode.l10n.t('Line {0}', start.line + 1);
  const item = new vscode.TreeItem(label);
  const reason = subject.reasons.get(placeKey(usage));
  item.id = `${subject.id}/${placeKey(usage)}`;
  item.description = [usage.mask, reason].filter((part) => part !== undefined).join(' · ');
  item.tooltip = reason ?? vscode.l10n.t('{0}, line {1}, column {2}', vscode.workspace.asRelativePath(usage.uri), start.line + 1, start.character + 1);
  item.iconPath = new vscode.ThemeIcon(reason === undefined ? KIND_ICON[usage.kind] : 'warning');
  item.contextValue = 'place';
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [usage.uri, { selection: usage.range } satisfies vscode.TextDocumentShowOptions] };
  item.accessibilityInformation = { label: [vscode.workspace.asRelativePath(usage.uri), label, usage.mask, reason].filter((part) => part !== undefined).join(', ') };
  return item;
}

export function terminalItem(subject: Subject, terminal: vscode.Terminal, index: number): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Terminal "{0}"', terminal.name));
  item.id = `${subject.id}/terminal/${String(index)}`;
  item.description = subject.oldKeyId === null ? vscode.l10n.t('has the key') : vscode.l10n.t('still has the old value');
  item.iconPath = new vscode.ThemeIcon('terminal');
  item.contextValue = `terminal ${subject.oldKeyId === null ? 'present' : 'old'}`;
  item.command = { command: 'stiggKeys.leftovers.showTerminal', title: vscode.l10n.t('Show the Terminal'), arguments: [{ kind: 'terminal', subjectId: subject.id, terminal, index } satisfies LeftoverNode] };
  return item;
}

export function noteItem(subject: Subject, note: Note): vscode.TreeItem {
  const [label, icon] = noteWords(note, subject.oldKeyId !== null);
  const item = new vscode.TreeItem(label);
  item.id = `${subject.id}/${note}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = `note ${note}`;
  if (note === 'unsearched') item.command = { command: 'stiggKeys.leftovers.search', title: vscode.l10n.t('Search'), arguments: [{ kind: 'subject', subjectId: subject.id } satisfies LeftoverNode] };
  if (note === 'unseen' && subject.search !== undefined) {
    item.description = vscode.l10n.t('CI, hosting and other machines cannot be seen from here');
    item.tooltip = [vscode.l10n.t('Change the key there by hand: in CI secrets, in the settings of your hosting, and on other machines.'), ...subject.search.skipped].join('\n\n');
    item.accessibilityInformation = { label: [label, item.description, ...subject.search.skipped].join('. ') };
  }
  return item;
}

function noteWords(note: Note, isOld: boolean): readonly [string, string] {
  switch (note) {
    case 'unsearched':
      return [vscode.l10n.t('Not searched since this window was opened: search now'), 'search'];
    case 'searching':
      return [vscode.l10n.t('Searching…'), 'loading~spin'];
    case 'nothing':
      return [isOld ? vscode.l10n.t('Nothing here holds the old value any more') : vscode.l10n.t('Nothing here holds the key any more'), 'pass'];
    case 'unseen':
      return [vscode.l10n.t('Elsewhere'), 'info'];
  }
}
