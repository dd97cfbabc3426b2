// @ts-check
// A real keychain for tests and for the demo on machines that have none: a D-Bus session bus and an unlocked
// gnome-keyring of our own. Its files are in a private folder, so nothing of the person's own keyring is touched.
//
//   node test/tools/keychain.mjs [--locked | --none | --no-bus] -- <command...>   runs a command with such a keychain
//   import { startKeychain } from './keychain.mjs'
//   const keychain = await startKeychain({ mode: 'unlocked' });   // env to give to the processes that shall see it
//   spawn('node', [...], { env: keychain.env });  await keychain.dispose();
//
// Modes: unlocked; locked (there, but the collection is locked and nobody can answer a prompt);
// none (a bus without any Secret Service); no-bus (no D-Bus at all).
// libsecret keeps the bus of a process's first call, so a test that wants another mode starts a child process with that
// keychain's env. Inside, STIGG_KEYS_KEYCHAIN holds the mode.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endTree, tailOf, ToolError } from './processes.mjs';

const service = 'org.freedesktop.secrets';
const loginCollection = '/org/freedesktop/secrets/collection/login';

/** @typedef {'unlocked' | 'locked' | 'none' | 'no-bus'} KeychainMode */

/**
 * @typedef {object} Keychain
 * @property {NodeJS.ProcessEnv} env the environment in which this keychain is the one that is found
 * @property {string} dir its private folder (the encrypted keyring is in data/keyrings)
 * @property {() => void} lock locks the collection; only `unlock` opens it again, since there is no prompter
 * @property {() => Promise<void>} unlock
 * @property {() => Promise<void>} stopService ends the Secret Service and leaves the bus
 * @property {() => Promise<void>} dispose ends everything and deletes the folder
 */

/**
 * Is there a Secret Service that this process can already use? (macOS and Windows always have a keychain.)
 * @param {NodeJS.ProcessEnv} [env]
 */
export function hasKeychain(env = process.env) {
  if (process.platform !== 'linux') return true;
  return env['DBUS_SESSION_BUS_ADDRESS'] !== undefined && defaultCollection(env) !== undefined;
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} args */
function dbusSend(env, args) {
  return spawnSync('dbus-send', ['--session', '--print-reply', '--reply-timeout=5000', `--dest=${service}`, ...args], { env, encoding: 'utf8' });
}

/** @param {NodeJS.ProcessEnv} env */
function defaultCollection(env) {
  const reply = dbusSend(env, ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default']);
  const found = /object path "([^"]+)"/.exec(reply.stdout ?? '')?.[1];
  return found === undefined || found === '/' ? undefined : found;
}

/** @param {NodeJS.ProcessEnv} env */
function isLocked(env) {
  const reply = dbusSend(env, [loginCollection, 'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked']);
  return /boolean true/.test(reply.stdout ?? '');
}

/**
 * @param {{ mode?: KeychainMode, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Keychain>}
 */
