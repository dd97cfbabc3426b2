import type { Module } from './modules/module.js';
import { resolve } from './resolve/resolver.js';
import type { Scope } from './resolve/scope.js';

/** How long the thread is kept before others get a turn, in milliseconds. */
const TURN_MS = 15;
/** Types are followed through so many modules that hand them on. */
const DEEPEST = 4;

/** For each module that browser code imports: its importer on a shortest way from an entry. */
export type Reach = ReadonlyMap<string, string>;

interface Edge {
  readonly target: string;
  readonly names: Module['imports'][number]['names'];
  readonly kind: Module['imports'][number]['kind'];
}

/** Import edges between the modules of a scope, resolved when first asked for. */
export class Edges {
  readonly #scope: Scope;
  readonly #known = new WeakMap<Module, readonly Edge[]>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  of(path: string, module: Module): readonly Edge[] {
    let edges = this.#known.get(module);
    if (edges === undefined) {
      edges = module.imports.flatMap(({ specifier, names, kind }) => {
        const target = resolve(path, specifier, this.#scope);
        return target === undefined || target === path ? [] : [{ target, names, kind }];
      });
      this.#known.set(module, edges);
    }
    return edges;
  }
}

/**
 * Follows imports from the entries on, breadth first, so that the ways found are shortest. Modules that never ship end a way.
 * The order of `modules` decides between ways of one length.
 */
export async function reachOf(scope: Scope, edges: Edges, moduleOf: (path: string) => Module | undefined): Promise<Reach> {
  const importers = new Map<string, string>();
  const queue = scope.modules.filter((path) => moduleOf(path)?.role === 'entry');
  const entries = new Set(queue);
  let turn = performance.now();
  // Arrays visit what is added meanwhile.
  for (const path of queue) {
    const module = moduleOf(path);
    if (module === undefined) continue;
    for (const edge of edges.of(path, module)) {
      const target = moduleOf(edge.target);
      if (target === undefined || target.role === 'server' || entries.has(edge.target) || importers.has(edge.target)) continue;
      if (isTypeOnly(edge, target, edges, moduleOf)) continue;
      importers.set(edge.target, path);
      queue.push(edge.target);
    }
    if (performance.now() - turn > TURN_MS) {
      await new Promise((next) => setTimeout(next, 0));
      turn = performance.now();
    }
  }
  return importers;
}

/** The modules on the way from an entry to the importer of `path`. */
export function chainTo(path: string, reach: Reach): readonly string[] | undefined {
  const chain: string[] = [];
  for (let at = reach.get(path); at !== undefined; at = reach.get(at)) chain.unshift(at);
  return chain.length === 0 ? undefined : chain;
}

/** Whether everything that is imported by name is a type there, so that the compiler drops the import. */
function isTypeOnly({ names, target, kind }: Edge, module: Module, edges: Edges, moduleOf: (path: string) => Module | undefined): boolean {
  if (names.length === 0 || kind === 'require' || kind === 'dynamic') return false;
  return names.every(({ imported }) => isType(imported, target, module, edges, moduleOf, 0));
}

function isType(name: string, path: string, module: Module, edges: Edges, moduleOf: (path: string) => Module | undefined, depth: number): boolean {
  if (module.types.has(name)) return true;
  if (name === '*' || name === 'default' || depth >= DEEPEST) return false;
  // Handed on by name, or with everything else.
  return edges.of(path, module).some(({ kind, names, target }) => {
    const other = kind === 'export' && names.some(({ imported }) => imported === name || imported === '*') ? moduleOf(target) : undefined;
    return other !== undefined && isType(name, target, other, edges, moduleOf, depth + 1);
  });
}
