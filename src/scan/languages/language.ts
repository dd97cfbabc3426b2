import type { TextEdit } from '../finding.js';
import type { Source } from '../source.js';
import type { SyntaxTree } from '../syntax/tree.js';

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A document with its tree, where its language has a grammar and the text could be parsed. */
export interface ParsedSource extends Source {
  readonly syntax: SyntaxTree | undefined;
}

/** What a literal is for, as far as the code around it says. */
export interface Use {
  /** The nearest names that hold it: property, variable, parameter, attribute or header; innermost first. */
  readonly names: readonly string[];
  /** It is the key argument of a Stigg SDK's initialisation, or a prop of StiggProvider. */
  readonly stiggInit?: 'backend' | 'frontend';
}

/** The place in the code that holds a token, and what can be done with it. */
export interface Holder {
  readonly kind: 'code' | 'comment' | 'text';
  readonly use: Use;
  /** Edits that put the expression in the token's place, leaving code that parses; undefined where no expression may stand. */
  replaceBy(expression: string): TextEdit | undefined;
}

/** One syntax family. A new language is one implementation and one line in `languages/index.ts`. */
export interface Language {
  /** VS Code's language ids. */
  readonly ids: readonly string[];
  /** The name of the grammar for one of the ids. */
  grammar(languageId: string): string | undefined;
  /** What holds the token at that place. */
  holderOf(source: ParsedSource, token: Span): Holder;
  /** True when the offset is inside a comment. */
  inComment(source: ParsedSource, offset: number): boolean;
  /** The expression that reads an environment variable; undefined for languages that have none. */
  environmentLookup(name: string, source: Source): string | undefined;
}
