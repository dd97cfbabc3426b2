import * as vscode from 'vscode';
import { Emitter } from '../../event.js';
import type { FileReader } from '../../project/fileReader.js';
import { isProjectFile, Project } from '../../project/project.js';
import { EMPTY_CONTEXT, type ScanContext } from '../../scan/context.js';
import type { ProjectFacts } from './deps.js';

/** Git and package managers touch their files several times in a row. */
const QUIET_MS = 500;

/** What surrounds the files of the workspace, read through VS Code's file systems so that remote and virtual ones work alike. */
export function createProjectFacts(): ProjectFacts {
  return new WorkspaceFacts();
}

class WorkspaceFacts implements ProjectFacts {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  /** By file system: two of them may have a file of the same path. */
  readonly #projects = new Map<string, Project>();
  readonly #watchers = ['**/package.json', '**/.git/**/index', '**/.git'].map((glob) => vscode.workspace.createFileSystemWatcher(glob));
  readonly #focus: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const noticed = (uri: vscode.Uri): void => {
      // Nobody's document is judged by the manifest of an installed package.
      if (!isProjectFile(uri.path) || uri.path.includes('/node_modules/')) return;
      this.#lookAgain();
    };
    // File events can be lost, and those of a repository above the workspace never come: whoever comes back from a terminal is looked after.
    this.#focus = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && this.#projects.size > 0) this.#lookAgain();
    });
    for (const watcher of this.#watchers) {
      watcher.onDidCreate(noticed);
      watcher.onDidChange(noticed);
      watcher.onDidDelete(noticed);
    }
  }

  async contextFor(uri: vscode.Uri, knownKey: ScanContext['knownKey']): Promise<ScanContext> {
    // Not a file yet, so nothing surrounds it.
    if (uri.scheme === 'untitled') return { ...EMPTY_CONTEXT, knownKey };
    return this.#projectOf(uri).contextFor(uri.path, knownKey);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#focus.dispose();
    for (const watcher of this.#watchers) watcher.dispose();
    this.#changed.dispose();
    this.#projects.clear();
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const project of this.#projects.values()) project.forget();
      this.#changed.fire(undefined);
    }, QUIET_MS);
  }

  #projectOf(uri: vscode.Uri): Project {
    const fileSystem = `${uri.scheme}://${uri.authority}`;
    let project = this.#projects.get(fileSystem);
    if (project === undefined) {
      project = new Project(readerBeside(uri));
      this.#projects.set(fileSystem, project);
    }
    return project;
  }
}

/** Reads other files of the file system that holds `uri`. */
function readerBeside(uri: vscode.Uri): FileReader {
  return {
    read: async (path) => {
      try {
        // A path with a drive letter, as `.git` files of work trees hold them, gets the slash that URIs need.
        return await vscode.workspace.fs.readFile(uri.with({ path: path.startsWith('/') ? path : `/${path}`, query: '', fragment: '' }));
      } catch {
        // Missing, not allowed, or not supported there: unknown is an answer.
        return undefined;
      }
    },
  };
}
