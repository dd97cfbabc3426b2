import { parentOf, type FileReader } from '../fileReader.js';
import type { Manifest, PackageJsons } from '../packageJson.js';
import type { ResolverFacts } from './resolver.js';
import { sourceFilesBelow } from './sourceFiles.js';
import { TsConfigs, type PathAliases } from './tsConfig.js';
import { workspaceAround } from './workspace.js';

/** Past so many modules the question who imports a file is left open. */
const MOST_MODULES = 20_000;
/** Without one of these in sight nothing is built for browsers. */
const FRONTEND = /^(?:next|nuxt3?|react(?:-.*)?|preact|vue|svelte|solid-js|lit|astro|gatsby|expo|jquery|vite|webpack|parcel|rollup|esbuild|alpinejs|htmx\.org|@angular\/core|@sveltejs\/kit|@remix-run\/.*|@react-router\/.*|@tanstack\/.*|@builder\.io\/qwik.*|@qwik\.dev\/.*|@stigg\/(?:react-sdk|js-client-sdk|vue-sdk|vue-2-sdk))$/;

/** The modules among which importers of a package's files are looked for, and what is needed to resolve imports between them. */
export interface Scope extends ResolverFacts {
  /** Sorted. */
  readonly modules: readonly string[];
}

/** What the look at a workspace needs. */
export interface ScopeDeps {
  readonly reader: FileReader;
  readonly manifests: PackageJsons;
  /** The root of the repository around a folder. */
  readonly rootOf: (folder: string) => Promise<string | undefined>;
}

/**
 * Gathers the scope of a package: its own files, with the packages nested in it, and those of the packages of its workspace that
 * depend on it, directly or through others. Nobody else can import it but by a path out of their own package, which is not
 * followed. Undefined where nothing is built for browsers, and where there are too many modules.
 */
export async function scopeOf(own: Manifest, { reader, manifests, rootOf }: ScopeDeps): Promise<Scope | undefined> {
  const workspace = await workspaceAround(own.folder, await rootOf(own.folder), reader, manifests);
  const members = workspace?.packages ?? [];
  const packages = withDependents(own, members);
  const folders = outermost(packages.map(({ folder }) => folder));
  const files = await sourceFilesBelow(folders, reader, MOST_MODULES);
  if (files === undefined) return undefined;
  const nested = (await Promise.all(files.packageFolders.map((folder) => manifests.of(folder)))).filter((one) => one !== undefined);
  const root = workspace === undefined ? undefined : await manifests.of(workspace.root);
  const all = [...nested, ...packages, ...(root === undefined ? [] : [root])];
  const hasFrontend = all.some(({ dependencies }) => [...dependencies].some((name) => FRONTEND.test(name)))
    || files.modules.some((path) => /\.(?:vue|svelte|astro|html?)$/i.test(path));
  if (!hasFrontend) return undefined;
  const byName = new Map([...nested, ...members, own].flatMap((one) => (one.name === undefined ? [] : [[one.name, one] as const])));
  const folderOfModules = [...new Set(files.modules.map((path) => parentOf(path) ?? '/'))];
  const tsConfigs = new TsConfigs(reader, (specifier) => sharedConfig(specifier, byName));
  const packageOf = new Map<string, Manifest | undefined>();
  const aliasesOf = new Map<string, PathAliases>();
  for (const folder of folderOfModules) {
    packageOf.set(folder, await manifests.nearest(folder));
    aliasesOf.set(folder, await tsConfigs.nearest(folder));
  }
  return {
    modules: files.modules,
    files: new Set(files.modules),
    packages: byName,
    packageOf: (folder) => packageOf.get(folder),
    aliasesOf: (folder) => aliasesOf.get(folder) ?? { baseUrl: undefined, paths: [] },
  };
}

/** The package, and those that depend on it or on one of them. */
function withDependents(own: Manifest, members: readonly Manifest[]): Manifest[] {
  const found = new Set([own]);
  for (const { name } of found) {
    if (name === undefined) continue;
    // Sets visit what is added meanwhile.
    for (const member of members) if (member.folder !== own.folder && member.dependencies.has(name)) found.add(member);
  }
  return [...found];
}

/** Without the folders that lie in others of them. */
function outermost(folders: readonly string[]): string[] {
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(other.endsWith('/') ? other : `${other}/`)));
}

function sharedConfig(specifier: string, packages: ReadonlyMap<string, Manifest>): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  const found = packages.get(name);
  return found === undefined ? undefined : `${found.folder}${specifier.slice(name.length)}`;
}
