import * as l10n from '@vscode/l10n';
import { scanPaths } from '../node/scanPaths.js';
import { formatJson } from '../report/json.js';
import type { Report } from '../report/report.js';
import { formatText, printable } from '../report/text.js';
import { Engine } from '../scan/engine.js';
import type { Severity } from '../scan/finding.js';
import type { FailOn, Invocation } from './arguments.js';
import type { Terminal } from './main.js';

const WEIGHTS: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** Scans and reports; resolves with the exit code. */
export async function scan(invocation: Extract<Invocation, { command: 'scan' }>, terminal: Terminal): Promise<number> {
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
