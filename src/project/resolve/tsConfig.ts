import { parse } from 'jsonc-parser';
import { join, parentOf, readText, type FileReader } from '../fileReader.js';
import { onceFor } from '../onceFor.js';
import { isObject } from '../packageJson.js';

/** What a tsconfig.json or jsconfig.json says about the meaning of import specifiers. */
export interface PathAliases {
  /** Specifiers that are no relative ones are looked for in this folder. */
  readonly baseUrl: string | undefined;
  /** Patterns with at most one `*`, and the absolute patterns that they stand for. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

/** Where a shared configuration of a package in `extends` lies, if it is one of the workspace. */
export type FindPackage = (specifier: string) => string | undefined;

const NAMES = ['tsconfig.json', 'jsconfig.json'];
const DEEPEST = 8;
const NOTHING: PathAliases = { baseUrl: undefined, paths: [] };

/** Reads configurations, and remembers them for as long as it lives. */
export class TsConfigs {
  readonly #reader: FileReader;
  readonly #findPackage: FindPackage;
  readonly #nearest = new Map<string, Promise<PathAliases>>();

  constructor(reader: FileReader, findPackage: FindPackage) {
    this.#reader = reader;
    this.#findPackage = findPackage;
  }

  /** The aliases that hold for the files of a folder: those of the nearest configuration, as TypeScript does it. */
  async nearest(folder: string): Promise<PathAliases> {
    return onceFor(this.#nearest, folder, () => this.#find(folder));
  }

  async #find(folder: string): Promise<PathAliases> {
    for (const name of NAMES) {
      const found = await this.#read(join(folder, name), 0);
      if (found !== undefined) return found;
    }
    const parent = parentOf(folder);
    return parent === undefined ? NOTHING : this.nearest(parent);
  }

  async #read(path: string, depth: number): Promise<PathAliases | undefined> {
    const text = depth > DEEPEST ? undefined : await readText(this.#reader, path);
    const config = text === undefined ? undefined : lenientObjectIn(text);
    if (config === undefined) return undefined;
    const folder = parentOf(path) ?? '/';
    const options = isObject(config.compilerOptions) ? config.compilerOptions : {};
    const inherited = await this.#inherited(config.extends, folder, depth);
    const baseUrl = typeof options.baseUrl === 'string' ? join(folder, withFolder(options.baseUrl, folder)) : inherited.baseUrl;
    const paths = isObject(options.paths) ? pathsIn(options.paths, folder, baseUrl ?? folder) : inherited.paths;
    if (paths.length > 0 || baseUrl !== undefined) return { baseUrl, paths };
    // A configuration that only refers to others, as the templates of Vite have it.
    for (const reference of Array.isArray(config.references) ? config.references : []) {
      const target: unknown = isObject(reference) ? reference.path : undefined;
      if (typeof target !== 'string') continue;
      const referred = target.endsWith('.json') ? join(folder, target) : join(folder, `${target}/tsconfig.json`);
      // A reference to another folder is about the files there.
      const found = parentOf(referred) === folder || /^\.?\/?\.(?:nuxt|svelte-kit)\//.test(target) ? await this.#read(referred, depth + 1) : undefined;
      if (found !== undefined && (found.paths.length > 0 || found.baseUrl !== undefined)) return found;
    }
    return NOTHING;
  }

  async #inherited(extended: unknown, folder: string, depth: number): Promise<PathAliases> {
    let result = NOTHING;
    for (const one of Array.isArray(extended) ? extended : [extended]) {
      if (typeof one !== 'string') continue;
      for (const candidate of this.#candidates(withFolder(one, folder), folder)) {
        const found = await this.#read(candidate, depth + 1);
        if (found === undefined) continue;
        // Of several the last one counts.
        result = { baseUrl: found.baseUrl ?? result.baseUrl, paths: found.paths.length > 0 ? found.paths : result.paths };
        break;
      }
    }
    return result;
  }

  #candidates(specifier: string, folder: string): string[] {
    const forms = (path: string): string[] => (path.endsWith('.json') ? [path] : [`${path}.json`, `${path}/tsconfig.json`]);
    if (/^(?:\.\.?(?:\/|$)|\/|[A-Za-z]:\/)/.test(specifier)) return forms(join(folder, specifier));
    const shared = this.#findPackage(specifier);
    // Configurations of installed packages hold no aliases of this project.
    return shared === undefined ? [] : forms(shared);
  }
}

function pathsIn(paths: Readonly<Record<string, unknown>>, folder: string, base: string): PathAliases['paths'] {
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const absolute = Array.isArray(targets) ? targets.flatMap((target) => (typeof target === 'string' ? [join(base, withFolder(target, folder))] : [])) : [];
    return absolute.length === 0 ? [] : [[pattern, absolute] as const];
  });
}

/** The object in a JSON text with comments and trailing commas, as much of it as can be read. */
function lenientObjectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  return isObject(value) ? value : undefined;
}

function withFolder(path: string, folder: string): string {
  return path.replace(/^\$\{configDir\}/, folder);
}
