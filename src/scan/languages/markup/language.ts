import type { Language, ParsedSource } from '../language.js';
import { plainText } from '../plainText.js';
import { spanAround, type Dialect, type MarkupDocument } from './dialect.js';
import { markupHolder } from './holder.js';
import { lexMarkup, type Markup } from './lexer.js';
import { providerReads, providers } from './provider.js';
import { markupRegions } from './regions.js';

const SCRIPT = /<script/i;
const PROVIDER = /stigg-?provider/i;
/** A page longer than this is data: tokens are found, code is not understood. UTF-16 code units. */
const LONGEST = 2_000_000;
const NOTHING: Markup = { frontmatter: undefined, tags: [], comments: [], blocks: [], expressions: [] };

/** The language of a kind of markup. Markup is not parsed: what is asked about it can be told from its tags. */
export function markupLanguage(dialect: Dialect): Language {
  // A memory of what is known about a document anyway; nothing depends on whether it holds.
  const known = new WeakMap<ParsedSource, MarkupDocument>();
  const open = (source: ParsedSource): MarkupDocument => {
    const document = known.get(source) ?? { source, markup: source.text.length > LONGEST ? NOTHING : lexMarkup(source.text, dialect.syntax), hoisted: new Map() };
    known.set(source, document);
    return document;
  };
  return {
    ...plainText,
    ids: dialect.ids,
    files: dialect.files,
    embeds: ({ text }) => {
      const ids = new Set<string>();
      if (SCRIPT.test(text)) {
        ids.add(dialect.scriptLanguage);
        if (/\b(?:json|importmap|speculationrules)\b/i.test(text)) ids.add('json');
        if (/\b(?:ts|typescript)\b/i.test(text)) ids.add('typescript').add('javascript');
        if (/\btsx\b/i.test(text)) ids.add('typescriptreact');
        if (/\b(?:jsx|babel)\b/i.test(text)) ids.add('javascriptreact');
        if (/\b(?:js|javascript)\b/i.test(text)) ids.add('javascript');
      }
      if (/\bon[a-z]+\s*=/.test(text)) ids.add('javascript');
      if (dialect.syntax.frontmatter && text.includes('---')) ids.add('typescript');
      if (dialect.expressionLanguage !== undefined && /[{:@]|\bv-/.test(text)) ids.add(dialect.expressionLanguage);
      return [...ids];
    },
    regions: (source) => markupRegions(open(source), dialect),
    holderOf: (source, token) => markupHolder(open(source), dialect, token),
    inComment: (source, offset) => spanAround(open(source).markup.comments, offset) !== undefined,
    variableReads: (source) => (PROVIDER.test(source.text) ? providerReads(open(source), dialect) : []),
    sdkInits: (source) => (PROVIDER.test(source.text) ? providers(open(source), dialect) : []),
    serverOnlyPart: (source, place) => dialect.serverOnlyPart?.(open(source), place),
    serverLookup: (variable, source) => dialect.serverLookup?.(variable, source),
    publishableLookup: (source, dependencies) => dialect.publishableLookup?.(source, dependencies),
  };
}
