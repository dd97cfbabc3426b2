import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { parseRun, type RunInvocation } from './runArguments.js';
import { parseScan, type ScanInvocation } from './scanArguments.js';

/** What the person asked for. */
export type Invocation =
  | { readonly command: 'help'; readonly about?: 'run' | 'scan' }
  | { readonly command: 'version' }
  | ScanInvocation
  | RunInvocation;

/** Announced, not there yet: saying so is better than "unknown". */
const LATER_COMMANDS = new Set(['list', 'rotate', 'revoke']);

/** Understands the command line; throws ExpectedError `usage`. */
export function parseCommandLine(args: readonly string[]): Invocation {
  const [command, ...rest] = args;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { command: 'help' };
  if (command === '--version' || command === '-V') return { command: 'version' };
  if (LATER_COMMANDS.has(command)) throw usage(l10n.t('{0} is not there yet in this version.', `stigg-keys ${command}`));
  if (command === 'run') {
    const run = parseRun(rest);
    return run === 'help' ? { command: 'help', about: 'run' } : run;
  }
  if (command !== 'scan') throw usage(l10n.t('There is no command {0}.', command));
  const scan = parseScan(rest);
  return scan === 'help' ? { command: 'help', about: 'scan' } : scan;
}

function usage(message: string): ExpectedError {
  return new ExpectedError('usage', message, l10n.t('Run stigg-keys --help for what there is.'));
}

/** What `--help` prints. */
export function helpText(): string {
  return l10n.t(`stigg-keys finds Stigg API keys where they do not belong, and cents where Stigg takes full units; and runs commands with a key from the keychain.

Usage:
  stigg-keys scan [paths...] [--staged|--history] [--format text|json|sarif|github] [--fail-on error|warning|info|never]
  stigg-keys run --env <environment> [--key <name>] [--cwd <folder>] [--quiet] -- <command...>
  stigg-keys --help
  stigg-keys --version

scan: without paths it scans the working directory; stigg-keys scan --help tells more.
run: gives one command the key of an environment; stigg-keys run --help tells more.

Exit code of scan:
  0  nothing at or above --fail-on (default: error)
  1  findings at or above it
  2  usage error, a path that was named and cannot be read, or a report that cannot be written
`);
}
