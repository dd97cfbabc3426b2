import { t } from '@vscode/l10n';
import { isFiltering, type KeyGroup, type KeySort, type KeyStatusKind, type KeyView } from '../../keys/keyFilter.js';

export function groupWords(group: KeyGroup): string {
  switch (group) {
    case 'default':
      return t('Default (full access)');
    case 'publishable':
      return t('Publishable');
    case 'scoped':
      return t('Scoped');
    case 'integration':
      return t('Integration');
  }
}

/** A group's folder. */
export function groupTitle(group: KeyGroup): string {
  switch (group) {
    case 'default':
      return t('Full access keys');
    case 'publishable':
      return t('Publishable keys');
    case 'scoped':
      return t('Scoped keys');
    case 'integration':
      return t('Integration keys');
  }
}

/** The console's words. */
export function statusFilterWords(status: KeyStatusKind): string {
  switch (status) {
    case 'active':
      return t('Active');
    case 'expiring':
      return t('Expires soon');
    case 'expired':
      return t('Expired');
  }
}

export function sortWords(sort: KeySort): string {
  switch (sort) {
    case 'type':
      return t('Type');
    case 'name':
      return t('Name');
    case 'expiry':
      return t('Expiry');
    case 'created':
      return t('Creation');
  }
}

/** What the filter lets through: `Scoped or Integration; Expired; name has "bill"`. */
function criteria({ groups, statuses, name }: KeyView): string {
  const or = (words: readonly string[]): string => words.reduce((all, word) => t('{0} or {1}', all, word));
  return [
    groups.length === 0 ? '' : or(groups.map(groupWords)),
    statuses.length === 0 ? '' : or(statuses.map(statusFilterWords)),
    name.trim() === '' ? '' : t('name has "{0}"', name.trim()),
  ].filter((part) => part !== '').join('; ');
}

/** The filter in a sentence, with what it hides; undefined where nothing is filtered. */
export function filterSentence(view: KeyView, total: number, hidden: number): string | undefined {
  if (!isFiltering(view)) return undefined;
  return hidden === 1
    ? t('Filter: {0}. 1 of {1} keys is hidden.', criteria(view), total)
    : t('Filter: {0}. {1} of {2} keys are hidden.', criteria(view), hidden, total);
}

/** The order, where it is not the usual one. */
export function sortSentence({ sort }: KeyView): string | undefined {
  return sort === 'type' ? undefined : t('Sorted by {0}.', sortWords(sort).toLowerCase());
}

/** The same beside the view's title, where there is room for a few words. */
export function viewDescription(view: KeyView, hidden: number): string | undefined {
  return isFiltering(view) ? t('filtered, {0} hidden', hidden) : undefined;
}
