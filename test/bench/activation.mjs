// @ts-check
// What a start of VS Code pays for the extension: the release bundle in a real extension host, loaded and activated by VS Code itself.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as esbuild from 'esbuild';
import { withLargeChunks } from '../../esbuild.chunks.mjs';
import { EXTENSION, nodePrograms } from '../../esbuild.node.mjs';
import { openWorkbench } from '../tools/browser.mjs';
import { repoRoot } from '../tools/paths.mjs';
import { ToolError } from '../tools/processes.mjs';
import { startVSCode } from '../tools/vscodeServer.mjs';

const LATEST_MS = 60_000;

/**
 * Stands before the extension and takes the time. CPU time is that of the thread that all extensions share, without what the disk takes and what the
 * machine does meanwhile; while modules load, other extensions may have a turn on it, so that the figure is at most too high.
 */
const STOPWATCH = `
import { writeFileSync } from 'node:fs';
const now = () => { const { user, system } = process.threadCpuUsage(); return { wall: performance.now(), cpu: (user + system) / 1000 }; };
const began = now();
const extension = await import('./dist/extension.js');
const loaded = now();
export function activate(context) {
  const called = now();
  const api = extension.activate(context);
  const done = now();
  writeFileSync(new URL('./figures.json', import.meta.url), JSON.stringify({
    loadMs: loaded.cpu - began.cpu, activateMs: done.cpu - called.cpu, loadWallMs: loaded.wall - began.wall, activateWallMs: done.wall - called.wall,
  }));
  return api;
}
export const deactivate = () => extension.deactivate();
`;

/** VS Code loads an extension of a folder only together with tests of it. This one asks for no more than that it starts. */
const SUITE = `
import * as vscode from 'vscode';
export const run = async () => { await vscode.extensions.getExtension('stigg-community.stigg-key-hygiene').activate(); };
`;

/** The extension as it is released, behind the stopwatch. @param {string} folder */
async function build(folder) {
  const dist = path.join(folder, 'dist');
  await esbuild.build(await withLargeChunks(nodePrograms({ root: repoRoot, dist, release: true }), EXTENSION));
  const manifest = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, main: './stopwatch.js', browser: undefined }));
  for (const name of ['package.nls.json', 'media']) cpSync(path.join(repoRoot, name), path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'stopwatch.js'), STOPWATCH);
  writeFileSync(path.join(folder, 'suite.mjs'), SUITE);
}

/**
 * Opens `rounds` windows one after the other, each with an extension host of its own, on an empty folder. Milliseconds of CPU time for loading the code
 * and for our `activate`; `…WallMs` are the same on the clock, which on a busy machine says little.
 *
 * @param {{ rounds: number }} options
 * @returns {Promise<{ loadMs: number[], activateMs: number[], loadWallMs: number[], activateWallMs: number[] }>}
 */
export async function activation({ rounds }) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-activation-')));
  /** @type {(() => unknown)[]} */
  const endings = [() => { rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); }];
  try {
    const extension = path.join(root, 'extension');
    const workspace = path.join(root, 'workspace');
    for (const folder of [extension, workspace]) mkdirSync(folder);
    await build(extension);
    const code = await startVSCode({ root: path.join(root, 'code'), smokeTestDriver: true });
    endings.push(() => code.dispose({ keep: true }));
    /** @type {{ loadMs: number[], activateMs: number[], loadWallMs: number[], activateWallMs: number[] }} */
    const figures = { loadMs: [], activateMs: [], loadWallMs: [], activateWallMs: [] };
    const file = path.join(extension, 'figures.json');
    const remote = (/** @type {string} */ where) => `vscode-remote://${code.authority}${encodeURI(where)}`;
    for (let round = 0; round < rounds; round++) {
      rmSync(file, { force: true });
      const bench = await openWorkbench(code, {
        folder: workspace, screenshots: path.join(root, 'screenshots'), waitUntilReady: false,
        payload: [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(path.join(extension, 'suite.mjs'))]],
        async prepare(page) {
          for (const name of ['codeAutomationLog', 'codeAutomationExit']) await page.exposeFunction(name, () => undefined);
        },
      });
      try {
        const deadline = Date.now() + LATEST_MS;
        while (!existsSync(file)) {
          if (Date.now() > deadline) throw new ToolError(`The extension was not activated within ${String(LATEST_MS / 1000)} s.`);
          await sleep(100);
        }
        // Written in one go, but it may have been seen in the middle of it.
        await sleep(100);
        const seen = JSON.parse(readFileSync(file, 'utf8'));
        for (const name of /** @type {(keyof typeof figures)[]} */ (Object.keys(figures))) figures[name].push(seen[name]);
      } finally {
        await bench.close();
      }
    }
    return figures;
  } finally {
    for (const ending of endings.reverse()) await ending();
  }
}
