// @ts-check
// Builds test/host/**/*.test.ts and inside.ts into dist-test/host/ as ES modules that the extension host loads.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { hostSuitesDir, repoRoot } from '../tools/paths.mjs';

/** @returns {Promise<string>} what to give VS Code as extensionTestsPath */
export async function buildSuites() {
  const folder = path.join(repoRoot, 'test', 'host');
  const suites = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts')).sort();
  rmSync(hostSuitesDir, { recursive: true, force: true });
  await build({
    absWorkingDir: repoRoot,
    entryPoints: ['inside.ts', ...suites].map((file) => path.join(folder, file)),
    outbase: folder,
    outdir: hostSuitesDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    // The Node of the oldest VS Code that the extension supports (1.101: Node 22).
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode'],
    packages: 'external',
    logLevel: 'error',
  });
  return path.join(hostSuitesDir, 'inside.mjs');
}
