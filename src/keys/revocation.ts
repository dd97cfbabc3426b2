import { ExpectedError } from '../errors.js';
import { keyStatus, type ApiKey } from './model.js';
import { proveRefusal, type Refusal401 } from './proof.js';
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
  const hasEnded = async (): Promise<boolean> => {
    const listed = (await api.listKeys(auth, key.environmentId)).find(({ id }) => id === key.id);
    return listed === undefined || keyStatus(listed, deps.now()).kind === 'expired';
  };
  try {
    await api.revokeKey(auth, key, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'outcomeUnknown')) throw error;
    if (!(await hasEnded())) throw error;
  }
  if (value === undefined) return { kind: await listedAs(hasEnded) };
  const proof = await proveRefusal(deps, key.environmentId, value);
  if (proof.kind === 'refused') await vault.delete(ref);
  return proof;
}

/** Without a value to ask with, Stigg's word for the revocation is compared with its own list. */
async function listedAs(hasEnded: () => Promise<boolean>): Promise<'listed' | 'accepted' | 'unknown'> {
  try {
    return (await hasEnded()) ? 'listed' : 'accepted';
  } catch (error) {
    if (error instanceof ExpectedError) return 'unknown';
    throw error;
  }
}
