// @ts-check
// The extension for VS Code for the Web: one CommonJS file for the worker of a browser, which has no modules to load and nothing of Node.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Ends in .cjs: the package's type is "module", and the worker loads no ES modules. */
export const WEB_ENTRY = 'extension.cjs';

/** Asks for the script's own address as soon as it is loaded, for which a worker's function has none. The wasm is handed over as bytes, so nothing is looked for there. */
const OWN_ADDRESS = 'var _scriptName = getCurrentScriptUrl();';

/**
 * The parser's runtime brings branches for Node, which are never taken here. What they would load is nothing, so that the bundle asks for nothing.
 * @type {import('esbuild').Plugin}
 */
const treeSitterInBrowsers = {
  name: 'tree-sitter-in-browsers',
  setup(build) {
    const file = /[\\/]@vscode[\\/]tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/;
    build.onLoad({ filter: file }, async ({ path }) => {
      const parts = (await readFile(path, 'utf8')).split(OWN_ADDRESS);
      if (parts.length !== 2) return { errors: [{ text: 'The runtime of tree-sitter has changed: see whether it still needs help in a browser.' }] };
      return { contents: parts.join('var _scriptName = "";'), loader: 'js' };
    });
    build.onResolve({ filter: /^(?:fs|fs\/promises|module|path|url)$/ }, ({ importer, path }) => (file.test(importer) ? { path, namespace: 'nothing' } : undefined));
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'export {};' }));
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
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    minify: release,
    sourcemap: release ? false : 'linked',
    metafile: true,
    logLevel,
    plugins: [treeSitterInBrowsers, ...plugins],
  };
}
