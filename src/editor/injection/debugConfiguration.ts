import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { EnvironmentChanges } from '../../inject/variables.js';

/** A debug configuration, as anyone may have written it. */
export type Configuration = Readonly<Record<string, unknown>>;

/**
 * The debuggers whose processes can get a key: those that take an `env` and start the process themselves with the console named here.
 * `unset` is what takes a variable away. Source: the documentation of each of them.
 */
const DEBUGGERS: ReadonlyMap<string, { readonly unset: null | '' }> = new Map([
  ['node', { unset: null }],
  ['pwa-node', { unset: null }],
  ['debugpy', { unset: '' }],
  ['python', { unset: '' }],
  ['go', { unset: null }],
]);
const CONSOLE = 'internalConsole';
/** What makes a debugger write its messages down, and with them the configuration that it was given. */
const LOGS = ['trace', 'logToFile', 'showLog', 'logDest'];

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
  if (typeof type !== 'string' || !DEBUGGERS.has(type)) {
    throw bad(t('Debug configurations of this type cannot get a key: it is not known where their debugger leaves it.'), t('Use "Stigg: Open Terminal with Key", or one of these types: {0}.', [...DEBUGGERS.keys()].join(', ')));
  }
  if (request !== 'launch') throw bad(t('A program that runs already gets no key.'), t('Use a configuration with "request": "launch".'));
  if (shownIn !== undefined && shownIn !== CONSOLE) {
    throw bad(t('With "console": "{0}" the key would be typed into a terminal, and be in its history and in the arguments of a process.', typeof shownIn === 'string' ? shownIn.slice(0, 60) : '…'), t('Use "console": "{0}".', CONSOLE));
  }
  const log = LOGS.find((name) => isOn(configuration[name]));
  if (log !== undefined) throw bad(t('With "{0}" the debugger would write the key into its log.', log), t('Take "{0}" out of the configuration while it uses a key.', log));
}

/** js-debug turns `false` into an object whose members are all off. */
function isOn(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).some(Boolean) : Boolean(value);
}

/** The configuration with the variables, and without what asked for them. Values are in plain text from here on. */
export function withVariables(configuration: Configuration, changes: EnvironmentChanges): Record<string, unknown> {
  const debug = DEBUGGERS.get(String(configuration.type));
  const unset = debug === undefined ? '' : debug.unset;
  const env = typeof configuration.env === 'object' && configuration.env !== null ? configuration.env : {};
  const variables = Object.fromEntries([...changes].map(([name, secret]) => [name, secret === null ? unset : secret.reveal()]));
  return { ...without(configuration, ['stigg']), console: CONSOLE, env: { ...env, ...variables } };
}

/** What is shown of it: what is started, with what. */
export function commandOf(configuration: Configuration): string {
  const words = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(words) : typeof value === 'string' || typeof value === 'number' ? [String(value)] : []);
  const { type, name, runtimeExecutable, runtimeArgs, program, module, args } = configuration;
  const command = [runtimeExecutable, runtimeArgs, program, module, args].flatMap(words).join(' ');
  return [`${String(type)}: ${String(name)}`, command].filter((part) => part !== '').join(' · ');
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
