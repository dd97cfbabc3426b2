import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Disposable } from '../../event.js';
import { isInForeground } from './foreground.js';

/** Asked of us, meant for the command. */
const PASSED_ON: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];
/** What a terminal sends to every process of its foreground group. */
const OF_TERMINALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
/**
 * Signals that end this process and leave nothing behind. Those that make a core dump are not among them: a dump of this process
 * could still hold the key. Node handles the others itself.
 */
const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'];

/**
 * Sends this process's signals on to the child, and keeps it alive itself, so that the child decides what happens. To be called
 * before the child is there, or a signal in between would end us alone.
 *
 * @param child undefined until it has been started; what comes before is sent when it is
 */
export class PassedSignals implements Disposable {
  readonly #handlers: readonly (readonly [NodeJS.Signals, () => void])[];
  readonly #early: NodeJS.Signals[] = [];
  #child: ChildProcess | undefined;

  constructor() {
    this.#handlers = PASSED_ON.map((signal) => [signal, () => { this.#pass(signal); }]);
    for (const [signal, handler] of this.#handlers) process.on(signal, handler);
  }

  /** The child has been started. */
  to(child: ChildProcess): void {
    this.#child = child;
    // A child that did not exist yet has missed what the terminal sent.
    for (const signal of this.#early.splice(0)) child.kill(signal);
  }

  dispose(): void {
    for (const [signal, handler] of this.#handlers) process.off(signal, handler);
  }

  #pass(signal: NodeJS.Signals): void {
    if (this.#child === undefined) {
      this.#early.push(signal);
      return;
    }
    // A Windows console tells every process itself, and kill() would end the child at once there.
    if (process.platform === 'win32') return;
    if (OF_TERMINALS.includes(signal) && isInForeground()) return;
    this.#child.kill(signal);
  }
}

/** The exit code that shells give a process that a signal ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Ends this process by the signal that ended the child, so that a script sees what it would have seen. Resolves where that cannot be. */
export async function endBy(signal: NodeJS.Signals): Promise<void> {
  if (process.platform === 'win32' || !ENDING.includes(signal)) return;
  process.kill(process.pid, signal);
  // Delivered at once or, where somebody ignores it, never.
  await new Promise((resolve) => setTimeout(resolve, 500));
}
