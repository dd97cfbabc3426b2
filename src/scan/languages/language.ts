import type { TextEdit } from '../finding.js';
import type { MoneyField } from '../money/field.js';
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
  /** What the document imports; empty where that is not known. */
  readonly imports: readonly Import[];
}

/** A name that a document takes from a module. */
export interface Import {
  readonly module: string;
  /** The name inside the document; undefined for an import that is made for its effect. */
  readonly local: string | undefined;
  /** The module's own name for it: `default`, `*` for the whole module, or an export. */
  readonly imported: string;
}

/** What a literal is for, as far as the code around it says. */
export interface Use {
  /** The names that hold it: property, variable, parameter, attribute or header; innermost first. */
  readonly names: readonly string[];
  /** It is the key given to a Stigg SDK: to one for servers, or to one that runs in browsers. */
  readonly stiggInit?: 'backend' | 'frontend';
}

/** The place in the code that holds a token, and what can be done with it. */
export interface Holder {
  readonly kind: 'code' | 'comment' | 'text';
  readonly use: Use;
  /** Edits that put the expression in the token's place and leave code that parses; undefined where none may stand. */
  replaceBy(expression: string): readonly TextEdit[] | undefined;
}

/** An environment variable and the expression that reads it. */
export interface Lookup {
  readonly variable: string;
  readonly expression: string;
}

/** One syntax family. A new language is one implementation and one line in `languages/index.ts`. */
export interface Language {
  /** VS Code's language ids. */
  readonly ids: readonly string[];
  /** The name of the grammar for one of the ids. */
  grammar(languageId: string): string | undefined;
  imports(syntax: SyntaxTree): readonly Import[];
  /** What holds the token at that place. */
  holderOf(source: ParsedSource, token: Span): Holder;
  /** True when the offset is inside a comment. */
  inComment(source: ParsedSource, offset: number): boolean;
  /** Says why the code at that place never leaves the server, although its file ships to the browser. */
  serverOnlyPart(source: ParsedSource, place: Span): string | undefined;
  /** How code on a server reads that variable; undefined for languages without such an expression. */
  serverLookup(variable: string, source: Source): Lookup | undefined;
  /** The money fields of the document's requests to Stigg that get minor units. */
  moneyFields(source: ParsedSource): Iterable<MoneyField>;
  /** How browser code reads the publishable key: frameworks inline only variables with their own prefix. */
  publishableLookup(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): Lookup | undefined;
}
