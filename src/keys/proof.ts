import type { Secret } from '../secret.js';
import type { KeyValidity, StiggApi } from './stiggApi.js';
import { managementKeyOf } from './storedKey.js';
import type { Vault } from './vault.js';

export interface RefusalDeps {
  readonly api: Pick<StiggApi, 'probe'>;
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Whether Stigg refuses a value. `refused` alone is a proof, and with `control` Stigg accepted a key of ours at the same moment; `everything`:
 * it refused that one too, so that its 401 says nothing; `accepted` and `unknown` are what was seen last.
 */
export type Refusal401 = { readonly kind: 'refused'; readonly control: boolean } | { readonly kind: 'accepted' | 'unknown' | 'everything' };

/** Pauses before Stigg is asked (again), in milliseconds: it may take a while to be known everywhere. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000] as const;

/** Asks Stigg with a value until it answers 401 to it while it accepts our own key of the environment. Never rejects but for the vault. */
export async function proveRefusal(deps: RefusalDeps, environmentId: string | null, value: Secret, pauses: readonly number[] = PAUSES_MS): Promise<Refusal401> {
  let seen: Refusal401 = { kind: 'unknown' };
  for (const pause of pauses) {
    await deps.wait(pause);
    const validity = await deps.api.probe(value);
    if (validity === 'invalid') {
      const control = await controlOf(deps, environmentId, value);
      if (control === 'accepted' || control === 'none') return { kind: 'refused', control: control === 'accepted' };
      seen = { kind: control === 'refused' ? 'everything' : 'unknown' };
    } else {
      seen = { kind: validity === 'valid' ? 'accepted' : 'unknown' };
    }
  }
  return seen;
}

/**
 * Whether Stigg accepts a key of ours now: the environment's own, or another one, since any that is accepted shows that not everything is
 * refused. `unknown` when that could not be asked, `none` where there is no other key to ask with.
 */
async function controlOf({ api, vault }: RefusalDeps, environmentId: string | null, value: Secret): Promise<'accepted' | 'refused' | 'unknown' | 'none'> {
  const stored = await vault.list();
  const ids = new Set([...(environmentId === null ? [] : [environmentId]), ...stored.map((entry) => entry.environmentId)]);
  let control: Secret | undefined;
  for (const id of ids) {
    const ours = managementKeyOf(stored, id);
    if (ours !== undefined && ours.fingerprint !== value.fingerprint) control ??= await vault.read(ours);
    if (control !== undefined) break;
  }
  if (control === undefined) return 'none';
  const validity = await api.probe(control);
  return validity === 'valid' ? 'accepted' : validity === 'invalid' ? 'refused' : 'unknown';
}

/** Asks until Stigg accepts a value: a fresh key may take a moment to be known everywhere. Resolves with what was seen last. */
export async function proveAcceptance({ api, wait }: Pick<RefusalDeps, 'api' | 'wait'>, value: Secret): Promise<KeyValidity> {
  let validity = await api.probe(value);
  for (const pause of [1_000, 3_000]) {
    if (validity === 'valid') break;
    await wait(pause);
    validity = await api.probe(value);
  }
  return validity;
}
