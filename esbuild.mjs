// Builds dist/: the extension and the command line as ES modules with shared lazy chunks, the extension for browsers as one file, the page
// of the details panel, the tree-sitter files and the native keychain bindings beside them. `--release` minifies and writes third-party notices and the bill of
// materials, otherwise source maps are written; `--watch` rebuilds.
import { cp, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { withLargeChunks } from './esbuild.chunks.mjs';
import { COMMAND_LINE, EXTENSION, nodePrograms } from './esbuild.node.mjs';
import { webExtension } from './esbuild.web.mjs';
import { GRAMMARS, grammarFile } from './test/tools/grammars.mjs';
import { copyKeytarPrebuilds } from './test/tools/keytarPrebuilds.mjs';
import { describeExtension } from './test/tools/packaging/extension.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');
const release = process.argv.includes('--release');
const watch = process.argv.includes('--watch');

/** Prints what VS Code's task problem matcher (.vscode/tasks.json) expects. @type {import('esbuild').Plugin} */
const reporter = {
  name: 'reporter',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

const programs = nodePrograms({ root, dist, release, logLevel: watch ? 'silent' : 'warning', plugins: watch ? [reporter] : [] });

/** What runs in the details panel: one script and one style sheet for a browser. @type {import('esbuild').BuildOptions} */
const webview = {
  absWorkingDir: root,
  entryPoints: { keyDetails: 'src/webview/keyDetails/main.ts' },
  outdir: path.join(dist, 'webview'),
  bundle: true,
  preserveSymlinks: true,
  format: 'iife',
  platform: 'browser',
  target: 'chrome120',
  tsconfig: 'src/webview/tsconfig.json',
  minify: release,
  // Not linked: the page's content security policy lets nothing be fetched.
  sourcemap: false,
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [reporter] : [],
};

const web = webExtension({ root, dist, release, logLevel: watch ? 'silent' : 'warning', plugins: watch ? [reporter] : [] });

async function copyAssets() {
  await mkdir(path.join(dist, 'wasm'), { recursive: true });
  for (const file of ['tree-sitter.wasm', ...GRAMMARS.map((name) => `tree-sitter-${name}.wasm`)]) {
    await cp(grammarFile(file), path.join(dist, 'wasm', file));
  }
  await copyKeytarPrebuilds(path.join(root, 'node_modules/keytar/prebuilds'), path.join(dist, 'keytar'));
}

// Chunk names carry hashes: what an earlier build left would be packaged.
await rm(dist, { recursive: true, force: true });
await copyAssets();
if (watch) {
  for (const each of [programs, webview, web]) await (await esbuild.context(each)).watch();
} else {
  const built = await Promise.all([await withLargeChunks(programs, EXTENSION, COMMAND_LINE), webview, web].map((each) => esbuild.build({ ...each, metafile: true })));
  if (release) await describeExtension(root, built.map(({ metafile }) => metafile));
}
