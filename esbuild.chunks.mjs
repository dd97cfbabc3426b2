// @ts-check
// Fewer and larger chunks. esbuild makes one for every set of entry points that share a module, and every `import()` counts as an entry point: what the
// extension loads at its start would lie in fifty files, each of which costs more to open and link than to run.
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import * as esbuild from 'esbuild';

/** @typedef {import('esbuild').Metafile['inputs']} Inputs */

/** What `entry` leads to, itself included. @param {Inputs} inputs @param {Iterable<string>} entries @param {boolean} lazily whether `import()` counts */
export function reachable(inputs, entries, lazily) {
  const found = new Set(entries);
  // Sets visit what is added meanwhile.
  for (const name of found) {
    for (const { path: imported, kind, external } of inputs[name]?.imports ?? []) {
      if (external !== true && (lazily || kind !== 'dynamic-import') && imported in inputs) found.add(imported);
    }
  }
  return found;
}

/**
 * The same build, in which what `first` loads at its start lies in three files: its own, one with what no other program has, and one with what
 * others share. For that, every module that is loaded later says that it needs these, which by then are loaded anyway. And what `second` loads at its
 * start besides lies in one file: whatever needs a part of that is given all of it.
 *
 * @param {Omit<import('esbuild').BuildOptions, 'entryPoints'> & { entryPoints: Record<string, string> }} options
 * @param {string} first the source of an entry point
 * @param {string} [second] another one
 * @returns {Promise<import('esbuild').BuildOptions>}
 */
export async function withLargeChunks(options, first, second) {
  const { metafile: { inputs } } = await esbuild.build({ ...options, metafile: true, write: false, sourcemap: false, minify: false });
  const root = options.absWorkingDir ?? process.cwd();
  const others = reachable(inputs, Object.values(options.entryPoints).filter((entry) => entry !== first), true);
  const atStart = reachable(inputs, [first], false);
  const shared = [...atStart].filter((name) => others.has(name) && name.startsWith('src/'));
  const ofSecond = second === undefined ? [] : [...reachable(inputs, [second], false)].filter((name) => name !== second && name.startsWith('src/') && !atStart.has(name));
  const later = new Set(Object.values(inputs).flatMap(({ imports }) => imports.flatMap(({ path: imported, kind, external }) => (kind === 'dynamic-import' && external !== true ? [imported] : []))));
  const absolute = (/** @type {string} */ name) => path.resolve(root, name);
  const neededBy = (/** @type {string} */ name) => {
    const needed = others.has(name) ? shared : name === first ? [] : [first];
    if (name === first) return needed;
    const own = reachable(inputs, [name], false);
    return ofSecond.some((module) => own.has(module)) ? [...needed, ...ofSecond] : needed;
  };
  /** By the entry points in it, static or not: what each is to load before it. @type {Map<string, readonly string[]>} */
  const before = new Map([...Object.values(options.entryPoints), ...later].map((name) => [absolute(name), neededBy(name).filter((module) => module !== name).map(absolute)]));
  return {
    ...options,
    plugins: [...(options.plugins ?? []), {
      name: 'large-chunks',
      setup(build) {
        build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
          const needed = before.get(file) ?? [];
          if (needed.length === 0) return undefined;
          const imports = needed.map((name) => `import ${JSON.stringify(name)};`).join('');
          // Behind the code, whose lines stay where they are.
          return { contents: `${await readFile(file, 'utf8')}\n${imports}\n`, loader: 'ts' };
        });
      },
    }],
  };
}
