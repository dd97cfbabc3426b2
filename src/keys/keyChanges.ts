import { t } from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import type { Secret } from '../secret.js';
import type { Inventory } from './inventory.js';
import { asText, descriptionProblem, nameProblem } from './keyNames.js';
import type { ApiKey, Scope } from './model.js';
import { allows, normalise, sameScopes } from './scopes.js';
import type { StiggApi } from './stiggApi.js';
import { managementKeyOf, managementSecret } from './storedKey.js';
import type { Vault } from './vault.js';

export interface KeyChangeDeps {
  readonly api: Pick<StiggApi, 'updateKey' | 'listKeys' | 'keyScopes'>;
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly inventory: Pick<Inventory, 'refresh'>;
}

/** What a person may call a key. A description that is left out stays; an empty one is removed. */
export interface KeyTexts {
  readonly displayName: string;
  readonly description?: string;
}

/**
 * Changes name and description of a scoped key. An answer that never came, was cancelled or does not fit is settled by looking at the
 * list; the same change once more would do no harm. The inventory shows the key's state before this resolves or rejects.
 *
 * Rejects with StiggApi's and the vault's codes, `badName`, `badDescription`, and `changeUnconfirmed`; with CancelledError where Stigg
 * shows that nothing changed.
 */
export async function renameKey(deps: KeyChangeDeps, key: ApiKey, texts: KeyTexts, signal?: AbortSignal): Promise<ApiKey> {
  const problem = nameProblem(texts.displayName);
  if (problem !== undefined) throw new ExpectedError('badName', problem, t('Choose another name.'));
  const tooLong = texts.description === undefined ? undefined : descriptionProblem(texts.description);
  if (tooLong !== undefined) throw new ExpectedError('badDescription', tooLong, t('Shorten it.'));
  const wanted = { displayName: asText(texts.displayName), ...(texts.description === undefined ? {} : { description: asText(texts.description) }) };
  const isDone = (now: ApiKey): boolean => now.displayName === wanted.displayName && (wanted.description === undefined || (now.description ?? '') === wanted.description);
  return change(deps, key, {
    send: (auth) => deps.api.updateKey(auth, key, wanted, signal),
    isDone,
    look: async (auth) => (await deps.api.listKeys(auth, key.environmentId)).find((listed) => listed.id === key.id),
  });
}

/**
 * Gives a scoped key another scope; resolves with what Stigg says it is afterwards. Settled by looking, as `renameKey` is.
 *
 * Rejects with StiggApi's and the vault's codes, `noScope`, `managementScope` (we would lock ourselves out), and `changeUnconfirmed`.
 */
export async function changeScopes(deps: KeyChangeDeps, key: ApiKey, scopes: readonly Scope[], signal?: AbortSignal): Promise<readonly Scope[]> {
  const wanted = normalise(scopes);
  if (wanted.length === 0) throw new ExpectedError('noScope', t('A key needs at least one permission.'), t('Choose one, or revoke the key.'));
  const management = managementKeyOf(await deps.vault.list(), key.environmentId);
  if (management?.keyId === key.id && !allows(wanted, { resource: 'API_KEY', action: 'WRITE' })) {
    throw new ExpectedError(
      'managementScope',
      t('"{0}" is the key this extension talks to Stigg with: without writing API keys it could not even give itself the permission back.', key.displayName),
      t('Leave it "API keys: write", or add the environment with another key first.'),
    );
  }
  return change(deps, key, {
    send: async (auth) => {
      await deps.api.updateKey(auth, key, { scopes: wanted }, signal);
      // The answer does not hold the scope: it is asked for, and where that fails Stigg's word is taken.
      return (await lookOrNothing((signed) => deps.api.keyScopes(signed, key), auth)) ?? wanted;
    },
    isDone: (now) => sameScopes(now, wanted),
    look: (auth) => deps.api.keyScopes(auth, key),
  });
}

interface Change<T> {
  readonly send: (auth: Secret) => Promise<T>;
  readonly isDone: (now: T) => boolean;
  /** The state as Stigg tells it; undefined when it does not. */
  readonly look: (auth: Secret) => Promise<T | undefined>;
}

async function change<T>({ vault, inventory }: KeyChangeDeps, key: ApiKey, { send, isDone, look }: Change<T>): Promise<T> {
  const auth = await managementSecret(vault, key.environmentId);
  try {
    let failure: unknown;
    try {
      const answer = await send(auth);
      if (isDone(answer)) return answer;
    } catch (error) {
      const isOpen = isCancelled(error) || (error instanceof ExpectedError && error.code === 'outcomeUnknown');
      if (!isOpen) throw error;
      failure = error;
    }
    const now = await lookOrNothing(look, auth);
    if (now !== undefined && isDone(now)) return now;
    if (now !== undefined && isCancelled(failure)) throw failure;
    throw new ExpectedError(
      'changeUnconfirmed',
      now === undefined ? t('Whether Stigg has changed "{0}" is not known: it did not answer.', key.displayName) : t('Stigg does not show the change of "{0}".', key.displayName),
      t('Refresh in a minute and look; the same change once more does no harm.'),
      { cause: failure },
    );
  } finally {
    await inventory.refresh(key.environmentId);
  }
}

async function lookOrNothing<T>(look: (auth: Secret) => Promise<T | undefined>, auth: Secret): Promise<T | undefined> {
  try {
    return await look(auth);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
