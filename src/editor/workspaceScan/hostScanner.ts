import * as vscode from 'vscode';
import { CancelledError } from '../../errors.js';
import { below, parentOf } from '../../project/fileReader.js';
import { Project } from '../../project/project.js';
import { isProjectFile } from '../../project/projectFiles.js';
import { isNeverWalked, Walked } from '../../project/walked.js';
import { reportFindings } from '../../report/report.js';
import type { Engine } from '../../scan/engine.js';
import { languageIdFor } from '../../scan/languages/index.js';
import { mayConcernStigg } from '../../scan/tokens/trace.js';
import type { FileChanges, PersonalFacts } from '../../scanMessages.js';
import { readerBeside } from '../diagnostics/workspaceReader.js';
import { textOf } from '../usages/text.js';
import type { ScanListener, Scanner } from './scanner.js';

/** Larger files would hold up the extension host. Bytes. */
const LARGEST = 1_000_000;
const MOST_FILES = 50_000;
/** Files that are asked for at the same time; each may be a request over the network. */
const AT_ONCE = 8;
/** Then others get a turn. */
const TURN_MS = 4;

export interface HostScannerDeps {
  readonly engine: () => Promise<Engine>;
  readonly logError: (what: string, error: unknown) => void;
}

/**
 * Scans folders that only VS Code can read: remote ones from a local extension, virtual ones, and in a browser. The files come through its file
 * systems and are judged in the extension host, a few milliseconds at a time.
 */
export class HostScanner implements Scanner {
  readonly #deps: HostScannerDeps;
  readonly #projects = new Map<string, Project>();
  #since = 0;

  constructor(deps: HostScannerDeps) {
    this.#deps = deps;
  }

  takes(): boolean {
    return true;
  }

  async scanFolder(folder: vscode.Uri, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<number> {
    // What happened since the last one is not known.
    this.#projects.delete(folder.toString());
    const files = await filesBelow(folder, signal);
    if (files.length >= MOST_FILES) listener.skipped(folder, vscode.l10n.t('only the first {0} files were read: there are more', MOST_FILES));
    return this.#scan(folder, files, personal, listener, signal, false);
  }

  async scanFiles(folder: vscode.Uri, { paths, cameOrWent, judged, isOutdated }: FileChanges, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<void> {
    const isFresh = !this.#projects.has(folder.toString());
    const project = this.#projectOf(folder);
    for (const path of paths) {
      if (isProjectFile(path)) project.forget(path);
      else project.sourceChanged(path, cameOrWent.includes(path));
    }
    const isDifferent = await project.refresh() || isFresh || isOutdated || paths.some(isProjectFile);
    const files = new Map<string, vscode.Uri>();
    for (const path of paths) for (const uri of await expand(folder.with({ path }), listener, signal)) files.set(uri.path, uri);
    if (isDifferent) for (const path of judged) files.set(path, folder.with({ path }));
    await this.#scan(folder, [...files.values()], personal, listener, signal, true);
  }

  dispose(): void {
    this.#projects.clear();
  }

  async #scan(folder: vscode.Uri, files: readonly vscode.Uri[], personal: PersonalFacts, listener: ScanListener, signal: AbortSignal, tellNothing: boolean): Promise<number> {
    const project = this.#projectOf(folder);
    const walked = new Walked(folder.path, readerBeside(folder), (path) => project.repositoryOf(path));
    let read = 0;
    this.#since = performance.now();
    for (let at = 0; at < files.length; at += AT_ONCE) {
      const batch = await Promise.all(files.slice(at, at + AT_ONCE).map(async (uri) => ({ uri, text: await walked.hasFile(uri.path) ? await textIn(uri, listener) : undefined })));
      for (const { uri, text } of batch) {
        if (signal.aborted) throw new CancelledError();
        if (text !== undefined) read += 1;
        const findings = text === undefined || !mayConcernStigg(text) ? null : await this.#judge(folder, project, uri, text, personal);
        if (findings !== null || tellNothing) listener.judged(uri, findings);
        await this.#breathe();
      }
      listener.progress(read);
    }
    return read;
  }

  async #judge(folder: vscode.Uri, project: Project, uri: vscode.Uri, text: string, { keys, environmentNames, levels }: PersonalFacts): ReturnType<typeof judgement> {
    await this.#breathe();
    const root = await project.rootOf(parentOf(uri.path) ?? '/') ?? folder.path;
    const source = { path: below(root, uri.path) ?? uri.path, languageId: languageIdFor(uri.path), text };
    const context = await project.contextFor(uri.path, (fingerprint) => keys.get(fingerprint));
    return judgement(await this.#deps.engine(), source, { ...context, environmentNames: () => environmentNames, severityOf: (rule, path) => levels.get(rule) ?? context.severityOf(rule, path) });
  }

  #projectOf(folder: vscode.Uri): Project {
    const key = folder.toString();
    const known = this.#projects.get(key);
    if (known !== undefined) return known;
    const project = new Project(readerBeside(folder), {
      onError: (error) => { this.#deps.logError('Looking for importers', error); },
      onSettingsProblem: ({ path, line, message }) => { this.#deps.logError(`${path}:${String(line)}`, message); },
    });
    this.#projects.set(key, project);
    return project;
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    this.#since = performance.now();
  }
}

async function judgement(engine: Engine, source: Parameters<Engine['scan']>[0], context: Parameters<Engine['scan']>[1]): Promise<ReturnType<typeof reportFindings>> {
  if (!engine.relevant(source)) return [];
  await engine.prepare(source);
  return reportFindings(source.path, source.text, engine.scan(source, context), { forEditor: true });
}

async function filesBelow(folder: vscode.Uri, signal: AbortSignal): Promise<vscode.Uri[]> {
  const token = new vscode.CancellationTokenSource();
  const cancel = (): void => { token.cancel(); };
  signal.addEventListener('abort', cancel);
  try {
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), '**/{node_modules,.git,.hg,.svn}/**', MOST_FILES, token.token);
    if (signal.aborted) throw new CancelledError();
    return found;
  } finally {
    signal.removeEventListener('abort', cancel);
    token.dispose();
  }
}

/** The file, or the files of the folder. */
async function expand(uri: vscode.Uri, listener: ScanListener, signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  if (isNeverWalked(uri.path)) return [];
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if (type === vscode.FileType.File) return [uri];
    if (type === vscode.FileType.Directory) return await filesBelow(uri, signal);
  } catch {
    // Gone.
  }
  listener.judged(uri, null);
  return [];
}

async function textIn(uri: vscode.Uri, listener: ScanListener): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    // Links are not followed.
    if (type !== vscode.FileType.File) return undefined;
    if (size <= LARGEST) return textOf(await vscode.workspace.fs.readFile(uri))?.replace(/^\uFEFF/, '');
    listener.skipped(uri, vscode.l10n.t('too large'));
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) listener.skipped(uri, vscode.l10n.t('it could not be read'));
  }
  return undefined;
}
