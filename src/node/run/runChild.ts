import { spawn, type ChildProcess } from 'node:child_process';
import { t } from '@vscode/l10n';
import { errorCode } from '../files.js';
import { endBy, exitCodeOf, PassedSignals } from './signals.js';

/** A command and where it runs. */
export interface Child {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The child's whole environment. Emptied once the system has its own copy. */
  readonly env: NodeJS.ProcessEnv;
}

/** As shells do: the command was found and could not be started, or was not found. */
const [NOT_EXECUTABLE, NOT_FOUND] = [126, 127];

/**
 * Runs a command with our own streams, without a shell, and resolves with its exit code; where a signal ended it, ends this process
 * by that signal.
 *
 * @param say called with why the command could not be started
 */
export async function runChild({ command, args, cwd, env }: Child, say: (message: string) => void): Promise<number> {
  const start = await starter();
  const signals = new PassedSignals();
  let ended: Ended;
  try {
    ended = await new Promise<Ended>((resolve, reject) => {
      let child: ChildProcess;
      try {
        child = start(command, args, { cwd, env, stdio: 'inherit', windowsHide: false });
      } catch (error) {
        // Some systems report a failed start at once.
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      } finally {
        for (const name of Object.keys(env)) Reflect.deleteProperty(env, name);
        forgetLastMatch();
      }
      child.once('spawn', () => { signals.to(child); });
      child.once('error', reject);
      child.once('exit', (code, signal) => { resolve({ code, signal }); });
    });
  } catch (error) {
    return cannotStart(command, error, say);
  } finally {
    signals.dispose();
  }
  if (ended.signal === null) return ended.code ?? 1;
  await endBy(ended.signal);
  return exitCodeOf(ended.signal);
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The engine keeps the whole text that a regular expression looked at last: here that was the keychain's answer, with the value in it. */
function forgetLastMatch(): void {
  /^$/.test('');
}

/** Windows starts only .exe files by their name; what npm and others install there are scripts of its command prompt. */
async function starter(): Promise<typeof spawn> {
  if (process.platform !== 'win32') return spawn;
  const { default: crossSpawn } = await import('cross-spawn');
  return crossSpawn as typeof spawn;
}

function cannotStart(command: string, error: unknown, say: (message: string) => void): number {
  const code = errorCode(error);
  if (code === 'ENOENT') {
    say(t('{0}: command not found.', command));
    return NOT_FOUND;
  }
  say(t('{0} could not be started ({1}).', command, code));
  return NOT_EXECUTABLE;
}
