import { ExpectedError } from '../../errors.js';
import { t } from '@vscode/l10n';
import { isObject } from '../../project/packageJson.js';

/** A task of ours as tasks.json says it. */
export interface TaskDefinition {
  readonly command: string;
  /** Slug, id or name; without one the active environment. */
  readonly environment: string | true;
  /** Relative to the workspace's folder. */
  readonly cwd: string | undefined;
}

/** Rejects with `badTask` what cannot be run. Whoever wrote it may be anyone. */
export function parseDefinition(definition: Readonly<Record<string, unknown>>): TaskDefinition {
  const { command, environment, cwd } = definition;
  const bad = (message: string): ExpectedError => new ExpectedError('badTask', message, t('See the task in tasks.json.'));
  if (typeof command !== 'string' || command.trim() === '') throw bad(t('The task has no "command".'));
  if (command.includes('\0')) throw bad(t('The task\'s "command" cannot be run.'));
  if (environment !== undefined && (typeof environment !== 'string' || environment === '')) throw bad(t('"environment" has to be the name of one, or left out for the active one.'));
  if (cwd !== undefined && (typeof cwd !== 'string' || cwd.includes('\0'))) throw bad(t('"cwd" has to be a folder.'));
  return { command, environment: environment ?? true, cwd };
}

/** A script of a package.json. */
export interface Script {
  readonly name: string;
  readonly body: string;
}

/** Scripts that package managers run by themselves. */
const LIFE_CYCLE = /^(?:(?:pre|post)?(?:install|uninstall|publish|pack|prepare|version)|prepublishOnly|prepare|dependencies)$/;
/** What is offered of a package.json with more. */
const MOST_SCRIPTS = 30;

/** The scripts that are worth being started with a key, in the order of the file. */
export function scriptsIn(packageJson: string): readonly Script[] {
  const scripts = allScripts(packageJson);
  return scripts.filter(({ name }) => {
    const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1];
    return /^[\w:.-]{1,60}$/.test(name) && !LIFE_CYCLE.test(name) && !scripts.some((other) => other.name === hooked);
  }).slice(0, MOST_SCRIPTS);
}

/** What a command like `npm run dev` runs by the package.json: consent is for that, not for its name. */
export function scriptsRunBy(command: string, packageJson: string | undefined): readonly Script[] {
  const name = /^\s{0,20}(?:npm|pnpm|yarn|bun)\s{1,20}(?:run(?:-script)?\s{1,20})?([\w:.-]{1,60})(?:\s|$)/.exec(command)?.[1];
  if (name === undefined || packageJson === undefined) return [];
  return allScripts(packageJson).filter((script) => [name, `pre${name}`, `post${name}`].includes(script.name));
}

/** Every script of a package.json; none where it cannot be read as one. */
export function allScripts(packageJson: string): readonly Script[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
  const scripts = isObject(manifest) ? manifest.scripts : undefined;
  return isObject(scripts) ? Object.entries(scripts).flatMap(([name, body]) => (typeof body === 'string' ? [{ name, body }] : [])) : [];
}

const LOCK_FILES: readonly (readonly [name: string, manager: string])[] = [['pnpm-lock.yaml', 'pnpm'], ['yarn.lock', 'yarn'], ['bun.lock', 'bun'], ['bun.lockb', 'bun']];
/** Files that say which package manager a folder uses. */
export const LOCK_FILE_NAMES: readonly string[] = LOCK_FILES.map(([name]) => name);

/** The package manager by the lock files that are there. */
export function packageManager(lockFiles: ReadonlySet<string>): string {
  return LOCK_FILES.find(([name]) => lockFiles.has(name))?.[1] ?? 'npm';
}
