import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { KeychainVault, type KeychainVaultOptions } from '../../src/keys/keychainVault.js';
import type { NativeKeychain } from '../../src/keys/keytar.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';

/** The bindings as the package ships them; the product carries a checked copy. */
export const bindings = path.resolve(import.meta.dirname, '../../node_modules/keytar/prebuilds');

/** A service of this run alone: the person's own entries are never listed, changed or counted. */
export function newService(): string {
  return `stigg-key-hygiene-test-${randomUUID()}`;
}

/** A vault over the real keychain. */
export function openVault(service: string, options: Partial<KeychainVaultOptions> = {}): KeychainVault {
  return new KeychainVault({ load: () => loadKeytar(bindings), service, timeoutMs: 10_000, ...options });
}

/** Removes every entry of a test's services, whatever the test left. */
export async function clean(native: NativeKeychain, service: string): Promise<void> {
  for (const name of [service, `${service}.index`, `${service}.check`]) {
    if (native.hidesLocked && (await native.keytar.findPassword(name)) === null) continue;
    for (const { account } of await native.keytar.findCredentials(name)) await native.keytar.deletePassword(name, account);
  }
}
