import type { Secret } from '../secret.js';

/** The names under which a project reads its keys. Every name of a list gets the same value. */
export interface VariableNames {
  readonly server: readonly string[];
  readonly publishable: readonly string[];
}

/** What nobody has set otherwise: the names of Stigg's own examples. */
export const DEFAULT_VARIABLE_NAMES: VariableNames = { server: ['STIGG_SERVER_API_KEY'], publishable: ['STIGG_CLIENT_API_KEY'] };

/**
 * Variables that may still hold another environment's key, from the shell that everything was started in. They are unset, or one
 * process would talk to two environments at once. Names of Stigg's SDKs, documentation and examples; generic ones (`SERVER_API_KEY`)
 * only where the project says that it uses them.
 */
export const STALE_VARIABLES: readonly string[] = ['STIGG_SERVER_API_KEY', 'STIGG_CLIENT_API_KEY', 'STIGG_API_KEY', 'STIGG_PUBLISHABLE_KEY', 'STIGG_FULL_ACCESS_KEY'];

/** The keys of one environment that a process gets. */
export interface InjectedKeys {
  readonly server?: Secret;
  readonly publishable?: Secret;
}

/** What changes in a process's environment: a value to set, or null for a variable to unset. */
export type EnvironmentChanges = ReadonlyMap<string, Secret | null>;

/** The changes that give a process these keys under these names, and leave it no other Stigg key. */
export function environmentChanges(names: VariableNames, keys: InjectedKeys): EnvironmentChanges {
  const changes = new Map<string, Secret | null>([...STALE_VARIABLES, ...names.server, ...names.publishable].map((name) => [name, null]));
  const { server, publishable } = keys;
  if (server !== undefined) for (const name of names.server) changes.set(name, server);
  if (publishable !== undefined) for (const name of names.publishable) changes.set(name, publishable);
  return changes;
}
