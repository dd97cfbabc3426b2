import type { Holder, Span } from '../language.js';
import { inertHolder } from '../plainText.js';
import { contains } from '../span.js';
import { camelCase, isProvider, lastBefore, spanAround, textOf, valueOf, type Dialect, type MarkupDocument } from './dialect.js';
import type { Attribute, Tag } from './lexer.js';
import { ownLiterals } from './regions.js';

/** Attributes that say what another attribute of their element holds: `<meta name="…" content="…">`. */
const NAMING = ['name', 'property', 'id', 'key'];

/** What holds a token that stands in the markup itself. */
export function markupHolder(document: MarkupDocument, dialect: Dialect, token: Span): Holder {
  const { markup } = document;
  if (spanAround(markup.comments, token.start) !== undefined) return inertHolder('comment');
  const tag = lastBefore(markup.tags, token.start);
  if (tag === undefined) return textHolder(document, dialect, token, []);
  if (token.start >= tag.end) {
    if (spanAround(markup.blocks, token.start) !== undefined) return inertHolder('text');
    return textHolder(document, dialect, token, tag.isEnd ? [] : [tag.name]);
  }
  const attribute = spanAround(tag.attributes, token.start);
  return attribute?.value === undefined ? inertHolder('text') : attributeHolder(document, dialect, tag, attribute, token);
}

function textHolder(document: MarkupDocument, dialect: Dialect, token: Span, names: readonly string[]): Holder {
  return { kind: 'text', use: { names }, replaceBy: (expression) => dialect.replaceInText(document, token, expression) };
}

function attributeHolder(document: MarkupDocument, dialect: Dialect, tag: Tag, attribute: Attribute, token: Span): Holder {
  const bound = dialect.bound(document, attribute);
  const literal = bound === undefined ? undefined : ownLiterals(document, tag, bound.code).find(({ content }) => contains(content, token));
  const name = camelCase(literal?.name ?? bound?.name ?? attribute.name);
  const names = [name, ...NAMING.flatMap((naming) => (naming === attribute.name ? [] : valueOf(document, tag, naming) ?? [])), tag.name];
  const isKey = isProvider(tag) ? name === 'apiKey' : isEmbed(document, tag) && /^(?:stigg)?(?:client|publishable)?apikey$/i.test(name);
  const isWhole = literal === undefined || (literal.content.start === token.start && literal.content.end === token.end);
  return {
    kind: 'code',
    use: { names, ...(isKey ? { stiggInit: 'frontend' } : {}) },
    replaceBy: (expression) => (isWhole ? dialect.replaceInAttribute(document, tag, attribute, literal?.whole ?? token, expression) : undefined),
  };
}

/** The element that loads Stigg's embed script. */
function isEmbed(document: MarkupDocument, tag: Tag): boolean {
  return tag.name.toLowerCase() === 'script' && textOf(document, tag.attributes.find(({ name }) => name === 'src')?.value).includes('@stigg/');
}
