import type { Span } from '../language.js';
import { ExpressionScanner } from './expression.js';

/** What a dialect of markup has beyond HTML. */
export interface MarkupSyntax {
  /** `{expression}` in text and as the value of attributes. */
  readonly braces: boolean;
  /** `{expression}` inside of quoted values too. */
  readonly bracesInQuotes: boolean;
  /** `{{ expression }}` in text. */
  readonly mustache: boolean;
  /** Code between `---` lines at the top. */
  readonly frontmatter: boolean;
  /** `Script` is no other name for `script`. */
  readonly caseSensitive: boolean;
  /** The elements whose content is text, whatever it looks like. */
  readonly rawElements: ReadonlySet<string>;
}

/** An attribute of a tag, from its name to the end of its value. */
export interface Attribute extends Span {
  readonly name: string;
  /** Without quotes or braces; undefined for an attribute without a value. */
  readonly value: Span | undefined;
  /** What stands before the value: a quote, a brace, or nothing. */
  readonly delimiter: '' | '"' | "'" | '`' | '{';
  /** `{name}`: the name is the value. */
  readonly isShorthand: boolean;
}

/** A start tag, or an end tag. */
export interface Tag extends Span {
  readonly name: string;
  readonly nameEnd: number;
  readonly attributes: readonly Attribute[];
  /** `{...props}` */
  readonly hasSpread: boolean;
  readonly isEnd: boolean;
}

/** The content of an element that holds text: a script, a style sheet. */
export interface Block extends Span {
  readonly tag: Tag;
}

/** A document of markup, taken apart without a tree: broken markup has tags and texts as well. Everything is in order. */
export interface Markup {
  readonly frontmatter: Span | undefined;
  readonly tags: readonly Tag[];
  readonly comments: readonly Span[];
  readonly blocks: readonly Block[];
  /** The expressions that stand in text, in quotes or as a spread, without their braces. */
  readonly expressions: readonly Span[];
}

const FRONTMATTER = /^\uFEFF?\s{0,200}---[^\S\r\n]*(?:\r\n?|\n|$)/;
const FRONTMATTER_END = /^---/gm;

/** Takes the document apart in one pass. */
export function lexMarkup(text: string, syntax: MarkupSyntax): Markup {
  return new Lexer(text, syntax).run();
}

class Lexer {
  readonly #text: string;
  readonly #syntax: MarkupSyntax;
  readonly #scanner: ExpressionScanner;
  readonly #tags: Tag[] = [];
  readonly #comments: Span[] = [];
  readonly #blocks: Block[] = [];
  readonly #expressions: Span[] = [];
  #hasMustache = true;

  constructor(text: string, syntax: MarkupSyntax) {
    this.#text = text;
    this.#syntax = syntax;
    this.#scanner = new ExpressionScanner(text);
  }

