import type { Region, Span } from './language.js';
import { publishableLookup } from './ecmascript/environment.js';
import { textOf, type Dialect, type MarkupDocument } from './markup/dialect.js';
import { markupLanguage } from './markup/language.js';
import { sideOfMarkup } from '../side/markup.js';

/** What stands before the expression of a block or a tag: `#if`, `:else if`, `@html`, `...`. */
const HEAD = /^\s*(?:[#:@][a-z]*(?:\s+if\b)?|\/[a-z]+|\.\.\.)\s*/;

const SVELTE: Dialect = {
  ids: ['svelte'],
  files: [{ languageId: 'svelte', pattern: /\.svelte$/i }],
  syntax: {
    braces: true,
    bracesInQuotes: true,
    mustache: false,
    frontmatter: false,
    caseSensitive: true,
    rawElements: new Set(['script', 'style']),
  },
  scriptLanguage: 'javascript',
  expressionLanguage: 'typescript',
  sdk: '@stigg/js-client-sdk',
  bound: (document, attribute) => {
    const { name, delimiter, value } = attribute;
    return delimiter === '{' && value !== undefined ? { name, code: value } : undefined;
  },
  expressionRegion,
  replaceInAttribute: (document, _tag, { delimiter, value }, place, expression) => {
    if (delimiter === '{') return [{ ...place, text: expression }];
    if (value === undefined) return undefined;
    const whole = place.start === value.start && place.end === value.end;
    if (delimiter !== '' && whole) return [{ start: value.start - 1, end: value.end + 1, text: `{${expression}}` }];
    // Braces work inside of quotes; the quotes may not be closed by what is in the braces.
    return delimiter !== '' && expression.includes(delimiter) ? undefined : [{ ...place, text: `{${expression}}` }];
  },
  replaceInText: (_document, place, expression) => [{ ...place, text: `{${expression}}` }],
  writeAttribute: (_document, _tag, name, expression) => `${name}={${expression}}`,
  publishableLookup,
};

function expressionRegion(document: MarkupDocument, code: Span): Region | undefined {
  const head = HEAD.exec(textOf(document, { start: code.start, end: Math.min(code.end, code.start + 60) }))?.[0].length ?? 0;
  const side = sideOfMarkup(document.source);
  return { start: code.start + head, end: code.end, languageId: 'typescript', ...(side === undefined ? {} : { side }) };
}

/** Svelte components: scripts, and expressions in braces. */
export const svelte = markupLanguage(SVELTE);

