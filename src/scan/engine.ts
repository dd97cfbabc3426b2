import type { Parser } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../event.js';
import type { ScanContext } from './context.js';
import type { Finding } from './finding.js';
import { check } from './check.js';
import { fetchCalls, type FetchCall } from './fetchCalls.js';
import { languageFor, languageIdFor } from './languages/index.js';
import { plainText } from './languages/plainText.js';
import { Parts } from './parts.js';
import { requestAt, type WrittenRequest } from './requestAt.js';
import { reveal } from './reveal.js';
import { RULES } from './rules/index.js';
import type { Rule } from './rules/rule.js';
import type { Source } from './source.js';
import type { Secret } from '../secret.js';
import { Absence } from './tokens/absence.js';
import { Traces } from './traces.js';
import { replacementsOf, usesOf, type Replacement, type TokenUse } from './uses.js';
import { createParser, loadGrammar } from './syntax/treeSitter.js';
import { isRuntimeUsable } from './syntax/wasmMemory.js';

/** What the engine needs from its surroundings. */
export interface EngineHost {
  /** Reads a file of the parser package's wasm folder, e.g. `tree-sitter.wasm` or `tree-sitter-tsx.wasm`. */
  readWasm(name: string): Promise<Uint8Array>;
}

/** An open document, re-parsed incrementally. */
export interface ScannedDocument extends Disposable {
  /** Takes the new text. The changed stretch is found by comparing, which no missed or reordered event can upset. */
  update(text: string): void;
  findings(context: ScanContext): Finding[];
}

/**
 * Finds problems in documents. Scanning is synchronous and touches nothing but its arguments;
 * only `prepare` waits, for a grammar to be loaded.
 */
export class Engine implements Disposable {
  readonly #host: EngineHost;
  readonly #parsers = new Map<string, Parser>();
  readonly #loading = new Map<string, Promise<void>>();
  #disposed = false;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  /** A file's text, with the language that its path tells. */
  sourceOf(path: string, text: string): Source {
    return { path, languageId: languageIdFor(path), text };
  }

  /** A cheap look without a parser: when false, the document has no findings. */
  relevant(source: Source): boolean {
    return triggered(source.text).length > 0;
  }

