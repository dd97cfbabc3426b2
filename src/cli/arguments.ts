import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Severity } from '../scan/finding.js';
import { parseRun, type RunInvocation } from './runArguments.js';

export type FailOn = Severity | 'never';
export type Format = 'text' | 'json';

/** What the person asked for. */
export type Invocation =
  | { readonly command: 'help'; readonly about?: 'run' }
  | { readonly command: 'version' }
  | { readonly command: 'scan'; readonly paths: readonly string[]; readonly format: Format; readonly failOn: FailOn }
  | RunInvocation;

const FORMATS: readonly Format[] = ['text', 'json'];
const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never'];
/** Announced, not there yet: saying so is better than "unknown". */
const LATER_COMMANDS = new Set(['list', 'rotate', 'revoke']);
const LATER_FORMATS = new Set(['sarif', 'github']);
const LATER_OPTIONS = ['staged', 'history', 'include-ignored', 'stdin', 'stdin-filename', 'baseline'];

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
  return parseScan(rest);
}

function parseScan(args: readonly string[]): Invocation {
  const { values, positionals, tokens } = parsed(args);
  if (values.help === true) return { command: 'help' };
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (LATER_OPTIONS.includes(token.name)) throw usage(l10n.t('{0} is not there yet in this version.', token.rawName));
    if (token.name !== 'format' && token.name !== 'fail-on' && token.name !== 'help') throw usage(l10n.t('scan has no option {0}.', token.rawName));
  }
  // An unset variable of a script, most of the time; to node:path it is the working directory.
  if (positionals.includes('')) throw usage(l10n.t('A path is empty.'));
  return {
    command: 'scan',
    paths: positionals.length === 0 ? ['.'] : positionals,
    format: choice('--format', values.format, FORMATS, 'text'),
    failOn: choice('--fail-on', values['fail-on'], FAIL_ON, 'error'),
  };
}

interface Parsed {
  readonly values: { readonly help?: boolean | undefined; readonly format?: string | undefined; readonly 'fail-on'?: string | undefined };
  readonly positionals: readonly string[];
  readonly tokens: readonly ({ readonly kind: 'option'; readonly name: string; readonly rawName: string } | { readonly kind: 'positional' | 'option-terminator' })[];
}

function parsed(args: readonly string[]): Parsed {
  const options = {
    help: { type: 'boolean', short: 'h' },
    format: { type: 'string' },
    'fail-on': { type: 'string' },
  } as const;
  try {
    // Not strict at first: an option that comes later, or never, deserves a better answer than the parser's.
    const loose = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
    const known = loose.tokens.every((token) => token.kind !== 'option' || token.name in options);
    if (!known) return { values: {}, positionals: [], tokens: loose.tokens };
    return parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usage(message.endsWith('.') ? message : `${message}.`);
  }
}

function choice<T extends string>(option: string, value: string | undefined, choices: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = choices.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  if (option === '--format' && LATER_FORMATS.has(value)) throw usage(l10n.t('{0} is not there yet in this version.', `--format ${value}`));
  throw usage(l10n.t('{0} is one of {1}.', option, choices.join(', ')));
}

function usage(message: string): ExpectedError {
  return new ExpectedError('usage', message, l10n.t('Run stigg-keys --help for what there is.'));
}

/** What `--help` prints. */
export function helpText(): string {
  return l10n.t(`stigg-keys finds Stigg API keys where they do not belong, and cents where Stigg takes full units; and runs commands with a key from the keychain.

Usage:
  stigg-keys scan [paths...] [--format text|json] [--fail-on error|warning|info|never]
  stigg-keys run --env <environment> [--key <name>] [--cwd <folder>] [--quiet] -- <command...>
  stigg-keys --help
  stigg-keys --version

scan: without paths it scans the working directory. It honours .gitignore, but reads files that git tracks and .env files all the same.
run: gives one command the key of an environment; stigg-keys run --help tells more.

Exit code of scan:
  0  nothing at or above --fail-on (default: error)
  1  findings at or above it
  2  usage error, or a path that was named and cannot be read
`);
}
