import type { Parser } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../event.js';
import { LoweredPart } from './ir/loweredPart.js';
import { languageFor } from './languages/index.js';
import type { Language, ParsedSource, Region, Span } from './languages/language.js';
import type { SideVerdict } from './side.js';
import type { Source } from './source.js';
import type { PieceRules } from './syntax/pieces.js';
import { SyntaxTree, type PreviousParse } from './syntax/tree.js';
import { Absence } from './tokens/absence.js';
import { isRuntimeUsable } from './syntax/wasmMemory.js';

/** Above this a document gets the plain-text treatment: tokens are found, code is not understood. UTF-16 code units. */
const LONGEST_PARSED = 1_000_000;
/** A line this long is minified or generated code. */
const LONGEST_LINE = 20_000;
/** A fence in a page in a string: deeper than this nobody writes. */
const DEEPEST = 3;
/** A file of more regions than this is data. */
const MOST_REGIONS = 2_000;

/** A document, or a region of one, in one language. Offsets are its own; `toOuter` turns them into the document's. */
export interface Part {
  /** One object for all questions, since languages remember by it what they know. */
  readonly source: ParsedSource;
  readonly language: Language;
  readonly syntax: SyntaxTree | undefined;
  /** Its code in the intermediate representation, once somebody asks. */
  readonly lowered: LoweredPart;
  /** What is known of the tokens in earlier versions of it; undefined for the first. */
  readonly absence: Absence | undefined;
  /** Where the code runs, when the region says so. */
  readonly side: SideVerdict | undefined;
  /** What belongs to other parts. */
  readonly holes: readonly Span[];
  toOuter(offset: number): number;
  /** A text as it has to be written in the document. */
  encode(text: string): string;
}

/** The parser of a language; undefined where it has none, or none that is loaded. */
export type Parsers = (languageId: string) => Parser | undefined;

/** A document cut into its parts, the document itself first. Owns their trees. */
export class Parts implements Disposable {
  readonly #parsers: Parsers;
  #text: string | undefined;
  #parts: readonly Part[] = [];

  constructor(parsers: Parsers) {
    this.#parsers = parsers;
  }

  /** The parts for this text; what is unchanged since the last call is not parsed again. */
  of(source: Source): readonly Part[] {
    if (this.#text === source.text && isRuntimeUsable()) return this.#parts;
    const before = [...this.#parts];
    let parts = this.#cut(source, before);
    // Trees from before the parser failed are not to be relied upon.
    if (!isRuntimeUsable()) parts = this.#cut(source, []);
    for (const { syntax } of before) syntax?.dispose();
    this.#parts = parts;
    this.#text = source.text;
    return parts;
  }

  #cut(source: Source, before: Part[]): Part[] {
    const parts: Part[] = [];
    this.#add(parts, isRuntimeUsable() ? before : [], source, { toOuter: (offset) => offset, encode: (text) => text }, undefined, 0);
    return parts;
  }

  dispose(): void {
    for (const { syntax } of this.#parts) syntax?.dispose();
    this.#parts = [];
    this.#text = undefined;
  }

  #add(parts: Part[], before: Part[], source: Source & Pick<ParsedSource, 'environment'>, place: Pick<Part, 'toOuter' | 'encode'>, side: SideVerdict | undefined, depth: number): void {
    const language = languageFor(source.languageId);
    const known = takeKnown(before, source);
    const syntax = known?.source.text === source.text ? known.syntax : this.#parse(source, known);
    const parsed: ParsedSource = { ...source, syntax, imports: [] };
    const regions = depth < DEEPEST ? language.regions(parsed).slice(0, MOST_REGIONS) : [];
    syntax?.forgetNodes();
    parts.push({ source: parsed, language, syntax, lowered: new LoweredPart(parsed, language.lowering, known?.lowered), absence: known === undefined ? undefined : known.absence ?? new Absence(), side, holes: regions, ...place });
    for (const region of regions) {
      const { languageId, environment } = region;
      const text = region.decoded?.text ?? source.text.slice(region.start, region.end);
      this.#add(parts, before, { path: source.path, languageId, text, ...(environment === undefined ? {} : { environment }) }, inside(place, region), region.side ?? side, depth + 1);
    }
  }

  #parse(source: Source, known: Part | undefined): SyntaxTree | undefined {
    const previous = known?.syntax === undefined ? undefined : { tree: known.syntax };
    return parse(this.#parsers(source.languageId), source.text, previous, languageFor(source.languageId).pieces);
  }
}

/** An earlier part of the same language: what was made of it is taken over as it is for the same text, otherwise as a start. */
function takeKnown(before: Part[], { languageId, text }: Source): Part | undefined {
  const at = before.findIndex((part) => part.source.languageId === languageId && part.source.text === text);
  if (at !== -1) return before.splice(at, 1)[0];
  return before.find((part) => part.source.languageId === languageId);
}

function inside(outer: Pick<Part, 'toOuter' | 'encode'>, { start, decoded }: Region): Pick<Part, 'toOuter' | 'encode'> {
  if (decoded === undefined) return { toOuter: (offset) => outer.toOuter(start + offset), encode: (text) => outer.encode(text) };
  return { toOuter: (offset) => outer.toOuter(decoded.toOuter(offset)), encode: (text) => outer.encode(decoded.encode(text)) };
}

function parse(parser: Parser | undefined, text: string, previous?: PreviousParse, pieces?: PieceRules): SyntaxTree | undefined {
  if (parser === undefined || text.length > LONGEST_PARSED || longestLineExceeds(text, LONGEST_LINE)) return undefined;
  return SyntaxTree.parse(parser, text, previous, pieces);
}

function longestLineExceeds(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  for (let start = 0; ;) {
    const end = text.indexOf('\n', start);
    if ((end === -1 ? text.length : end) - start > limit) return true;
    if (end === -1) return false;
    start = end + 1;
  }
}
