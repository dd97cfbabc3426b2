import { ExpectedError } from '../../errors.js';
import type { Secret } from '../../secret.js';
import type { ApiKey, Environment } from '../model.js';
import type { StiggApi } from '../stiggApi.js';
import { managementKeyOf, managementSecret } from '../storedKey.js';
import type { StoredKey, Vault } from '../vault.js';
import type { HistoryFacts, LeakActivity, LeakedState, Mended, RemediationFacts } from './facts.js';
import type { RemediationRecord } from './journal.js';

/** What one run over the steps carries along. Never written down. */
export interface Run {
  readonly progress: (step: 'rotated' | 'replaced' | 'ended' | 'proved' | 'history') => void;
  readonly signal: AbortSignal;
  readonly isResumed: boolean;
  readonly log: { at: Date; what: string }[];
  readonly mask: string | null;
  readonly environment: Environment | null;
  key: ApiKey | null;
  /** The leaked value, for the proof. */
  secret: Secret | undefined;
}

interface Outcome {
  readonly old: LeakedState;
  readonly mended: Mended | null;
  readonly history: HistoryFacts | null;
  readonly isOpen: boolean;
}

/** Puts the facts of a run together. What Stigg cannot be asked is left out, and said to be. */
export async function factsOf(deps: { readonly api: StiggApi; readonly vault: Vault; readonly now: () => Date }, record: RemediationRecord, run: Run, outcome: Outcome): Promise<RemediationFacts> {
  const stored = await deps.vault.list();
  const { environmentId } = record;
  const successor = stored.find((entry) => entry.environmentId === environmentId && (entry.keyId === record.newKeyId || entry.retired.includes(record.fingerprint)));
  const own = stored.find((entry) => entry.environmentId === environmentId && entry.fingerprint === record.fingerprint);
  return {
    id: record.id,
    startedAt: new Date(record.startedAt),
    finishedAt: deps.now(),
    isResumed: run.isResumed,
    isOpen: outcome.isOpen,
    fingerprint: record.fingerprint,
    mask: run.mask ?? own?.mask ?? null,
    environment: run.environment ?? (environmentId === null ? null : (managementKeyOf(stored, environmentId)?.manages ?? null)),
    key: keyOf(record, run.key, own ?? successor),
    end: record.end,
    successor: successor === undefined || record.end === 'revoke' ? null : { id: successor.keyId, name: successor.displayName, mask: successor.mask },
    old: outcome.old,
    mended: outcome.mended,
    history: outcome.history,
    activity: await activityOf(deps, record, stored),
    log: run.log,
  };
}

/** The leaked key; its successor has its name and type, where it is no longer known itself. */
function keyOf(record: RemediationRecord, key: ApiKey | null, stored: StoredKey | undefined): RemediationFacts['key'] {
  if (key !== null) return { id: key.id, name: key.displayName, type: key.type, createdAt: key.createdAt };
  if (stored === undefined) return null;
  return { id: record.keyId ?? stored.keyId, name: stored.displayName, type: stored.type, createdAt: null };
}

async function activityOf({ api, vault }: { readonly api: StiggApi; readonly vault: Vault }, record: RemediationRecord, stored: readonly StoredKey[]): Promise<readonly LeakActivity[] | null> {
  const { environmentId, keyId, newKeyId } = record;
  if (environmentId === null) return null;
  try {
    const auth = await managementSecret(vault, environmentId, stored);
    const ids = [keyId, newKeyId].filter((id) => id !== null);
    const pages = await Promise.all(ids.map((id) => api.keyActivity(auth, { environmentId, id }, null)));
    const events = new Map(pages.flatMap(({ items }) => items).map((event) => [event.id, event]));
    return [...events.values()].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 20).map(({ at, type, actor }) => ({ at, type, actor }));
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}