  /** Loads what the document needs. Safe to call often; a failed load is tried again by the next call. */
  async prepare(source: Source): Promise<void> {
    const { languageId, text, path } = known(source);
    const ids = new Set([languageId]);
    // Languages in languages; sets visit what is added meanwhile.
    for (const id of ids) for (const inner of languageFor(id).embeds({ path, text, languageId: id })) ids.add(inner);
    await Promise.all(Array.from(ids, (id) => this.#prepare(id)));
  }

  /** All findings of the document, by position. Throws only when it was not prepared. */
  scan(source: Source, context: ScanContext): Finding[] {
    const document = this.open(source);
    try {
      return document.findings(context);
    } finally {
      document.dispose();
    }
  }

  /**
   * The value of the token with that fingerprint, however it is written in the document: of several the one nearest to `near`. undefined when there
   * is none. Findings have no values, so that asking for one stands out. Throws only when the document was not prepared.
   */
  reveal(source: Source, fingerprint: string, near: number): Secret | undefined {
    const document = known(source);
    const parts = this.#partsFor(document);
    try {
      return reveal(document, parts.of(document), fingerprint, near);
    } finally {
      parts.dispose();
    }
  }

  /** The places of the values with these fingerprints, in whatever form. Throws only when the document was not prepared. */
  uses(source: Source, fingerprints: ReadonlySet<string>): TokenUse[] {
    const document = known(source);
    const parts = this.#partsFor(document);
    try {
      return usesOf(document, parts.of(document), fingerprints);
    } finally {
      parts.dispose();
    }
  }

  /** The same with what takes their place. `note` goes into a comment where a variable of an env file is emptied. Throws only when the document was not prepared. */
  replacements(source: Source, fingerprints: ReadonlySet<string>, context: ScanContext, note?: string): Replacement[] {
    const document = known(source);
    const parts = this.#partsFor(document);
    try {
      return replacementsOf(document, parts.of(document), fingerprints, context, note);
    } finally {
      parts.dispose();
    }
  }

  /** The request to Stigg that the document makes at the offset; undefined when there is none. Throws only when the document was not prepared. */
  requestAt(source: Source, offset: number): WrittenRequest | undefined {
    const document = known(source);
    const parts = this.#partsFor(document);
    try {
      return requestAt(document, parts.of(document), offset);
    } finally {
      parts.dispose();
    }
  }

  /** The calls of `fetch` in the document, whatever they are for. Throws only when the document was not prepared. */
  fetchCalls(source: Source): FetchCall[] {
    const document = known(source);
    const parts = this.#partsFor(document);
    try {
      return fetchCalls(document, parts.of(document));
    } finally {
      parts.dispose();
    }
  }

  /** Opens a document that will change. The caller disposes it, before the engine. */
  open(source: Source): ScannedDocument {
    const document = known(source);
    return new OpenDocument(document, this.#partsFor(document));
  }

  /** False once a document has broken the parser: until the process ends keys are found by their shape alone. */
  understandsCode(): boolean {
    return isRuntimeUsable();
  }

  dispose(): void {
    this.#disposed = true;
    if (isRuntimeUsable()) for (const parser of this.#parsers.values()) parser.delete();
    this.#parsers.clear();
  }

  #partsFor(document: Source): Parts {
    return new Parts((languageId) => this.#parserFor(languageId, languageId === document.languageId));
  }

  async #prepare(languageId: string): Promise<void> {
    const name = languageFor(languageId).grammar(languageId);
    if (name === undefined || this.#parsers.has(name) || !isRuntimeUsable()) return;
    let loading = this.#loading.get(name);
    if (loading === undefined) {
      loading = this.#load(name).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    await loading;
  }

  async #load(name: string): Promise<void> {
    const readWasm = (file: string): Promise<Uint8Array> => this.#host.readWasm(file);
    const parser = await createParser(await loadGrammar(name, readWasm), readWasm);
    if (this.#disposed) parser.delete();
    else this.#parsers.set(name, parser);
  }

  #parserFor(languageId: string, isRequired: boolean): Parser | undefined {
    const name = languageFor(languageId).grammar(languageId);
    const parser = name === undefined ? undefined : this.#parsers.get(name);
    if (parser === undefined && name !== undefined && isRequired && isRuntimeUsable()) throw new Error(`Engine.prepare has not finished for ${languageId}`);
    return parser;
  }
}

class OpenDocument implements ScannedDocument {
  readonly #parts: Parts;
  #source: Source;
  /** Most documents are opened and left as they are. */
  #isFollowed = false;
  readonly #absence = new Absence();

  constructor(source: Source, parts: Parts) {
    this.#source = source;
    this.#parts = parts;
  }

  update(text: string): void {
    this.#source = { ...this.#source, text };
    this.#isFollowed = true;
  }

  findings(context: ScanContext): Finding[] {
    const rules = triggered(this.#source.text, this.#isFollowed ? this.#absence : undefined);
    return rules.length === 0 ? [] : check(this.#source, this.#parts.of(this.#source), context, rules, this.#isFollowed);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

function triggered(text: string, absence?: Absence): Rule[] {
  const traces = new Traces(text, absence?.isIn(text) === true ? false : undefined);
  return RULES.filter(({ trigger }) => trigger(text, traces));
}

/** What editors without an extension for them take env files and notebooks for. */
const TAKEN_FOR = new Set(['ini', 'properties', 'shellscript', 'json', 'jsonc']);
const OFTEN_MISTAKEN = new Set(['dotenv', 'ipynb']);

/** The source with the language by its path, where the caller's id says nothing to us or is known to be too broad. */
function known(source: Source): Source {
  const { languageId, path } = source;
  const isUnknown = languageFor(languageId) === plainText;
  if (!isUnknown && !TAKEN_FOR.has(languageId)) return source;
  const byPath = languageIdFor(path);
  return isUnknown || OFTEN_MISTAKEN.has(byPath) ? { ...source, languageId: byPath } : source;
}
