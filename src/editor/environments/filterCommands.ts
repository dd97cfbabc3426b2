import * as vscode from 'vscode';
import { isFiltering, KEY_GROUPS, KEY_SORTS, KEY_STATUSES, NAME_MAX, type KeyGroup, type KeySort, type KeyStatusKind } from '../../keys/keyFilter.js';
import { groupWords, sortWords, statusFilterWords } from './filterWords.js';
import type { KeyViewStore } from './keyViewStore.js';

type FilterItem = vscode.QuickPickItem & { readonly group?: KeyGroup; readonly status?: KeyStatusKind };

/** Asks for the types and statuses that the sidebar shows. */
export async function filterKeys(store: KeyViewStore): Promise<void> {
  const { groups, statuses } = store.view;
  const separator = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const picked = await vscode.window.showQuickPick<FilterItem>([
    separator(vscode.l10n.t('Type')),
    ...KEY_GROUPS.map((group) => ({ label: groupWords(group), group, picked: groups.includes(group) })),
    separator(vscode.l10n.t('Status')),
    ...KEY_STATUSES.map((status) => ({ label: statusFilterWords(status), status, picked: statuses.includes(status) })),
  ], { canPickMany: true, title: vscode.l10n.t('Filter Keys'), placeHolder: vscode.l10n.t('Tick the types and statuses to show; none of a kind means all of it') });
  if (picked === undefined) return;
  await store.change({
    groups: KEY_GROUPS.filter((group) => picked.some((item) => item.group === group)),
    statuses: KEY_STATUSES.filter((status) => picked.some((item) => item.status === status)),
  });
}

/** Parts of a key, whole or not: what is typed here is kept with the workspace. A key is made of UUIDs, or of one after a long run of letters. */
const LIKE_A_KEY = [/[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/i, /(?:server|client)-[0-9a-f]{8}/i, /\$2[aby]\$/];
const LONGEST_RUN = 39;

function isLikeAKey(text: string): boolean {
  return LIKE_A_KEY.some((pattern) => pattern.test(text)) || text.split(/[^./A-Za-z0-9]/).some((run) => run.length > LONGEST_RUN);
}

/** Asks for a part of the names that the sidebar shows. */
export async function searchKeys(store: KeyViewStore): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Search Keys by Name'),
    value: store.view.name,
    prompt: vscode.l10n.t('Any part of the name, in any case. Leave it empty to show every name.'),
    placeHolder: vscode.l10n.t('billing'),
    validateInput: (text) => {
      if (isLikeAKey(text)) return vscode.l10n.t('This looks like a key itself. Type a part of its name; the text is kept with the workspace.');
      return text.length > NAME_MAX ? vscode.l10n.t('No name is that long: type up to {0} characters.', NAME_MAX) : undefined;
    },
  });
  if (typed !== undefined) await store.change({ name: typed.trim() });
}

/** Asks for the order of the sidebar. */
export async function sortKeys(store: KeyViewStore): Promise<void> {
  const detail: Readonly<Record<KeySort, string>> = {
    type: vscode.l10n.t('What still works first, then full access, publishable, scoped and integration keys'),
    name: vscode.l10n.t('From A to Z'),
    expiry: vscode.l10n.t('What ends next first, what never ends last'),
    created: vscode.l10n.t('The youngest first'),
  };
  const picked = await vscode.window.showQuickPick(
    KEY_SORTS.map((sort) => ({ label: sortWords(sort), detail: detail[sort], ...(sort === store.view.sort ? { description: vscode.l10n.t('now') } : {}), sort })),
    { title: vscode.l10n.t('Sort Keys'), placeHolder: vscode.l10n.t('By what?') },
  );
  if (picked !== undefined) await store.change({ sort: picked.sort });
}

/** Shows all keys, and says so, because somebody asked for one that the filter hides. */
export async function clearFor(store: KeyViewStore, keyName: string): Promise<void> {
  if (!isFiltering(store.view)) return;
  await store.clear();
  void vscode.window.showInformationMessage(vscode.l10n.t('The filter of the sidebar was cleared, because it hides "{0}".', keyName));
}
