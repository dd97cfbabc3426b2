import { EMPTY_CONTEXT, type KnownKey, type ScanContext } from '../scan/context.js';
import { below, join, parentOf, type FileReader } from './fileReader.js';
import { findRepository, type GitRepository } from './gitRepository.js';
import type { IgnoreFiles } from './ignoreFiles.js';
import type { ImportGraph } from './importGraph.js';
import { isModulePath } from './modules/paths.js';
import { onceFor } from './onceFor.js';
import { PackageJsons } from './packageJson.js';
import type { VariableNames } from '../inject/variables.js';
import { isSettingsFile, isStructureFile } from './projectFiles.js';
import type { Settings, SettingsProblem } from './settings.js';
import type { SettingsFiles } from './settingsFiles.js';

/** Looks up a stored key by fingerprint. */
export type KnownKeys = (fingerprint: string) => KnownKey | undefined;

/** What the repository's settings say about one file. */
type FileSettings = Pick<ScanContext, 'configuredSide' | 'isExcluded' | 'severityOf' | 'centShape'>;

/** How long answers may wait, and who is told what comes of it. */
export interface ProjectOptions {
  /** Answers do not wait longer than this for the import graph, in milliseconds. Left out, they wait until it is there. */
  readonly patienceMs?: number;
  /** The graph says, too late for an answer that was given, that browser code imports a file. */
  readonly onLateChain?: () => void;
  /** Told when the import graph failed; answers are given without it. Left out, they fail with it. */
  readonly onError?: (error: unknown) => void;
  /** A settings file says something that is not obeyed. */
  readonly onSettingsProblem?: (problem: SettingsProblem) => void;
}

const NO_KEYS: KnownKeys = () => undefined;

/** What rules may know beyond a document; gathered first, so that scanning itself stays synchronous. */
export class Project {
  readonly #reader: FileReader;
  readonly #options: ProjectOptions;
  readonly #packages: PackageJsons;
  readonly #repositories = new Map<string, Promise<GitRepository | undefined>>();
  readonly #roots = new Map<string, Promise<string | undefined>>();
  #ignoreFiles: IgnoreFiles | undefined;
  #graph: ImportGraph | undefined;
  #settings: SettingsFiles | undefined;

  constructor(reader: FileReader, options: ProjectOptions = {}) {
    this.#reader = reader;
    this.#options = options;
    this.#packages = new PackageJsons(reader);
  }

