import { execFile, type ChildProcess } from 'node:child_process';

/** What a program gets to tidy up before it is ended without being asked. Milliseconds. */
const PATIENCE_MS = 3_000;

/** Ctrl+C, to a command and everything in its group. Windows has no such signal for others: there the tree is asked to end. */
export function interrupt(child: ChildProcess): void {
  if (process.platform === 'win32') taskkill(child, false);
  else signal(child, 'SIGINT');
}

/**
 * Ends a command with everything that it started: asks first, then does not.
 *
 * @param ended resolves when the command is gone
 */
export async function endTree(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (process.platform === 'win32') taskkill(child, true);
  else signal(child, 'SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      if (process.platform !== 'win32') signal(child, 'SIGKILL');
      resolve();
    }, PATIENCE_MS);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
}

/** To the group, whose id is that of its first process. */
function signal({ pid }: ChildProcess, name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

function taskkill({ pid }: ChildProcess, isForced: boolean): void {
  if (pid !== undefined) execFile('taskkill', ['/pid', String(pid), '/T', ...(isForced ? ['/F'] : [])], () => undefined);
}
