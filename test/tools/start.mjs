// @ts-check
// `npm start`: from a bare clone to a VS Code with the packaged extension on a sample workspace, against a local Stigg.
//
//   npm start                      the VS Code on PATH (`code`), else the one from the npm registry in a browser
//   npm start -- --server          the one from the registry in any case (Linux)
//   npm start -- --port 8080       its port; any free one when that is taken or left out
//   npm start -- --no-open         print the address, open nothing
//
// Everything it makes is in .vscode-test/demo and is made anew at every start. Ctrl-C ends all it started.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { hasKeychain, startKeychain } from './keychain.mjs';
import { demoDir, logsDir, repoRoot, vsixPath } from './paths.mjs';
import { endTree, npmCommand, run, ToolError, which } from './processes.mjs';
import { copySampleWorkspace } from './sampleWorkspace.mjs';
import { startSandboxProcess } from './sandbox.mjs';
import { setup } from './setup.mjs';
import { quietSettings, startVSCode } from './vscodeServer.mjs';

const { values } = parseArgs({ options: { open: { type: 'boolean', default: true }, port: { type: 'string' }, server: { type: 'boolean', default: false } }, allowNegative: true });

/** Ends what was started, last first; whatever is started after Ctrl-C is ended at once. @type {(() => unknown)[]} */
const endings = [];
/** @type {Promise<void> | undefined} */
let ending;
let wakeUp = () => { /* set below */ };
/** @type {Promise<void>} */
const asked = new Promise((resolve) => { wakeUp = resolve; });

