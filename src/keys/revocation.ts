import { ExpectedError } from '../errors.js';
import { keyStatus, type ApiKey } from './model.js';
import { proveRefusal, type Refusal401 } from './refusal.js';
import type { StepDeps } from './rotationSteps.js';
import { managementSecret } from './storedKey.js';

/** `listed`: Stigg's list shows its end, and there is no value here to ask with. */
export type RevocationProof = Refusal401 | { readonly kind: 'listed' };

/**
 * Revokes a key and proves it. After an answer that never came the list says whether it happened; nothing is asked twice. The stored value is
 * let go only when Stigg refuses it. Rejects with the codes of StiggApi (`outcomeUnknown` when the list still shows the key as working, or
 * cannot be had) and Vault. `signal` is heard until Stigg has been asked.
 */
export async function revoke(deps: StepDeps, key: ApiKey, signal?: AbortSignal): Promise<RevocationProof> {
  const { api, vault } = deps;
  const ref = { environmentId: key.environmentId, keyId: key.id };
  const value = await vault.read(ref);
  const auth = await managementSecret(vault, key.environmentId);
  try {
    await api.revokeKey(auth, key, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'outcomeUnknown')) throw error;
    const listed = (await api.listKeys(auth, key.environmentId)).find(({ id }) => id === key.id);
    if (listed !== undefined && keyStatus(listed, deps.now()).kind !== 'expired') throw error;
  }
  if (value === undefined) return { kind: 'listed' };
  const proof = await proveRefusal(deps, key.environmentId, value);
  if (proof.kind === 'refused') await vault.delete(ref);
  return proof;
}
