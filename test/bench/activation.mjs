// @ts-check
// What a start of VS Code pays for the extension: the release bundle in a real extension host, loaded and activated by VS Code itself.
import path from 'node:path';
import { FIGURES, releasedExtension, withWindows } from './window.mjs';

const LATEST_MS = 60_000;

/**
 * Stands before the extension and takes the time. CPU time is that of the thread that all extensions share, without what the disk takes and what the
 * machine does meanwhile; while modules load, other extensions may have a turn on it, so that the figure is at most too high. The kernel brings that time
 * up to date every few milliseconds only, so that one figure says little and the median of many is right.
 */
const stopwatch = (/** @type {string} */ before) => `
import { writeFileSync } from 'node:fs';
${before}
const now = () => { const { user, system } = process.threadCpuUsage(); return { wall: performance.now(), cpu: (user + system) / 1000 }; };
const began = now();
const extension = await import('./dist/extension.js');
const loaded = now();
export function activate(context) {
  globalThis.stiggApiMs = 0;
  const called = now();
  const api = extension.activate(context);
  const done = now();
  writeFileSync(new URL('./${FIGURES}', import.meta.url), JSON.stringify({
    loadMs: loaded.cpu - began.cpu, activateMs: done.cpu - called.cpu, loadWallMs: loaded.wall - began.wall, activateWallMs: done.wall - called.wall, apiWallMs: globalThis.stiggApiMs,
  }));
  return api;
}
export const deactivate = () => extension.deactivate();
`;

/** VS Code's own functions, which take the time that they are in. */
const TIMED = `
import * as vscode from 'vscode';
let isInside = false;
const timed = (call) => {
  if (isInside) return call();
  isInside = true;
  const began = performance.now();
  try { return call(); } finally { isInside = false; globalThis.stiggApiMs += performance.now() - began; }
};
const NAMESPACES = ['commands', 'debug', 'env', 'l10n', 'languages', 'lm', 'tasks', 'window', 'workspace'];
globalThis.stiggApiMs = 0;
globalThis.stiggTimedApi = { ...vscode };
for (const name of NAMESPACES) {
  globalThis.stiggTimedApi[name] = new Proxy({}, { get: (_target, key) => {
    const value = timed(() => vscode[name][key]);
    return typeof value === 'function' ? (...args) => timed(() => value.apply(vscode[name], args)) : value;
  } });
}
`;

/** Puts these in the place of the module `vscode`. @type {import('esbuild').Plugin} */
const timedApi = {
  name: 'timed-api',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'timed' }));
    build.onLoad({ filter: /.*/, namespace: 'timed' }, () => ({ contents: 'module.exports = globalThis.stiggTimedApi;', loader: 'js' }));
  },
};

/** Asks for no more than that the extension starts. */
const SUITE = `
import * as vscode from 'vscode';
export const run = async () => { await vscode.extensions.getExtension('stigg-community.stigg-key-hygiene').activate(); };
`;

/** @typedef {'loadMs' | 'activateMs' | 'loadWallMs' | 'activateWallMs'} Figure */
/** @typedef {Record<Figure | 'apiWallShare', number[]>} Figures */

/**
 * Opens `rounds` windows one after the other, each with an extension host of its own, on an empty folder. Milliseconds of CPU time for loading the code
 * and for our `activate`; `…WallMs` are the same on the clock, which on a busy machine says little. `apiWallShare`, from windows of its own, is the share
 * of `activate` that VS Code's own functions take, which we call to register commands, views and providers.
 *
 * @param {{ rounds: number }} options
 * @returns {Promise<Figures>}
 */
export async function activation({ rounds }) {
  return withWindows({}, async ({ root, open }) => {
    const [plain, timed] = [path.join(root, 'extension'), path.join(root, 'timed')];
    await releasedExtension(plain, { main: 'stopwatch.js', code: stopwatch(''), suite: SUITE });
    await releasedExtension(timed, { main: 'stopwatch.js', code: stopwatch(TIMED), suite: SUITE, plugins: [timedApi] });
    /** @type {Figures} */
    const figures = { loadMs: [], activateMs: [], loadWallMs: [], activateWallMs: [], apiWallShare: [] };
    for (let round = 0; round < rounds; round++) {
      const seen = /** @type {Record<Figure, number>} */ (await open({ extension: plain, latestMs: LATEST_MS }));
      for (const name of /** @type {const} */ (['loadMs', 'activateMs', 'loadWallMs', 'activateWallMs'])) figures[name].push(seen[name]);
      const { apiWallMs, activateWallMs } = /** @type {{ apiWallMs: number, activateWallMs: number }} */ (await open({ extension: timed, latestMs: LATEST_MS }));
      figures.apiWallShare.push(apiWallMs / activateWallMs);
    }
    return figures;
  });
}
