// One window of the extension as a process of its own, for tests that end it in the middle of its work. It has the real
// keychain, the real journal in a folder, and a Stigg. It stops for ever at the checkpoint it was told, before or after a
// call that leaves the process, and says so: then it is killed there.
//
//   node window.mjs <JSON of WindowTask>        the last line of stdout: {"at":"..."} or {"done":...}
import process from 'node:process';
import { FolderState } from '../../../src/keys/folderState.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { openVault } from '../support.js';
import { ACTIONS } from './actions.js';
import type { WindowTask } from './task.js';

const task = JSON.parse(process.argv[2] ?? '') as WindowTask;
let passed = 0;

function checkpoint(name: string): void {
  if (passed++ !== task.stopAt) return;
  process.stdout.write(`${JSON.stringify({ at: name })}\n`);
  // Nothing of this process runs on, not even a timer: it is as it was when the power went.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** The same object, with a checkpoint before and after each of these methods. */
function watched<T extends object>(object: T, label: string, methods: readonly (keyof T & string)[]): T {
  return new Proxy(object, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (!methods.includes(name as keyof T & string)) return value.bind(target) as unknown;
      return async (...args: unknown[]) => {
        checkpoint(`before ${label}.${String(name)}`);
        const result: unknown = await (value as (...given: unknown[]) => unknown).apply(target, args);
        checkpoint(`after ${label}.${String(name)}`);
        return result;
      };
    },
  });
}

const state = watched(new FolderState(task.folder), 'journal', ['write', 'delete']);
const vault = watched(openVault(task.service, { state }), 'vault', ['save', 'updateIndex', 'delete']);
const api = watched(createGraphqlApi({ endpoint: task.endpoint, fetch: globalThis.fetch }), 'stigg', ['rotateKey', 'updateKey', 'revokeKey', 'createScopedKey', 'revealToken', 'probe']);
const outcome = await ACTIONS[task.action]({ api, vault, state, now: () => new Date(), watch: (ports) => watched(ports, 'files', ['mend']) }, task);
process.stdout.write(`${JSON.stringify({ done: outcome })}\n`);
vault.dispose();
state.dispose();
