// @ts-check
// What the editor feels: keystrokes on the engine as it is shipped, and the start in a real VS Code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { repoRoot } from '../tools/paths.mjs';
import { keystrokes } from './keystrokes.mjs';

/** Bundles the engine, minified as it is shipped, and imports it. @param {string} folder @returns {Promise<typeof import('./engine.js')>} */
async function engineIn(folder) {
  const outfile = path.join(folder, 'engine.mjs');
  await esbuild.build({
    entryPoints: [path.join(repoRoot, 'test/bench/engine.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    alias: { 'jsonc-parser': path.join(repoRoot, 'node_modules/jsonc-parser/lib/esm/main.js') },
    // As in esbuild.mjs: CommonJS dependencies ask for these.
    banner: { js: "import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __toPath } from 'node:url';const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);" },
    logLevel: 'warning',
  });
  return /** @type {Promise<typeof import('./engine.js')>} */ (import(pathToFileURL(outfile).href));
}

/** @param {{ isQuick: boolean }} options @returns {Promise<readonly import('./report.mjs').Keystroke[]>} */
export async function keystrokeFigures({ isQuick }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'stigg-bench-'));
  try {
    const { Engine, context } = await engineIn(folder);
    /** @type {unknown} */
    const rows = await keystrokes({ Engine, context, rounds: isQuick ? 60 : 300 });
    return Array.isArray(rows) ? rows : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Letters typed in a real VS Code. @param {{ isQuick: boolean }} options @returns {Promise<readonly import('./editorKeystrokes.mjs').EditorKeystroke[]>} */
export async function typingFigures({ isQuick }) {
  const { editorKeystrokes } = await import('./editorKeystrokes.mjs');
  return editorKeystrokes({ rounds: isQuick ? 10 : 40 });
}

/** @param {{ isQuick: boolean }} options @returns {Promise<import('./report.mjs').Activation>} */
export async function activationFigures({ isQuick }) {
  // Loaded only here: it wants the browser and the VS Code of the UI tests, and the other parts do not.
  const { activation } = await import('./activation.mjs');
  return activation({ rounds: isQuick ? 2 : 9 });
}
