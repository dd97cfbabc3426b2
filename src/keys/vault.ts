import type { Disposable, Event } from '../event.js';
import type { Secret } from '../secret.js';
import type { Environment, KeyType } from './model.js';

/** What is kept beside a stored key; nothing here is secret. Serialised it stays under INDEX_ENTRY_MAX_BYTES. */
export interface StoredKey {
  readonly environmentId: string;
  /** Stigg's key id, or `unlisted-<16 hex of the fingerprint>` for a key whose id could not be learned. */
  readonly keyId: string;
  readonly type: KeyType;
  readonly displayName: string;
  /** ISO date strings, as Stigg gave them. */
  readonly createdAt: string | null;
  readonly expireAt: string | null;
  readonly mask: string;
  readonly fingerprint: string;
  /** Fingerprints of earlier values of this key, newest first: they recognise leftovers in files. */
  readonly retired: readonly string[];
  /** Present on the management key: the server key of the environment that we use to talk to Stigg. */
  readonly manages: Environment | null;
}

export interface StoredKeyRef {
  readonly environmentId: string;
  readonly keyId: string;
}

/** Windows allows 2,560 bytes per credential; some head-room is kept. Applies to token and index entries alike. */
export const INDEX_ENTRY_MAX_BYTES = 2_400;

export type VaultKind = 'keychain' | 'secretStorage';

/**
 * Where keys live. Values and index are apart: listing reads only the index.
 * Every method rejects with ExpectedError: `vaultUnavailable` (no keychain, no D-Bus, module does not load), `vaultLocked`,
 * `vaultWriteFailed` (the value read back was not the one written; nothing is claimed to be saved), `vaultEntryTooLarge`,
 * `vaultInvalidId` (an id that no keychain should be asked to hold).
 */
export interface Vault extends Disposable {
  readonly kind: VaultKind;
  /** The index, in no particular order. Entries that cannot be understood are left alone and left out. */
  list(): Promise<readonly StoredKey[]>;
  /** The value; undefined when the index knows the key but the value is gone ("value missing, paste it again"). */
  read(key: StoredKeyRef): Promise<Secret | undefined>;
  /** Writes value and index, in that order, and reads both back before it resolves. */
  save(key: StoredKey, secret: Secret): Promise<void>;
  /** Replaces the index entry of a key that is stored already; rejects with `vaultWriteFailed` when another window has removed it. */
  updateIndex(key: StoredKey): Promise<void>;
  /** Removes value and index. Deleting what is not there is fine. */
  delete(key: StoredKeyRef): Promise<void>;
  /** Fires after a change here or in another window (within 2 s). */
  readonly onDidChange: Event<void>;
}

/**
 * A small shared place for what is not secret and must outlive the window: the rotation journal, the change counter,
 * the index of the SecretStorage vault. Ids, names and masks only. Implemented over the extension's global storage folder.
 */
export interface SharedState extends Disposable {
  /** Names that exist and start with `prefix`. One name per record keeps two windows from overwriting each other. */
  list(prefix: string): Promise<readonly string[]>;
  /** undefined when there is none. */
  read(name: string): Promise<string | undefined>;
  /** Replaces atomically (a reader sees the old or the new text, never half of it). */
  write(name: string, text: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** The name whose text changed, by this window or another (within 2 s). */
  readonly onDidChange: Event<string>;
}
