import * as l10n from '@vscode/l10n';
import type { Dialect } from './markup/dialect.js';
import { markupLanguage } from './markup/language.js';
import { isServerCode, PAGE } from './markup/templates.js';

const HTML: Dialect = {
  ids: ['html', 'xhtml'],
  files: [{ languageId: 'html', pattern: PAGE }],
  syntax: {
    braces: false,
    bracesInQuotes: false,
    mustache: false,
    frontmatter: false,
    caseSensitive: false,
    rawElements: new Set(['script', 'style', 'textarea', 'title']),
  },
  scriptLanguage: 'javascript',
  expressionLanguage: undefined,
  sdk: '@stigg/embed-sdk',
  bound: () => undefined,
  // A page has no environment to read from.
  replaceInAttribute: () => undefined,
  replaceInText: () => undefined,
  writeAttribute: () => undefined,
  serverOnlyPart: ({ source }, place) => (isServerCode(source.text, place.start) ? l10n.t('code of a template, which the server runs') : undefined),
};

/** Web pages, and templates of them: their scripts and event handlers are code, the rest is markup. */
export const html = markupLanguage(HTML);
