/** What is used of the package, which brings no types of its own. */
declare module 'cross-spawn' {
  import type { ChildProcess, SpawnOptions } from 'node:child_process';

  /** Starts a command as Windows' own prompt finds it (`npm` is `npm.cmd` there), with every argument escaped for it. */
  export default function spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}
