// @ts-check
// From a bare clone to everything `npm start` and `npm test` need; the second run only looks at stamps.
//
//   node test/tools/setup.mjs            everything (the same as `npm run setup`)
//   import { setup } from './setup.mjs'  await setup({ server: true, browser: true, keychain: true })
//
// Runs before anything is installed, so it uses Node alone. What it makes:
//   node_modules/          npm ci, again whenever package-lock.json changes
//   .vscode-test/server/   VS Code's own server and web workbench, from the npm registry, with the Node it needs
//   .vscode-test/logs/     the output of the package managers
// On Debian and its relatives it installs the missing system packages (Chromium, a keyring, ...); elsewhere it says what to install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { logsDir, repoRoot, serverDir, workDir } from './paths.mjs';
import { npmCommand, run, ToolError, which } from './processes.mjs';

const minimumNode = [20, 19];
/** code-server packs VS Code's server and web workbench (1.139) for npm; it wants Node 24, which the second package carries. */
const codeServerVersion = '4.139.1';
const serverNodeVersion = '24.21.0';
const serverStamp = path.join(serverDir, 'installed.json');

/**
 * @typedef {{ server?: boolean, browser?: boolean, keychain?: boolean, languages?: boolean }} Needs
 */

/** Where the parts of the VS Code server are once it is installed. */
export const serverParts = {
  node: path.join(serverDir, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
  vscode: path.join(serverDir, 'node_modules', 'code-server', 'lib', 'vscode'),
};

/** @param {Needs} [needs] */
export async function setup(needs = { server: true, browser: true, keychain: true, languages: true }) {
  checkNode();
  mkdirSync(workDir, { recursive: true });
  await installDependencies();
  await installSystemPackages(needs);
  if (needs.server === true) await installServer();
}

/** @param {string} text */
function say(text) {
  console.log(`[setup] ${text}`);
}

/** @template T @param {string} what @param {() => Promise<T>} work */
async function timed(what, work) {
  const start = Date.now();
  say(`${what} ...`);
  const result = await work();
  say(`${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = minimumNode;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new ToolError(`Node ${minimumNode.join('.')} or newer is needed; this is ${process.versions.node}. Install it from https://nodejs.org and run this again.`);
  }
}

// --- npm dependencies -------------------------------------------------------------------------------------------

async function installDependencies() {
  const modules = path.join(repoRoot, 'node_modules');
  const lock = path.join(repoRoot, 'package-lock.json');
  const locked = existsSync(lock);
  const fingerprint = createHash('sha256').update(readFileSync(locked ? lock : path.join(repoRoot, 'package.json'))).digest('hex');
  const stamp = path.join(modules, '.stigg-setup');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  // npm writes this record last. Newer than the lock: somebody ran npm by hand, and it is as good as our own run.
  const record = path.join(modules, '.package-lock.json');
  if (locked && existsSync(record) && statSync(record).mtimeMs >= statSync(lock).mtimeMs) {
    writeFileSync(stamp, fingerprint);
    return;
  }
  const args = [locked ? 'ci' : 'install', '--include=dev', '--no-audit', '--no-fund'];
  await timed(`Installing npm dependencies (npm ${args[0] ?? ''})`, () => npm(args, { cwd: repoRoot, log: 'npm-dependencies.log' }));
  writeFileSync(stamp, fingerprint);
}

/** @param {string[]} args @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv }} options */
function npm(args, options) {
  const npmProgram = npmCommand(args);
  return run(npmProgram.command, npmProgram.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    log: path.join(logsDir, options.log),
    what: `npm ${args[0] ?? ''}`,
  });
}

// --- system packages --------------------------------------------------------------------------------------------

/** Browsers that the UI tests can drive, best first; the environment variable wins. */
export function findBrowser() {
  const chosen = process.env['STIGG_KEYS_BROWSER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  for (const name of ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'chromium-browser']) {
    const found = which(name);
    // Ubuntu's chromium-browser without its snap is a script that only explains itself.
    if (found !== undefined && !(name === 'chromium-browser' && existsSync('/etc/lsb-release') && !existsSync('/snap/bin/chromium'))) return found;
  }
  return undefined;
}

