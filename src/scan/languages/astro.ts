import * as l10n from '@vscode/l10n';
import type { Region, Span } from './language.js';
import { publishableLookup, serverLookup } from './ecmascript/environment.js';
import { handedToBrowser } from './markup/astroValues.js';
import { inTemplate, isProvider, lastBefore, textOf, type Dialect, type MarkupDocument } from './markup/dialect.js';
import { markupLanguage } from './markup/language.js';
import type { Attribute } from './markup/lexer.js';
import { sideOfStretch } from '../side/markup.js';

const ASTRO: Dialect = {
  ids: ['astro'],
  files: [{ languageId: 'astro', pattern: /\.astro$/i }],
  syntax: {
    braces: true,
    bracesInQuotes: false,
    mustache: false,
    frontmatter: true,
    caseSensitive: true,
    rawElements: new Set(['script', 'style']),
  },
  scriptLanguage: 'typescript',
  expressionLanguage: 'typescriptreact',
  sdk: '@stigg/react-sdk',
  bound: (document, { name, delimiter, value }) => {
    if (value === undefined || (delimiter !== '{' && delimiter !== '`')) return undefined;
    // A template without quotes of its own is a literal, quotes included.
    return { name, code: delimiter === '`' ? { start: value.start - 1, end: Math.min(document.source.text.length, value.end + 1) } : value };
  },
  expressionRegion,
  replaceInAttribute: (document, _tag, { delimiter, value }, place, expression) => {
    if (delimiter === '{') return [{ ...place, text: expression }];
    if (value === undefined) return undefined;
    if (delimiter === '`') return [{ ...place, text: `{${expression}}` }];
    const quotes = delimiter === '' ? 0 : 1;
    const whole = { start: value.start - quotes, end: value.end + quotes };
    if (place.start === value.start && place.end === value.end) return [{ ...whole, text: `{${expression}}` }];
    const before = inTemplate(textOf(document, { start: value.start, end: place.start }));
    const after = inTemplate(textOf(document, { start: place.end, end: value.end }));
    if (before === undefined || after === undefined) return undefined;
    return [
      { start: whole.start, end: value.start, text: '{`' },
      { ...place, text: `\${${expression}}` },
      { start: value.end, end: whole.end, text: '`}' },
    ];
  },
  replaceInText: (_document, place, expression) => [{ ...place, text: `{${expression}}` }],
  writeAttribute: (_document, _tag, name, expression) => `${name}={${expression}}`,
  serverOnlyPart,
  serverLookup,
  publishableLookup,
};

function expressionRegion(document: MarkupDocument, code: Span, attribute: Attribute | undefined): Region {
  const handed = handedToBrowser(document, code, attribute);
  const side = sideOfStretch(document.source, handed === undefined ? 'server' : 'browser', handed ?? l10n.t('rendered on the server by Astro'));
  return { ...code, languageId: 'typescriptreact', ...(side === undefined ? {} : { side }) };
}

/** What a component is given stays on the server, unless the component is sent to the browser and given it again there. */
function serverOnlyPart({ markup }: MarkupDocument, place: Span): string | undefined {
  const tag = lastBefore(markup.tags, place.start);
  if (tag === undefined || place.start >= tag.end || !/^[A-Z]|\./.test(tag.name) || isProvider(tag)) return undefined;
  return tag.attributes.some(({ name }) => name.startsWith('client:')) ? undefined : `given to ${tag.name}, which Astro renders on the server`;
}

/** Astro components: code for the server between the fences, and HTML with expressions. */
export const astro = markupLanguage(ASTRO);
