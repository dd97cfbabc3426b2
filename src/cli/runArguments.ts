import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';

/** A command to run with an environment's keys. */
export interface RunInvocation {
  readonly command: 'run';
  readonly environment: string;
  readonly key: string | undefined;
  readonly cwd: string | undefined;
  readonly quiet: boolean;
  readonly program: string;
  readonly args: readonly string[];
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  quiet: { type: 'boolean', short: 'q' },
  env: { type: 'string', short: 'e' },
  key: { type: 'string' },
  cwd: { type: 'string' },
} as const;

/** Understands what follows `run`; `help` where that is asked for. Throws ExpectedError `usage`. */
export function parseRun(args: readonly string[]): RunInvocation | 'help' {
  const end = args.indexOf('--');
  const { values, tokens } = parsed(end === -1 ? args : args.slice(0, end));
  if (values.help === true) return 'help';
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  // The last one would win silently, and where a command acts must not be an accident.
  if (twice !== undefined) throw usage(l10n.t('{0} is given twice.', `--${twice}`));
  // Nothing of what was typed is repeated: it may be a command line with secrets of others.
  if (end === -1) throw usage(l10n.t('There is no "--" in front of the command.'));
  if (tokens.some(({ kind }) => kind === 'positional')) throw usage(l10n.t('There is something between the options and "--".'));
  for (const name of ['env', 'key', 'cwd'] as const) {
    // An unset variable of a script, most of the time.
    if (values[name] === '') throw usage(l10n.t('{0} is empty.', `--${name}`));
  }
  if (values.env === undefined) throw usage(l10n.t('{0} is missing: which environment\'s key shall the command get?', '--env'));
  const [program, ...rest] = args.slice(end + 1);
  if (program === undefined || program === '') throw usage(l10n.t('There is no command after "--".'));
  return { command: 'run', environment: values.env, key: values.key, cwd: values.cwd, quiet: values.quiet === true, program, args: rest };
}

interface Parsed {
  readonly values: { readonly help?: boolean | undefined; readonly quiet?: boolean | undefined; readonly env?: string | undefined; readonly key?: string | undefined; readonly cwd?: string | undefined };
  readonly tokens: readonly ({ readonly kind: 'option'; readonly name: string } | { readonly kind: 'positional' | 'option-terminator' })[];
}

function parsed(args: readonly string[]): Parsed {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usage(message.endsWith('.') ? message : `${message}.`);
  }
}

function usage(message: string): ExpectedError {
  return new ExpectedError('usage', message, l10n.t('Run stigg-keys run --help for how it is used.'));
}

/** What `run --help` prints. */
export function runHelpText(): string {
  return l10n.t(`stigg-keys run gives one command the key of an environment, and writes it nowhere.

Usage:
  stigg-keys run --env <environment> [--key <name>] [--cwd <folder>] [--quiet] -- <command...>

  -e, --env <environment>  its id, slug or name
      --key <name>         another stored key than the environment's own: its name or id
      --cwd <folder>       where the command runs
  -q, --quiet              no line about production, expired keys or settings
  -h, --help

The key comes from the operating system's keychain, where the VS Code extension keeps it. The command finds it under the names that
the nearest .stigg-keys.json gives in "variables" (otherwise STIGG_SERVER_API_KEY, and STIGG_CLIENT_API_KEY for a stored
publishable key); other Stigg variables of the shell are unset for it. The command is started without a shell.

Where there is no keychain, such as in CI, the key is taken from the same variable. It is used only when --env is the id that the
key itself carries, or when CI is set.

Exit code:
  the command's own; where a signal ended it, the same signal ends stigg-keys (128 + its number where that leaves a core dump)
  2    no key to hand over, a locked keychain, or a usage error
  126  the command cannot be started
  127  the command was not found
`);
}