  /** The facts about one file; `path` is absolute, with `/`. The context answers for that file, whatever path it is asked about. */
  async contextFor(path: string, knownKey: KnownKeys = NO_KEYS): Promise<ScanContext> {
    const [context, chain] = await Promise.all([this.contextWithoutChain(path, knownKey), this.#chainInTime(path)]);
    return { ...context, browserImportChain: () => chain };
  }

  /** Through which modules browser code imports the file: the one fact for which many others are read. */
  async chainFor(path: string): Promise<readonly string[] | undefined> {
    return this.#chainInTime(path);
  }

  /** The same facts but for `chainFor`. */
  async contextWithoutChain(path: string, knownKey: KnownKeys = NO_KEYS): Promise<ScanContext> {
    const folder = parentOf(path) ?? '/';
    const [manifest, repository, settings] = await Promise.all([this.#packages.nearest(folder), this.repositoryOf(folder), this.#settingsFor(path)]);
    // Outside of any repository nothing is tracked, and that is certain.
    const tracked = repository === undefined ? false : repository.isTracked(path);
    const ignored = repository === undefined ? undefined : await this.#isIgnored(path, repository);
    return {
      ...EMPTY_CONTEXT,
      ...settings,
      dependencies: () => manifest?.dependencies,
      isTracked: () => tracked,
      isIgnored: () => ignored,
      knownKey,
    };
  }

  /** The names under which a process that runs in the folder gets its keys. */
  async variableNamesFor(folder: string): Promise<VariableNames> {
    const [{ variableNames }, settings, manifest] = await Promise.all([import('../inject/names.js'), this.#settingsOf(folder), this.#packages.nearest(folder)]);
    return variableNames(settings.variables, manifest?.dependencies);
  }

  /** The repository around the folder. */
  async repositoryOf(folder: string): Promise<GitRepository | undefined> {
    return onceFor(this.#repositories, folder, () => this.#findRepository(folder));
  }

  /** What the paths of a folder's files are meant to be relative to: the repository's root, otherwise the topmost folder with a package.json. */
  async rootOf(folder: string): Promise<string | undefined> {
    return onceFor(this.#roots, folder, () => this.#findRoot(folder));
  }

  /** To be called when a file that `isProjectFile` names was changed, made or deleted; without a path, when any of them may have been. */
  forget(path?: string): void {
    this.#packages.forget();
    this.#repositories.clear();
    this.#roots.clear();
    this.#ignoreFiles = undefined;
    this.#settings?.forget();
    if (path === undefined) return;
    if (path.endsWith('/package.json') || isSettingsFile(path)) this.#graph?.forget();
    else if (isStructureFile(path)) this.#graph?.restructured();
  }

  /** To be called when a file that `isSourcePath` names changed, or came or went. What that means is told by `refresh`. */
  sourceChanged(path: string, cameOrWent: boolean): void {
    this.#graph?.changed(path);
    if (cameOrWent) this.#graph?.restructured();
  }

  /** Takes in what was told by `sourceChanged`; true when that changes an answer given before. */
  async refresh(): Promise<boolean> {
    return await this.#graph?.refresh() ?? false;
  }

  async #settingsFor(path: string): Promise<FileSettings> {
    return (await this.#settingsOf(parentOf(path) ?? '/')).contextFor(path);
  }

  async #settingsOf(folder: string): Promise<Settings> {
    if (this.#settings === undefined) {
      const { SettingsFiles } = await import('./settingsFiles.js');
      this.#settings ??= new SettingsFiles(this.#reader, this.#options.onSettingsProblem);
    }
    return this.#settings.nearest(folder, (await this.repositoryOf(folder))?.root);
  }

  async #chainInTime(path: string): Promise<readonly string[] | undefined> {
    if (!/\.[cm]?[jt]sx?$/i.test(path) || !isModulePath(path)) return undefined;
    const { patienceMs, onLateChain, onError } = this.#options;
    const asked = this.#chainTo(path);
    // A warning without this piece of evidence is better than none.
    const chain = onError === undefined ? asked : asked.catch((error: unknown) => { onError(error); return undefined; });
    if (patienceMs === undefined) return chain;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => { resolve('late'); }, patienceMs);
    });
    const first = await Promise.race([chain, late]);
    clearTimeout(timer);
    if (first !== 'late') return first;
    void chain.then((found) => { if (found !== undefined) onLateChain?.(); }, () => undefined);
    return undefined;
  }

  async #chainTo(path: string): Promise<readonly string[] | undefined> {
    if (this.#graph === undefined) {
      const { ImportGraph } = await import('./importGraph.js');
      this.#graph ??= new ImportGraph({
        reader: this.#reader,
        manifests: this.#packages,
        rootOf: (folder) => this.rootOf(folder),
        configuredSide: async (other) => (await this.#settingsFor(other)).configuredSide(other),
      });
    }
    const [chain, root] = await Promise.all([this.#graph.chainTo(path), this.rootOf(parentOf(path) ?? '/')]);
    return chain?.map((step) => (root === undefined ? undefined : below(root, step)) ?? step);
  }

  async #isIgnored(path: string, repository: GitRepository): Promise<boolean> {
    if (this.#ignoreFiles === undefined) {
      const { IgnoreFiles } = await import('./ignoreFiles.js');
      this.#ignoreFiles ??= new IgnoreFiles(this.#reader);
    }
    return this.#ignoreFiles.isIgnored(path, repository);
  }

  /** Asks upwards folder by folder, so that the index of a repository is read once for all of its folders. */
  async #findRepository(folder: string): Promise<GitRepository | undefined> {
    const here = await this.#reader.read(join(folder, '.git/HEAD')) ?? await this.#reader.read(join(folder, '.git'));
    if (here !== undefined) return findRepository(folder, this.#reader);
    const parent = parentOf(folder);
    return parent === undefined ? undefined : this.repositoryOf(parent);
  }

  async #findRoot(folder: string): Promise<string | undefined> {
    const repository = await this.repositoryOf(folder);
    if (repository !== undefined) return repository.root;
    const parent = parentOf(folder);
    const above = parent === undefined ? undefined : await this.rootOf(parent);
    return above ?? (await this.#packages.of(folder) === undefined ? undefined : folder);
  }
}
