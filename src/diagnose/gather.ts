import { t } from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import { StiggApiError } from '../keys/graphql/stiggApiError.js';
import type { Environment } from '../keys/model.js';
import type { StiggApi } from '../keys/stiggApi.js';
import { managementKeyOf, UNLISTED } from '../keys/storedKey.js';
import type { StoredKey, Vault } from '../keys/vault.js';
import type { Secret } from '../secret.js';
import type { Answer, Facts, Got, StoredValue } from './facts.js';
import type { Symptom } from './symptom.js';

export interface GatherDeps {
  readonly api: Pick<StiggApi, 'probe' | 'environmentOf' | 'listKeys' | 'keyScopes' | 'availableScopes' | 'keyActivity'>;
  readonly vault: Pick<Vault, 'read'>;
  readonly now: () => Date;
}

/** What the person chose, and what the editor knows. */
export type Question = Pick<Facts, 'symptom' | 'request' | 'environment' | 'key' | 'stored' | 'used'>;

/** What is asked of Stigg beyond whether it takes the key: no more than the symptom needs, least of all when it is throttling. */
const ASKED: Readonly<Record<Symptom, { readonly list: boolean; readonly scopes: boolean; readonly activity: boolean }>> = {
  '401': { list: true, scopes: false, activity: true },
  '401-posts': { list: true, scopes: false, activity: false },
  '401-rotation': { list: true, scopes: false, activity: true },
  '403': { list: true, scopes: true, activity: false },
  '404': { list: false, scopes: false, activity: false },
  '409': { list: false, scopes: false, activity: false },
  '429': { list: false, scopes: false, activity: false },
};

/**
 * Finds out what the checks need, with the key from the vault. Failures become facts ("could not be asked, because"); rejects with
 * CancelledError alone, and with defects.
 */
export async function gather(deps: GatherDeps, question: Question, signal?: AbortSignal): Promise<Facts> {
  const { key, environment, stored, symptom } = question;
  const { value, secret } = await readValue(deps, key);
  const answer = await tryKey(deps, secret, value, signal);
  const asked = ASKED[symptom];
  const skipped = { ok: false, why: t('It does not matter for this status.') } as const;
  const signer = await signerFor(deps, { key, environment, stored }, secret, answer);
  const ask = <T>(isNeeded: boolean, call: (auth: Secret) => Promise<T>): Promise<Got<T>> =>
    isNeeded ? (signer.ok ? got(call(signer.value)) : Promise.resolve(signer)) : Promise.resolve(skipped);

  const ref = key === null || key.keyId.startsWith(UNLISTED) ? undefined : { environmentId: key.environmentId, id: key.keyId };
  const noRef: Got<never> = { ok: false, why: t('Stigg’s id of this key is not known here.') };
  const isRestricted = key !== null && key.type !== 'SERVER' && key.type !== 'CLIENT';
  const [listed, rotatedAt, scopes, offered] = await Promise.all([
    ask(asked.list && environment !== null, (auth) => deps.api.listKeys(auth, environment?.id ?? '', signal)),
    ref === undefined ? noRef : ask(asked.activity, async (auth) => (await deps.api.keyActivity(auth, ref, null, signal)).items.find(({ type }) => type === 'API_KEY_ROTATED')?.at ?? null),
    ref === undefined ? noRef : ask(asked.scopes && isRestricted, (auth) => deps.api.keyScopes(auth, ref, signal)),
    ask(asked.scopes && isRestricted, (auth) => deps.api.availableScopes(auth, signal)),
  ]);
  return { ...question, value, answer, listed, rotatedAt, scopes, offered, now: deps.now() };
}

async function readValue({ vault }: GatherDeps, key: StoredKey | null): Promise<{ value: StoredValue; secret: Secret | undefined }> {
  if (key === null) return { value: { kind: 'gone' }, secret: undefined };
  const read = await got(vault.read(key));
  if (!read.ok) return { value: { kind: 'unreadable', why: read.why }, secret: undefined };
  return { value: read.value === undefined ? { kind: 'gone' } : { kind: 'here', shape: read.value.shape }, secret: read.value };
}

/** One call that the key signs. It asks for the key's environment, so that one answer tells two things. */
async function tryKey({ api }: GatherDeps, secret: Secret | undefined, value: StoredValue, signal: AbortSignal | undefined): Promise<Answer> {
  if (secret === undefined) return { kind: 'unasked', why: value.kind === 'unreadable' ? value.why : t('There is no value to try.') };
  try {
    return { kind: 'accepted', environment: await api.environmentOf(secret, signal) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    if (error.code === 'unauthenticated') return { kind: 'refused' };
    if (error.code === 'rateLimited') return { kind: 'throttled', retryAfterMs: error instanceof StiggApiError ? (error.detail.retryAfterMs ?? null) : null };
    if (error.code === 'unreachable' || error.code === 'serverError' || error.code === 'notStigg' || error.code === 'badEndpoint') return { kind: 'unanswered', why: error.full };
    // Not allowed to name its environment: that alone may come from a firewall, so the key is proved by the call that is there for it.
    const validity = await api.probe(secret, signal);
    if (validity === 'unknown') return { kind: 'unanswered', why: error.full };
    return validity === 'valid' ? { kind: 'accepted', environment: null } : { kind: 'refused' };
  }
}

/** The key that asks Stigg about keys: the one that is stored for the environment, which may be the very key that is looked at. */
async function signerFor(deps: GatherDeps, { key, environment, stored }: { key: StoredKey | null; environment: Environment | null; stored: readonly StoredKey[] }, secret: Secret | undefined, answer: Answer): Promise<Got<Secret>> {
  if (answer.kind === 'unanswered' || answer.kind === 'throttled') return { ok: false, why: answer.kind === 'unanswered' ? answer.why : t('Stigg is turning requests away at the moment (429).') };
  const management = environment === null ? undefined : managementKeyOf(stored, environment.id);
  if (management === undefined) return { ok: false, why: t('No key that could ask Stigg is stored for this environment.') };
  if (key !== null && key.keyId === management.keyId && key.environmentId === management.environmentId) {
    if (secret === undefined) return { ok: false, why: t('The value of the key that could ask Stigg cannot be read.') };
    return answer.kind === 'refused' ? { ok: false, why: t('Stigg does not accept the key that is stored to ask it.') } : { ok: true, value: secret };
  }
  const read = await got(deps.vault.read(management));
  if (!read.ok) return read;
  return read.value === undefined ? { ok: false, why: t('The value of the key that could ask Stigg cannot be read.') } : { ok: true, value: read.value };
}

async function got<T>(work: Promise<T>): Promise<Got<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
    return { ok: false, why: error.full };
  }
}
