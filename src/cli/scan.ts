import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import { Lazy } from '../lazy.js';
import { errorCode } from '../node/files.js';
import { ripgrepBinary } from '../node/ripgrep/binary.js';
import { Interrupt } from '../node/scan/interrupt.js';
import type { EngineSource, ScanOptions } from '../node/scan/judge.js';
import { unwritable, writeWhole } from '../node/scan/output.js';
import { scanPaths } from '../node/scanPaths.js';
import { countOf } from '../report/counts.js';
import type { Report } from '../report/report.js';
import { formatText, printable, summaryLine } from '../report/text.js';
import type { Severity } from '../scan/finding.js';
import { withoutTokens } from '../withoutTokens.js';
import type { Terminal } from './main.js';
import type { FailOn, ScanInvocation, ScanSource } from './scanArguments.js';
import { Progress } from './scanProgress.js';

const WEIGHTS: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };
/** What shells make of a command that SIGINT ended. */
const INTERRUPTED = 130;

/** Scans and reports; resolves with the exit code. */
export async function scan(invocation: ScanInvocation, terminal: Terminal): Promise<number> {
  const engine = new Lazy(async () => new (await import('../scan/engine.js')).Engine(terminal.host));
  using interrupt = new Interrupt();
  try {
    const report = await scannedWithProgress(invocation, () => engine.get(), terminal, interrupt.signal);
    return await finish(report, invocation, terminal, interrupt.signal);
  } catch (error) {
    // The same signal may have ended a git of ours, and that may be known before.
    await new Promise((resolve) => { setImmediate(resolve); });
    if (!interrupt.signal.aborted || !(isCancelled(error) || error instanceof ExpectedError)) throw error;
    say(terminal, l10n.t('Interrupted; nothing is reported.'));
    return INTERRUPTED;
  } finally {
    engine.dispose();
  }
}

async function scannedWithProgress({ source, format }: ScanInvocation, engine: EngineSource, terminal: Terminal, signal: AbortSignal): Promise<Report> {
  using progress = new Progress(terminal);
  const tell = (message: string): void => {
    progress.clear();
    say(terminal, message);
  };
  return await scanned(source, engine, terminal, tell, {
    cwd: terminal.cwd,
    signal,
    withFrames: format === 'text',
    onProgress: (files) => { progress.update(files); },
    onSkipped: ({ path, reason }) => { tell(l10n.t('{0} was skipped: {1}', path, reason)); },
    onSettingsProblem: ({ path, line, message }) => { tell(`${path}:${String(line)}: ${message}`); },
  });
}

// What the rarer sources need the others must not wait for: each is loaded when it is asked for.
async function scanned(source: ScanSource, engine: EngineSource, terminal: Terminal, tell: (message: string) => void, options: ScanOptions): Promise<Report> {
  switch (source.kind) {
    case 'paths':
      return scanPaths(source.paths, engine, {
        ...options,
        includeIgnored: source.includeIgnored,
        // For whoever mistrusts it, and to measure.
        ripgrep: terminal.env.STIGG_KEYS_RIPGREP === 'off' ? undefined : ripgrepBinary(import.meta.url),
        readWorker: terminal.readWorker,
      });
    case 'stdin':
      return (await import('../node/scan/stdin.js')).scanStream(terminal.stdin?.() ?? nothing(), source.name, engine, options);
    case 'staged':
      return (await import('../node/scan/staged.js')).scanStaged(source.paths, engine, { ...options, env: terminal.env });
    case 'history':
      return (await import('../node/scan/history.js')).scanHistory(engine, { ...options, onNote: tell });
  }
}

async function finish(report: Report, invocation: ScanInvocation, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const { baseline, writeBaseline: target, output, failOn } = invocation;
  if (target !== undefined) {
    await (await import('../node/scan/baselineFile.js')).writeBaseline(report, target, terminal.cwd);
    await print(l10n.t('Noted in {1}: {0}.', countOf(report.findings.length, 'finding'), printable(withoutTokens(target))) + '\n', terminal);
    return 0;
  }
  const judged = baseline === undefined ? report : await (await import('../node/scan/baselineFile.js')).applyBaseline(report, baseline, terminal.cwd);
  const text = await formatted(judged, invocation, terminal);
  signal.throwIfAborted();
  if (output === undefined) await print(text, terminal);
  else {
    await writeWhole(resolve(terminal.cwd, output), text, output);
    say(terminal, `${summaryLine(judged)} ${l10n.t('The report is in {0}.', output)}`);
  }
  return fails(judged, failOn) ? 1 : 0;
}

async function formatted(report: Report, { format, output }: ScanInvocation, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'text': return formatText(report, { colour: terminal.colour && output === undefined });
    case 'json': return (await import('../report/json.js')).formatJson(report);
    case 'sarif': return (await import('../report/sarif.js')).formatSarif(report, await terminal.version());
    case 'github': return (await import('../report/github.js')).formatGithub(report);
  }
}

async function print(text: string, terminal: Terminal): Promise<void> {
  try {
    await terminal.out(text);
  } catch (error) {
    throw unwritable(l10n.t('The standard output'), errorCode(error), error);
  }
}

function say(terminal: Terminal, message: string): void {
  terminal.err(`stigg-keys: ${printable(withoutTokens(message))}\n`);
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // There is no standard input.
}

function fails({ findings }: Report, failOn: FailOn): boolean {
  return failOn !== 'never' && findings.some(({ severity }) => WEIGHTS[severity] >= WEIGHTS[failOn]);
}
