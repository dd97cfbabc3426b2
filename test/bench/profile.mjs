// @ts-check
// Where the time of a scan goes: V8's own profile of a build whose names can be read, summed by source file. All threads together.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { take } from './processes.mjs';

/** @typedef {{ readonly what: string, readonly ms: number }} Share */
/** @typedef {{ readonly id: number, readonly callFrame: { readonly functionName: string, readonly url: string, readonly lineNumber: number } }} ProfileNode */
/** @typedef {{ readonly nodes: readonly ProfileNode[], readonly samples: readonly number[], readonly timeDeltas: readonly number[] }} Profile times in microseconds */

/** @param {string} folder with the readable build in it @param {string} tree @returns {Promise<Share[]>} longest first */
export async function profileScan(folder, tree) {
  const profiles = mkdtempSync(path.join(tmpdir(), 'stigg-profile-'));
  try {
    const { code, stderr } = await take([process.execPath, '--cpu-prof', `--cpu-prof-dir=${profiles}`, path.join(folder, 'dist', 'cli.js'), 'scan', '.'], { cwd: tree });
    if (code !== 0 && code !== 1) throw new Error(`The scan that was profiled failed: ${stderr.trim().split('\n')[0] ?? ''}`);
    /** @type {Map<string, readonly string[]>} */
    const bundles = new Map();
    const linesOf = (/** @type {string} */ url) => {
      const lines = bundles.get(url) ?? readFileSync(fileURLToPath(url), 'utf8').split('\n');
      bundles.set(url, lines);
      return lines;
    };
    return sharesOf(readdirSync(profiles).map((name) => JSON.parse(readFileSync(path.join(profiles, name), 'utf8'))), linesOf);
  } finally {
    rmSync(profiles, { recursive: true, force: true });
  }
}

/** @param {readonly Profile[]} profiles @param {(url: string) => readonly string[]} linesOf the lines of a bundle @returns {Share[]} */
export function sharesOf(profiles, linesOf) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { nodes, samples, timeDeltas } of profiles) {
    const names = new Map(nodes.map((node) => [node.id, nameOf(node, linesOf)]));
    for (const [index, sample] of samples.entries()) {
      const name = names.get(sample) ?? 'unknown';
      sums.set(name, (sums.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
    }
  }
  return Array.from(sums, ([what, ms]) => ({ what, ms })).sort((a, b) => b.ms - a.ms);
}

/** @param {ProfileNode} node @param {(url: string) => readonly string[]} linesOf */
function nameOf({ callFrame: { functionName, url, lineNumber } }, linesOf) {
  if (functionName === '(idle)') return 'waiting for the disk or for another process';
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'Node and system calls outside of JavaScript';
  if (url.startsWith('wasm:')) return 'the parsers (WebAssembly)';
  if (url.startsWith('node:internal/modules/') || url.startsWith('node:internal/bootstrap') || functionName === 'compileFunctionForCJSLoader') return 'Node: start and loading of modules';
  if (url.startsWith('node:')) return `Node: ${url.slice(5).replace(/^internal\//, '').split('/')[0] ?? ''}`;
  if (!url.startsWith('file:')) return functionName.startsWith('RegExp:') ? 'regular expressions' : `Node: ${functionName} (native)`;
  // esbuild writes the name of each source before what it has taken from there.
  const lines = linesOf(url);
  for (let line = lineNumber; line >= 0; line--) {
    const [, source, dependency] = /^\/\/ (?:.*?node_modules\/((?:@[^/]+\/)?[^/]+)\/.*|((?:\.\.\/)*src\/\S+))$/.exec(lines[line] ?? '')?.map((each) => each) ?? [];
    if (source !== undefined) return source;
    if (dependency !== undefined) return dependency;
  }
  return 'the rest of the bundle';
}
