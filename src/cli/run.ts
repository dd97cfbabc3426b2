import { resolve } from 'node:path';
import { runWithKeys } from '../node/run/run.js';
import { printable } from '../report/text.js';
import { withoutTokens } from '../withoutTokens.js';
import type { Terminal } from './main.js';
import type { RunInvocation } from './runArguments.js';

/** Runs a command with an environment's keys; resolves with the exit code. */
export function run({ environment, key, cwd, quiet, program, args }: RunInvocation, terminal: Terminal): Promise<number> {
  return runWithKeys({ environment, key, quiet, command: program, args, cwd: resolve(terminal.cwd, cwd ?? '.') }, {
    vault: () => terminal.vault(),
    env: terminal.env,
    now: () => new Date(),
    say: (message) => {
      terminal.err(`stigg-keys: ${printable(withoutTokens(message))}\n`);
    },
  });
}
