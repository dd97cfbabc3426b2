import type { Dialect } from './markup/dialect.js';
import { markupLanguage } from './markup/language.js';

const HTML: Dialect = {
  ids: ['html', 'xhtml'],
  files: [{ languageId: 'html', pattern: /\.(?:html?|xhtml)$/i }],
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
};

/** Web pages: their scripts and event handlers are code, the rest is markup. */
export const html = markupLanguage(HTML);
