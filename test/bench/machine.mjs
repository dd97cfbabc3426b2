// @ts-check
// On what it was measured.
import os from 'node:os';
import process from 'node:process';

/** @typedef {{ readonly cpu: string, readonly cores: number, readonly memoryBytes: number, readonly system: string, readonly node: string, readonly load: number }} Machine `load`: of the last minute, when the bench began */

/** More work than this by others, and absolute times say little. */
export const BUSY = 1;

/** @returns {Machine} */
export function machine() {
  return {
    cpu: (os.cpus()[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim(), cores: os.availableParallelism(), memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.release()} ${process.arch}`, node: process.versions.node, load: os.loadavg()[0] ?? 0,
  };
}
