import type { Language, Region, Span } from './language.js';
import { publishableLookup } from './ecmascript/environment.js';
import { ecmascript } from './ecmascript.js';
import { hoist } from './markup/vueScript.js';
import { inTemplate, textOf, type Dialect, type MarkupDocument } from './markup/dialect.js';
import { decodeAttribute, encodeAttribute, encodeUnquoted } from './markup/entities.js';
import { markupLanguage } from './markup/language.js';
import type { Attribute } from './markup/lexer.js';
import { sideOfMarkup } from '../side/markup.js';

/** Templates know only a few globals and no `import.meta`, so that no look-up can be put into one. */
export const VUE_EXPRESSION = 'vue-expression';
const SHORTHANDS = /^(?:[:.@]|v-(?:bind|on|model)(?:[:.]|$))/;

const VUE: Dialect = {
  ids: ['vue'],
  files: [{ languageId: 'vue', pattern: /\.vue$/i }],
  syntax: {
    braces: false,
    bracesInQuotes: false,
    mustache: true,
    frontmatter: false,
    caseSensitive: true,
    rawElements: new Set(['script', 'style']),
  },
  scriptLanguage: 'javascript',
  expressionLanguage: VUE_EXPRESSION,
  sdk: '@stigg/vue-sdk',
  bound: (document, attribute) => {
    const { name, value } = attribute;
    if (!/^(?:[:.@]|v-)/.test(name) || /^v-slot\b/.test(name) || value === undefined) return undefined;
    const argument = SHORTHANDS.test(name) ? name.replace(/^(?:[:.@]|v-(?:bind|on|model):?)/, '').replace(/\..*$/s, '') : name;
    return { name: argument, code: value };
  },
  expressionRegion,
  replaceInAttribute: (document, _tag, attribute, place, expression) => {
    const { name, value, delimiter } = attribute;
    const constant = hoist(document, expression);
    if (constant === undefined || value === undefined) return undefined;
    if (/^(?:[:.@]|v-)/.test(name)) return [{ ...place, text: constant.name }, ...constant.edits];
    const before = inTemplate(textOf(document, { start: value.start, end: place.start }));
    const after = inTemplate(textOf(document, { start: place.end, end: value.end }));
    if (before === undefined || after === undefined) return undefined;
    const bind = { start: attribute.start, end: attribute.start, text: ':' };
    if (before === '' && after === '') return [bind, { ...place, text: constant.name }, ...constant.edits];
    if (delimiter === '') return undefined;
    return [
      bind,
      { start: value.start, end: value.start, text: '`' },
      { ...place, text: `\${${constant.name}}` },
      { start: value.end, end: value.end, text: '`' },
      ...constant.edits,
    ];
  },
  replaceInText: (document, place, expression) => {
    const constant = hoist(document, expression);
    return constant === undefined ? undefined : [{ ...place, text: `{{ ${constant.name} }}` }, ...constant.edits];
  },
  writeAttribute: (document, tag, name, expression) => {
    const isKebab = tag.attributes.some((attribute) => /^(?::|v-bind:)?[a-z]+-[a-z]/.test(attribute.name) && !/^v-bind$/.test(attribute.name));
    const written = isKebab ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : name;
    return `:${written}="${expression.replaceAll('"', '&quot;')}"`;
  },
  publishableLookup,
};

function expressionRegion({ source }: MarkupDocument, code: Span, attribute: Attribute | undefined): Region {
  const side = sideOfMarkup(source);
  const shared = { ...code, languageId: VUE_EXPRESSION, ...(side === undefined ? {} : { side }) };
  if (attribute === undefined) return shared;
  // An object or a function at the start of a statement would be something else.
  const wrap = /^\s*(?:\{|function\b)/.test(source.text.slice(code.start, code.start + 40));
  const decoded = decodeAttribute(source.text, code, wrap);
  return { ...shared, decoded: { ...decoded, encode: attribute.delimiter === '' ? encodeUnquoted : encodeAttribute } };
}

/** Vue components: scripts, and a template whose directives and double braces are code. */
export const vue = markupLanguage(VUE);

/** An expression of a Vue template. */
export const vueExpression: Language = {
  ...ecmascript,
  ids: [VUE_EXPRESSION],
  files: [],
  grammar: () => 'typescript',
  serverLookup: () => undefined,
  publishableLookup: () => undefined,
};
