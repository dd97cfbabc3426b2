import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { scanPaths } from '../node/scanPaths.js';
import { formatJson } from '../report/json.js';
import type { Report } from '../report/report.js';
import { formatText, printable } from '../report/text.js';
import { Engine, type EngineHost } from '../scan/engine.js';
import type { Severity } from '../scan/finding.js';
import { helpText, parseCommandLine, type FailOn, type Invocation } from './arguments.js';

/** The world around the command line, so that tests can be one. */
export interface Terminal {
  readonly cwd: string;
  readonly colour: boolean;
  readonly host: EngineHost;
  version(): Promise<string>;
  out(text: string): Promise<void>;
  err(text: string): void;
}

const WEIGHTS: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** Runs one command; resolves with the exit code and never rejects for what a person can cause. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const invocation = parseCommandLine(args);
    switch (invocation.command) {
      case 'help':
        await terminal.out(helpText());
        return 0;
      case 'version':
        await terminal.out(`${await terminal.version()}\n`);
        return 0;
      case 'scan':
        return await scan(invocation, terminal);
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    terminal.err(`stigg-keys: ${printable(error.full)}\n`);
    return 2;
  }
}

async function scan(invocation: Extract<Invocation, { command: 'scan' }>, terminal: Terminal): Promise<number> {
  const engine = new Engine(terminal.host);
  try {
    const report = await scanPaths(invocation.paths, engine, {
      cwd: terminal.cwd,
      onSkipped: ({ path, reason }) => {
        terminal.err(`stigg-keys: ${l10n.t('{0} was skipped: {1}', printable(path), reason)}\n`);
      },
      onSettingsProblem: ({ path, line, message }) => {
        terminal.err(`stigg-keys: ${printable(path)}:${String(line)}: ${printable(message)}\n`);
      },
    });
    await terminal.out(invocation.format === 'json' ? formatJson(report) : formatText(report, { colour: terminal.colour }));
    return fails(report, invocation.failOn) ? 1 : 0;
  } finally {
    engine.dispose();
  }
}

function fails({ findings }: Report, failOn: FailOn): boolean {
  return failOn !== 'never' && findings.some(({ severity }) => WEIGHTS[severity] >= WEIGHTS[failOn]);
}