export async function startKeychain(options = {}) {
  const mode = options.mode ?? 'unlocked';
  if (process.platform !== 'linux') throw new ToolError('A private keychain can only be started on Linux; macOS and Windows have their own.');
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-keychain-')));
  const runtime = path.join(dir, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  mkdirSync(path.join(dir, 'data', 'keyrings'), { recursive: true, mode: 0o700 });
  const log = path.join(dir, 'keychain.log');

  /** @type {NodeJS.ProcessEnv} */
  const base = { ...(options.env ?? process.env), STIGG_KEYS_KEYCHAIN: mode };
  for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'DBUS_SESSION_BUS_PID', 'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK']) Reflect.deleteProperty(base, name);
  if (mode === 'no-bus') {
    // Without a display no bus is started on demand, and an empty runtime folder hides the one of the login session.
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...base, XDG_RUNTIME_DIR: runtime };
    Reflect.deleteProperty(env, 'DISPLAY');
    Reflect.deleteProperty(env, 'WAYLAND_DISPLAY');
    return {
      env, dir, lock() { /* nothing to lock */ }, async unlock() { /* nothing to unlock */ }, async stopService() { /* nothing to stop */ },
      async dispose() { rmSync(dir, { recursive: true, force: true }); },
    };
  }

  // Only the bus and the keyring see the private folders; the commands run with the person's own.
  // The display is hidden from them, so that a locked keyring never opens a dialog on somebody's screen.
  /** @type {NodeJS.ProcessEnv} */
  const daemonEnv = { ...base, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: path.join(dir, 'data') };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) Reflect.deleteProperty(daemonEnv, name);
  const out = openSync(log, 'a');
  // A configuration without service files: nothing but the keyring that we start ourselves ever answers.
  const config = path.join(dir, 'bus.conf');
  writeFileSync(config, `<busconfig><type>session</type><listen>unix:path=${path.join(runtime, 'bus')}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n`);
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'], { env: daemonEnv, stdio: ['ignore', 'pipe', out] });
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    bus.once('error', () => { reject(new ToolError('dbus-daemon did not start. Is the package dbus installed?')); });
    bus.once('exit', () => { reject(new ToolError(`dbus-daemon ended at once:\n${tailOf(log)}`)); });
    let text = '';
    bus.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      text += chunk;
      const line = /^(.+)\n/.exec(text)?.[1];
      if (line !== undefined) resolve(line);
    });
  });
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: address };
  const serviceEnv = { ...daemonEnv, DBUS_SESSION_BUS_ADDRESS: address };
  const password = 'throw-away';
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let keyring;

  const startService = async () => {
    const started = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], { env: serviceEnv, stdio: ['pipe', out, out] });
    keyring = started;
    started.once('error', () => { /* told below: the collection never appears */ });
    started.stdin?.on('error', () => { /* it ended before it read the password: told below */ });
    started.stdin?.end(password);
    const deadline = Date.now() + 10_000;
    while (defaultCollection(env) === undefined || isLocked(env)) {
      if (Date.now() > deadline || started.exitCode !== null) throw new ToolError(`gnome-keyring did not come up:\n${tailOf(log)}`);
      await sleep(50);
    }
  };
  const stopService = async () => {
    await endTree(keyring?.pid);
    keyring = undefined;
  };
  const lock = () => {
    dbusSend(env, ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', `array:objpath:${loginCollection}`]);
    if (!isLocked(env)) throw new ToolError('gnome-keyring did not lock its collection.');
  };
  const dispose = async () => {
    await stopService();
    await endTree(bus.pid);
    closeSync(out);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    if (mode !== 'none') await startService();
    if (mode === 'locked') lock();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    env, dir, lock, stopService, dispose,
    async unlock() {
      await stopService();
      await startService();
    },
  };
}

/**
 * Runs a command with a keychain of its own and gives back its exit code.
 * @param {string} command @param {string[]} args @param {{ mode?: KeychainMode, env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export async function withKeychain(command, args, options = {}) {
  const keychain = await startKeychain(options);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { env: keychain.env, cwd: options.cwd, stdio: 'inherit' });
      const pass = (/** @type {NodeJS.Signals} */ name) => { child.kill(name); };
      process.on('SIGINT', pass).on('SIGTERM', pass);
      child.once('error', reject);
      child.once('exit', (code, signalName) => {
        process.off('SIGINT', pass).off('SIGTERM', pass);
        resolve(code ?? (signalName === null ? 1 : 130));
      });
    });
  } finally {
    await keychain.dispose();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--');
  const [command, ...args] = at === -1 ? [] : process.argv.slice(at + 1);
  const flag = process.argv.slice(2, at === -1 ? undefined : at)[0];
  const mode = flag?.slice(2) ?? 'unlocked';
  if (command === undefined || !['unlocked', 'locked', 'none', 'no-bus'].includes(mode)) {
    console.error('Usage: node test/tools/keychain.mjs [--locked | --none | --no-bus] -- <command...>');
    process.exitCode = 2;
  } else {
    try {
      process.exitCode = await withKeychain(command, args, { mode: /** @type {KeychainMode} */ (mode) });
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  }
}
