import type { Side } from '../scan/side.js';
import { below, inTurns, parentOf, readText } from './fileReader.js';
import { isSameModule, readModule, type Module } from './modules/module.js';
import { chainTo, Edges, reachOf, type Reach } from './reach.js';
import { scopeOf, type Scope, type ScopeDeps } from './resolve/scope.js';

/** Files that are read at the same time. */
const AT_ONCE = 16;

/** What the graph needs besides the files. */
export interface ImportGraphDeps extends ScopeDeps {
  /** The side that the repository's settings give a file; absolute path. */
  readonly configuredSide: (path: string) => Promise<Side | undefined>;
}

interface Area {
  readonly scope: Scope;
  readonly edges: Edges;
  reach: Promise<Reach> | undefined;
}

/**
 * Knows through which modules a browser entry imports a file. Reads nothing before it is asked; then the modules of the file's
 * package and of the packages that depend on it, once each. What changed afterwards has to be told, and is read again alone.
 */
export class ImportGraph {
  readonly #deps: ImportGraphDeps;
  /** By the folder of the package that was asked about. */
  readonly #areas = new Map<string, Promise<Area | undefined>>();
  readonly #modules = new Map<string, Module>();
  readonly #changed = new Set<string>();
  /** How often a module was told to have changed. */
  readonly #versions = new Map<string, number>();
  readonly #answers = new Map<string, string>();
  #settling: Promise<void> = Promise.resolve();

  constructor(deps: ImportGraphDeps) {
    this.#deps = deps;
  }

  /** The way from a browser entry to the file: absolute paths, the entry first, the importer last. Undefined when there is none, or none is known. */
  async chainTo(path: string): Promise<readonly string[] | undefined> {
    await this.#settle();
    const chain = await this.#chainTo(path);
    this.#answers.set(path, (chain ?? []).join('\n'));
    return chain;
  }

  /** The content of a module changed. */
  changed(path: string): void {
    if (this.#areas.size === 0) return;
    this.#changed.add(path);
    this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
  }

  /** Files came or went, or what import specifiers mean changed. Contents stay known. */
  restructured(): void {
    this.#areas.clear();
  }

  /** Package names changed, or settings: everything has to be read again. */
  forget(): void {
    this.#areas.clear();
    this.#modules.clear();
    this.#changed.clear();
  }

  /** Takes in what was told; true when one of the answers given so far would be another one now. */
  async refresh(): Promise<boolean> {
    await this.#settle();
    for (const [path, answer] of [...this.#answers]) {
      if (((await this.#chainTo(path)) ?? []).join('\n') !== answer) {
        // Who asked is told once, and asks again if it still matters.
        this.#answers.clear();
        return true;
      }
    }
    return false;
  }

  async #chainTo(path: string): Promise<readonly string[] | undefined> {
    const area = await this.#areaOf(path);
    if (area === undefined) return undefined;
    area.reach ??= this.#reachIn(area);
    return chainTo(path, await area.reach);
  }

  async #areaOf(path: string): Promise<Area | undefined> {
    const own = await this.#deps.manifests.nearest(parentOf(path) ?? '/');
    if (own === undefined) return undefined;
    let area = this.#areas.get(own.folder);
    if (area === undefined) {
      area = scopeOf(own, this.#deps).then((scope) => (scope === undefined ? undefined : { scope, edges: new Edges(scope), reach: undefined }));
      this.#areas.set(own.folder, area);
      area.catch(() => this.#areas.delete(own.folder));
    }
    return area;
  }

  async #reachIn({ scope, edges }: Area): Promise<Reach> {
    const unread = scope.modules.filter((path) => !this.#modules.has(path));
    await inTurns(unread, AT_ONCE, async (path) => {
      const module = await this.#read(path);
      if (module !== undefined) this.#modules.set(path, module);
    });
    return reachOf(scope, edges, (path) => this.#modules.get(path));
  }

  async #read(path: string): Promise<Module | undefined> {
    const version = this.#versions.get(path);
    const folder = parentOf(path) ?? '/';
    const [text, manifest, root, configured] = await Promise.all([
      readText(this.#deps.reader, path), this.#deps.manifests.nearest(folder), this.#deps.rootOf(folder), this.#deps.configuredSide(path),
    ]);
    // It changed while it was read.
    if (this.#versions.get(path) !== version) return this.#read(path);
    if (text === undefined) return undefined;
    const relative = root === undefined ? undefined : below(root, path);
    return readModule(relative ?? path.slice(folder.length + 1), text, { dependencies: () => manifest?.dependencies, configuredSide: () => configured });
  }

  /** Reads again what was told to have changed; ways are looked for anew only if that makes a difference to them. */
  #settle(): Promise<void> {
    this.#settling = this.#settling.catch(() => undefined).then(() => this.#takeIn());
    return this.#settling;
  }

  async #takeIn(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    const differing: string[] = [];
    await inTurns(changed, AT_ONCE, async (path) => {
      const before = this.#modules.get(path);
      // One that was never read is none of ours, or is being read right now.
      if (before === undefined) return;
      const after = await this.#read(path);
      if (after !== undefined && isSameModule(before, after)) return;
      differing.push(path);
      if (after === undefined) this.#modules.delete(path);
      else this.#modules.set(path, after);
    });
    if (differing.length === 0) return;
    for (const area of this.#areas.values()) {
      const known = await area;
      if (known !== undefined) known.reach = undefined;
    }
  }
}
