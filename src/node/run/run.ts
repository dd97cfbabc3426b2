import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { namesToTell } from '../../inject/names.js';
import { environmentChanges, type VariableNames } from '../../inject/variables.js';
import type { Vault } from '../../keys/vault.js';
import { Project } from '../../project/project.js';
import { DiskReader, withSlashes } from '../files.js';
import { childEnvironment } from './childEnvironment.js';
import { runChild } from './runChild.js';
import { keysFromEnvironment, keysFromVault, type FoundKeys, type WantedKeys } from './storedKeys.js';

/** What a person asked to run. */
export interface RunRequest extends WantedKeys {
  readonly command: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Says nothing but errors. */
  readonly quiet: boolean;
}

/** The world of a run. */
export interface RunWorld {
  /** Asked once; the vault is disposed of before the command starts. */
  vault(): Vault;
  /** What the child inherits, before the changes. */
  readonly env: NodeJS.ProcessEnv;
  now(): Date;
  /** One line for the person. */
  say(message: string): void;
}

/**
 * Runs a command with an environment's keys in its environment and nowhere else. Resolves with the exit code: the command's own, or
 * 126 and 127 as shells have them. Rejects with ExpectedError when there is no key to hand over, or no such folder.
 */
export async function runWithKeys(request: RunRequest, world: RunWorld): Promise<number> {
  if (!(await isFolder(request.cwd))) throw new ExpectedError('noSuchFolder', t('There is no folder {0}.', request.cwd), t('Give {0} a folder that exists.', '--cwd'));
  const env = await environmentWithKeys(request, world);
  return runChild({ ...request, env }, (message) => { world.say(message); });
}

/** The child's environment. A function of its own, so that nothing of ours still holds a value while the command runs. */
async function environmentWithKeys(request: RunRequest, world: RunWorld): Promise<NodeJS.ProcessEnv> {
  const names = await variableNames(request, world);
  const found = await findKeys(request, world, names);
  if (!request.quiet) for (const line of [...lines(found), ...chosen(names, found)]) world.say(line);
  return childEnvironment(world.env, environmentChanges(names, found.keys));
}

async function findKeys(request: RunRequest, world: RunWorld, names: VariableNames): Promise<FoundKeys> {
  const vault = world.vault();
  try {
    return await keysFromVault(vault, request, world.now());
  } catch (error) {
    // A locked keychain is one that is there: it has to be opened, and nothing else will do.
    if (!(error instanceof ExpectedError) || error.code !== 'vaultUnavailable') throw error;
    return keysFromEnvironment(world.env, names, request, error);
  } finally {
    // Ends the process that spoke to the keychain, and what it remembers.
    vault.dispose();
  }
}

function lines({ environment, notes }: FoundKeys): readonly string[] {
  if (environment?.type !== 'PRODUCTION') return notes;
  const where = [environment.account?.displayName, environment.displayName].filter((part) => part !== undefined).join(' / ');
  return [t('PRODUCTION ({0}): what this command does acts on real customers.', where), ...notes];
}

function chosen(names: VariableNames, { keys }: FoundKeys): readonly string[] {
  const told = namesToTell(names, keys);
  return told.length === 0 ? [] : [t('The project\'s settings have the key in {0}.', told.join(', '))];
}

async function variableNames({ cwd, quiet }: RunRequest, world: RunWorld): Promise<VariableNames> {
  const project = new Project(new DiskReader(), quiet ? {} : {
    onSettingsProblem: ({ path, line, message }) => { world.say(`${path}:${String(line)}: ${message}`); },
  });
  return project.variableNamesFor(withSlashes(resolve(cwd)));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
