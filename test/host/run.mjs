// @ts-check
// Runs the host suites (test/host/**/*.test.ts) inside the VS Code of .vscode-test/server, with the extension of dist/ in
// development mode, a keychain of its own, and a sandbox as its Stigg.
//
//   node test/host/run.mjs [--grep "part of a title"] [--results file.json]      build first: npm run build
//
// A suite finds in its environment: STIGG_KEYS_SANDBOX (JSON: url, environments with their keys). The workspace is a copy
// of test/sample-workspace. On failure, a screenshot, the page's console and the logs are in .vscode-test/artifacts/host.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { format, parseArgs } from 'node:util';
import { openWorkbench } from '../tools/browser.mjs';
import { startKeychain } from '../tools/keychain.mjs';
import { artifactsDir, repoRoot, resultsDir } from '../tools/paths.mjs';
import { ToolError } from '../tools/processes.mjs';
import { copySampleWorkspace } from '../tools/sampleWorkspace.mjs';
import { startSandboxProcess } from '../tools/sandbox.mjs';
import { startVSCode } from '../tools/vscodeServer.mjs';
import { buildSuites } from './buildSuites.mjs';

const timeoutMs = 8 * 60_000;
/** The same invisible character as in inside.ts. */
const mark = '\u2063';

const { values } = parseArgs({ options: { grep: { type: 'string' }, results: { type: 'string' } } });
const results = path.resolve(values.results ?? path.join(resultsDir, 'host-suites.json'));
const artifacts = path.join(artifactsDir, 'host');
mkdirSync(path.dirname(results), { recursive: true });
rmSync(results, { force: true });
rmSync(artifacts, { recursive: true, force: true });

if (!existsSync(path.join(repoRoot, 'dist', 'extension.js'))) throw new ToolError('dist/extension.js is missing: run `npm run build` first.');

/** @type {(() => unknown)[]} */
const endings = [];
const end = async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
};
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => { void end().then(() => process.exit(130)); });

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ToolError ? error.message : error);
  process.exitCode = 1;
} finally {
  await end();
}

async function main() {
  const tests = await buildSuites();
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-host-')));
  endings.push(() => { rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); });
  const [sandbox, keychain] = await Promise.all([startSandboxProcess({ admin: true }), startKeychain()]);
  endings.push(sandbox.dispose, keychain.dispose);
  const workspace = path.join(root, 'workspace');
  copySampleWorkspace(workspace);
  // A person's workspace is a repository before it is opened; without git the suite that needs one skips.
  spawnSync('git', ['init', '--quiet'], { cwd: workspace });
  const code = await startVSCode({
    root: path.join(root, 'code'),
    settings: { 'stiggKeys.api.endpoint': sandbox.url },
    smokeTestDriver: true,
    env: {
      ...keychain.env,
      SHELL: '/bin/bash',
      HISTFILE: path.join(root, 'bash_history'),
      STIGG_KEYS_SANDBOX: JSON.stringify({ url: sandbox.url, environments: sandbox.environments }),
      STIGG_KEYS_HOST_RESULTS: results,
      STIGG_KEYS_HOST_GREP: values.grep ?? '',
    },
  });
  endings.push(() => code.dispose({ keep: true }));
  const remote = (/** @type {string} */ file) => `vscode-remote://${code.authority}${encodeURI(file)}`;

  /** @type {(exitCode: number) => void} */
  let finish = () => undefined;
  /** @type {Promise<number>} */
  const finished = new Promise((resolve) => { finish = resolve; });
  const bench = await openWorkbench(code, {
    folder: workspace,
    screenshots: artifacts,
    waitUntilReady: false,
    payload: [['extensionDevelopmentPath', remote(repoRoot)], ['extensionTestsPath', remote(tests)]],
    async prepare(page) {
      await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => { print(args); });
      await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => { finish(code); });
    },
  });
  endings.push(() => bench.close());
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const outcome = await Promise.race([
    finished,
    new Promise((resolve) => { timer = setTimeout(() => { resolve('late'); }, timeoutMs); }),
  ]);
  clearTimeout(timer);
  const read = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
  if (outcome === 0 && read !== undefined) return 0;
  if (outcome === 'late') console.error(`The host suites did not end within ${timeoutMs / 60_000} minutes.`);
  else if (read === undefined) console.error(`The host suites ended without results (exit code ${String(outcome)}): did a suite fail to load?\n${bench.consoleText().split('\n').slice(-40).join('\n')}`);
  await bench.screenshot('window').catch(() => undefined);
  bench.saveConsole('console');
  cpSync(code.logsDir, path.join(artifacts, 'logs'), { recursive: true });
  cpSync(code.log, path.join(artifacts, 'server.log'));
  console.error(`Screenshot and logs: ${artifacts}`);
  return 1;
}

/** Shows what the suites wrote (inside.ts marks it); everything else is VS Code's own log, and kept in the console's file. @param {unknown[]} args */
function print(args) {
  const text = format(...args);
  if (text.startsWith(mark)) console.log(text.slice(mark.length));
}
