import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Severity } from '../scan/finding.js';

export type FailOn = Severity | 'never';
export type Format = 'text' | 'json' | 'sarif' | 'github';

/** What is scanned: files and folders, the standard input under a name, what is staged, or the whole history. */
export type ScanSource =
  | { readonly kind: 'paths'; readonly paths: readonly string[]; readonly includeIgnored: boolean }
  | { readonly kind: 'stdin'; readonly name: string }
  /** Empty paths mean everything that is staged. */
  | { readonly kind: 'staged'; readonly paths: readonly string[] }
  | { readonly kind: 'history' };

/** A scan, and what becomes of its report. */
export interface ScanInvocation {
  readonly command: 'scan';
  readonly source: ScanSource;
  readonly format: Format;
  readonly failOn: FailOn;
  /** Undefined for the standard output. */
  readonly output: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
}

const FORMATS: readonly Format[] = ['text', 'json', 'sarif', 'github'];
const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never'];

const OPTIONS = {
  'help': { type: 'boolean', short: 'h' },
  'format': { type: 'string' },
  'fail-on': { type: 'string' },
  'output': { type: 'string', short: 'o' },
  'stdin': { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  'staged': { type: 'boolean' },
  'history': { type: 'boolean' },
  'include-ignored': { type: 'boolean' },
  'baseline': { type: 'string' },
  'write-baseline': { type: 'string' },
} as const;

/** Understands what follows `scan`; `help` where that is asked for. Throws ExpectedError `usage`. */
export function parseScan(args: readonly string[]): ScanInvocation | 'help' {
  const { values, positionals, tokens } = parsed(args);
  if (values.help === true) return 'help';
  const named = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!(token.name in OPTIONS)) throw usage(l10n.t('scan has no option {0}.', token.rawName));
    // Of two the last one would win silently.
    if (named.has(token.name)) throw usage(l10n.t('{0} is given twice.', token.rawName));
    named.add(token.name);
  }
  // An unset variable of a script, most of the time; to node:path it is the working directory.
  if (positionals.includes('')) throw usage(l10n.t('A path is empty.'));
  for (const name of ['output', 'stdin-filename', 'baseline', 'write-baseline'] as const) {
    if (values[name] === '') throw usage(l10n.t('{0} is empty.', `--${name}`));
  }
  const source = sourceOf(values, positionals);
  if (values['write-baseline'] !== undefined) {
    // A list of what a part of the repository has would forget the rest.
    for (const name of ['stdin', 'staged', 'baseline', 'output'] as const) if (named.has(name)) throw together('write-baseline', name);
  }
  return {
    command: 'scan',
    source,
    format: choice('--format', values.format, FORMATS, 'text'),
    failOn: choice('--fail-on', values['fail-on'], FAIL_ON, 'error'),
    output: values.output,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
  };
}

interface Values {
  readonly 'help'?: boolean | undefined;
  readonly 'format'?: string | undefined;
  readonly 'fail-on'?: string | undefined;
  readonly 'output'?: string | undefined;
  readonly 'stdin'?: boolean | undefined;
  readonly 'stdin-filename'?: string | undefined;
  readonly 'staged'?: boolean | undefined;
  readonly 'history'?: boolean | undefined;
  readonly 'include-ignored'?: boolean | undefined;
  readonly 'baseline'?: string | undefined;
  readonly 'write-baseline'?: string | undefined;
}

function sourceOf(values: Values, paths: readonly string[]): ScanSource {
  const chosen = (['stdin', 'staged', 'history'] as const).filter((name) => values[name] === true);
  const [first, second] = chosen;
  if (first !== undefined && second !== undefined) throw together(first, second);
  if (first !== undefined && values['include-ignored'] === true) throw together(first, 'include-ignored');
  const name = values['stdin-filename'];
  if (name !== undefined && first !== 'stdin') throw usage(l10n.t('{0} needs {1}.', '--stdin-filename', '--stdin'));
  if ((first === 'stdin' || first === 'history') && paths.length > 0) throw usage(l10n.t('{0} takes no paths.', `--${first}`));
  if (first === 'staged') return { kind: 'staged', paths };
  if (first === 'history') return { kind: 'history' };
  if (first === undefined) return { kind: 'paths', paths: paths.length === 0 ? ['.'] : paths, includeIgnored: values['include-ignored'] === true };
  // Which rules speak depends on the path.
  if (name === undefined) throw usage(l10n.t('{0} needs {1}.', '--stdin', '--stdin-filename'));
  return { kind: 'stdin', name };
}

interface Parsed {
  readonly values: Values;
  readonly positionals: readonly string[];
  readonly tokens: readonly ({ readonly kind: 'option'; readonly name: string; readonly rawName: string } | { readonly kind: 'positional' | 'option-terminator' })[];
}

function parsed(args: readonly string[]): Parsed {
  try {
    // Not strict at first: an option that does not exist deserves a better answer than the parser's.
    const loose = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
    if (!loose.tokens.every((token) => token.kind !== 'option' || token.name in OPTIONS)) return { values: {}, positionals: [], tokens: loose.tokens };
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usage(message.endsWith('.') ? message : `${message}.`);
  }
}

function choice<T extends string>(option: string, value: string | undefined, choices: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = choices.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw usage(l10n.t('{0} is one of {1}.', option, choices.join(', ')));
}

function together(one: string, other: string): ExpectedError {
  return usage(l10n.t('{0} and {1} do not go together.', `--${one}`, `--${other}`));
}

function usage(message: string): ExpectedError {
  return new ExpectedError('usage', message, l10n.t('Run stigg-keys scan --help for what there is.'));
}

/** What `scan --help` prints. */
export function scanHelpText(): string {
  return l10n.t(`stigg-keys scan finds Stigg API keys where they do not belong, and cents where Stigg takes full units.

Usage:
  stigg-keys scan [paths...]
  stigg-keys scan --staged [paths...]
  stigg-keys scan --stdin --stdin-filename <path>
  stigg-keys scan --history

Without paths it scans the working directory. It honours .gitignore, but reads files that git tracks and .env files all the same.

      --staged                 what the next commit would hold, not what the files hold
      --stdin                  the standard input, judged as the file that --stdin-filename names
      --history                every content that a commit of a branch, a tag or the reflog ever held, once; names the first commit with a key
      --include-ignored        files that git ignores as well, such as build output (never node_modules)
      --format <form>          text (default), json, sarif (2.1.0) or github (annotations of GitHub Actions)
  -o, --output <file>          writes the report there; the file is whole or left as it was
      --fail-on <severity>     error (default), warning, info or never
      --write-baseline <file>  notes what there is now, without any secret, and ends with 0
      --baseline <file>        lets by what is noted there
  -h, --help

Exit code:
  0    nothing at or above --fail-on
  1    findings at or above it
  2    usage error, a path that was named and cannot be read, or a report that cannot be written
  130  interrupted
`);
}
