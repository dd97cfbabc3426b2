// @ts-check
// Runs a program and says what it took: wall time always, the CPU time of it and all it started, or the memory they held.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endTree, which } from '../tools/processes.mjs';

/**
 * @typedef {object} Taken
 * @property {number} wallMs from before the start until it has ended
 * @property {number | undefined} cpuMs user and system time of it and of all it has waited for
 * @property {number | undefined} peakBytes
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} stderr
 */
/** @typedef {{ readonly cwd: string, readonly env?: NodeJS.ProcessEnv, readonly measure?: 'wall' | 'cpu' | 'memory', readonly timeoutMs?: number }} Options */

const MOST_OUTPUT = 50_000_000;
const POLL_MS = 4;
/** The shell asks the system what its children took, which Node does not: prints user and system time of the children in its second line. */
const WITH_TIMES = '"$@"; code=$?; times >&3; exit $code';

/** Programs that are running. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** Aborted when the bench is stopped: nothing is started any more. */
const stop = new AbortController();

/** Ends everything that was started and still runs; nothing can be started afterwards. */
export async function endAll() {
  stop.abort(new Error('The bench was stopped.'));
  await Promise.all(Array.from(running, (child) => endTree(child.pid, { graceMs: 500 })));
}

/** Whether the CPU time of programs can be told here. */
export const canTellCpu = process.platform !== 'win32' && which('bash') !== undefined;
/** Whether their memory can. */
export const canTellMemory = process.platform === 'linux';

/** @param {readonly string[]} command @param {Options} options @returns {Promise<Taken>} */
export async function take(command, { cwd, env = process.env, measure = 'wall', timeoutMs = 300_000 }) {
  stop.signal.throwIfAborted();
  const withCpu = measure === 'cpu' && canTellCpu;
  const [program = '', ...args] = withCpu ? ['bash', '-c', WITH_TIMES, 'bash', ...command] : command;
  const out = { stdout: '', stderr: '', times: '' };
  const started = performance.now();
  const child = spawn(program, args, { cwd, env: { ...env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe', withCpu ? 'pipe' : 'ignore'] });
  running.add(child);
  for (const [index, name] of /** @type {const} */ ([[1, 'stdout'], [2, 'stderr'], [3, 'times']])) {
    const stream = child.stdio[index];
    if (stream === null || stream === undefined || !('setEncoding' in stream)) continue;
    stream.setEncoding('utf8');
    stream.on('data', (/** @type {string} */ text) => { if (out[name].length < MOST_OUTPUT) out[name] += text; });
  }
  const timer = setTimeout(() => { void endTree(child.pid); }, timeoutMs);
  try {
    /** @type {Promise<{ code: number | null, wallMs: number }>} */
    const ended = new Promise((resolve, reject) => {
      let wallMs = 0;
      child.once('error', reject);
      child.once('exit', () => { wallMs = performance.now() - started; });
      // All of its output is here only then.
      child.once('close', (code) => { resolve({ code, wallMs }); });
    });
    const [{ code, wallMs }, peakBytes] = await Promise.all([ended, measure === 'memory' && canTellMemory ? peakOf(child) : undefined]);
    return { wallMs, cpuMs: cpuOf(out.times), peakBytes, code, stdout: out.stdout, stderr: out.stderr };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/** What the shell's `times` says of its children, in milliseconds. @param {string} text */
export function cpuOf(text) {
  const line = text.trim().split('\n')[1];
  const parts = Array.from((line ?? '').matchAll(/(\d+)m([\d.]+)s/g), ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000);
  return parts.length === 2 ? parts.reduce((sum, part) => sum + part, 0) : undefined;
}

/**
 * The most memory that the processes which were there together held: the sum of what each of them held at its worst until then (VmHWM), so that no
 * peak between two looks is missed. Too much rather than too little: peaks of two processes may lie apart, and pages that they share count twice.
 * @param {import('node:child_process').ChildProcess} child
 */
async function peakOf(child) {
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    let sum = 0;
    for (const pid of treeOf(child.pid)) sum += highWater(pid);
    peak = Math.max(peak, sum);
    await sleep(POLL_MS);
  }
  return peak === 0 ? undefined : peak;
}

/** @param {number} pid @returns {number[]} */
function treeOf(pid) {
  const pids = [pid];
  for (const each of pids) {
    try {
      // A process started by a worker thread is listed at that thread.
      for (const thread of readdirSync(`/proc/${each}/task`)) {
        for (const id of readFileSync(`/proc/${each}/task/${thread}/children`, 'utf8').split(' ')) if (id !== '') pids.push(Number(id));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return pids;
}

/** @param {number} pid */
function highWater(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
