import { Secret } from '../../../../src/secret.js';
import type { Environment } from '../../../../src/keys/model.js';
import type { StoredKey } from '../../../../src/keys/vault.js';

/** Values that are no tokens of anybody's. */
export const SERVER = new Secret(`server-${'ab12'.repeat(9)}`);
export const PUBLISHABLE = new Secret(`client-${'cd34'.repeat(9)}`);

export const environment = (more: Partial<Environment> = {}): Environment => ({
  id: 'env-1', slug: 'staging', displayName: 'Staging', type: 'DEVELOPMENT', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null, ...more,
});

export const storedKey = (more: Partial<StoredKey> = {}, secret: Secret = SERVER): StoredKey => ({
  environmentId: 'env-1', keyId: 'key-1', type: 'SERVER', displayName: 'Full access key', createdAt: null, expireAt: null, mask: secret.mask, fingerprint: secret.fingerprint, retired: [], manages: environment(), ...more,
});

export const NAMES = { server: ['STIGG_SERVER_API_KEY'], publishable: ['STIGG_CLIENT_API_KEY'] };

/** As much of a Memento as is needed. */
export class FakeMemento {
  readonly values = new Map<string, unknown>();
  get(name: string): undefined {
    return this.values.get(name) as undefined;
  }
  update(name: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(name);
    else this.values.set(name, value);
    return Promise.resolve();
  }
}
