// @ts-check
// A VS Code of our own: server and web workbench from .vscode-test/server, with folders of its own, on a free port.
//
//   import { startVSCode } from '../tools/vscodeServer.mjs';
//   const code = await startVSCode({ vsix: vsixPath, settings: { 'stiggKeys.api.endpoint': url }, env: keychain.env });
//   code.workbenchUrl({ folder: '/abs/workspace' })   open this in the browser (see browser.mjs)
//   code.userSettings, code.logsDir, code.root        where things are on disk
//   await code.dispose();                             ends the server, extension hosts, terminals; deletes the folders
//
// User settings (application scope included) are the file <root>/server-data/data/User/settings.json: in this build the
// workbench reads the user data folder of the server, and follows changes of that file while it runs.
// Give `root` to keep the folders after dispose, or to start again on the same ones (quit VS Code, look, start again).
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endTree, freePort, processTree, run, tailOf, ToolError } from './processes.mjs';
import { serverParts } from './setup.mjs';

/** @typedef {Record<string, unknown>} Settings */

/** Nothing that talks to the outside, opens by itself, or moves: what a test and a demo both want. */
export const quietSettings = Object.freeze({
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'npm.fetchOnlinePackageInfo': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'editor.accessibilitySupport': 'off',
  // The workspaces have no node_modules: TypeScript would only complain about that.
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
  // On by default in the browser, not on the desktop.
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
  // Drawn with page elements, so that a test can read the terminal.
  'terminal.integrated.gpuAcceleration': 'off',
});

/**
 * @typedef {object} StartOptions
 * @property {string} [root] folder for server data, user data and extensions; a temporary one when left out
 * @property {string} [vsix] extension to install before the start
 * @property {Settings} [settings] user settings, on top of `quietSettings`
 * @property {NodeJS.ProcessEnv} [env] the whole environment of VS Code, such as a keychain's `env`; process.env when left out
 * @property {number} [port]
 * @property {boolean} [smokeTestDriver] for suites that run inside VS Code (test/host/run.mjs)
 * @property {boolean} [workspaceTrust] as on a person's machine: folders open in Restricted Mode until they are trusted
 * @property {string} [log] file for the server's own output
 */

/**
 * @typedef {object} RunningVSCode
 * @property {number} port
 * @property {number} pid
 * @property {string} authority the remote authority, 127.0.0.1:port
 * @property {string} root
 * @property {string} userDataDir everything a person's VS Code keeps: User/, Machine/, logs/, CachedProfilesData/ ...
 * @property {string} extensionsDir
 * @property {string} userSettings path of User/settings.json
 * @property {string} logsDir logs of the windows and of the extension host, `exthost*` inside
 * @property {string} log the server's own output
 * @property {(settings: Settings) => void} writeSettings replaces the user settings (quietSettings stay); VS Code follows
 * @property {(open: { folder?: string, payload?: [string, string][] }) => string} workbenchUrl
 * @property {() => number[]} pids the server and every process under it, for a look at arguments and environments
 * @property {(options?: { keep?: boolean }) => Promise<void>} dispose `keep` leaves the folders for a look or another start
 */

/**
 * @param {StartOptions} [options]
 * @returns {Promise<RunningVSCode>}
 */
export async function startVSCode(options = {}) {
  if (!existsSync(serverParts.node)) throw new ToolError('VS Code is not installed yet: run `npm run setup` first.');
  const root = options.root ?? realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-vscode-')));
  const serverData = path.join(root, 'server-data');
  const userDataDir = path.join(serverData, 'data');
  const extensionsDir = path.join(root, 'extensions');
  const userSettings = path.join(userDataDir, 'User', 'settings.json');
  const log = options.log ?? path.join(root, 'server.log');
  for (const dir of [path.dirname(userSettings), extensionsDir, path.dirname(log)]) mkdirSync(dir, { recursive: true });
  const writeSettings = (/** @type {Settings} */ settings) => {
    writeFileSync(userSettings, `${JSON.stringify({ ...quietSettings, ...settings }, undefined, 2)}\n`);
  };
  if (options.settings !== undefined || !existsSync(userSettings)) writeSettings(options.settings ?? {});

  /** @type {NodeJS.ProcessEnv} */
  const env = { ...(options.env ?? process.env) };
  // Started from a terminal of VS Code, its variables would make this one talk to that one.
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)) Reflect.deleteProperty(env, name);
  // No marketplace: the window asks it for updates of built-in extensions whatever the settings say.
  env['EXTENSIONS_GALLERY'] = '{}';
  const main = path.join(serverParts.vscode, 'out', 'server-main.js');
  const folders = ['--server-data-dir', serverData, '--extensions-dir', extensionsDir];
  if (options.vsix !== undefined) {
    await run(serverParts.node, [main, '--accept-server-license-terms', ...folders, '--install-extension', options.vsix, '--force'], { env, log, what: `Installing ${path.basename(options.vsix)} into VS Code` });
  }

  const port = options.port ?? (await freePort());
  const out = openSync(log, 'a');
  const server = spawn(serverParts.node, [
    main, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms',
    '--telemetry-level', 'off', ...folders,
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
  ], { env, stdio: ['ignore', out, out] });
  closeSync(out);
  /** @type {Error | undefined} */
  let failure;
  server.once('error', (error) => { failure = error; });
  const dispose = async ({ keep = options.root !== undefined } = {}) => {
    await endTree(server.pid);
    // The pty host may write its last words while it ends.
    if (!keep) rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const deadline = Date.now() + 30_000;
  while (!(await answers(port))) {
    const ended = server.exitCode !== null || failure !== undefined;
    if (ended || Date.now() > deadline) {
      const words = tailOf(log);
      await dispose();
      throw new ToolError(`VS Code's server ${ended ? 'ended' : 'did not answer within 30 s'} (port ${String(port)}):\n${failure?.message ?? words}`);
    }
    await sleep(50);
  }
  const authority = `127.0.0.1:${String(port)}`;
  return {
    port, authority, root, userDataDir, extensionsDir, userSettings, log, writeSettings, dispose,
    pid: server.pid ?? 0,
    logsDir: path.join(userDataDir, 'logs'),
    pids: () => (server.pid === undefined ? [] : processTree(server.pid).map((entry) => entry.pid)),
    workbenchUrl({ folder, payload = [] }) {
      const url = new URL(`http://${authority}/`);
      if (folder !== undefined) url.searchParams.set('folder', folder);
      url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]));
      return url.href;
    },
  };
}

/** @param {number} port */
async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/version`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
