import type { TextEdit } from '../finding.js';
import type { LoweringRules } from '../ir/lowering.js';
import type { SideVerdict } from '../side.js';
import type { Source } from '../source.js';
import type { CliCall } from '../stigg/cli.js';
import type { StiggRequest } from '../stigg/request.js';
import type { PieceRules } from '../syntax/pieces.js';
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
  /** Of a region: the variables that the document around it gives the code, with their values as they are written. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** A name that a document takes from a module. */
export interface Import {
  readonly module: string;
  /** The name inside the document; undefined for an import that is made for its effect. */
  readonly local: string | undefined;
  /** The module's own name for it: `default`, `*` for the whole module, or an export. */
  readonly imported: string;
  /** Where the module's name stands. */
  readonly place?: Span;
  /** Only a type is taken, of which nothing is left in the program. */
  readonly isType?: boolean;
}

/** What a literal is for, as far as the code around it says. */
export interface Use {
  /** The names that hold it: property, variable, parameter, attribute or header; innermost first. */
  readonly names: readonly string[];
  /** It is the key given to a Stigg SDK: to one for servers, or to one that runs in browsers. */
  readonly stiggInit?: 'backend' | 'frontend';
  /** It is a constant, which an X-API-KEY header takes in these places. */
  readonly sentAt?: readonly Span[];
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

/** An expression of several parts whose value is a text that the document alone decides: `'a' + 'b'`, `${A}:${B}`. */
export interface ConstantText extends Span {
  readonly value: string;
  /**
   * What the value is made of, in order, where the language can say: each part's expression and its value. With parts a token inside
   * a longer text is found at the parts that make it up, and a part that holds it alone is left to its own place.
   */
  readonly parts?: readonly ConstantPart[];
}

/** One operand of a concatenation, one stretch or substitution of a template. */
export interface ConstantPart extends Span {
  readonly value: string;
}

/** A name that is given a value: `KEY=…` in an env file, `ENV KEY …`, `key: …`, `const KEY = …`, `{ key: … }`. */
export interface Definition {
  readonly name: string;
  readonly nameSpan: Span;
  /** Where the value stands; undefined for a name without one. */
  readonly valueSpan: Span | undefined;
  /** It defines an environment variable: dotenv, `ENV` and `ARG`, an `env:` block, `export KEY=…`. */
  readonly isEnvironment: boolean;
}

/** A place that reads an environment variable. The span is that of the whole expression. */
export interface VariableRead extends Span {
  readonly variable: string;
  readonly nameSpan: Span;
}

/** The argument that carries the key of an SDK. */
export interface KeyArgument extends Span {
  /** The environment variable that it reads, directly or through a constant of this document. */
  readonly variable?: string;
  /** Otherwise the name of the constant, parameter or property that is handed over. */
  readonly name?: string;
  /** Where the literal, or the read of the variable, stands that it comes from, when that is elsewhere in this document. */
  readonly origin?: Span;
  /** Edits that put the expression in the argument's place; undefined where none may stand. */
  replaceBy(expression: string): readonly TextEdit[] | undefined;
}

/** A place that starts a Stigg SDK: a call, a constructor, a builder chain, or the element of a provider. */
export interface SdkInit extends Span {
  readonly side: 'backend' | 'frontend';
  /** The package, as its ecosystem names it, e.g. `@stigg/react-sdk` or `io.stigg:stigg-java`. */
  readonly module: string;
  readonly key: KeyArgument | undefined;
  /** All arguments that have names, by name, with the span of their value. */
  readonly arguments: ReadonlyMap<string, Span>;
  /** More arguments may come from a place that cannot be seen: a spread, a variable, a function. */
  readonly isOpen: boolean;
  /** Edits that add the named argument; undefined where that cannot be done. */
  addArgument(name: string, expression: string): readonly TextEdit[] | undefined;
}

/** A setting of a bundler or framework that puts values into browser code. The span is that of the setting, or of one entry of it. */
export interface InlinedSetting extends Span {
  /** As it is written in that tool's configuration, e.g. `env` or `DefinePlugin`. */
  readonly setting: string;
  /** Where the name stands that the entry goes by; the whole entry where it has none. */
  readonly nameSpan: Span;
  /** The variables whose values it hands over: those that it reads, otherwise the name that it gives the value. */
  readonly variables: readonly string[];
  /** It hands over every variable that starts with this; all of the environment when it is empty. */
  readonly variablePrefix?: string;
}

/** One command of a shell script, with its words. */
export interface Command extends Span {
  /** Without its path, e.g. `curl`; undefined where it is not written out. */
  readonly name: string | undefined;
  readonly words: readonly CommandWord[];
}

/** A word of a command, unquoted as far as that is known without running it. */
export interface CommandWord extends Span {
  readonly text: string;
  /** The variables that it expands. */
  readonly variables: readonly VariableRead[];
}

/** A text that was decoded from the stretch that holds it, such as a string of JSON. */
export interface Decoded {
  readonly text: string;
  /** Where an offset of the decoded text stands in the document. */
  toOuter(offset: number): number;
  /** The text as it has to be written in the document. */
  encode(text: string): string;
}

/** A stretch of a document that is written in another language: a script block, a code fence, a shell step. */
export interface Region extends Span {
  readonly languageId: string;
  /** Left out where the stretch is the text as it is. */
  readonly decoded?: Decoded;
  /** Where that code runs, when the region itself says so; otherwise its file decides. */
  readonly side?: SideVerdict;
  /** The variables that the document around it gives the code, with their values as they are written. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** Tells a language by the path of a file. */
export interface FilePattern {
  readonly languageId: string;
  readonly pattern: RegExp;
}

/**
 * One syntax family. A new language is one file and one line in `languages/index.ts`. `plainText` has an answer to everything,
 * so that a language spreads it and says only what it knows better.
 */
export interface Language {
  /** VS Code's language ids, and our own where VS Code has none. */
  readonly ids: readonly string[];
  /** The files of the language, for callers without an editor and where the editor takes a file for plain text. */
  readonly files: readonly FilePattern[];
  /** The name of the grammar for one of the ids: `tree-sitter-<name>.wasm`. */
  grammar(languageId: string): string | undefined;
  /** The languages that `regions` may come up with for this text; told without a parser, and rather too many. */
  embeds(source: Source): readonly string[];
  /** The stretches written in other languages, in order and apart from each other. The rules look at them as documents of their own. */
  regions(source: ParsedSource): readonly Region[];
  imports(syntax: SyntaxTree): readonly Import[];
  /** How its outermost statements look: code of which one is broken is then looked at as if it were apart from the others. */
  readonly pieces?: PieceRules | undefined;
  /** How its code becomes the intermediate representation; undefined for what is no code. */
  readonly lowering: LoweringRules | undefined;
  /** What holds the token, or the constant text, at that place. */
  holderOf(source: ParsedSource, token: Span): Holder;
  /** True when the offset is inside a comment. */
  inComment(source: ParsedSource, offset: number): boolean;
  /** The texts made of several parts. Asked only when the document may hold a split token. */
  constantTexts(source: ParsedSource): Iterable<ConstantText>;
  definitions(source: ParsedSource): Iterable<Definition>;
  /** `lines`: in these alone; what follows a change asks only languages whose code it follows. */
  variableReads(source: ParsedSource, lines?: Span): Iterable<VariableRead>;
  sdkInits(source: ParsedSource): Iterable<SdkInit>;
  commands(source: ParsedSource): Iterable<Command>;
  /** The requests to Stigg that are written out in what is no code: commands, request files. Code is asked by its representation. */
  requests(source: ParsedSource): Iterable<StiggRequest>;
  /** The calls of Stigg's command line in it. */
  cliCalls(source: ParsedSource): Iterable<CliCall>;
  /** The settings that inline values into browser code, where the document configures a bundler. */
  inlinedSettings(source: ParsedSource): Iterable<InlinedSetting>;
  /** Says what hands the value at that place to the browser, although the code itself runs on a server. */
  handedToBrowser(source: ParsedSource, place: Span): string | undefined;
  /** Says why the code at that place never leaves the server, although its file ships to the browser. */
  serverOnlyPart(source: ParsedSource, place: Span): string | undefined;
  /** How code on a server reads that variable; undefined for languages without such an expression. */
  serverLookup(variable: string, source: Source): Lookup | undefined;
  /** How browser code reads the publishable key: frameworks inline only variables with their own prefix. */
  publishableLookup(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): Lookup | undefined;
}
