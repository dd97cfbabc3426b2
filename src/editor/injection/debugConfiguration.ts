import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { EnvironmentChanges } from '../../inject/variables.js';
import { withoutTokens } from '../../withoutTokens.js';

/** A debug configuration, as anyone may have written it. */
export type Configuration = Readonly<Record<string, unknown>>;

/** The debuggers that get a key: they take an `env`, start the process themselves with the console named here, and `null` takes a variable away. Source: js-debug's documentation. */
const DEBUGGERS: readonly unknown[] = ['node', 'pwa-node'];
const CONSOLE = 'internalConsole';
/** What makes a debugger write its messages down, and with them the configuration that it was given. */
const LOGS = ['trace', 'logToFile', 'showLog', 'logDest'];
/** What sends the launch, with the key in it, to a debugger that already runs somewhere, or lets another program than VS Code's debugger take it. */
const ELSEWHERE = [
  'debugServer', 'port', 'host', 'address', 'connect', 'listen', 'server', 'remote', 'remoteHost', 'remoteAddress', 'websocketAddress', 'attachSimplePort', 'pipeTransport', 'useWSL', 'debugAdapter', 'debugAdapterPath',
];
/** Members of `env` whose value decides about what runs: which code is loaded first, and which program a name stands for. */
const STEERING = /^(?:NODE_OPTIONS|NODE_PATH|PATH|LD_\w*|DYLD_\w*)$/i;

/** What a configuration asks for: the active environment, one that is named, or nothing. Rejects with `badConfiguration` what is neither. */
export function askedEnvironment({ stigg }: Configuration): string | true | undefined {
  if (stigg === undefined || stigg === false || stigg === null) return undefined;
  if (stigg === true || (typeof stigg === 'string' && stigg !== '')) return stigg;
  throw new ExpectedError('badConfiguration', t('"stigg" has to be true, for the active environment, or the name of an environment.'), t('See the configuration in launch.json.'));
}

/** Rejects, before anything is asked or read, where the key would come to lie in a terminal's text, a command line or a log. */
export function requireSafe(configuration: Configuration): void {
  const { type, request, console: shownIn } = configuration;
  const bad = (message: string, nextStep: string): ExpectedError => new ExpectedError('badConfiguration', message, nextStep);
  if (!DEBUGGERS.includes(type)) {
    throw bad(t('Debug configurations of this type cannot get a key: it is not known where their debugger leaves it.'), t('Use "Stigg: Open Terminal with Key", or one of these types: {0}.', DEBUGGERS.join(', ')));
  }
  if (request !== 'launch') throw bad(t('A program that runs already gets no key.'), t('Use a configuration with "request": "launch".'));
  if (shownIn !== undefined && shownIn !== CONSOLE) {
    throw bad(t('With "console": "{0}" the key would be typed into a terminal, and be in its history and in the arguments of a process.', typeof shownIn === 'string' ? shownIn.slice(0, 60) : '…'), t('Use "console": "{0}".', CONSOLE));
  }
  const elsewhere = ELSEWHERE.find((name) => isSet(configuration[name]));
  if (elsewhere !== undefined) throw bad(t('With "{0}" the key could be sent to another program or machine.', elsewhere), t('Take "{0}" out of the configuration while it uses a key.', elsewhere));
  const log = LOGS.find((name) => isOn(configuration[name]));
  if (log !== undefined) throw bad(t('With "{0}" the debugger would write the key into its log.', log), t('Take "{0}" out of the configuration while it uses a key.', log));
}

/** VS Code and debuggers write null where nothing is set. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** js-debug turns `false` into an object whose members are all off. */
function isOn(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).some(Boolean) : Boolean(value);
}

/** The configuration with the variables, and without what asked for them. Values are in plain text from here on. */
export function withVariables(configuration: Configuration, changes: EnvironmentChanges): Record<string, unknown> {
  const env = typeof configuration.env === 'object' && configuration.env !== null ? configuration.env : {};
  const variables = Object.fromEntries([...changes].map(([name, secret]) => [name, secret === null ? null : secret.reveal()]));
  return { ...without(configuration, ['stigg']), console: CONSOLE, env: { ...env, ...variables } };
}

/** What is shown of it: what is started, with what. */
export function commandOf(configuration: Configuration): string {
  const words = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(words) : typeof value === 'string' || typeof value === 'number' ? [String(value)] : []);
  const { type, name, runtimeExecutable, runtimeArgs, program, args } = configuration;
  const command = [runtimeExecutable, runtimeArgs, program, args].flatMap(words).join(' ');
  return [`${String(type)}: ${String(name)}`, command].filter((part) => part !== '').join(' · ');
}

/** Names of the variables that it sets itself, of those that decide about what runs the values too, and the file that it takes more from. One line each. */
export function variablesShown({ env, envFile }: Configuration): string[] {
  const variables = typeof env === 'object' && env !== null ? Object.entries(env) : [];
  const names = variables.filter(([name]) => !STEERING.test(name)).map(([name]) => name);
  return [
    ...(names.length === 0 ? [] : [t('with {0}', names.join(', '))]),
    ...variables.flatMap(([name, value]) => (STEERING.test(name) && isSet(value) ? [t('with {0}', `${name}=${withoutTokens(typeof value === 'string' ? value : JSON.stringify(value))}`)] : [])),
    ...(typeof envFile === 'string' && envFile !== '' ? [t('with {0}', `envFile ${envFile}`)] : []),
  ];
}

/** All of it that decides about what runs, in an order of its own; what VS Code and debuggers keep for themselves is left out. */
export function contentOf(configuration: Configuration): string {
  return JSON.stringify(sorted(Object.fromEntries(Object.entries(configuration).filter(([name]) => !name.startsWith('_')))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

function without(configuration: Configuration, names: readonly string[]): Configuration {
  return Object.fromEntries(Object.entries(configuration).filter(([name]) => !names.includes(name)));
}
