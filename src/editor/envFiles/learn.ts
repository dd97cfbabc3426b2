import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import type { EnvFilesDeps } from './deps.js';

/** What Stigg says of a value that was found. */
export type Health =
  /** `environment` is null where the key may not say where it belongs. */
  | { readonly kind: 'works'; readonly environment: Environment | null }
  /** Stigg answers 401. */
  | { readonly kind: 'dead' };

/** Asks Stigg about a key. Rejects with its errors but for 401 and 403: whoever did not get an answer knows nothing. */
export async function healthOf({ api }: Pick<EnvFilesDeps, 'api'>, stored: readonly StoredKey[], secret: Secret, signal: AbortSignal): Promise<Health> {
  const { shape } = secret;
  const hinted = shape.kind === 'unknown' ? null : (managementKeyOf(stored, shape.environmentId)?.manages ?? null);
  try {
    return { kind: 'works', environment: await api.environmentOf(secret, signal) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    if (error.code === 'unauthenticated') return { kind: 'dead' };
    if (error.code !== 'forbidden') throw error;
    // A firewall says 403 too: only what Stigg itself said counts.
    if ((await api.probe(secret, signal)) !== 'valid') {
      throw new ExpectedError('unreachable', vscode.l10n.t('Stigg could not be asked about {0}.', secret.mask), vscode.l10n.t('Check the connection and try again; nothing was changed.'), { cause: error });
    }
    return { kind: 'works', environment: hinted };
  }
}
