// @ts-check
// What runs in Node: the extension, the command line, and the threads that scan folders and read files, as ES modules with shared lazy chunks.

/** The source of the extension. */
export const EXTENSION = 'src/extension.ts';
/** And of the command line. */
export const COMMAND_LINE = 'src/cli.ts';

/**
 * @param {{ root: string, dist: string, release: boolean, plugins?: import('esbuild').Plugin[], logLevel?: import('esbuild').LogLevel }} where
 * @returns {Omit<import('esbuild').BuildOptions, 'entryPoints'> & { entryPoints: Record<string, string> }}
 */
export function nodePrograms({ root, dist, release, plugins = [], logLevel = 'warning' }) {
  return {
    absWorkingDir: root,
    entryPoints: { extension: EXTENSION, cli: COMMAND_LINE, scanWorker: 'src/scanWorker.ts', readWorker: 'src/readWorker.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    // Its CommonJS form looks for its parts at run time, where no bundle has them.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // The names of chunks are made from paths too: those of a node_modules that is a link would be those of its target.
    preserveSymlinks: true,
    chunkNames: 'chunks/[name]-[hash]',
    minify: release,
    sourcemap: release ? false : 'linked',
    logLevel,
    // CommonJS dependencies in an ES module bundle still call require for Node's own modules and ask for their file's name.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __toPath } from 'node:url';const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);",
    },
    plugins,
  };
}