/** @param {string} name a shared library's file name */
function hasLibrary(name) {
  const folders = ['/usr/lib', '/lib', '/usr/lib64', '/lib64', '/usr/local/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
  return folders.some((folder) => existsSync(path.join(folder, name)));
}

function hasFont() {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some((folder) => {
    const listing = spawnSync('find', [folder, '-name', '*.ttf', '-o', '-name', '*.otf', '-o', '-name', '*.ttc'], { encoding: 'utf8' });
    return (listing.stdout ?? '').trim() !== '';
  });
}

/** @param {string} command @param {string[]} args */
function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/**
 * What a run needs of the system: the Debian package, how to tell that it is there, and what to say elsewhere.
 * @param {Needs} needs
 */
function systemNeeds(needs) {
  const compile = needs.server === true && !isServerInstalled();
  // Requests are run in the languages they are written for. These are small; tests of what is not there are left out, by name.
  const languages = needs.languages === true;
  /** @type {{ wanted: boolean, there: () => boolean, debian: string[], say: string, optional?: boolean }[]} */
  const list = [
    { wanted: needs.browser === true, there: () => findBrowser() !== undefined, debian: ['chromium'], say: 'Chromium or Google Chrome on PATH (or its path in STIGG_KEYS_BROWSER)' },
    { wanted: needs.browser === true, there: hasFont, debian: ['fonts-dejavu-core'], say: 'a TrueType font such as DejaVu' },
    { wanted: needs.keychain === true, there: () => which('gnome-keyring-daemon') !== undefined, debian: ['gnome-keyring'], say: 'gnome-keyring' },
    { wanted: needs.keychain === true, there: () => which('dbus-run-session') !== undefined && which('dbus-send') !== undefined, debian: ['dbus'], say: 'dbus (dbus-run-session and dbus-send)' },
    { wanted: needs.keychain === true, there: () => hasLibrary('libsecret-1.so.0'), debian: ['libsecret-1-0'], say: 'libsecret' },
    { wanted: true, there: () => which('curl') !== undefined, debian: ['curl'], say: 'curl' },
    { wanted: true, there: () => which('http') !== undefined, debian: ['httpie'], say: 'HTTPie (inserted requests are run with it)' },
    { wanted: true, there: () => which('zsh') !== undefined, debian: ['zsh'], say: 'zsh (inserted requests are run in it)' },
    { wanted: true, there: () => which('uuidgen') !== undefined, debian: ['uuid-runtime'], say: 'uuidgen' },
    { wanted: true, there: () => which('git') !== undefined, debian: ['git'], say: 'git' },
    { wanted: compile, there: () => which('g++') !== undefined && which('make') !== undefined, debian: ['g++', 'make'], say: 'a C++ compiler and make (VS Code\'s log writer is compiled once)' },
    { wanted: compile, there: () => which('python3') !== undefined, debian: ['python3'], say: 'python3 (node-gyp uses it)' },
    { wanted: languages, optional: true, there: () => runs('python3', ['-c', 'import requests']) || runs('/usr/bin/python3', ['-c', 'import requests']), debian: ['python3-requests'], say: 'Python with requests' },
    { wanted: languages, optional: true, there: () => which('ruby') !== undefined, debian: ['ruby'], say: 'Ruby' },
    { wanted: languages, optional: true, there: () => runs('php', ['-r', "exit(function_exists('curl_init') ? 0 : 1);"]), debian: ['php-cli', 'php-curl'], say: 'PHP with curl' },
  ];
  return list.filter((need) => need.wanted && !need.there());
}

/** @param {Needs} needs */
async function installSystemPackages(needs) {
  if (process.platform !== 'linux') {
    if (needs.server === true) {
      throw new ToolError('The VS Code server of these tools runs on Linux only. Here, use the desktop VS Code: `npm run test:unit`, `npm run test:desktop`, and `npm start` with `code` on PATH.');
    }
    return;
  }
  const missing = systemNeeds(needs);
  if (missing.length === 0) return;
  // Nobody is asked for a password, or turned away, for what can be done without.
  if (missing.every((need) => need.optional === true) && (which('apt-get') === undefined || process.getuid?.() !== 0)) {
    say(`not here, so their tests are left out: ${missing.map((need) => `${need.say} (Debian: ${need.debian.join(' ')})`).join(', ')}`);
    return;
  }
  const packages = missing.flatMap((need) => need.debian);
  const byHand = `Install these and run this again:\n${missing.map((need) => `  - ${need.say}`).join('\n')}`;
  if (which('apt-get') === undefined) throw new ToolError(`This system has no apt-get, so nothing was installed. ${byHand}`);
  if (packages.includes('chromium') && /^ID=ubuntu$/m.test(existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '')) {
    throw new ToolError(`Ubuntu has Chromium only as a snap. Install Google Chrome (https://www.google.com/chrome/), or run \`npx playwright-core install --with-deps chromium\` and give its path in STIGG_KEYS_BROWSER, then run this again.`);
  }
  const prefix = process.getuid?.() === 0 ? [] : sudo(byHand, packages);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const log = path.join(logsDir, 'apt.log');
  /** @param {string[]} args */
  const apt = (args) => {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args];
    return run(command, rest, { env, log, what: `apt-get ${args[0] ?? ''}` });
  };
  await timed(`Installing system packages: ${packages.join(' ')}`, async () => {
    await apt(['update']);
    await apt(['install', '-y', '--no-install-recommends', ...packages]);
  });
  const still = systemNeeds(needs);
  if (still.length > 0) throw new ToolError(`apt-get installed ${packages.join(' ')}, but these are still missing: ${still.map((need) => need.say).join(', ')}.`);
}

