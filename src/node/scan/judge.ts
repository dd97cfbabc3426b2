import { relative, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { below, parentOf } from '../../project/fileReader.js';
import { Project } from '../../project/project.js';
import type { SettingsProblem } from '../../project/settings.js';
import { reportFindings, sortFindings, type Report, type ReportedFinding, type SkippedFile } from '../../report/report.js';
import type { KnownKey, ScanContext } from '../../scan/context.js';
import type { Engine } from '../../scan/engine.js';
import type { Finding, Severity } from '../../scan/finding.js';
import type { Source } from '../../scan/source.js';
import { mayConcernStiggAsData, mayHoldSplitToken } from '../../scan/tokens/trace.js';
import { DiskReader, withSlashes } from '../files.js';
import type { ReadResult } from '../readText.js';
import type { FoundToken } from '../tokenSearch.js';

/** What is known of this machine's keys, and what the person has set. Plain data: it also goes to other threads. */
export interface PersonalFacts {
  /** The stored keys and their earlier values, by fingerprint. */
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly environmentNames: readonly string[];
  /** What the person wants of a rule; wins over what the repository's settings say. */
  readonly levels: ReadonlyMap<string, Severity | 'off'>;
}

/** What a scan is told, and whom it tells. */
export interface ScanOptions {
  readonly cwd: string;
  /** Called as soon as a file has to be left out. */
  onSkipped(file: SkippedFile): void;
  /** Called for what a settings file says and what is not obeyed. Its path is absolute. */
  readonly onSettingsProblem?: (problem: SettingsProblem) => void;
  /** Rejects the scan with an AbortError. */
  readonly signal?: AbortSignal;
  /** Called with the number of files that were read so far, for each of them. */
  readonly onProgress?: (files: number) => void;
  /** Left out where nobody's keys are known, as in CI. */
  readonly personal?: PersonalFacts;
  /** Called now and then while a large file is read, which takes its time. */
  readonly onReading?: () => void;
  /** Called before a text is judged, and without a path afterwards: whoever watches from outside then knows what it fails at. */
  readonly onJudging?: (path: string | undefined) => void;
  /** Texts that are not judged, because an earlier scan failed at them. */
  readonly leaveOut?: ReadonlySet<string>;
  /** Called for each file that has findings as soon as it was judged. Its path is absolute, with `/`. */
  readonly onFindings?: (path: string, findings: readonly ReportedFinding[]) => void;
  /** Findings come with the line that they are about. */
  readonly withFrames?: boolean;
  /** Findings come with what only editors show, and `onFindings` is told of every file that was judged, without findings too: what it is judged by may change. */
  readonly forEditor?: boolean;
}

/** Gives the engine, which is loaded for the first text that has a trace of Stigg: most repositories have none. */
export type EngineSource = () => Promise<Engine>;

/** What is known of a content beyond its path. */
export interface ContentFacts {
  /** Stands in front of what the project says, such as for contents that git certainly tracks. */
  readonly context?: Partial<ScanContext>;
  /** What the path is judged relative to; found by looking around when left out. */
  readonly root?: string;
}

/** Formats without expressions, of which there is a lot. */
const DATA = /\.(?:json|map|csv|tsv|sql|xml|svg|txt|log|lock)$/i;

/** Judges contents wherever they come from, and counts. Paths are absolute, with `/`. */
export class Judge {
  readonly project: Project;
  readonly #engine: EngineSource;
  readonly #options: ScanOptions;
  readonly #cwd: string;
  readonly #started = performance.now();
  readonly #findings: ReportedFinding[] = [];
  readonly #left = new Map<string, SkippedFile>();
  #files = 0;
  #bytes = 0;

  constructor(engine: EngineSource, options: ScanOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#cwd = withSlashes(resolve(options.cwd));
    this.project = new Project(new DiskReader(), options.onSettingsProblem === undefined ? {} : { onSettingsProblem: options.onSettingsProblem });
  }

  /** Notes that a file is left out. */
  skip(path: string, reason: string): void {
    // Who looks again, because ripgrep failed, comes by it again.
    if (this.#left.has(path)) return;
    const file = { path: this.#shown(path), reason };
    this.#left.set(path, file);
    this.#options.onSkipped(file);
  }

  /** That it is left out, if it is. */
  leftOut(path: string): SkippedFile | undefined {
    return this.#left.get(path);
  }

  /** Whether it was left out before does not count any more. */
  lookAgainAt(path: string): void {
    this.#left.delete(path);
  }

  /** Counts files that somebody else looked at. */
  count(files: number, bytes: number): void {
    this.#files += files;
    this.#bytes += bytes;
    this.#options.onProgress?.(this.#files);
  }

  /** The text, where there is something in it that a rule may speak about. Counts the file unless that is done, and notes why it is left out. */
  async relevantText(path: string, content: ReadResult, isCounted = false): Promise<string | undefined> {
    if (content.kind === 'binary') return undefined;
    if (content.kind === 'tooLarge') {
      this.skip(path, l10n.t('too large'));
      return undefined;
    }
    if (!isCounted) this.count(1, content.bytes);
    if (content.kind !== 'text') return undefined;
    if (this.#options.leaveOut?.has(path) === true) {
      this.skip(path, l10n.t('an earlier scan stopped at it'));
      return undefined;
    }
    // Asked before the engine is loaded for words alone.
    if (!mayConcernStiggAsData(content.text) && (DATA.test(path) || !mayHoldSplitToken(content.text))) return undefined;
    const engine = await this.#engine();
    this.#options.onJudging?.(path);
    const isRelevant = engine.relevant(engine.sourceOf(path, content.text));
    this.#options.onJudging?.(undefined);
    return isRelevant ? content.text : undefined;
  }

  /** The findings of one text; `add` puts them into the report. */
  async judge(path: string, text: string, facts: ContentFacts = {}): Promise<readonly ReportedFinding[]> {
    // What a path says about a file must not depend on where the command was started.
    const engine = await this.#engine();
    const source = engine.sourceOf(await this.#pathInProject(path, facts.root), text);
    await engine.prepare(source);
    // Not before: that a grammar cannot be loaded is no fault of the file's.
    this.#options.onJudging?.(path);
    const context = { ...this.#withPersonal(await this.project.contextWithoutChain(path)), ...facts.context };
    const understood = engine.understandsCode();
    const findings = reportFindings(this.#shown(path), text, await this.#found(engine, path, source, context), this.#options);
    if (findings.length > 0 || this.#options.forEditor === true) this.#options.onFindings?.(path, findings);
    this.#options.onJudging?.(undefined);
    if (understood && !engine.understandsCode()) this.skip(path, l10n.t('it broke the parser, so that in it and in later files keys are found by their shape alone'));
    return findings;
  }

  /** The findings of whole tokens that stand in data, each judged by itself. */
  async judgeData(path: string, tokens: readonly FoundToken[]): Promise<readonly ReportedFinding[]> {
    // Whatever the name says, what stands around a token is nothing to parse.
    const shown = `${await this.#pathInProject(path, undefined)}.txt`;
    const context = this.#withPersonal(await this.project.contextWithoutChain(path));
    const engine = await this.#engine();
    const findings = tokens.flatMap(({ value, line, column }) =>
      reportFindings(this.#shown(path), value, engine.scan({ path: shown, languageId: 'plaintext', text: value }, context), this.#options)
        .map((finding) => ({ ...finding, line: finding.line + line, endLine: finding.endLine + line, column: finding.column + column, endColumn: finding.endColumn + column })));
    if (findings.length > 0) this.#options.onFindings?.(path, findings);
    return findings;
  }

  add(findings: readonly ReportedFinding[]): void {
    for (const finding of findings) this.#findings.push(finding);
  }

  report(): Report {
    // In an order that does not depend on threads.
    const skipped = Array.from(this.#left.values()).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return {
      findings: sortFindings(this.#findings),
      summary: { files: this.#files, bytes: this.#bytes, findings: this.#findings.length, ms: Math.round(performance.now() - this.#started), skipped },
    };
  }

  /** Who imports a file is asked for few, and all other modules are read for the answer. */
  async #found(engine: Engine, path: string, source: Source, context: ScanContext): Promise<Finding[]> {
    let isAsked = false as boolean;
    const browserImportChain = (): undefined => { isAsked = true; };
    const findings = engine.scan(source, { ...context, browserImportChain });
    const chain = isAsked ? await this.project.chainFor(path) : undefined;
    return chain === undefined ? findings : engine.scan(source, { ...context, browserImportChain: () => chain });
  }

  #withPersonal(context: ScanContext): ScanContext {
    const { personal } = this.#options;
    if (personal === undefined) return context;
    const { keys, environmentNames, levels } = personal;
    return {
      ...context,
      knownKey: (fingerprint) => keys.get(fingerprint),
      environmentNames: () => environmentNames,
      severityOf: (rule, path) => levels.get(rule) ?? context.severityOf(rule, path),
    };
  }

  #shown(path: string): string {
    return withSlashes(relative(this.#options.cwd, path)) || '.';
  }

  async #pathInProject(path: string, known: string | undefined): Promise<string> {
    const folder = parentOf(path) ?? '/';
    const root = known ?? await this.project.rootOf(folder) ?? (below(this.#cwd, path) === undefined ? folder : this.#cwd);
    return below(root, path) ?? path;
  }
}
