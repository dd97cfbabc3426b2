import type { Parser } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../event.js';
import type { ScanContext } from './context.js';
import type { Finding } from './finding.js';
import { languageFor } from './languages/index.js';
import { RULES } from './rules/index.js';
import type { Rule, RuleDocs, RuleFinding } from './rules/rule.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import { readSuppressions } from './suppress.js';
import { createParser, loadGrammar } from './syntax/treeSitter.js';
import { difference, SyntaxTree, type PreviousParse } from './syntax/tree.js';

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

/** Above this a document gets the plain-text treatment: tokens are found, code is not understood. UTF-16 code units. */
const LONGEST_PARSED = 1_000_000;
/** A line this long is minified or generated code. */
const LONGEST_LINE = 20_000;

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

  /** A cheap look without a parser: when false, the document has no findings. */
  relevant(source: Source): boolean {
    return RULES.some((rule) => rule.trigger(source.text));
  }

  /** Loads what documents of that language need. Safe to call often; a failed load is tried again by the next call. */
  async prepare(languageId: string): Promise<void> {
    const name = languageFor(languageId).grammar(languageId);
    if (name === undefined || this.#parsers.has(name)) return;
    let loading = this.#loading.get(name);
    if (loading === undefined) {
      loading = this.#load(name).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    await loading;
  }

  /** All findings of the document, by position. Throws only when its language was not prepared. */
  scan(source: Source, context: ScanContext): Finding[] {
    const rules = RULES.filter((rule) => rule.trigger(source.text));
    if (rules.length === 0) return [];
    const syntax = parse(this.#parserFor(source.languageId), source.text);
    try {
      return check(source, syntax, context, rules);
    } finally {
      syntax?.dispose();
    }
  }

  /** Opens a document that will change. The caller disposes it, before the engine. */
  open(source: Source): ScannedDocument {
    return new OpenDocument(source, () => this.#parserFor(source.languageId));
  }

  dispose(): void {
    this.#disposed = true;
    for (const parser of this.#parsers.values()) parser.delete();
    this.#parsers.clear();
  }

  async #load(name: string): Promise<void> {
    const readWasm = (file: string): Promise<Uint8Array> => this.#host.readWasm(file);
    const parser = await createParser(await loadGrammar(name, readWasm), readWasm);
    if (this.#disposed) parser.delete();
    else this.#parsers.set(name, parser);
  }

  #parserFor(languageId: string): Parser | undefined {
    const name = languageFor(languageId).grammar(languageId);
    if (name === undefined) return undefined;
    const parser = this.#parsers.get(name);
    if (parser === undefined) throw new Error(`Engine.prepare('${languageId}') has not finished`);
    return parser;
  }
}

/** What is known about a rule, for hovers; undefined for an unknown id. */
export function ruleDocs(id: string): RuleDocs | undefined {
  const rule = RULES.find((candidate) => candidate.id === id);
  if (rule === undefined) return undefined;
  const keys = { server: 'server-6a4b…fe26', client: 'client-6a4b…fe26', legacy: '$2b$10$ouA…eeb8' };
  return {
    id: rule.id,
    severity: rule.severity,
    ...rule.describe(),
    bad: rule.bad[0]?.text(keys).trimEnd() ?? '',
    good: rule.good[0]?.text(keys).trimEnd() ?? '',
  };
}

/** The ids of all rules, in the order of their precedence. */
export function ruleIds(): string[] {
  return RULES.map((rule) => rule.id);
}

class OpenDocument implements ScannedDocument {
  readonly #parser: () => Parser | undefined;
  #source: Source;
  #syntax: SyntaxTree | undefined;
  /** The text that #syntax was made from; it lags behind while no rule needs a tree. */
  #parsedText: string | undefined;

  constructor(source: Source, parser: () => Parser | undefined) {
    this.#source = source;
    this.#parser = parser;
  }

  update(text: string): void {
    this.#source = { ...this.#source, text };
  }

  findings(context: ScanContext): Finding[] {
    const rules = RULES.filter((rule) => rule.trigger(this.#source.text));
    if (rules.length === 0) return [];
    this.#reparse();
    return check(this.#source, this.#syntax, context, rules);
  }

  dispose(): void {
    this.#syntax?.dispose();
    this.#syntax = undefined;
    this.#parsedText = undefined;
  }

  #reparse(): void {
    const { text } = this.#source;
    if (this.#parsedText === text) return;
    const before = this.#syntax;
    const change = before === undefined || this.#parsedText === undefined ? undefined : difference(this.#parsedText, text);
    this.#syntax = parse(this.#parser(), text, before !== undefined && change !== undefined && this.#parsedText !== undefined
      ? { tree: before, text: this.#parsedText, change }
      : undefined);
    this.#parsedText = text;
    before?.dispose();
  }
}

function parse(parser: Parser | undefined, text: string, previous?: PreviousParse): SyntaxTree | undefined {
  if (parser === undefined || text.length > LONGEST_PARSED || longestLineExceeds(text, LONGEST_LINE)) return undefined;
  return SyntaxTree.parse(parser, text, previous);
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

function check(source: Source, syntax: SyntaxTree | undefined, context: ScanContext, rules: readonly Rule[]): Finding[] {
  const language = languageFor(source.languageId);
  const file = new ScanFile(source, language, syntax, context);
  try {
    return checkFile(file, rules);
  } finally {
    syntax?.forgetNodes();
  }
}

function checkFile(file: ScanFile, rules: readonly Rule[]): Finding[] {
  const suppressed = readSuppressions(file, file.language);
  const taken = new Set<string>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    const own: RuleFinding[] = [];
    for (const finding of rule.check(file)) if (!taken.has(finding.anchor)) own.push(finding);
    for (const { anchor, ...finding } of own) {
      taken.add(anchor);
      if (!suppressed(rule.id, finding.start)) findings.push({ rule: rule.id, ...finding });
    }
  }
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}
