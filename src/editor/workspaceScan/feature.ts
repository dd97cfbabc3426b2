import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { reportFindings } from '../../report/report.js';
import { fixSafe } from '../findings/fixSafe.js';
import { asNode, type FindingNode } from '../findings/nodes.js';
import { asText } from '../findings/scope.js';
import { FindingsStore } from '../findings/store.js';
import { FindingsTree } from '../findings/tree.js';
import { filesWords, findingsWords, summaryWords } from '../findings/words.js';
import { rangeOf, ScanDiagnostics } from './scanDiagnostics.js';
import type { WorkspaceScanFeatureDeps } from './index.js';
import { HostScanner } from './hostScanner.js';
import type { Scanner } from './scanner.js';
import { WorkspaceScan } from './workspaceScan.js';

/** What nobody asked for just now ends when it takes longer. */
const LONGEST_AT_START_MS = 120_000;

/** The scan of the workspace, its tree, and what can be done with the findings; made when it is first needed. */
export class ScanFeature implements vscode.Disposable {
  readonly #deps: WorkspaceScanFeatureDeps;
  readonly #view: vscode.TreeView<FindingNode>;
  readonly #store = new FindingsStore();
  readonly #scan: WorkspaceScan;
  readonly tree: FindingsTree;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #context = new Map<string, unknown>();

  private constructor(deps: WorkspaceScanFeatureDeps, view: vscode.TreeView<FindingNode>, scanners: readonly Scanner[]) {
    this.#deps = deps;
    this.#view = view;
    this.#scan = new WorkspaceScan({ ...deps, store: this.#store, scanners });
    this.tree = new FindingsTree(this.#store, this.#scan);
    const { live } = deps;
    this.#subscriptions = [
      new ScanDiagnostics(this.#store), this.tree, this.#scan, this.#store,
      live.onDidSettle((document) => { this.#takeLive(document); }),
      this.tree.onDidChange(() => { this.#say(); }),
    ];
    for (const document of live.current.keys()) this.#takeLive(document);
  }

  /** Loads what scans where the extension runs. */
  static async create(deps: WorkspaceScanFeatureDeps, view: vscode.TreeView<FindingNode>): Promise<ScanFeature> {
    const isNode = typeof process !== 'undefined' && typeof process.versions.node === 'string';
    const local = isNode ? [new (await import('./workerScanner.js')).WorkerScanner({ dist: vscode.Uri.joinPath(deps.extensionUri, 'dist'), logError: deps.logError })] : [];
    return new ScanFeature(deps, view, [...local, new HostScanner(deps)]);
  }

  /** What a person asked for: the view is shown, and a notification tells how far it is. */
  async scan(): Promise<void> {
    // Not awaited: a view that does not come is no reason not to scan.
    void vscode.commands.executeCommand('stiggKeys.findings.focus');
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Scanning the workspace'), cancellable: true }, async (progress, token) => {
      const abort = new AbortController();
      const subscriptions = [
        token.onCancellationRequested(() => { abort.abort(); }),
        this.#scan.onDidChange(() => { if (this.#scan.state.kind === 'scanning') progress.report({ message: vscode.l10n.t('{0} read', filesWords(this.#scan.state.files)) }); }),
      ];
      try {
        await this.#inView(this.#scan.scan(abort.signal));
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
      }
    });
  }

  /** What nobody asked for just now: quiet, in the status bar. */
  async scanAtStart(): Promise<void> {
    const abort = new AbortController();
    const timer = setTimeout(() => { abort.abort(); }, LONGEST_AT_START_MS);
    try {
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Scanning the workspace for Stigg keys') }, () => this.#inView(this.#scan.scan(abort.signal)));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a command of the view; `node` is the row that it was chosen on. */
  async run(command: string, node: unknown): Promise<void> {
    const row = asNode(node);
    switch (command) {
      case 'scanWorkspace':
        return this.scan();
      case 'cancelScan':
        this.#scan.cancel();
        return;
      case 'findings.fixSafe':
        return fixSafe({ ...this.#deps, store: this.#store }, row);
      case 'findings.copy':
        return this.#copy(row);
      case 'findings.clear':
        this.#scan.clear();
        return;
      case 'findings.showFixes':
        return showFixes(row);
      case 'findings.showMore':
        if (row?.kind === 'more') this.tree.showMore(row.parent);
        return;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #takeLive(document: vscode.TextDocument): void {
    const findings = this.#deps.live.current.get(document);
    const uri = document.uri.toString();
    this.#store.setLive(uri, findings === undefined ? undefined : reportFindings(vscode.workspace.asRelativePath(document.uri), findings.length === 0 ? '' : document.getText(), findings, { forEditor: true }));
    // It was closed, or its file was deleted: what is on disk counts again.
    if (findings === undefined) this.#scan.lookAgain(document.uri);
  }

  async #inView(work: Promise<void>): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: 'stiggKeys.findings' } }, () => work);
  }

  /** The line above the rows, and what menus look at. */
  #say(): void {
    const { state } = this.#scan;
    const found = this.tree.grouped;
    this.#view.message = summaryWords(state, found);
    this.#set('stiggKeys.isScanning', state.kind === 'scanning');
    this.#set('stiggKeys.wasScanned', state.kind !== 'never' && state.kind !== 'scanning');
    this.#set('stiggKeys.hasFindings', found.count > 0);
    this.#set('stiggKeys.hasSafeFixes', found.fixable > 0);
  }

  #set(key: string, value: boolean): void {
    if (this.#context.get(key) === value) return;
    this.#context.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }

  async #copy(row: FindingNode | undefined): Promise<void> {
    const text = asText(this.#store.files(), row, (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)));
    if (text === '') throw new ExpectedError('noFindings', vscode.l10n.t('There is nothing to copy.'), vscode.l10n.t('Scan the workspace first.'));
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied, without any key.', findingsWords(text.split('\n').length - 1)), 5_000);
  }
}

/** Opens the place with its light bulb: fixes that need a decision, and ignoring it with a reason. */
async function showFixes(row: FindingNode | undefined): Promise<void> {
  if (row?.kind !== 'finding') throw new ExpectedError('noRow', vscode.l10n.t('Fixes belong to a place.'), vscode.l10n.t('Choose a line in the Findings view.'));
  await vscode.window.showTextDocument(vscode.Uri.parse(row.uri), { selection: new vscode.Range(rangeOf(row.finding).start, rangeOf(row.finding).start) });
  await vscode.commands.executeCommand('editor.action.quickFix');
}
