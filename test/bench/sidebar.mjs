// @ts-check
// What the sidebar costs with 20 environments of 500 keys each, beside a plain pass over the same JSON.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** @param {{ rounds: number }} options @returns {Promise<import('./sidebar.js').SidebarFigures>} */
export async function sidebar({ rounds }) {
  // Inside the repository: the sandbox's packages are found from there.
  const outfile = path.join(root, 'dist-test', 'bench', 'sidebar.mjs');
  await esbuild.build({
    absWorkingDir: root, entryPoints: ['test/bench/sidebar.ts'], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20',
    alias: { vscode: path.join(root, 'test/bench/vscode.ts') }, external: ['graphql', '@vscode/l10n', '@noble/*'], logLevel: 'warning',
  });
  /** @type {typeof import('./sidebar.js')} */
  const { measureSidebar } = await import(pathToFileURL(outfile).href);
  return measureSidebar(rounds);
}
