import { Creation, type CreationDeps } from '../../../../src/keys/creation.js';
import { CreationJournal } from '../../../../src/keys/creationJournal.js';
import type { Scope } from '../../../../src/keys/model.js';
import type { StoredKey } from '../../../../src/keys/vault.js';
import type { LiveKey } from '../../../sandbox/index.js';
import type { RotationWorld } from './rotationWorld.js';

export const SCOPES: readonly Scope[] = [{ resource: 'CUSTOMER', action: 'WRITE' }];

export function journalOf(world: RotationWorld): CreationJournal {
  return new CreationJournal(world.state);
}

/** The creation of one window. */
export function creationOf(world: RotationWorld, changes: Partial<CreationDeps> = {}): Creation {
  return new Creation({ api: world.api, vault: world.vault, journal: journalOf(world), now: world.now, newId: () => crypto.randomUUID(), wait: () => Promise.resolve(), ...changes });
}

export function create(world: RotationWorld, name: string, creation = creationOf(world), progress: Parameters<Creation['create']>[1] = () => undefined): Promise<StoredKey> {
  return creation.create({ environmentId: world.seed.id, displayName: name, description: '', scopes: SCOPES }, progress);
}

/** Keys of that name that Stigg accepts. */
export function alive(world: RotationWorld, name: string): readonly LiveKey[] {
  return world.sandbox.keys(world.seed.id).filter((key) => key.name === name && !world.isDead(key.id));
}

/** What is wrong with the machine as a whole, in words: a stored key works, and no stored value is missing. */
export async function machineProblems(world: RotationWorld, when: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const value = await world.managementValue();
  if (value === undefined || (await world.api.probe(value)) !== 'valid') problems.push(`no management key works ${when}`);
  for (const entry of await world.vault.list()) {
    if ((await world.vault.read(entry)) === undefined) problems.push(`a value is missing ${when}`);
  }
  return problems;
}

/** What is wrong with the key of that name once everything has been taken up: at most one, stored, and the one that works. */
export async function keyProblems(world: RotationWorld, name: string): Promise<readonly string[]> {
  const keys = alive(world, name);
  const problems = keys.length > 1 ? [`${String(keys.length)} keys of that name`] : [];
  for (const key of keys) {
    if ((await world.vault.read({ environmentId: world.seed.id, keyId: key.id }))?.reveal() !== key.token) problems.push('a key exists whose value is not stored');
  }
  if ((await journalOf(world).list()).length > 0) problems.push('the journal is not empty');
  return problems;
}
