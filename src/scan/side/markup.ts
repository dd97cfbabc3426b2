import * as l10n from '@vscode/l10n';
import type { Side, SideVerdict } from '../side.js';
import type { Source } from '../source.js';
import { isNeverShipped } from './tests.js';

/** What is written about code rather than being code: nothing in there ships as it stands. */
const DOCUMENTATION = /\.(?:md|mdx|markdown|mdown|mkd|ipynb|rst|adoc)$/i;
const TEST_FOLDER = /(?:^|\/)(?:tests?|e2e|cypress|playwright)\//i;
/** Nuxt renders these on the server only. */
const SERVER_COMPONENT = /\.server\.vue$/i;

const EVIDENCE: Readonly<Record<string, () => string>> = {
  html: () => l10n.t('an HTML page'),
  xhtml: () => l10n.t('an HTML page'),
  vue: () => l10n.t('a Vue component'),
  svelte: () => l10n.t('a Svelte component'),
  astro: () => l10n.t('the HTML that Astro renders'),
};

/** Where markup of that language runs: all of it reaches the browser, unless its path says otherwise. Undefined for other languages. */
export function sideOfMarkup({ path, languageId }: Pick<Source, 'path' | 'languageId'>): SideVerdict | undefined {
  const evidence = EVIDENCE[languageId]?.();
  if (evidence === undefined || DOCUMENTATION.test(path)) return undefined;
  if (SERVER_COMPONENT.test(path)) return verdict('server', '*.server.vue');
  return TEST_FOLDER.test(path) || isNeverShipped(path) ? verdict('server', l10n.t('tests do not ship')) : verdict('browser', evidence);
}

/** The same for a stretch that runs elsewhere than its document does; undefined in documentation. */
export function sideOfStretch(source: Pick<Source, 'path' | 'languageId'>, side: Side, evidence: string): SideVerdict | undefined {
  return sideOfMarkup(source) === undefined ? undefined : verdict(side, evidence);
}

function verdict(side: Side, evidence: string): SideVerdict {
  return { side, evidence };
}
