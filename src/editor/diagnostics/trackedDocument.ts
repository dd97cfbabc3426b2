import type * as vscode from 'vscode';
import { isCancelled } from '../../errors.js';
import type { Disposable } from '../../event.js';
import type { Finding } from '../../scan/finding.js';
import type { ScanContext } from '../../scan/context.js';
import type { Engine, ScannedDocument } from '../../scan/engine.js';
import { sourceOf } from './documents.js';
import { isTooLarge, mayHoldFindings, pauseFor } from './prefilter.js';

/** Someone who types without a pause still sees warnings this often. */
const LONGEST_WAIT_MS = 1_000;

/** What one document needs for its scans. */
export interface ScanServices {
  readonly engine: () => Promise<Engine>;
  /** Gathers the facts about the document's surroundings; answers from them are synchronous. */
  readonly context: (document: vscode.TextDocument) => Promise<ScanContext>;
  /** What its path is for rules, see ProjectFacts. */
  readonly path: (document: vscode.TextDocument) => Promise<string>;
  /** Is the document to be scanned now: shown to the person, and warnings switched on? */
  readonly wanted: (document: vscode.TextDocument) => boolean;
  readonly publish: (document: vscode.TextDocument, findings: readonly Finding[]) => void;
  /** Told of each result, an empty one too; undefined when there is none any more. */
  readonly settled: (document: vscode.TextDocument, findings: readonly Finding[] | undefined) => void;
  readonly logError: (what: string, error: unknown) => void;
}

/** One open document: its pending scan, its syntax tree between scans, and what the last scan found. */
export class TrackedDocument implements Disposable {
  readonly document: vscode.TextDocument;
  readonly #services: ScanServices;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;
  #tree: ScannedDocument | undefined;
  /** What the tree was opened as. */
  #path = '';
  #result: { readonly version: number; readonly findings: readonly Finding[] } | undefined;
  // Counts what makes a running scan worthless besides a newer text: closing, and news about the surroundings.
  #generation = 0;
  /** Something of ours is on the screen. */
  #published = false;
  /** The version of the text whose file was deleted; typing into it makes it a document worth a warning again. */
  #goneAt: number | undefined;

  constructor(document: vscode.TextDocument, services: ScanServices) {
    this.document = document;
    this.#services = services;
  }

  /** There is nothing to do for the text as it stands. */
  get isCurrent(): boolean {
    return this.#isGone || (this.#timer === undefined && this.#result?.version === this.document.version);
  }

  /** The document changed: scans after a pause, unless only its dirty state did. */
  changed(): void {
    if (!this.#isGone && this.#result?.version !== this.document.version) this.schedule();
  }

  /** What was found rests on facts that changed. Its diagnostics stay until the next scan replaces them. */
  outdated(): void {
    this.#generation += 1;
    this.#result = undefined;
    if (!this.#isGone) this.schedule();
  }

  /** The file was deleted; VS Code may go on showing its text. */
  fileGone(): void {
    this.clear();
    this.#goneAt = this.document.version;
  }

  /** The file is there, maybe again. */
  fileBack(): void {
    this.#goneAt = undefined;
    if (!this.isCurrent) this.schedule();
  }

  schedule(): void {
    const now = Date.now();
    this.#waitingSince ??= now;
    clearTimeout(this.#timer);
    const pause = pauseFor(lengthOf(this.document));
    const delay = Math.min(pause, Math.max(0, this.#waitingSince + Math.max(LONGEST_WAIT_MS, pause) - now));
    this.#timer = setTimeout(() => {
      this.scan().catch((error: unknown) => {
        if (!isCancelled(error)) this.#services.logError(`Scanning a document (${this.document.languageId})`, error);
      });
    }, delay);
  }

  /** Forgets what was found and takes it off the screen; the document stays tracked. */
  clear(): void {
    this.#stopWaiting();
    this.#generation += 1;
    this.#result = undefined;
    this.#dropTree();
    this.#publish([]);
    this.#services.settled(this.document, undefined);
  }

  /**
   * The findings of the text as it stands: at once where a scan has seen it, otherwise by scanning now.
   * undefined when the text changed or the document was closed meanwhile: a newer scan will tell.
   */
  async scan(): Promise<readonly Finding[] | undefined> {
    this.#stopWaiting();
    const { document } = this;
    const { version } = document;
    const generation = this.#generation;
    if (this.#result?.version === version) return this.#result.findings;
    if (this.#isGone || !this.#services.wanted(document)) return undefined;
    if (isTooLarge(lengthOf(document))) return this.#finish(version, []);
    const text = document.getText();
    if (!mayHoldFindings(text)) return this.#finish(version, []);
    const engine = await this.#services.engine();
    if (!engine.relevant(sourceOf(document, text))) return this.#isStale(version, generation) ? undefined : this.#finish(version, []);
    const source = { ...sourceOf(document, text), path: await this.#services.path(document) };
    const [context] = await Promise.all([this.#services.context(document), engine.prepare(source)]);
    // From here to the end nothing waits, so two scans of one document cannot mix.
    if (this.#isStale(version, generation)) return undefined;
    // A repository came, or went.
    if (this.#path !== source.path) this.#dropTree();
    this.#path = source.path;
    if (this.#tree === undefined) this.#tree = engine.open(source);
    else this.#tree.update(text);
    return this.#finish(version, this.#tree.findings(context), this.#tree);
  }

  dispose(): void {
    this.clear();
  }

  get #isGone(): boolean {
    return this.#goneAt === this.document.version;
  }

  #isStale(version: number, generation: number): boolean {
    return this.document.isClosed || this.document.version !== version || this.#generation !== generation;
  }

  #finish(version: number, findings: readonly Finding[], keep?: ScannedDocument): readonly Finding[] {
    if (keep === undefined) this.#dropTree();
    this.#result = { version, findings };
    this.#publish(findings);
    this.#services.settled(this.document, findings);
    return findings;
  }

  #publish(findings: readonly Finding[]): void {
    if (findings.length === 0 && !this.#published) return;
    this.#published = findings.length > 0;
    this.#services.publish(this.document, findings);
  }

  #dropTree(): void {
    this.#tree?.dispose();
    this.#tree = undefined;
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waitingSince = undefined;
  }
}

/** The size without copying the text. */
function lengthOf(document: vscode.TextDocument): number {
  const last = document.lineAt(document.lineCount - 1);
  return document.offsetAt(last.range.end);
}
