import { spawn } from 'node:child_process';

/** What a run left behind, once its names are told. */
export interface Outcome {
  /** What stood behind the last name. */
  readonly tail: string;
  readonly errors: string;
}

/** Of what went wrong so much is kept; more is not worth reading. */
const MOST_ERRORS = 1024 * 1024;
/** 0: something found, 1: nothing, 2: something could not be read, which its errors tell. */
const CODES: readonly (number | null)[] = [0, 1, 2];

/**
 * Runs ripgrep in a folder and tells each name that it prints, which NULs end. Undefined when it could not be started or did not come to its end,
 * whatever the reason.
 */
export function runRipgrep(binary: string, args: readonly string[], cwd: string, onName: (name: Buffer) => void, signal?: AbortSignal): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    // Its own configuration file is not read; nothing of ours is in its arguments but patterns.
    const child = spawn(binary, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...(signal === undefined ? {} : { signal }) });
    let rest: Buffer = Buffer.alloc(0);
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, from)) {
        onName(bytes.subarray(from, end));
        from = end + 1;
      }
      rest = bytes.subarray(from);
    });
    child.stderr.on('data', (chunk: Buffer) => { if (errors.length < MOST_ERRORS) errors += chunk.toString(); });
    child.on('error', () => { resolve(undefined); });
    child.on('close', (code) => { resolve(CODES.includes(code) && errors.length < MOST_ERRORS ? { tail: rest.toString(), errors } : undefined); });
  });
}
