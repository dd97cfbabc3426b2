import { readFileSync } from 'node:fs';

/**
 * Whether the terminal itself sends Ctrl+C and Ctrl+\ to this process and its children: they share its foreground process group.
 * Passed on as well, the child would get each twice, and many programs take the second as "at once, without cleaning up".
 */
export function isInForeground(): boolean {
  if (process.platform === 'linux') {
    try {
      return foregroundOf(readFileSync('/proc/self/stat', 'utf8'));
    } catch {
      // Without /proc the streams have to tell.
    }
  }
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
}

/** Reads proc(5)'s `stat`: the process group is the fifth field, that of its terminal's foreground the eighth. Exported for its test. */
export function foregroundOf(stat: string): boolean {
  // The name of the program is the second field, in brackets, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[2] !== undefined && fields[2] === fields[5];
}
