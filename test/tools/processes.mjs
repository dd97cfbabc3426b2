// @ts-check
// Child processes for the tools: run one to its end with its noise in a log file, find a free port,
// and end a process together with everything it started (by id, never by name).
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A step failed in a way that a person can act on: shown without a stack. */
export class ToolError extends Error {}

/** @param {string} name the absolute path of a program, or undefined when PATH has none */
export function which(name) {
  const extensions = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const extension of extensions) {
      const candidate = path.join(folder, name + extension);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

/**
 * npm as a program that can be started without a shell everywhere (on Windows `npm` is a .cmd file).
 * @param {string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(args) {
  if (process.platform !== 'win32') return { command: 'npm', args };
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return { command: process.execPath, args: [process.env['npm_execpath'] ?? beside, ...args] };
}

/**
 * Runs a command to its end. With `log` its output goes to that file and only the tail is shown when it fails;
 * without, it goes to this terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv, log?: string, what?: string, shell?: boolean }} [options]
 */
export async function run(command, args, options = {}) {
  const what = options.what ?? [path.basename(command), ...args].join(' ');
  if (options.log !== undefined) mkdirSync(path.dirname(options.log), { recursive: true });
  const out = options.log === undefined ? undefined : openSync(options.log, 'a');
  /** @type {number} */
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: out === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', out, out],
      shell: options.shell === true,
    });
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => {
      resolve(exitCode ?? (signal === null ? 1 : 128));
    });
  }).finally(() => {
    if (out !== undefined) closeSync(out);
  });
  if (code !== 0) {
    const tail = options.log === undefined ? '' : `\n${tailOf(options.log)}\nThe whole output: ${options.log}`;
    throw new ToolError(`${what} failed (exit code ${String(code)}).${tail}`);
  }
}

/** @param {string} file @param {number} [lines] */
export function tailOf(file, lines = 25) {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}

/** @returns {Promise<number>} a loopback port nobody listens on */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => { resolve(port); });
    });
  });
}

/** @typedef {{ pid: number, parent: number, started: string }} ProcessEntry */

/** @returns {ProcessEntry[]} every process of this machine; the start time tells a reused id from the process we meant */
function processTable() {
  if (process.platform === 'linux') {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The second field is the program's name in brackets and may hold anything, so read from the last bracket.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return fields[0] === 'Z' ? [] : [{ pid: Number(name), parent: Number(fields[1]), started: fields[19] ?? '' }];
      } catch {
        return []; // It ended while we were looking.
      }
    });
  }
  const listing = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { encoding: 'utf8' }).stdout;
  return listing.split('\n').flatMap((line) => {
    const [, pid, parent, started] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), started: started ?? '' }];
  });
}

/** @param {number} root @returns {ProcessEntry[]} a process and all its descendants, children last */
export function processTree(root) {
  const table = processTable();
  const tree = table.filter((entry) => entry.pid === root);
  for (const entry of tree) tree.push(...table.filter((other) => other.parent === entry.pid));
  return tree;
}

/** @param {ProcessEntry[]} entries */
function stillRunning(entries) {
  const now = new Map(processTable().map((entry) => [entry.pid, entry.started]));
  return entries.filter((entry) => now.get(entry.pid) === entry.started);
}

/**
 * Ends a process and everything it started: politely first, then for good.
 * Descendants are listed before the first signal, because they lose their parent with it.
 * @param {number | undefined} pid
 * @param {{ graceMs?: number }} [options]
 */
export async function endTree(pid, options = {}) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  const tree = processTree(pid);
  signal(tree.slice(0, 1), 'SIGTERM');
  const deadline = Date.now() + (options.graceMs ?? 3000);
  while (Date.now() < deadline && stillRunning(tree.slice(0, 1)).length > 0) await sleep(50);
  signal(stillRunning(tree), 'SIGTERM');
  const last = Date.now() + 1500;
  while (Date.now() < last && stillRunning(tree).length > 0) await sleep(50);
  signal(stillRunning(tree), 'SIGKILL');
  const end = Date.now() + 1000;
  while (Date.now() < end && stillRunning(tree).length > 0) await sleep(20);
}

/** @param {ProcessEntry[]} entries @param {NodeJS.Signals} name */
function signal(entries, name) {
  for (const { pid } of entries) {
    try {
      process.kill(pid, name);
    } catch {
      // Already gone.
    }
  }
}
