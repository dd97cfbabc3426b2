import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { LoweringRules } from '../../ir/lowering.js';
import type { PieceRules } from '../../syntax/pieces.js';
import type { Source } from '../../source.js';
import type { FilePattern, Import, ParsedSource, Span } from '../language.js';
import type { SyntaxTree } from '../../syntax/tree.js';

/** A name and the value it is given. */
export interface Binding {
  readonly name: Node | null | undefined;
  readonly value: Node | null | undefined;
}

/** One argument of a call; positional ones have no name. */
export interface Argument {
  readonly name: string | undefined;
  readonly value: Node;
}

/** The call of a Stigg SDK that takes the key. */
export interface InitPattern {
  /** As the ecosystem names the package. */
  readonly module: string;
  /** Finds the callee's last words in the text, e.g. `Stigg.create_client`; global. */
  readonly callee: RegExp;
  /** What the document has to mention, usually the import. */
  readonly requires: RegExp;
  /** The argument that carries the key: by name, or by position where it has none. */
  readonly key: { readonly names: readonly string[]; readonly position?: number };
  /** Says whether what was found is that callee, where its words alone do not. */
  accepts?(source: ParsedSource, callee: string, start: number): boolean;
  /** The call starts a chain that ends with `build`: every call in it, the first one included, is an argument. */
  readonly isChain?: boolean;
}

/** A quoted text: what opens and what closes it, as written. */
export interface Quotes {
  readonly open: string;
  readonly close: string;
}

/** What stands around an expression inside a text. */
export interface Interpolation extends Quotes {
  /** Quotes of the text's own kind may stand in the expression; taken for granted inside `#{…}` and `${…}`. */
  readonly nests?: boolean;
}

/** What tells one programming language from another, for `codeLanguage`. Node types are those of its tree-sitter grammar. */
export interface CodeSyntax {
  readonly ids: readonly string[];
  readonly files: readonly FilePattern[];
  readonly grammar: string;
  readonly comments: ReadonlySet<string>;
  /** Literal texts, with or without interpolation. */
  readonly strings: ReadonlySet<string>;
  /** Node types that are made of literals put together without an operator. */
  readonly adjacent?: ReadonlySet<string>;
  /** Assignments, declarations, keyword arguments, pairs: by node type. Undefined when that node binds no name after all. */
  readonly bindings: Readonly<Record<string, (node: Node) => Binding | undefined>>;
  /** Bindings inside a larger value: the names around them count too. */
  readonly inner: ReadonlySet<string>;
  /** Node types whose value is, or may be, the child's: parentheses, `or`, `+`, lists, conditional expressions. */
  readonly carriers: ReadonlySet<string>;
  /** Of the carriers those that join texts. */
  readonly joins: ReadonlySet<string>;
  readonly joinOperator: string;
  /** Parents around which a joined text needs parentheses. */
  readonly tight: ReadonlySet<string>;
  /** Calls, constructors and method calls of chains. */
  readonly calls: ReadonlySet<string>;
  /** The words that are called, e.g. `os.getenv` or, inside a chain, `apiKey`. */
  calleeOf(call: Node): string;
  /** The receiver of a method call, whatever comes before its name. */
  receiverOf(call: Node): Node | null | undefined;
  argumentsOf(call: Node): readonly Argument[];
  /** The list that holds a call's arguments. */
  readonly argumentLists: ReadonlySet<string>;
  /** How an expression is put into a text that was opened so; undefined where that cannot be. */
  interpolation(open: string): Interpolation | undefined;
  /** The quotes of a literal, judged by its text; undefined when it is not closed. */
  quotesOf(literal: string): Quotes | undefined;
  /** Expressions that read an environment variable; global, the variable in group `name`. */
  readonly reads: RegExp;
  /** The left side of an assignment that sets an environment variable. */
  readonly environmentTarget: RegExp;
  /** How the variable is read. */
  lookup(variable: string, source: Source): string;
  /** Edits that the look-up needs elsewhere, such as an import. */
  lookupImports(source: ParsedSource): readonly TextEdit[];
  /** Edits that let a constant hold a look-up, or `impossible`. `around` goes from the literal outwards. */
  asVariable(around: readonly Node[], source: ParsedSource): readonly TextEdit[] | 'impossible';
  /** Edits for languages and literals that have ways of their own to hold an expression; undefined where none may stand, `usual` for the others. */
  replaceHere?(source: ParsedSource, around: readonly Node[], place: Span, expression: string): readonly TextEdit[] | 'usual' | undefined;
  /** Calls whose result stands for their one argument, by the last words of the callee: `String::from`. */
  readonly wrappers?: RegExp;
  /** The texts that an expression other than an operator puts together; undefined for all other nodes. */
  partsOf?(node: Node): readonly Node[] | undefined;
  /** A constant named inside a text without braces, `$NAME`: global, the constant in group `name`. */
  readonly nameInText?: RegExp;
  readonly inits: readonly InitPattern[];
  readonly pieces?: PieceRules;
  readonly lowering: LoweringRules;
  imports(syntax: SyntaxTree): readonly Import[];
}

/** `"…"`, `'…'`, `` `…` `` and the tripled forms, with a prefix of letters, `@` or `$`. */
export function usualQuotes(literal: string): Quotes | undefined {
  const open = /^[A-Za-z@$]*(?:"""|'''|"|'|`)/.exec(literal)?.[0];
  const close = open?.replace(/^[A-Za-z@$]+/, '');
  return open === undefined || close === undefined || literal.length < open.length + close.length || !literal.endsWith(close) ? undefined : { open, close };
}

/** A binding whose parts the grammar names. */
export function fields(name: string, value: string): (node: Node) => Binding {
  return (node) => ({ name: node.childForFieldName(name), value: node.childForFieldName(value) });
}

/** The named children of a node. */
export function children(node: Node | null | undefined): readonly Node[] {
  return (node?.namedChildren ?? []).filter((child): child is Node => child !== null);
}
