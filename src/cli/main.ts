import { ExpectedError } from '../errors.js';
import type { Vault } from '../keys/vault.js';
import { printable } from '../report/text.js';
import type { EngineHost } from '../scan/engine.js';
import { withoutTokens } from '../withoutTokens.js';
import { helpText, parseCommandLine } from './arguments.js';
import { runHelpText } from './runArguments.js';
import { scan } from './scan.js';
import { scanHelpText } from './scanArguments.js';

const HELP = { all: helpText, run: runHelpText, scan: scanHelpText };

/** The world around the command line, so that tests can be one. */
export interface Terminal {
  readonly cwd: string;
  readonly colour: boolean;
  readonly host: EngineHost;
  /** The script of threads that read files; left out where there is none. */
  readonly readWorker?: string | undefined;
  /** What a command that is run inherits. */
  readonly env: NodeJS.ProcessEnv;
  version(): Promise<string>;
  /** What is typed or piped in; left out where there is nothing. */
  stdin?(): AsyncIterable<Uint8Array>;
  /** Rejects when it cannot be written, other than because nobody reads it any more. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Shows a line in place of the one that it showed before; empty to take it away. Left out where nobody watches. */
  status?(text: string): void;
  /** Where keys are kept; asked by the commands that need one, and disposed of by them. */
  vault(): Vault;
}

/** Runs one command; resolves with the exit code and never rejects for what a person can cause. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const invocation = parseCommandLine(args);
    switch (invocation.command) {
      case 'help':
        await terminal.out(HELP[invocation.about ?? 'all']());
        return 0;
      case 'version':
        await terminal.out(`${await terminal.version()}\n`);
        return 0;
      case 'scan':
        return await scan(invocation, terminal);
      // Loaded apart: who scans needs no keychain.
      case 'run':
        return await (await import('./run.js')).run(invocation, terminal);
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    terminal.err(`stigg-keys: ${printable(withoutTokens(error.full))}\n`);
    return 2;
  }
}
