import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../event.js';
import { Lazy } from '../../lazy.js';
import type { Finding } from '../../scan/finding.js';
import type { ScanContext } from '../../scan/context.js';
import type { Secret } from '../../secret.js';
import type { DiagnosticsDeps, LiveFindings, ProjectFacts } from './deps.js';
import { isCandidate, shownDocuments, sourceOf } from './documents.js';
import { toDiagnostic } from './present.js';
import { tokenIn } from './tokenIn.js';
import { TrackedDocument, type ScanServices } from './trackedDocument.js';

/** Keeps the warnings of all open documents up to date. */
export class DiagnosticsController implements LiveFindings, Disposable {
  readonly #deps: DiagnosticsDeps;
  readonly #facts: ProjectFacts;
  readonly #collection = vscode.languages.createDiagnosticCollection('stigg');
  readonly #tracked = new Map<vscode.TextDocument, TrackedDocument>();
  readonly #settled = new Emitter<vscode.TextDocument>();
  readonly #current = new Map<vscode.TextDocument, readonly Finding[]>();
  readonly #subscriptions: Disposable[] = [this.#collection, this.#settled];
  readonly #services: ScanServices;
  readonly #levels = new Lazy(() => import('./ruleLevels.js'));
  #shown: ReadonlySet<string> = shownDocuments();

  readonly current: ReadonlyMap<vscode.TextDocument, readonly Finding[]> = this.#current;
  readonly onDidSettle = this.#settled.event;

