import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../src/cli/main.js';
import { host } from '../scan/support.js';

/** What one command left behind. */
export interface Result { readonly code: number; readonly out: string; readonly err: string }

/** What may differ from an ordinary terminal. */
export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string | Buffer;
  readonly colour?: boolean;
  readonly status?: (text: string) => void;
  readonly out?: (text: string) => Promise<void>;
}

/** Runs one command in this process. */
export async function runIn(cwd: string, args: readonly string[], { env = {}, stdin, colour = false, status, out: write }: Surroundings = {}): Promise<Result> {
  let out = '';
  let err = '';
  const code = await main(args, {
    cwd, colour, host, env,
    vault: () => { throw new Error('No command here needs a keychain'); },
    version: () => Promise.resolve('1.2.3'),
    ...(stdin === undefined ? {} : { stdin: () => parts(Buffer.from(stdin)) }),
    ...(status === undefined ? {} : { status }),
    out: write ?? ((text) => {
      out += text;
      return Promise.resolve();
    }),
    err: (text) => { err += text; },
  });
  return { code, out, err };
}

async function* parts(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 65_536) yield await Promise.resolve(bytes.subarray(at, at + 65_536));
}

/** A folder of files that goes away. */
export class TemporaryFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'stigg-scan-'));

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.path, name)), { recursive: true });
      writeFileSync(path.join(this.path, name), content);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The documented form, as far as tests look at it. */
export interface Json {
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly line: number; readonly severity: string; readonly commit?: { readonly id: string; readonly subject: string } }[];
  readonly summary: { readonly files: number; readonly findings: number; readonly known?: number; readonly skipped: readonly { readonly path: string; readonly reason: string }[] };
}

export function jsonOf({ out }: Result): Json {
  return JSON.parse(out) as Json;
}