/** @param {string} byHand @param {string[]} packages */
function sudo(byHand, packages) {
  const interactive = process.stdin.isTTY && process.env['CI'] === undefined;
  const works = which('sudo') !== undefined && spawnSync('sudo', [interactive ? '-v' : '-n', ...(interactive ? [] : ['true'])], { stdio: interactive ? 'inherit' : 'ignore' }).status === 0;
  if (!works) throw new ToolError(`System packages are missing and neither root nor sudo is at hand. ${byHand}\nOn Debian: apt-get install --no-install-recommends ${packages.join(' ')}`);
  return ['sudo', '--preserve-env=DEBIAN_FRONTEND'];
}

// --- VS Code ----------------------------------------------------------------------------------------------------

const wantedServer = JSON.stringify({ codeServer: codeServerVersion, node: serverNodeVersion, arch: process.arch, recipe: 2 });

function isServerInstalled() {
  return existsSync(serverStamp) && readFileSync(serverStamp, 'utf8') === wantedServer;
}

async function installServer() {
  if (isServerInstalled()) return;
  if (process.arch !== 'x64' && process.arch !== 'arm64') throw new ToolError(`No VS Code server for ${process.arch}: x64 and arm64 are supported.`);
  const nodePackage = `node-linux-${process.arch}`;
  // Made beside its place and moved there whole, so an interrupted install is never taken for a finished one.
  const making = `${serverDir}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  writeFileSync(path.join(making, 'package.json'), JSON.stringify({ private: true, description: 'VS Code for the tests and the demo' }));
  const vscode = path.join(making, 'node_modules', 'code-server', 'lib', 'vscode');
  const quiet = ['--no-audit', '--no-fund', '--no-progress'];
  await timed('Fetching VS Code from the npm registry (about 800 MB unpacked, once)', async () => {
    await npm(['install', '--ignore-scripts', ...quiet, `code-server@${codeServerVersion}`, `${nodePackage}@${serverNodeVersion}`], { cwd: making, log: 'vscode-server.log' });
    accessSync(path.join(making, 'node_modules', nodePackage, 'bin', 'node'), constants.X_OK);
    await npm(['install', '--omit=dev', '--ignore-scripts', '--force', ...quiet], { cwd: vscode, log: 'vscode-server.log' });
    // TypeScript, for the built-in language features.
    await npm(['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: path.join(vscode, 'extensions'), log: 'vscode-server.log' });
  });
  await timed('Building its native parts', async () => {
    // Node's headers come with the package, so node-gyp downloads nothing.
    const env = { npm_config_nodedir: path.join(making, 'node_modules', nodePackage) };
    await npm(['rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog', 'node-pty'], { cwd: vscode, log: 'vscode-server.log', env });
    symlinkSync('node_modules', path.join(vscode, 'node_modules.asar'));
  });
  writeFileSync(path.join(making, 'installed.json'), wantedServer);
  rmSync(serverDir, { recursive: true, force: true });
  renameSync(making, serverDir);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const start = Date.now();
  try {
    await setup(process.platform === 'linux' ? undefined : {});
    say(`ready (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    console.error(`[setup] ${error.message}`);
    process.exitCode = 1;
  }
}
