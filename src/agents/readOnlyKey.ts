import type { Scope, ScopeResource } from '../keys/model.js';
import { normalise, SCOPE_RESOURCES } from '../keys/scopes.js';
import { UNLISTED } from '../keys/storedKey.js';
import type { StoredKey } from '../keys/vault.js';

/**
 * Resources whose reading may give out credentials: the values of other keys, and temporary credentials of the event queue. That a scoped key may
 * read other keys' values is not evidenced either way, so an agent is not given the chance unasked.
 */
const CREDENTIALS: ReadonlySet<ScopeResource> = new Set(['API_KEY', 'EVENT_QUEUE']);

/** What a key for agents is proposed to be allowed: reading everything that is no credential. */
export const AGENT_SCOPES: readonly Scope[] = normalise(SCOPE_RESOURCES.filter((resource) => !CREDENTIALS.has(resource)).map((resource) => ({ resource, action: 'READ' })));

/** How far a key's scopes can be handed to an agent. `readsCredentials`: it writes nothing, but may read what gives more access. */
export type AgentFitness = 'fit' | 'readsCredentials' | 'writes';

export function agentFitness(scopes: readonly Scope[]): AgentFitness {
  if (scopes.length === 0 || scopes.some(({ action }) => action !== 'READ')) return 'writes';
  return scopes.some(({ resource }) => CREDENTIALS.has(resource)) ? 'readsCredentials' : 'fit';
}

/** More scoped keys than this are not asked about one by one. */
const ASKED_MAX = 12;

/** The stored keys of an environment that may be fit for agents: scoped ones that have not ended, the youngest first. */
export function candidates(stored: readonly StoredKey[], environmentId: string, now: Date): readonly StoredKey[] {
  return stored
    .filter((key) => key.environmentId === environmentId && key.type === 'SCOPED' && !key.keyId.startsWith(UNLISTED) && (key.expireAt === null || Date.parse(key.expireAt) > now.getTime()))
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
    .slice(0, ASKED_MAX);
}

/** A candidate whose scopes are known. */
export interface ScopedCandidate {
  readonly key: StoredKey;
  readonly scopes: readonly Scope[];
}

/** Of the fit ones the one that may read most, the earlier of equals; undefined where none is. */
export function fittest(keys: readonly ScopedCandidate[], fitness: AgentFitness): StoredKey | undefined {
  return keys.filter(({ scopes }) => agentFitness(scopes) === fitness).sort((a, b) => normalise(b.scopes).length - normalise(a.scopes).length)[0]?.key;
}
