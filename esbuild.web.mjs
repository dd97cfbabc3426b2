// @ts-check
// The extension for VS Code for the Web: one CommonJS file for the worker of a browser, which has no modules to load and nothing of Node.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Ends in .cjs: the package's type is "module", and the worker loads no ES modules. */
export const WEB_ENTRY = 'extension.cjs';

/**
 * What the parser's runtime asks of its surroundings, and the answer here. Its script's own address, for which code in an extension's worker has no way
 * to ask, is not needed: the wasm is handed over as bytes, so nothing is looked for there.
 * @type {readonly [RegExp, string][]}
 */
const ANSWERS = [
  [/throw new Error\('Unable to determine script URL'\);/, "return 'https://extension.invalid/';"],
  [/^ *var ENVIRONMENT_IS_NODE = .*;$/m, ''],
  [/\bENVIRONMENT_IS_NODE\b/g, 'false'],
];

/**
 * The parser's runtime brings branches for Node, which are never taken here. What they would load is nothing, so that the bundle asks for nothing.
 * @type {import('esbuild').Plugin}
 */
const treeSitterInBrowsers = {
  name: 'tree-sitter-in-browsers',
  setup(build) {
    const file = /[\\/]@vscode[\\/]tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/;
    build.onLoad({ filter: file }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [question, answer] of ANSWERS) {
        if (contents.search(question) === -1) return { errors: [{ text: 'The runtime of tree-sitter has changed: see whether it still needs help in a browser.' }] };
        contents = contents.replace(question, answer);
      }
      return { contents, loader: 'js' };
    });
    build.onResolve({ filter: /^(?:fs|fs\/promises|module|path|url)$/ }, ({ importer, path }) => (file.test(importer) ? { path, namespace: 'nothing' } : undefined));
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Where a module is about the computer itself, another of the same exports takes its place. Its types are those of the one it replaces.
 * @type {import('esbuild').Plugin}
 */
const withoutComputer = {
  name: 'without-computer',
  setup(build) {
    // Asked for in Node alone.
    build.onResolve({ filter: /\/workerScanner\.js$/ }, ({ path: name }) => ({ path: name, namespace: 'nothing' }));
    build.onResolve({ filter: /\/(?:historyPort|realPlace)\.js$/ }, ({ path: name, resolveDir }) => ({ path: path.resolve(resolveDir, '../web', path.basename(name, '.js') + '.ts') }));
  },
};

/** @param {{ root: string, dist: string, release: boolean, plugins?: import('esbuild').Plugin[], logLevel: import('esbuild').LogLevel }} where @returns {import('esbuild').BuildOptions} */
export function webExtension({ root, dist, release, plugins = [], logLevel }) {
  return {
    absWorkingDir: root,
    entryPoints: ['src/extension.web.ts'],
    outfile: path.join(dist, 'web', WEB_ENTRY),
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'chrome120',
    external: ['vscode'],
    // As for the other programs: the account of what is in the bundle names packages by the folder they were asked from.
    preserveSymlinks: true,
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    minify: release,
    sourcemap: release ? false : 'linked',
    // There are no environment variables.
    define: { 'process.env': '{}' },
    metafile: true,
    logLevel,
    plugins: [treeSitterInBrowsers, withoutComputer, ...plugins],
  };
}
