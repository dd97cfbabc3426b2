import type { EnvironmentChanges } from '../../inject/variables.js';

/**
 * The environment of a child process: the given one with the changes, in plain text. On Windows the names of variables do not
 * differ by case, so every spelling of a changed one goes.
 *
 * @param inherited is not changed
 */
export function childEnvironment(inherited: NodeJS.ProcessEnv, changes: EnvironmentChanges, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv {
  const fold = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const changed = new Set([...changes.keys()].map(fold));
  const kept = Object.entries(inherited).filter(([name]) => !changed.has(fold(name)));
  const set = [...changes].flatMap(([name, secret]) => (secret === null ? [] : [[name, secret.reveal()] as const]));
  return Object.fromEntries([...kept, ...set]);
}
