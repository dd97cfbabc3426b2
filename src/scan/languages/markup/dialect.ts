import type { TextEdit } from '../../finding.js';
import type { Source } from '../../source.js';
import type { FilePattern, Lookup, ParsedSource, Region, Span } from '../language.js';
import type { Attribute, Markup, MarkupSyntax, Tag } from './lexer.js';

/** A constant of a component that its template can use, and the edits that declare it. */
export interface Hoisted {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/** A document of markup, taken apart. */
export interface MarkupDocument {
  readonly source: ParsedSource;
  readonly markup: Markup;
  /** By their expressions, the constants that fixes would declare, as far as somebody asked. */
  readonly hoisted: Map<string, Hoisted | undefined>;
}

/** An attribute whose value is code, without what marks it as such: `apiKey` of `:apiKey.sync`. */
export interface BoundValue {
  readonly name: string;
  readonly code: Span;
}

/** What tells one kind of markup from another. */
export interface Dialect {
  readonly ids: readonly string[];
  readonly files: readonly FilePattern[];
  readonly syntax: MarkupSyntax;
  /** The language of scripts that do not name theirs. */
  readonly scriptLanguage: 'javascript' | 'typescript';
  /** The language of expressions in the markup; undefined where there are none. */
  readonly expressionLanguage: string | undefined;
  /** The package that gives StiggProvider where no import tells. */
  readonly sdk: string;
  /** The attribute's value where that is code; undefined where it is plain text. */
  bound(document: MarkupDocument, attribute: Attribute): BoundValue | undefined;
  /** Whether such a value, or an expression in text, is worth a look as code of its own. */
  expressionRegion?(document: MarkupDocument, code: Span, attribute: Attribute | undefined): Region | undefined;
  /** Edits that put an expression in the place of a stretch of the attribute's text, or of all of its value. */
  replaceInAttribute(document: MarkupDocument, tag: Tag, attribute: Attribute, place: Span, expression: string): readonly TextEdit[] | undefined;
  replaceInText(document: MarkupDocument, place: Span, expression: string): readonly TextEdit[] | undefined;
  /** An attribute that hands the expression to the element. */
  writeAttribute(document: MarkupDocument, tag: Tag, name: string, expression: string): string | undefined;
  serverOnlyPart?(document: MarkupDocument, place: Span): string | undefined;
  serverLookup?(variable: string, source: Source): Lookup | undefined;
  publishableLookup?(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): Lookup | undefined;
}

/** The text of a span. */
export function textOf({ source }: MarkupDocument, span: Span | undefined): string {
  return span === undefined ? '' : source.text.slice(span.start, span.end);
}

/** The value of the attribute of that name, in any casing. */
export function valueOf(document: MarkupDocument, tag: Tag, name: string): string | undefined {
  const found = tag.attributes.find((attribute) => attribute.name.toLowerCase() === name);
  return found?.value === undefined ? undefined : textOf(document, found.value);
}

/** `apiKey` of `api-key`: attributes are written in both ways. A name of data attributes keeps what follows `data-`. */
export function camelCase(name: string): string {
  return name.replace(/^data-/, '').replace(/(?<!-)-+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The element that gives an application its Stigg client. */
export function isProvider({ name }: Tag): boolean {
  return /(?:^|[.:])StiggProvider$|^stigg-?provider$/i.test(name);
}

/** The last of the spans, which are in order, that starts at or before the offset and ends after it. */
export function spanAround<T extends Span>(spans: readonly T[], offset: number): T | undefined {
  const found = lastBefore(spans, offset);
  return found !== undefined && offset < found.end ? found : undefined;
}

/** The last of the spans that starts at or before the offset. */
export function lastBefore<T extends Span>(spans: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}

/** The part of a template literal that stands for a text; undefined when the text would mean something else there. */
export function inTemplate(text: string): string | undefined {
  return /[`\\&{}$]/.test(text) ? undefined : text;
}
