// @ts-check
// The host suites on a desktop VS Code, downloaded by @vscode/test-electron: `npm run test:desktop` (build first).
//
//   node test/host/runDesktop.mjs [--version stable|insiders|minimum|1.101.0] [--grep "part of a title"] [--results file.json]
//
// `minimum` is the oldest VS Code that package.json promises. Linux without a display: xvfb-run -a npm run test:desktop.
// On Linux the suites get a keychain of their own; macOS and Windows use the session's.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { startKeychain } from '../tools/keychain.mjs';
import { artifactsDir, repoRoot, resultsDir, workDir } from '../tools/paths.mjs';
import { ToolError } from '../tools/processes.mjs';
import { copySampleWorkspace } from '../tools/sampleWorkspace.mjs';
import { startSandboxProcess } from '../tools/sandbox.mjs';
import { quietSettings } from '../tools/vscodeServer.mjs';
import { buildSuites } from './buildSuites.mjs';

const { values } = parseArgs({ options: { version: { type: 'string', default: process.env['STIGG_KEYS_VSCODE'] ?? 'stable' }, grep: { type: 'string' }, results: { type: 'string' } } });
const results = path.resolve(values.results ?? path.join(resultsDir, 'desktop.json'));

/** @type {(() => unknown)[]} */
const endings = [];
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ToolError ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const ending of endings.reverse()) await ending();
}

async function main() {
  if (!existsSync(path.join(repoRoot, 'dist', 'extension.js'))) throw new ToolError('dist/extension.js is missing: run `npm run build` first.');
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const tests = await buildSuites();
  // A short path: macOS limits that of VS Code's socket in the user data folder to about 100 characters.
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-')));
  endings.push(() => { rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 }); });
  const sandbox = await startSandboxProcess({ admin: true });
  endings.push(sandbox.dispose);
  const env = await environment();
  const workspace = path.join(root, 'workspace');
  copySampleWorkspace(workspace);
  // A person's workspace is a repository before it is opened; without git the suite that needs one skips.
  spawnSync('git', ['init', '--quiet'], { cwd: workspace });
  const userData = path.join(root, 'data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, 'stiggKeys.api.endpoint': sandbox.url }));
  const logs = path.join(artifactsDir, 'desktop');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });

  // Runs until the window has ended; rejects when a suite failed, and then the results below say it better.
  const failure = await runTests({
    version: values.version === 'minimum' ? minimum() : values.version,
    cachePath: path.join(workDir, 'desktop'),
    extensionDevelopmentPath: repoRoot,
    extensionTestsPath: tests,
    launchArgs: [
      workspace, '--user-data-dir', userData, '--extensions-dir', path.join(root, 'extensions'), '--logsPath', path.join(logs, 'logs'), '--crash-reporter-directory', path.join(logs, 'crashes'),
      '--disable-workspace-trust', '--disable-updates', '--disable-telemetry', '--skip-welcome', '--skip-release-notes', '--no-sandbox', '--disable-gpu',
      // The keyring of the suites is not for VS Code's own secrets.
      '--password-store=basic', '--use-inmemory-secretstorage',
    ],
    extensionTestsEnv: {
      ...env,
      STIGG_KEYS_SANDBOX: JSON.stringify({ url: sandbox.url, environments: sandbox.environments }),
      STIGG_KEYS_HOST_RESULTS: results,
      STIGG_KEYS_HOST_GREP: values.grep ?? '',
    },
  }).then(() => undefined, (error) => error);
  if (!existsSync(results)) throw failure ?? new ToolError('The host suites ended without results: did a suite fail to load?');
  const { passed, failed } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(`VS Code ${values.version}: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 && failure === undefined ? 0 : 1;
}

/** @returns {Promise<Record<string, string | undefined>>} */
async function environment() {
  if (process.platform !== 'linux') return {};
  const keychain = await startKeychain();
  endings.push(keychain.dispose);
  return { DBUS_SESSION_BUS_ADDRESS: keychain.env['DBUS_SESSION_BUS_ADDRESS'], STIGG_KEYS_KEYCHAIN: 'unlocked', SHELL: '/bin/bash' };
}

/** The oldest VS Code that package.json promises: ^1.101.0 is 1.101.0. */
function minimum() {
  const { engines } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'));
  return String(engines.vscode).replace(/^[^\d]*/, '');
}
