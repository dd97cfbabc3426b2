import { join, parentOf } from '../fileReader.js';
import { isObject, type Manifest } from '../packageJson.js';
import type { PathAliases } from './tsConfig.js';

/** Endings that may be left out, in the order of preference. */
const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.astro', '.web.tsx', '.web.ts', '.native.tsx', '.native.ts', '.ios.tsx', '.android.tsx'];
/** TypeScript lets people write the ending that its output will have. */
const SWAPS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.js$/, ['.ts', '.tsx', '.jsx']],
  [/\.jsx$/, ['.tsx']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
];
/** Where builds put their output, as the first folder of an entry point. */
const OUTPUT = /^(?:dist|build|out|lib|es|esm|cjs|output)\//;

/** What surrounds the modules that are to be resolved. */
export interface ResolverFacts {
  /** The absolute paths of all modules. */
  readonly files: ReadonlySet<string>;
  /** Packages by name. */
  readonly packages: ReadonlyMap<string, Manifest>;
  /** The package that a folder belongs to. */
  packageOf(folder: string): Manifest | undefined;
  /** The aliases that hold in a folder. */
  aliasesOf(folder: string): PathAliases;
}

/**
 * Finds the module that an import means, among those that are there. Follows what Node, TypeScript and bundlers have in common:
 * relative paths, `paths` and `baseUrl`, `#imports`, packages of the workspace by their sources, and the aliases that frameworks
 * set up (`$lib`, `~`, `@`). Aliases in the configuration of a bundler are not read.
 */
export function resolve(from: string, specifier: string, facts: ResolverFacts): string | undefined {
  const folder = parentOf(from) ?? '/';
  const wanted = bare(specifier);
  if (wanted === '') return undefined;
  if (/^\.\.?(?:\/|$)/.test(wanted)) return existing(join(folder, wanted), facts.files);
  const own = facts.packageOf(folder);
  // To Vite and in pages, the package is the root of the site.
  if (wanted.startsWith('/')) return existing(join(own?.folder ?? folder, `.${wanted}`), facts.files) ?? existing(join(folder, `.${wanted}`), facts.files);
  return byAliases(wanted, facts.aliasesOf(folder), facts.files)
    ?? (wanted.startsWith('#') && own !== undefined ? targets(own, own.entryPoints.imports, wanted, facts.files) : undefined)
    ?? byPackage(wanted, facts)
    ?? (own === undefined ? undefined : byFramework(wanted, own, facts.files));
}

/** Without the loaders and queries of bundlers. */
function bare(specifier: string): string {
  const withoutLoaders = specifier.slice(specifier.lastIndexOf('!') + 1);
  return withoutLoaders.split('?', 1)[0] ?? '';
}

/** The file of a path as it may be written in an import. */
function existing(path: string, files: ReadonlySet<string>): string | undefined {
  if (files.has(path)) return path;
  for (const [ending, others] of SWAPS) {
    if (!ending.test(path)) continue;
    const stem = path.replace(ending, '');
    for (const other of others) if (files.has(stem + other)) return stem + other;
  }
  for (const ending of ENDINGS) if (files.has(path + ending)) return path + ending;
  for (const ending of ENDINGS) if (files.has(`${path}/index${ending}`)) return `${path}/index${ending}`;
  return undefined;
}

function byAliases(specifier: string, { paths, baseUrl }: PathAliases, files: ReadonlySet<string>): string | undefined {
  // As in TypeScript, the pattern with the longest text before its star wins.
  const matching = paths
    .flatMap(([pattern, targetPatterns]) => {
      const star = matchPattern(pattern, specifier);
      return star === undefined ? [] : [{ length: pattern.includes('*') ? pattern.indexOf('*') : Infinity, star, targetPatterns }];
    })
    .sort((a, b) => b.length - a.length);
  for (const target of matching[0]?.targetPatterns ?? []) {
    const found = existing(target.replace('*', () => matching[0]?.star ?? ''), files);
    if (found !== undefined) return found;
  }
  return baseUrl === undefined ? undefined : existing(join(baseUrl, specifier), files);
}

/** What the pattern's star stands for; undefined when it does not match. */
function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === specifier ? '' : undefined;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail)
    ? specifier.slice(head.length, specifier.length - tail.length)
    : undefined;
}

function byPackage(specifier: string, { packages, files }: ResolverFacts): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  const manifest = packages.get(name);
  if (manifest === undefined) return undefined;
  const subpath = specifier.slice(name.length + 1);
  const { folder, entryPoints } = manifest;
  const exported = targets(manifest, entryPoints.exports, subpath === '' ? '.' : `./${subpath}`, files);
  if (exported !== undefined) return exported;
  const guesses = subpath === '' ? [...entryPoints.files, 'src/index', 'index', 'src/main', 'lib/index'] : [subpath, `src/${subpath}`, `src/lib/${subpath}`];
  return firstOf(guesses, (guess) => sourceOf(folder, guess, files));
}

/** The file of an entry of `exports` or `imports`. All its conditions are tried: which one holds depends on the tool. */
function targets({ folder }: Manifest, entries: unknown, key: string, files: ReadonlySet<string>): string | undefined {
  const isMap = isObject(entries) && Object.keys(entries).some((one) => /^[.#]/.test(one));
  const table = isMap ? Object.entries(entries) : entries === undefined || entries === null ? [] : [['.', entries] as const];
  const matching = table
    .flatMap(([pattern, target]) => {
      const star = matchPattern(pattern, key);
      return star === undefined ? [] : [{ length: pattern.includes('*') ? pattern.indexOf('*') : Infinity, star, target }];
    })
    .sort((a, b) => b.length - a.length)[0];
  return matching === undefined ? undefined : firstOf(leaves(matching.target), (leaf) => sourceOf(folder, leaf.replaceAll('*', matching.star), files));
}

function leaves(target: unknown, depth = 0): string[] {
  if (typeof target === 'string') return [target];
  if (depth > 5) return [];
  if (Array.isArray(target)) return target.flatMap((one) => leaves(one, depth + 1));
  return isObject(target) ? Object.values(target).flatMap((one) => leaves(one, depth + 1)) : [];
}

/** The source of a file that a package hands out, which may be the output of a build. */
function sourceOf(folder: string, path: string, files: ReadonlySet<string>): string | undefined {
  const relative = path.replace(/^\.\//, '');
  const stem = relative.replace(/(?:\.d)?\.[cm]?[jt]s$/, '');
  const inSource = OUTPUT.test(stem) ? [stem.replace(OUTPUT, 'src/'), stem.replace(OUTPUT, '')] : [];
  return firstOf([relative, stem, ...inSource], (candidate) => existing(join(folder, candidate), files));
}

function byFramework(specifier: string, { folder, dependencies }: Manifest, files: ReadonlySet<string>): string | undefined {
  const library = /^\$lib(?:\/(.*))?$/.exec(specifier);
  if (library !== null) return dependencies.has('@sveltejs/kit') ? existing(join(folder, `src/lib/${library[1] ?? ''}`).replace(/\/$/, ''), files) : undefined;
  const rest = /^(?:~~|@@|~|@)\/(.*)$/.exec(specifier)?.[1];
  if (rest === undefined) return undefined;
  return firstOf([`src/${rest}`, `app/${rest}`, rest], (guess) => existing(join(folder, guess), files));
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
