import * as vscode from 'vscode';
import { Emitter } from '../../event.js';
import type { FileFacts, ProjectFacts } from './deps.js';

/** How far up a file outside of every workspace folder is followed. */
const HIGHEST = 12;

/** Reads the surroundings of files through VS Code's file systems, so that remote and virtual workspaces work alike. */
export function createProjectFacts(logError: (what: string, error: unknown) => void): ProjectFacts {
  return new WorkspaceFacts(logError);
}

class WorkspaceFacts implements ProjectFacts {
  readonly #logError: (what: string, error: unknown) => void;
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  /** By folder: what its own package.json says, or undefined where there is none. */
  readonly #packages = new Map<string, Promise<ReadonlySet<string> | undefined>>();
  readonly #watcher = vscode.workspace.createFileSystemWatcher('**/package.json');

  constructor(logError: (what: string, error: unknown) => void) {
    this.#logError = logError;
    const forget = (uri: vscode.Uri): void => {
      // Installing packages touches thousands of manifests that no document of the person's asks about.
      if (!this.#packages.delete(parent(uri).toString())) return;
      this.#changed.fire(undefined);
    };
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidChange(forget);
    this.#watcher.onDidDelete(forget);
  }

  async factsOf(uri: vscode.Uri): Promise<FileFacts> {
    if (uri.scheme === 'untitled') return { dependencies: undefined, isTracked: undefined };
    return { dependencies: await this.#nearestDependencies(uri), isTracked: undefined };
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
    this.#packages.clear();
  }

  async #nearestDependencies(uri: vscode.Uri): Promise<ReadonlySet<string> | undefined> {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    let folder = parent(uri);
    for (let level = 0; level < HIGHEST || root !== undefined; level += 1) {
      const found = await this.#dependenciesIn(folder);
      const above = parent(folder);
      if (found !== undefined || folder.toString() === root || above.path === folder.path) return found;
      folder = above;
    }
    return undefined;
  }

  #dependenciesIn(folder: vscode.Uri): Promise<ReadonlySet<string> | undefined> {
    const name = folder.toString();
    let known = this.#packages.get(name);
    if (known === undefined) {
      known = this.#readDependencies(vscode.Uri.joinPath(folder, 'package.json'));
      this.#packages.set(name, known);
    }
    return known;
  }

  async #readDependencies(file: vscode.Uri): Promise<ReadonlySet<string> | undefined> {
    let text: string;
    try {
      text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileNotFound') this.#logError('Reading a package.json', error);
      return undefined;
    }
    return dependencyNames(text);
  }
}

/** The names of all kinds of dependencies; empty for a manifest that is being edited and does not parse. */
function dependencyNames(manifest: string): ReadonlySet<string> {
  try {
    const parsed = JSON.parse(manifest) as Record<string, unknown> | null;
    const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
    return new Set(kinds.flatMap((kind) => Object.keys(parsed?.[kind] ?? {})));
  } catch {
    return new Set();
  }
}

function parent(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
