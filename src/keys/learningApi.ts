import { ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { KnownPermissions } from './knownPermissions.js';
import { decidedWith, type KeyAction } from './permissions.js';
import type { StiggApi } from './stiggApi.js';
import type { StoredKey, Vault } from './vault.js';

/**
 * Stigg as `api` speaks to it, with every refusal of an action remembered: the one place where all commands, the panel and the
 * protocols learn what the stored keys may not do. A refusal for the role is said in words that help; its code stays the same.
 */
export function learningApi(api: StiggApi, vault: Pick<Vault, 'list'>, known: Pick<KnownPermissions, 'learn' | 'allow' | 'remembers'>): StiggApi {
  /** The stored key that signs; undefined for one that is about to be stored. */
  const callerOf = async (auth: Secret): Promise<StoredKey | undefined> => {
    try {
      const print = auth.fingerprint;
      return (await vault.list()).find((entry) => entry.fingerprint === print && entry.manages !== null);
    } catch {
      return undefined;
    }
  };

  async function learned<T>(auth: Secret, actions: readonly KeyAction[], call: () => Promise<T>): Promise<T> {
    let result: T;
    try {
      result = await call();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      const { refusalOf } = await import('./refusal.js');
      throw await refusalOf(error, actions, () => callerOf(auth), known);
    }
    const decided = actions.flatMap(decidedWith);
    const caller = known.remembers(decided) ? await callerOf(auth) : undefined;
    if (caller !== undefined) await known.allow(caller, actions, decided);
    return result;
  }

  return {
    ...api,
    revealToken: (auth, ...rest) => learned(auth, ['reveal'], () => api.revealToken(auth, ...rest)),
    rotateKey: (auth, ...rest) => learned(auth, ['rotate'], () => api.rotateKey(auth, ...rest)),
    updateKey: (auth, key, change, signal) => learned(auth, [updateAction(change)], () => api.updateKey(auth, key, change, signal)),
    revokeKey: (auth, ...rest) => learned(auth, ['revoke'], () => api.revokeKey(auth, ...rest)),
    createScopedKey: (auth, ...rest) => learned(auth, ['create'], () => api.createScopedKey(auth, ...rest)),
    keyActivity: (auth, ...rest) => learned(auth, ['activity'], () => api.keyActivity(auth, ...rest)),
    setHardenedClientAccess: (auth, ...rest) => learned(auth, ['harden'], () => api.setHardenedClientAccess(auth, ...rest)),
  };
}

function updateAction({ scopes, expireAt }: Parameters<StiggApi['updateKey']>[2]): KeyAction {
  if (scopes !== undefined) return 'scope';
  return expireAt === undefined ? 'rename' : 'grace';
}
