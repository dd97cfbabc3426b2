import * as l10n from '@vscode/l10n';
import { mayHoldToken } from '../../tokens/trace.js';
import type { Region, Span } from '../language.js';
import { decodeAttribute, encodeUnquoted } from './entities.js';
import { objectEntries, soleLiteral } from './expression.js';
import { isProvider, textOf, valueOf, type Dialect, type MarkupDocument } from './dialect.js';
import { soleRead } from './values.js';
import type { Attribute, Block, Tag } from './lexer.js';
import { sideOfMarkup, sideOfStretch } from '../../side/markup.js';

const SCRIPT_TYPE = /^(?:(?:text|application)\/(?:javascript|ecmascript|x-javascript)|module)?$/;
const JSON_TYPE = /json$|^(?:importmap|speculationrules)$/;
const LANGS: Readonly<Record<string, string>> = {
  ts: 'typescript', typescript: 'typescript', tsx: 'typescriptreact', jsx: 'javascriptreact', js: 'javascript', javascript: 'javascript',
  'text/typescript': 'typescript', 'text/babel': 'javascriptreact', 'text/jsx': 'javascriptreact',
};
const HANDLER = /^on[a-z]+$/;
/** A name, or a path of names, says nothing about keys. */
const PATH = /^[\s\w$.!?]*$/;

/** No look is taken at more, so that more need not be found. */
const MOST_REGIONS = 5_000;

/** The stretches of the document that are code: scripts, handlers, expressions, what stands above the markup. */
export function markupRegions(document: MarkupDocument, dialect: Dialect): Region[] {
  const { source, markup } = document;
  const regions: Region[] = [];
  const side = sideOfMarkup(source);
  if (markup.frontmatter !== undefined) {
    const server = sideOfStretch(source, 'server', l10n.t('the frontmatter of an Astro component'));
    regions.push({ ...markup.frontmatter, languageId: 'typescript', ...(server === undefined ? {} : { side: server }) });
  }
  for (const block of markup.blocks) {
    const languageId = scriptLanguage(document, dialect, block);
    if (languageId === undefined || textOf(document, block).trim() === '') continue;
    const shipped = side?.side === 'browser' && source.languageId === 'astro' ? { ...side, evidence: l10n.t('a script of an Astro component') } : side;
    regions.push({ start: block.start, end: block.end, languageId, ...(shipped === undefined ? {} : { side: shipped }) });
  }
  for (const tag of markup.tags) {
    if (regions.length > MOST_REGIONS) break;
    for (const attribute of tag.attributes) regions.push(...attributeRegion(document, dialect, tag, attribute));
  }
  for (const code of markup.expressions) {
    if (regions.length > 2 * MOST_REGIONS) break;
    const region = dialect.expressionRegion?.(document, code, undefined);
    if (region !== undefined && isCode(document, region)) regions.push(region);
  }
  return apart(regions);
}

/** The attribute's string literal, or those in its object literal, that its element's own rules look at instead of a region. */
export function ownLiterals(document: MarkupDocument, tag: Tag, code: Span): { readonly name?: string; readonly content: Span; readonly whole: Span }[] {
  const sole = soleLiteral(document.source.text, code);
  if (sole !== undefined) return [sole];
  if (!isProvider(tag)) return [];
  const found = objectEntries(document.source.text, code)?.entries ?? [];
  return found.flatMap(({ name, value }) => {
    const literal = soleLiteral(document.source.text, value);
    return literal === undefined ? [] : [{ name, ...literal }];
  });
}

function attributeRegion(document: MarkupDocument, dialect: Dialect, tag: Tag, attribute: Attribute): Region[] {
  const { value } = attribute;
  if (value === undefined) return [];
  const bound = dialect.bound(document, attribute);
  if (bound !== undefined) {
    // Expressions in braces have been found on their own, except as the whole value.
    if (isProvider(tag) && soleRead(document, bound.code) !== undefined) return [];
    if (ownLiterals(document, tag, bound.code).some(({ content }) => mayHoldToken(textOf(document, content)))) return [];
    const region = dialect.expressionRegion?.(document, bound.code, attribute);
    return region !== undefined && isCode(document, region) ? [region] : [];
  }
  if (attribute.delimiter === '{' || !HANDLER.test(attribute.name) || textOf(document, value).trim() === '') return [];
  const decoded = decodeAttribute(document.source.text, value);
  const side = sideOfMarkup(document.source);
  return [{
    ...value,
    languageId: 'javascript',
    decoded: attribute.delimiter === '' ? { ...decoded, encode: encodeUnquoted } : decoded,
    ...(side === undefined ? {} : { side }),
  }];
}

function isCode(document: MarkupDocument, region: Region): boolean {
  const text = textOf(document, region);
  return !PATH.test(text) || text.includes('env');
}

function scriptLanguage(document: MarkupDocument, dialect: Dialect, { tag }: Block): string | undefined {
  if (tag.name.toLowerCase() !== 'script') return undefined;
  const lang = valueOf(document, tag, 'lang')?.trim().toLowerCase();
  if (lang !== undefined && lang !== '') return LANGS[lang];
  const type = valueOf(document, tag, 'type')?.trim().toLowerCase() ?? '';
  if (SCRIPT_TYPE.test(type)) return dialect.scriptLanguage;
  return JSON_TYPE.test(type) ? 'json' : LANGS[type];
}

/** In order, and without what lies inside of another one. */
function apart(regions: Region[]): Region[] {
  const kept: Region[] = [];
  for (const region of regions.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (region.start >= (kept.at(-1)?.end ?? 0) && region.start < region.end) kept.push(region);
  }
  return kept;
}
