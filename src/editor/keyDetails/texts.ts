import { t } from '@vscode/l10n';
import type { Texts } from '../../webview/keyDetails/protocol.js';

/** How long a shown value stays, in milliseconds. */
export const SHOW_MS = 30_000;

/** The fixed texts of the page, in the person's language. */
export function pageTexts(): Texts {
  return {
    loading: t('Loading…'),
    keyDetails: t('Key details'),
    overview: t('Overview'),
    scope: t('Scope'),
    activity: t('Activity'),
    actions: t('Actions on this key'),
    name: t('Name'),
    description: t('Description'),
    save: t('Save'),
    saving: t('Saving…'),
    discard: t('Discard'),
    unsaved: t('Unsaved changes'),
    noChange: t('No changes to save'),
    nowAtStigg: t('Changed at Stigg meanwhile, to: {0}'),
    scopeChanged: t('The scope was changed at Stigg meanwhile. What you chose is kept here until you save or discard it.'),
    value: t('Value'),
    show: t('Show'),
    hide: t('Hide'),
    copy: t('Copy'),
    reading: t('Reading the value…'),
    shown: t('The value is shown.'),
    shownNote: t('Hidden again after {0} s, and when you leave this tab or the panel.', SHOW_MS / 1_000),
    hidden: t('The value is hidden.'),
    resource: t('Resource'),
    read: t('Read'),
    write: t('Write'),
    presets: t('Presets'),
    permissions: t('Permissions'),
    allowed: t('Allowed'),
    notAllowed: t('Not allowed'),
    none: t('(none)'),
    unavailable: t('Not supported'),
    timestamp: t('Timestamp'),
    event: t('Event'),
    actor: t('Actor'),
    loadMore: t('Load more'),
    loadingMore: t('Loading more…'),
    noActivity: t('Stigg has recorded nothing for this key.'),
    moreLoaded: t('{0} more events'),
    allLoaded: t('All events are shown: {0}'),
    tryAgain: t('Try Again'),
    production: t('PRODUCTION'),
    emptyName: t('A key needs a name: say which service uses it.'),
  };
}
