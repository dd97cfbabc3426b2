import * as vscode from 'vscode';
import { Emitter } from '../../event.js';
import { below, parentOf } from '../../project/fileReader.js';
import { isSourcePath } from '../../project/modules/paths.js';
import type { Project } from '../../project/project.js';
import { isProjectFile } from '../../project/projectFiles.js';
import { EMPTY_CONTEXT, type ScanContext } from '../../scan/context.js';
import type { ProjectFacts } from './deps.js';
import { readerBeside } from './workspaceReader.js';

/** Git and package managers touch their files several times in a row, and people type more than one letter. */
const QUIET_MS = 500;
/** A warning waits no longer than this to learn who imports its file; it is judged again when that is known. */
const PATIENCE_MS = 250;

/** What surrounds the files of the workspace, read through VS Code's file systems so that remote and virtual ones work alike. */
export class WorkspaceFacts implements ProjectFacts {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #logError: (what: string, error: unknown) => void;
  /** By file system: two of them may have a file of the same path. */
  readonly #projects = new Map<string, Project>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers may differ for reasons other than imports. */
  #isOutdated = false;

  constructor(logError: (what: string, error: unknown) => void) {
    this.#logError = logError;
    const projectFiles = ['**/{package,tsconfig*,jsconfig*}.json', '**/{pnpm-workspace.yaml,.gitignore,.stigg-keys.json}', '**/.git/**/{index,exclude}', '**/.git']
      .map((glob) => vscode.workspace.createFileSystemWatcher(glob));
    const sources = vscode.workspace.createFileSystemWatcher('**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,html}', true, false, true);
    // Folders too, which come and go with everything in them.
    const anything = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const projectFileChanged = (uri: vscode.Uri): void => { this.#projectFileChanged(uri); };
    const cameOrWent = (uri: vscode.Uri): void => { this.#sourceChanged(uri, true); };
    this.#subscriptions = [
      ...projectFiles.flatMap((watcher) => [watcher, watcher.onDidCreate(projectFileChanged), watcher.onDidChange(projectFileChanged), watcher.onDidDelete(projectFileChanged)]),
      sources, sources.onDidChange((uri) => { this.#sourceChanged(uri, false); }),
      anything, anything.onDidCreate(cameOrWent), anything.onDidDelete(cameOrWent),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#sourceChanged(document.uri, false);
      }),
      // Closed without saving: the file's own content holds again.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { this.#sourceChanged(uri, false); }),
      // Outside of the workspace nothing is watched, but what is saved or made from here is known.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => { projectFileChanged(uri); }),
      vscode.workspace.onDidCreateFiles(({ files }) => { files.forEach(projectFileChanged); }),
      // File events can be lost, and those of a repository above the workspace never come: whoever comes back from a terminal is looked after.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (!focused || this.#projects.size === 0) return;
        for (const project of this.#projects.values()) project.forget();
        this.#lookAgain(true);
      }),
    ];
  }

  async contextFor(uri: vscode.Uri, knownKey: ScanContext['knownKey']): Promise<ScanContext> {
    // Not a file yet, so nothing surrounds it.
    if (uri.scheme === 'untitled') return { ...EMPTY_CONTEXT, knownKey };
    return (await this.#projectOf(uri)).contextFor(uri.path, knownKey);
  }

  async pathOf(uri: vscode.Uri): Promise<string> {
    if (uri.scheme === 'untitled') return uri.path;
    const folder = parentOf(uri.path) ?? '/';
    const root = await (await this.#projectOf(uri)).rootOf(folder) ?? vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? folder;
    return below(root, uri.path) ?? uri.path;
  }

  async #projectOf(uri: vscode.Uri): Promise<Project> {
    const key = fileSystemOf(uri);
    // Loaded for the first document that concerns us, of which there may never be one.
    const { Project } = await import('../../project/project.js');
    let project = this.#projects.get(key);
    if (project === undefined) {
      project = new Project(readerBeside(uri), {
        patienceMs: PATIENCE_MS,
        onLateChain: () => { this.#changed.fire(undefined); },
        onSettingsProblem: ({ path, line, message }) => { this.#logError(`${path}:${String(line)}`, message); },
        onError: (error) => { this.#logError('Looking for importers', error); },
      });
      this.#projects.set(key, project);
    }
    return project;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
    this.#changed.dispose();
    this.#projects.clear();
  }

  #projectFileChanged(uri: vscode.Uri): void {
    // Nobody's document is judged by the manifest of an installed package.
    if (!isProjectFile(uri.path) || uri.path.includes('/node_modules/')) return;
    const project = this.#projects.get(fileSystemOf(uri));
    if (project === undefined) return;
    project.forget(uri.path);
    this.#lookAgain(true);
  }

  #sourceChanged(uri: vscode.Uri, cameOrWent: boolean): void {
    const project = this.#projects.get(fileSystemOf(uri));
    if (project === undefined) return;
    const path = vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
    const isFolder = cameOrWent && path.lastIndexOf('.') <= path.lastIndexOf('/') && !/(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(path);
    if (!isFolder && !isSourcePath(path)) return;
    project.sourceChanged(uri.path, cameOrWent);
    this.#lookAgain(false);
  }

  #lookAgain(isOutdated: boolean): void {
    this.#isOutdated ||= isOutdated;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#tell().catch((error: unknown) => { this.#logError('Looking at changed files', error); });
    }, QUIET_MS);
  }

  async #tell(): Promise<void> {
    const wasOutdated = this.#isOutdated;
    this.#isOutdated = false;
    const differing = await Promise.all(Array.from(this.#projects.values(), (project) => project.refresh()));
    if (wasOutdated || differing.includes(true)) this.#changed.fire(undefined);
  }
}

function fileSystemOf(uri: vscode.Uri): string {
  return `${uri.scheme}://${uri.authority}`;
}
