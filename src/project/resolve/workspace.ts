import { parseGlob } from '../globs.js';
import { join, parentOf, readText, type FileReader } from '../fileReader.js';
import type { Manifest, PackageJsons } from '../packageJson.js';

/** Folders are not looked for deeper than this below `**`. */
const DEEPEST = 6;

/** Packages that are developed together. */
export interface Workspace {
  readonly root: string;
  /** The root's own package, where it has one, among them. */
  readonly packages: readonly Manifest[];
}

/** The workspace that a folder belongs to, found upwards; `top` (absolute) is looked at last. */
export async function workspaceAround(folder: string, top: string | undefined, reader: FileReader, manifests: PackageJsons): Promise<Workspace | undefined> {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
    const [manifest, pnpm] = await Promise.all([manifests.of(at), readText(reader, join(at, 'pnpm-workspace.yaml'))]);
    const patterns = pnpm === undefined ? manifest?.workspaces : packagesInPnpm(pnpm);
    if (patterns !== undefined) {
      const folders = await foldersOf(at, patterns, reader);
      const found = await Promise.all([at, ...folders].map((path) => manifests.of(path)));
      return { root: at, packages: found.filter((one) => one !== undefined) };
    }
    if (at === top) return undefined;
  }
  return undefined;
}

/** The patterns under `packages:`; the file is simple enough to be read by lines. */
export function packagesInPnpm(text: string): string[] {
  const patterns: string[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const item = /^\s*-\s+(?:'([^']*)'|"([^"]*)"|([^\s#'"]+))/.exec(line);
    if (inside && item !== null) patterns.push(item[1] ?? item[2] ?? item[3] ?? '');
    else {
      inside = /^packages\s*:/.test(line);
      const inline = inside ? line.split('[', 2)[1]?.split(']', 1)[0] : undefined;
      if (inline !== undefined) patterns.push(...inline.split(',').map((part) => part.trim().replace(/^['"]|['"]$/g, '')));
    }
  }
  return patterns;
}

async function foldersOf(root: string, patterns: readonly string[], reader: FileReader): Promise<string[]> {
  const found = new Set<string>();
  const segments = (pattern: string): string[] => pattern.replace(/^!/, '').split('/').filter((part) => part !== '' && part !== '.');
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      const left = await expand(root, segments(pattern), reader, 0);
      for (const folder of left) found.delete(folder);
    } else for (const folder of await expand(root, segments(pattern), reader, 0)) found.add(folder);
  }
  return [...found].sort();
}

async function expand(folder: string, [first, ...rest]: readonly string[], reader: FileReader, depth: number): Promise<string[]> {
  if (first === undefined) return [folder];
  if (!/[*?{[]/.test(first)) return expand(join(folder, first), rest, reader, depth);
  const below = (await reader.list(folder) ?? []).filter(({ name, isFolder }) => isFolder && name !== 'node_modules' && !name.startsWith('.'));
  if (first === '**') {
    if (depth >= DEEPEST) return [];
    const deeper = await Promise.all(below.map(({ name }) => expand(join(folder, name), ['**', ...rest], reader, depth + 1)));
    return [...await expand(folder, rest, reader, depth), ...deeper.flat()];
  }
  const glob = parseGlob(first);
  if (glob === undefined) return [];
  const inner = await Promise.all(below.filter(({ name }) => glob.matches(name)).map(({ name }) => expand(join(folder, name), rest, reader, depth)));
  return inner.flat();
}
