import type { ScanContext } from './context.js';
import type { Holder, Import, Language, ParsedSource, Span } from './languages/language.js';
import { sideOf, type SideVerdict } from './side.js';
import { findTokens, type TokenSpan } from './tokens/find.js';
import type { Source } from './source.js';
import type { SyntaxTree } from './syntax/tree.js';

/** A token with the code that holds it. */
export interface TokenSite extends TokenSpan {
  readonly holder: Holder;
}

/** A pathological file is not worth more than this many findings about its tokens. */
const MOST_TOKENS = 500;

/** One document as rules see it: text, tree, surroundings. What several rules need is worked out once, when first asked for. */
export class ScanFile implements ParsedSource {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly language: Language;
  readonly syntax: SyntaxTree | undefined;
  readonly context: ScanContext;
  #imports: readonly Import[] | undefined;
  #side: SideVerdict | undefined;
  #tokens: readonly TokenSite[] | undefined;

  constructor(source: Source, language: Language, syntax: SyntaxTree | undefined, context: ScanContext) {
    this.path = source.path;
    this.languageId = source.languageId;
    this.text = source.text;
    this.language = language;
    this.syntax = syntax;
    this.context = context;
  }

  get imports(): readonly Import[] {
    this.#imports ??= this.syntax === undefined ? [] : this.language.imports(this.syntax);
    return this.#imports;
  }

  /** Does the code at that place ship to the browser? */
  sideAt(place: Span): SideVerdict {
    this.#side ??= sideOf(this, this.context.dependencies(this.path));
    if (this.#side.side !== 'browser') return this.#side;
    const serverOnly = this.language.serverOnlyPart(this, place);
    return serverOnly === undefined ? this.#side : { side: 'server', evidence: serverOnly };
  }

  get tokens(): readonly TokenSite[] {
    this.#tokens ??= findTokens(this.text)
      .slice(0, MOST_TOKENS)
      .map((token) => ({ ...token, holder: this.language.holderOf(this, token) }));
    return this.#tokens;
  }
}
