import type { ScanContext } from './context.js';
import { Memory } from './ir/memory.js';
import type { Program } from './ir/node.js';
import type { Part } from './parts.js';
import type { Definition, Holder, Import, InlinedSetting, Language, SdkInit, Span, VariableRead } from './languages/language.js';
import { sideOf, type SideVerdict } from './side.js';
import { tokensOf, type TokenSource, type TokenSpan } from './tokens/find.js';
import type { Source } from './source.js';
import { Code } from './stigg/code.js';
import { StiggFacts } from './stigg/facts.js';
import type { SyntaxTree } from './syntax/tree.js';
import { readVariableName, type VariableName } from './variables.js';

/** A token with the code that holds it. */
export interface TokenSite extends TokenSpan {
  readonly holder: Holder;
}

/** So much of the document is looked at for what concerns a part of it; a document has up to thousands of parts. */
const LONGEST_LOOK = 200_000;
const STIGG = /stigg/i;
const NO_CODE: Program['root'] = { kind: 'group', start: 0, end: 0, children: [], isScope: true };

/** Knows of a part what it knew of its last version. */
export interface Followed {
  variableReads(): readonly VariableRead[];
}

/** One part of a document as rules see it: text, tree, surroundings. What several rules need is worked out once, when first asked for. */
export class ScanFile implements TokenSource {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** The document that the part belongs to; the same text for most. */
  readonly document: Source;
  readonly language: Language;
  readonly syntax: SyntaxTree | undefined;
  readonly context: ScanContext;
  readonly #part: Part;
  #imports: readonly Import[] | undefined;
  #stigg: StiggFacts | undefined;
  #side: SideVerdict | undefined;
  #tokens: readonly TokenSite[] | undefined;
  #definitions: readonly Definition[] | undefined;
  #variableReads: readonly VariableRead[] | undefined;
  readonly #names = new Map<string, VariableName | undefined>();
  #sdkInits: readonly SdkInit[] | undefined;
  #followed: (() => Followed | undefined) | undefined;
  #inlinedSettings: readonly InlinedSetting[] | undefined;

  /** `stigg` where only some statements are in question. */
  constructor(part: Part, document: Source, context: ScanContext, stigg?: StiggFacts) {
    this.path = part.source.path;
    this.languageId = part.source.languageId;
    this.text = part.source.text;
    this.document = document;
    this.language = part.language;
    this.syntax = part.syntax;
    this.context = context;
    this.#part = part;
    this.#stigg = stigg;
  }

  /** The code in the intermediate representation; undefined for what is no code, and for code that could not be parsed. */
  get program(): Program | undefined {
    return this.#part.lowered.program;
  }

  /** The same for who settles what moved before looking at it. */
  get unsettled(): Program | undefined {
    return this.#part.lowered.unsettled;
  }

  /** What it has to do with Stigg's API, by its code or by the commands and requests that it writes out. */
  get stigg(): StiggFacts {
    if (this.#stigg === undefined) {
      const { program } = this;
      const code = new Code(program ?? { root: NO_CODE, pieces: [], memory: new Memory() }, this);
      this.#stigg = program === undefined ? this.#writtenOut(code) : new StiggFacts(code);
    }
    return this.#stigg;
  }

  #writtenOut(code: Code): StiggFacts {
    const { source } = this.#part;
    const requests = Array.from(this.language.requests(source)).filter((request) => this.isOwn(request));
    return new StiggFacts(code, requests, Array.from(this.language.cliCalls(source)).filter((call) => this.isOwn(call)));
  }

  get imports(): readonly Import[] {
    this.#imports ??= this.syntax === undefined ? [] : this.language.imports(this.syntax);
    return this.#imports;
  }

  /** Does the code at that place ship to the browser? */
  sideAt(place: Span): SideVerdict {
    this.#side ??= this.#part.side ?? sideOf(this, this.context);
    const handed = this.language.handedToBrowser(this, place);
    if (handed !== undefined) return { side: 'browser', evidence: handed };
    if (this.#side.side !== 'browser') return this.#side;
    const serverOnly = this.language.serverOnlyPart(this, place);
    return serverOnly === undefined ? this.#side : { side: 'server', evidence: serverOnly };
  }

  get tokens(): readonly TokenSite[] {
    this.#tokens ??= this.#part.absence?.isIn(this.text) === true ? [] : tokensOf(this).map((token) => ({ ...token, holder: this.#holderOf(token) }));
    return this.#tokens;
  }

  /** Whether the document has to do with Stigg, by its path or its words. */
  mentionsStigg(): boolean {
    return STIGG.test(this.path) || this.documentMatches(STIGG);
  }

  /** Whether this part, or the document around it, holds such a text. */
  documentMatches(pattern: RegExp): boolean {
    return pattern.test(this.text) || (this.document.text !== this.text && pattern.test(this.document.text.slice(0, LONGEST_LOOK)));
  }

  #holderOf(token: TokenSpan): Holder {
    const holder = this.language.holderOf(this, token);
    return token.isReplaceable ? holder : { ...holder, replaceBy: () => undefined };
  }

  /** What the language says of the same name, without what belongs to other parts. */
  get definitions(): readonly Definition[] {
    this.#definitions ??= Array.from(this.language.definitions(this)).filter(({ nameSpan }) => this.isOwn(nameSpan));
    return this.#definitions;
  }

  get variableReads(): readonly VariableRead[] {
    this.#variableReads ??= this.#followed?.()?.variableReads() ?? this.variableReadsIn();
    return this.#variableReads;
  }

  /** Those in some lines of it; without them in all of it. */
  variableReadsIn(lines?: Span): readonly VariableRead[] {
    return Array.from(this.language.variableReads(this, lines)).filter((read) => this.isOwn(read));
  }

  /** What the name of a variable says about its value; several rules read the same few names. */
  readName(name: string): VariableName | undefined {
    if (!this.#names.has(name)) this.#names.set(name, readVariableName(name));
    return this.#names.get(name);
  }

  /** To be told who knows what is as it was in the last version. */
  follow(followed: () => Followed | undefined): void {
    this.#followed = followed;
  }

  get sdkInits(): readonly SdkInit[] {
    this.#sdkInits ??= Array.from(this.language.sdkInits(this)).filter((init) => this.isOwn(init));
    return this.#sdkInits;
  }

  get inlinedSettings(): readonly InlinedSetting[] {
    this.#inlinedSettings ??= Array.from(this.language.inlinedSettings(this)).filter((setting) => this.isOwn(setting));
    return this.#inlinedSettings;
  }

  /** False for places inside a region: those belong to a part of their own. */
  isOwn({ start, end }: Span): boolean {
    return !this.#part.holes.some((hole) => hole.start < end && start < hole.end);
  }
}