  constructor(deps: DiagnosticsDeps, facts: ProjectFacts) {
    this.#deps = deps;
    this.#facts = facts;
    this.#services = {
      engine: deps.engine,
      context: (document) => this.contextOf(document),
      path: (document) => facts.pathOf(document.uri),
      wanted: (document) => this.#isWanted(document),
      publish: (document, findings) => { this.#publish(document, findings); },
      settled: (document, findings) => { this.#settle(document, findings); },
      logError: deps.logError,
    };
    const refresh = (): void => { this.#refreshShown(); };
    const outdated = (): void => { for (const tracked of this.#tracked.values()) tracked.outdated(); };
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => { this.#track(document); }),
      // Also fires, before an opening, when the language of a document changes.
      vscode.workspace.onDidCloseTextDocument((document) => { this.#untrack(document); }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#tracked.get(document)?.changed()),
      vscode.workspace.onDidDeleteFiles(({ files }) => { this.#clearUnder(files); }),
      vscode.workspace.onDidRenameFiles(({ files }) => { this.#clearUnder(files.map(({ oldUri }) => oldUri)); }),
      vscode.window.tabGroups.onDidChangeTabs(refresh),
      vscode.window.tabGroups.onDidChangeTabGroups(refresh),
      vscode.window.onDidChangeVisibleTextEditors(refresh),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('stiggKeys.diagnostics')) this.#configurationChanged();
      }),
      deps.knownKeys.onDidChange(outdated),
      facts.onDidChange(outdated),
      ...this.#watchFiles(),
    );
    for (const document of vscode.workspace.textDocuments) this.#track(document);
  }

  /** The findings of the document as it stands; undefined when it is not scanned, or changed meanwhile. */
  async findings(document: vscode.TextDocument): Promise<readonly Finding[] | undefined> {
    return this.#tracked.get(document)?.scan();
  }

  /** What would be found if the document had this text. Shows nothing. */
  async findingsOfText(document: vscode.TextDocument, text: string): Promise<readonly Finding[]> {
    const engine = await this.#deps.engine();
    const source = { ...sourceOf(document, text), path: await this.#facts.pathOf(document.uri) };
    const [context] = await Promise.all([this.contextOf(document), engine.prepare(source)]);
    return engine.scan(source, context);
  }

  /** What rules may know beyond the document. What the person has set for a rule wins over what the repository says. */
  async contextOf(document: vscode.TextDocument): Promise<ScanContext> {
    const { knownKeys } = this.#deps;
    const [context, { ruleLevels }] = await Promise.all([this.#facts.contextFor(document.uri, (fingerprint) => knownKeys.knownKey(fingerprint)), this.#levels.get()]);
    const levels = ruleLevels(vscode.workspace.getConfiguration('stiggKeys', document).get<unknown>('diagnostics.rules'));
    return { ...context, environmentNames: () => knownKeys.environmentNames(), severityOf: (rule, path) => levels.get(rule) ?? context.severityOf(rule, path) };
  }

  /** Whether git ignores the file, as far as that is known. */
  async isIgnored(uri: vscode.Uri): Promise<boolean> {
    return (await this.#facts.contextFor(uri, () => undefined)).isIgnored(uri.path) === true;
  }

  /** The stored key whose present value has this fingerprint, when it can be rotated. */
  isRotatable(fingerprint: string): boolean {
    return this.#deps.knownKeys.rotatable(fingerprint) !== undefined;
  }

  /** The key with this fingerprint in a document: of several the one nearest to `near`. */
  async secretIn(document: vscode.TextDocument, fingerprint: string, near: number): Promise<Secret | undefined> {
    return tokenIn(await this.#deps.engine(), sourceOf(document, document.getText()), fingerprint, near);
  }

  dispose(): void {
    for (const tracked of this.#tracked.values()) tracked.dispose();
    this.#tracked.clear();
    for (const subscription of this.#subscriptions.splice(0).reverse()) subscription.dispose();
  }

  #track(document: vscode.TextDocument): void {
    if (!isCandidate(document) || this.#tracked.has(document)) return;
    const tracked = new TrackedDocument(document, this.#services);
    this.#tracked.set(document, tracked);
    tracked.schedule();
  }

  #untrack(document: vscode.TextDocument): void {
    this.#tracked.get(document)?.dispose();
    this.#tracked.delete(document);
  }

  /** Files deleted by other programs. VS Code keeps showing their text, but there is no file left to warn about. */
  #watchFiles(): Disposable[] {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    return [
      watcher,
      watcher.onDidDelete((uri) => { this.#clearUnder([uri]); }),
      // Programs that save by deleting and writing anew, and git switching back.
      watcher.onDidCreate((uri) => { for (const tracked of this.#under([uri])) tracked.fileBack(); }),
    ];
  }

  #clearUnder(uris: readonly vscode.Uri[]): void {
    for (const tracked of this.#under(uris)) tracked.fileGone();
  }

  #under(uris: readonly vscode.Uri[]): TrackedDocument[] {
    const roots = uris.map((uri) => uri.toString());
    return [...this.#tracked.values()].filter(({ document }) => {
      const uri = document.uri.toString();
      return roots.some((root) => uri === root || uri.startsWith(`${root}/`));
    });
  }

  #refreshShown(): void {
    this.#shown = shownDocuments();
    for (const tracked of this.#tracked.values()) {
      // A document lives on for minutes after its tab was closed, as long as some extension has asked for it.
      if (!this.#isShown(tracked.document)) tracked.clear();
      else if (!tracked.isCurrent) tracked.schedule();
    }
  }

  #configurationChanged(): void {
    for (const tracked of this.#tracked.values()) {
      if (this.#isWanted(tracked.document)) tracked.outdated();
      else tracked.clear();
    }
  }

  #isWanted(document: vscode.TextDocument): boolean {
    return this.#isShown(document) && vscode.workspace.getConfiguration('stiggKeys', document).get('diagnostics.enabled', true);
  }

  #isShown(document: vscode.TextDocument): boolean {
    return this.#shown.has(document.uri.toString());
  }

  #settle(document: vscode.TextDocument, findings: readonly Finding[] | undefined): void {
    if (findings === undefined && !this.#current.delete(document)) return;
    if (findings !== undefined) this.#current.set(document, findings);
    this.#settled.fire(document);
  }

  #publish(document: vscode.TextDocument, findings: readonly Finding[]): void {
    if (findings.length === 0) this.#collection.delete(document.uri);
    else this.#collection.set(document.uri, findings.map((finding) => toDiagnostic(document, finding)));
  }
}