  run(): Markup {
    const frontmatter = this.#syntax.frontmatter ? this.#frontmatter() : undefined;
    const mark = this.#syntax.braces || this.#syntax.mustache ? /[<{]/g : /</g;
    for (let at = frontmatter === undefined ? 0 : Math.min(this.#text.length, frontmatter.end + 3); ;) {
      mark.lastIndex = at;
      const match = mark.exec(this.#text);
      if (match === null) break;
      at = match[0] === '<' ? this.#afterAngle(match.index) : this.#afterBrace(match.index);
    }
    return { frontmatter, tags: this.#tags, comments: this.#comments, blocks: this.#blocks, expressions: this.#expressions };
  }

  #frontmatter(): Span | undefined {
    const open = FRONTMATTER.exec(this.#text);
    if (open === null) return undefined;
    const close = new RegExp(FRONTMATTER_END);
    close.lastIndex = open[0].length;
    return { start: open[0].length, end: close.exec(this.#text)?.index ?? this.#text.length };
  }

  #afterAngle(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const end = this.#after('-->', at + 4);
      this.#comments.push({ start: at, end });
      return end;
    }
    const next = text.charAt(at + 1);
    if (next === '!') return this.#after('>', at);
    if (next === '?') return this.#after('?>', at);
    if (/[A-Za-z]/.test(next)) return this.#startTag(at);
    if (next !== '/' || !/[A-Za-z]/.test(text.charAt(at + 2))) return at + 1;
    const nameEnd = this.#match(/[^\s/>"'<={]+/y, at + 2);
    const end = this.#after('>', nameEnd);
    this.#tags.push({ start: at, end, name: text.slice(at + 2, nameEnd), nameEnd, attributes: [], hasSpread: false, isEnd: true });
    return end;
  }

  #afterBrace(at: number): number {
    if (this.#syntax.braces) return this.#expression(at)?.end ?? at + 1;
    if (!this.#hasMustache || this.#text.charAt(at + 1) !== '{') return at + 1;
    const end = this.#text.indexOf('}}', at + 2);
    this.#hasMustache = end !== -1;
    if (end === -1) return at + 2;
    this.#expressions.push({ start: at + 2, end });
    return end + 2;
  }

  /** The expression whose opening brace is there; `end` is after its closing one. */
  #expression(at: number): { readonly inner: Span; readonly end: number } | undefined {
    const end = this.#scanner.end(at + 1);
    if (end === -1) return undefined;
    const inner = { start: at + 1, end };
    this.#expressions.push(inner);
    return { inner, end: end + 1 };
  }

  #startTag(start: number): number {
    const text = this.#text;
    const nameEnd = this.#match(/[^\s/>"'<={]+/y, start + 1);
    const attributes: Attribute[] = [];
    let hasSpread = false;
    let at = nameEnd;
    for (;;) {
      at = this.#match(/[\s/]*/y, at);
      const character = text.charAt(at);
      // A new tag inside a tag: the bracket that closes the first one is still to be written.
      if (character === '' || character === '<' || character === '>') break;
      if (character === '{' && this.#syntax.braces) {
        const expression = this.#expression(at);
        if (expression === undefined) {
          at++;
          continue;
        }
        const name = text.slice(expression.inner.start, expression.inner.end).trim();
        if (/^[A-Za-z_$][\w$]*$/.test(name)) attributes.push({ start: at, end: expression.end, name, value: expression.inner, delimiter: '{', isShorthand: true });
        else hasSpread ||= name.startsWith('...');
        at = expression.end;
        continue;
      }
      const attribute = this.#attribute(at);
      attributes.push(attribute);
      at = attribute.end;
    }
    const isClosed = text.charAt(at) === '>';
    const isEmpty = isClosed && text.charAt(at - 1) === '/';
    const tag: Tag = { start, end: isClosed ? at + 1 : at, name: text.slice(start + 1, nameEnd), nameEnd, attributes, hasSpread, isEnd: false };
    this.#tags.push(tag);
    return !isClosed || (isEmpty && this.#syntax.caseSensitive) ? tag.end : this.#content(tag);
  }

  /** Skips the content of elements that hold text. */
  #content(tag: Tag): number {
    const name = this.#syntax.caseSensitive ? tag.name : tag.name.toLowerCase();
    const isPug = name === 'template' && tag.attributes.some((attribute) => attribute.name === 'lang' && !/^(?:|html)$/.test(this.#value(attribute)));
    if (!this.#syntax.rawElements.has(name) && !isPug) return tag.end;
    const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
    close.lastIndex = tag.end;
    const end = close.exec(this.#text)?.index ?? this.#text.length;
    this.#blocks.push({ tag, start: tag.end, end });
    return end;
  }

  #attribute(start: number): Attribute {
    const text = this.#text;
    const nameEnd = Math.max(start + 1, this.#match(/[^\s=<>"'/]*/y, start));
    const name = text.slice(start, nameEnd);
    const none = { start, end: nameEnd, name, value: undefined, delimiter: '', isShorthand: false } as const;
    const equals = this.#match(/\s*/y, nameEnd);
    if (text.charAt(equals) !== '=') return none;
    const at = this.#match(/\s*/y, equals + 1);
    const delimiter = text.charAt(at);
    const isBacktick = delimiter === '`' && this.#syntax.braces;
    if (delimiter === '"' || delimiter === "'" || isBacktick) {
      const value = { start: at + 1, end: this.#closingQuote(at) };
      return { ...none, value, delimiter, end: Math.min(text.length, value.end + (text.charAt(value.end) === delimiter ? 1 : 0)) };
    }
    if (delimiter === '{' && this.#syntax.braces) {
      const end = this.#scanner.end(at + 1);
      if (end !== -1) return { ...none, value: { start: at + 1, end }, delimiter, end: end + 1 };
    }
    const end = this.#match(/[^\s>]*/y, at);
    return end === at ? { ...none, end } : { ...none, value: { start: at, end }, end };
  }

  /** Where the quote stands that closes the one at that place; a value that is not closed ends with its line. */
  #closingQuote(at: number): number {
    const text = this.#text;
    const quote = text.charAt(at);
    if (!this.#syntax.bracesInQuotes) {
      const end = text.indexOf(quote, at + 1);
      return end === -1 ? this.#lineEnd(at) : end;
    }
    const known = this.#expressions.length;
    for (let from = at + 1; from < text.length; from++) {
      const character = text.charAt(from);
      if (character === quote) return from;
      if (character === '{') from = (this.#expression(from)?.end ?? from + 1) - 1;
    }
    this.#expressions.length = known;
    return this.#lineEnd(at);
  }

  #lineEnd(at: number): number {
    return this.#match(/[^\r\n]*/y, at);
  }

  #value({ value }: Attribute): string {
    return value === undefined ? '' : this.#text.slice(value.start, value.end);
  }

  #match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return at + (pattern.exec(this.#text)?.[0].length ?? 0);
  }

  #after(mark: string, at: number): number {
    const end = this.#text.indexOf(mark, at);
    return end === -1 ? this.#text.length : end + mark.length;
  }
}
