// @ts-check
// Windows of a real VS Code for the bench: the extension as it is released, and a suite in its extension host that leaves its figures in a file.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as esbuild from 'esbuild';
import { withLargeChunks } from '../../esbuild.chunks.mjs';
import { EXTENSION, nodePrograms } from '../../esbuild.node.mjs';
import { openWorkbench } from '../tools/browser.mjs';
import { grammarFile } from '../tools/grammars.mjs';
import { repoRoot } from '../tools/paths.mjs';
import { ToolError } from '../tools/processes.mjs';
import { startVSCode } from '../tools/vscodeServer.mjs';

/** What TypeScript documents need. */
const WASM = ['tree-sitter.wasm', 'tree-sitter-typescript.wasm', 'tree-sitter-tsx.wasm'];

/** Where code in the extension's folder writes its figures to, as JSON and in one go. */
export const FIGURES = 'figures.json';

/**
 * @typedef {object} Windows
 * @property {string} root a folder of its own, gone at the end
 * @property {string} workspace the folder that is opened
 * @property {(options: { extension: string, latestMs: number }) => Promise<unknown>} open opens a window with the extension of that folder, and resolves with the figures
 */

/**
 * The extension as it is released, into `folder`. VS Code loads an extension of a folder only together with tests of it: `suite` is the source of these.
 * @param {string} folder @param {{ main: string, code: string, suite: string, plugins?: import('esbuild').Plugin[] }} what `main` is the file that VS Code loads, `code` its source
 */
export async function releasedExtension(folder, { main, code, suite, plugins = [] }) {
  mkdirSync(folder, { recursive: true });
  const dist = path.join(folder, 'dist');
  await esbuild.build(await withLargeChunks(nodePrograms({ root: repoRoot, dist, release: true, plugins }), EXTENSION));
  mkdirSync(path.join(dist, 'wasm'));
  for (const name of WASM) cpSync(grammarFile(name), path.join(dist, 'wasm', name));
  const manifest = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, main: `./${main}`, browser: undefined }));
  for (const name of ['package.nls.json', 'media']) cpSync(path.join(repoRoot, name), path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, main), code);
  writeFileSync(path.join(folder, 'suite.mjs'), suite);
}

/**
 * Starts a VS Code, lets `work` open windows in it one after the other, each with an extension host of its own, and ends all of it.
 * @template T @param {{ settings?: Record<string, unknown> }} options @param {(windows: Windows) => Promise<T>} work @returns {Promise<T>}
 */
export async function withWindows({ settings = {} }, work) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-window-')));
  /** @type {(() => unknown)[]} */
  const endings = [() => { rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); }];
  try {
    const workspace = path.join(root, 'workspace');
    mkdirSync(workspace);
    const code = await startVSCode({ root: path.join(root, 'code'), smokeTestDriver: true, settings });
    endings.push(() => code.dispose({ keep: true }));
    const remote = (/** @type {string} */ where) => `vscode-remote://${code.authority}${encodeURI(where)}`;
    return await work({
      root, workspace,
      async open({ extension, latestMs }) {
        const file = path.join(extension, FIGURES);
        rmSync(file, { force: true });
        const bench = await openWorkbench(code, {
          folder: workspace, screenshots: path.join(root, 'screenshots'), waitUntilReady: false,
          payload: [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(path.join(extension, 'suite.mjs'))]],
          async prepare(page) {
            for (const name of ['codeAutomationLog', 'codeAutomationExit']) await page.exposeFunction(name, () => undefined);
          },
        });
        try {
          const deadline = Date.now() + latestMs;
          while (!existsSync(file)) {
            if (Date.now() > deadline) throw new ToolError(`Nothing was measured in VS Code within ${String(latestMs / 1000)} s.`);
            await sleep(100);
          }
          // Written in one go, but it may have been seen in the middle of it.
          await sleep(100);
          return JSON.parse(readFileSync(file, 'utf8'));
        } finally {
          await bench.close();
        }
      },
    });
  } finally {
    for (const ending of endings.reverse()) await ending();
  }
}
