import * as l10n from '@vscode/l10n';
import type { Span } from '../language.js';
import { lastBefore, textOf, type MarkupDocument } from './dialect.js';
import { objectEntries } from './expression.js';
import type { Attribute } from './lexer.js';
import { soleRead } from './values.js';

/**
 * Says how the value of an expression itself reaches the browser: as a variable of a script, as an attribute or text of the page, or as a
 * property of a component that is started again there. Undefined where something is made of the value first.
 */
export function handedToBrowser(document: MarkupDocument, code: Span, attribute: Attribute | undefined): string | undefined {
  if (attribute?.name === 'define:vars') {
    const values = objectEntries(document.source.text, code)?.entries ?? [];
    return values.some(({ value }) => isPlain(document, value)) ? l10n.t('define:vars hands it to a script') : undefined;
  }
  if (!isPlain(document, code)) return undefined;
  const tag = attribute === undefined ? undefined : lastBefore(document.markup.tags, code.start);
  if (tag === undefined || /^[a-z][^.]*$/.test(tag.name)) return l10n.t('written into the page');
  return tag.attributes.some(({ name }) => name.startsWith('client:')) ? l10n.t('given to {0}, which Astro starts in the browser', tag.name) : undefined;
}

/** The read of a variable alone, with or without a fallback. */
function isPlain(document: MarkupDocument, code: Span): boolean {
  const end = /\|\||\?\?/.exec(textOf(document, code))?.index;
  return soleRead(document, end === undefined ? code : { start: code.start, end: code.start + end }) !== undefined;
}