function end() {
  ending ??= (async () => {
    for (let last = endings.pop(); last !== undefined; last = endings.pop()) {
      try {
        await last();
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
  })();
  return ending;
}

let asks = 0;
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(name, () => {
    asks += 1;
    if (asks === 1) console.log('\n[start] Ending everything ...');
    if (asks > 3) process.exit(130);
    wakeUp();
  });
}

/** A program with a display that has something to show it on. */
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;

/** @param {string} text */
function say(text) {
  console.log(text === '' ? '' : `[start] ${text}`);
}

/** Stops between two steps when Ctrl-C came meanwhile. */
class Stopped extends Error {}
function goOn() {
  if (asks > 0) throw new Stopped();
}

async function main() {
  const desktop = values.server || !hasDisplay ? undefined : which('code');
  if (desktop === undefined && process.platform !== 'linux') {
    throw new ToolError('No `code` was found on PATH. In VS Code, run "Shell Command: Install \'code\' command in PATH", then start this again.');
  }
  const ownKeychain = !hasKeychain();
  await setup({ server: desktop === undefined, keychain: ownKeychain });
  goOn();
  const npmPackage = npmCommand(['run', '--silent', 'package']);
  say('Building and packaging the extension ...');
  await run(npmPackage.command, npmPackage.args, { cwd: repoRoot, log: path.join(logsDir, 'package.log'), what: 'npm run package' });
  goOn();

  rmSync(demoDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  mkdirSync(demoDir, { recursive: true });
  const sandbox = await startSandboxProcess();
  endings.push(sandbox.dispose);
  goOn();
  let env = process.env;
  if (ownKeychain) {
    const keychain = await startKeychain();
    endings.push(keychain.dispose);
    env = keychain.env;
    goOn();
  }
  const production = environment(sandbox.environments, 'PRODUCTION', 0);
  const other = environment(sandbox.environments, 'DEVELOPMENT', 1);
  const workspace = path.join(demoDir, 'workspace');
  copySampleWorkspace(workspace, { serverKey: other.fullAccess, envKey: other.fullAccess });
  track(workspace);
  const settings = { 'stiggKeys.api.endpoint': sandbox.url };
  const where = desktop === undefined ? await openServer(workspace, settings, env) : await openDesktop(desktop, workspace, settings, env);
  goOn();

  say('');
  say(`VS Code     ${where}`);
  say(`Stigg       a local one at ${sandbox.url}; nothing leaves this machine`);
  say(`Keychain    ${ownKeychain ? 'a throw-away one of this demo (this session has none of its own)' : 'your own; "Stigg: Forget Everything" removes what the demo stored in it'}`);
  say(`Workspace   ${workspace}`);
  say('');
  say('Try this (README.md in the workspace says more):');
  say('  1. Open "Stigg" in the activity bar and add an environment with this key:');
  for (const { name, type, fullAccess } of sandbox.environments) say(`       ${`${name} (${type})`.padEnd(26)} ${fullAccess}`);
  say(`     The key of ${other.name} is also in .env.local, where "Add Environment" can find it.`);
  say(`  2. Rotate the full access key of ${production.name} and keep the old one for a day, then revoke the old one.`);
  say('  3. Open app/pricing.tsx, server/billing.ts and scripts/backfill.js: hover, then Ctrl+. for the fixes.');
  say('  4. Open requests.sh, run "Stigg: Insert Authenticated Request", and run it in "Open Terminal with Key".');
  say('');
  say('The keys above belong to the local Stigg and die with it. Ctrl-C ends everything.');
  await asked;
}

/**
 * @param {import('./sandbox.mjs').SandboxEnvironment[]} environments @param {string} type @param {number} otherwise
 */
function environment(environments, type, otherwise) {
  const found = environments.find((candidate) => candidate.type === type) ?? environments[otherwise];
  if (found === undefined) throw new ToolError('The sandbox has no environments.');
  return found;
}

/** Git knows the sample, so that warnings can tell a tracked file from another. @param {string} workspace */
function track(workspace) {
  for (const args of [['init', '--quiet'], ['add', '--all'], ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', 'commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', 'A sample']]) {
    spawnSync('git', args, { cwd: workspace, stdio: 'ignore' });
  }
}

/** VS Code from the registry, in a browser. @param {string} workspace @param {Record<string, unknown>} settings @param {NodeJS.ProcessEnv} env */
async function openServer(workspace, settings, env) {
  say('Starting VS Code ...');
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) throw new ToolError('--port wants a number from 1 to 65535.');
  if (port !== undefined && !(await isFree(port))) throw new ToolError(`Port ${port} is taken: choose another one, or leave --port out.`);
  const code = await startVSCode({
    root: path.join(demoDir, 'code'),
    vsix: vsixPath,
    settings,
    env,
    ...(port === undefined ? {} : { port }),
  });
  endings.push(() => code.dispose({ keep: true }));
  const url = code.workbenchUrl({ folder: workspace, payload: [['openFile', `vscode-remote://${code.authority}${encodeURI(path.join(workspace, 'README.md'))}`]] });
  if (values.open && hasDisplay) {
    // Not our process to end: it hands the address to the person's browser and leaves.
    const opener = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
    opener.once('error', () => { say('No browser could be opened (xdg-open is missing): open the address by hand.'); });
    opener.unref();
  }
  return url;
}

/** The VS Code of this machine, with folders of its own. @param {string} program @param {string} workspace @param {Record<string, unknown>} settings @param {NodeJS.ProcessEnv} env */
async function openDesktop(program, workspace, settings, env) {
  const userData = path.join(demoDir, 'desktop', 'user-data');
  const folders = ['--user-data-dir', userData, '--extensions-dir', path.join(demoDir, 'desktop', 'extensions')];
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, 'workbench.startupEditor': 'readme', ...settings }, undefined, 2));
  say('Installing the extension into a fresh VS Code ...');
  const log = path.join(logsDir, 'desktop.log');
  const shell = process.platform === 'win32' && !/\.exe$/i.test(program);
  /** @param {string[]} args */
  const quoted = (args) => (shell ? args.map((arg) => `"${arg}"`) : args);
  const name = shell ? `"${program}"` : program;
  await run(name, quoted([...folders, '--install-extension', vsixPath, '--force']), { env, log, what: 'code --install-extension', shell });
  if (!values.open) return `not opened; open it with: code ${quoted([...folders, workspace]).join(' ')}`;
  // --wait keeps the starter alive as long as the window, so that it is ours to end and tells when the window closes.
  const child = spawn(name, quoted([...folders, '--disable-workspace-trust', '--new-window', '--wait', workspace]), { env, stdio: 'ignore', shell });
  endings.push(() => endTree(child.pid));
  child.once('error', (error) => {
    console.error(error.message);
    wakeUp();
  });
  child.once('exit', () => { wakeUp(); });
  return `${program}, in a window of its own (closing it ends the demo)`;
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => { resolve(false); });
    server.listen(port, '127.0.0.1', () => { server.close(() => { resolve(true); }); });
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Stopped)) {
    console.error(error instanceof ToolError ? `[start] ${error.message}` : error);
    process.exitCode = 1;
  }
} finally {
  await end();
  process.exit();
}
