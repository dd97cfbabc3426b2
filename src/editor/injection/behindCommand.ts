import path from 'node:path';
import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { allScripts, scriptsRunBy } from './taskDefinition.js';

/** What decides, besides a command's own words, about what the command runs. */
export interface BehindCommand {
  /** The scripts that it surely runs, to be shown. */
  readonly more: readonly string[];
  /** All that it may run, to be compared. Empty where no script is involved. */
  readonly exact: string;
}

/** Reads a file by its absolute path; undefined where there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/** Names of programs that run scripts of a package.json, wherever they stand in a command. */
const RUNS_SCRIPTS = /(?<![\w-])(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack|deno|npm-run-all|run-s|run-p|turbo|nx|lerna)(?![\w-])|--run(?![\w-])/i;

/** The scripts behind a command: those of the nearest package.json from its folder upwards, as package managers look for it. */
export async function behindCommand(command: string, folder: string, read: ReadText): Promise<BehindCommand> {
  if (!RUNS_SCRIPTS.test(command)) return { more: [], exact: '' };
  const found = await nearestManifest(folder, read);
  // Scripts call each other and are named in many ways: with any other script of the file the person is asked again.
  const exact = found === undefined ? [] : [found.file, allScripts(found.text).map(({ name, body }) => [name, body])];
  return { more: scriptsRunBy(command, found?.text).map(({ name, body }) => `${name}: ${body}`), exact: JSON.stringify(exact) };
}

/** Rejects with `commandChanged` where another script would run than the one that was shown. */
export async function requireUnchanged(shown: BehindCommand, command: string, folder: string, read: ReadText): Promise<void> {
  const now = await behindCommand(command, folder, read);
  if (now.exact === shown.exact) return;
  throw new ExpectedError('commandChanged', t('Not started: the scripts of package.json have changed since they were shown.'), t('Run the task again, and look at what it runs.'));
}

async function nearestManifest(folder: string, read: ReadText): Promise<{ readonly file: string; readonly text: string } | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json');
    const text = await read(file);
    if (text !== undefined) return { file, text };
    if (at === path.dirname(at)) return undefined;
  }
}
