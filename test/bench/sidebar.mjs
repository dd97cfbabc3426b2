// @ts-check
// What the sidebar costs with 20 environments of 500 keys each, beside a plain pass over the same JSON.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** @param {{ rounds: number }} options */
export async function sidebar({ rounds }) {
  // Inside the repository: the sandbox's packages are found from there.
  const outfile = path.join(root, 'dist-test', 'bench', 'sidebar.mjs');
  await esbuild.build({
    absWorkingDir: root, entryPoints: ['test/bench/sidebar.ts'], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20',
    alias: { vscode: path.join(root, 'test/bench/vscode.ts') }, external: ['graphql', '@vscode/l10n', '@noble/*'], logLevel: 'warning',
  });
  /** @type {typeof import('./sidebar.js')} */
  const { measureSidebar } = await import(pathToFileURL(outfile).href);
  const { keys, bytes, plainMs, wholeMs, figures } = await measureSidebar(rounds);
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`.padStart(11);
  console.log(`\nThe sidebar with ${keys.toLocaleString('en')} keys in 20 environments (${(bytes / 1_000_000).toFixed(1)} MB of answers), median of ${String(rounds)}`);
  console.log(`  ${'a plain pass over the same JSON'.padEnd(46)}${ms(plainMs)}   ratio  1.0`);
  for (const { what, ms: value, note } of figures) console.log(`  ${what.padEnd(46)}${ms(value)}   ratio ${(value / plainMs).toFixed(1).padStart(4)}   ${note}`);
  console.log(`  ${'first paint against the sandbox, once'.padEnd(46)}${ms(wholeMs)}   (the sandbox's own work is most of it)`);
}
