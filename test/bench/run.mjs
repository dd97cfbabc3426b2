// `npm run bench`: what the engine costs, as ratios to what people know, measured in one run on one machine.
//
//   npm run bench            everything
//   npm run bench -- --quick fewer rounds
//
// The engine is bundled for it as it is shipped: minified, from the sources as they are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { keystrokes } from './keystrokes.mjs';
import { sidebar } from './sidebar.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles the engine, and imports it. @param {string} folder @returns {Promise<typeof import('./engine.js')>} */
async function engineIn(folder) {
  const outfile = path.join(folder, 'engine.mjs');
  await esbuild.build({
    entryPoints: [path.join(root, 'test/bench/engine.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    alias: { 'jsonc-parser': path.join(root, 'node_modules/jsonc-parser/lib/esm/main.js') },
    // As in esbuild.mjs: CommonJS dependencies ask for these.
    banner: { js: "import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __toPath } from 'node:url';const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);" },
    logLevel: 'warning',
  });
  return /** @type {Promise<typeof import('./engine.js')>} */ (import(pathToFileURL(outfile).href));
}

const folder = mkdtempSync(path.join(tmpdir(), 'stigg-bench-'));
try {
  const { Engine, context } = await engineIn(folder);
  await keystrokes({ Engine, context, rounds: process.argv.includes('--quick') ? 60 : 300 });
  await sidebar({ rounds: process.argv.includes('--quick') ? 7 : 15 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
