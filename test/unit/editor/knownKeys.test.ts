import { expect, it, vi } from 'vitest';
import { VaultKnownKeys } from '../../../src/editor/knownKeys.js';
import { MemoryVault } from '../keys/support/memory.js';
import { row } from './rows.js';

const entry = row({ stored: true }).stored;

it('does not miss what changes while the index is read', async () => {
  const vault = new MemoryVault();
  let answer: (() => void) | undefined;
  vi.spyOn(vault, 'list').mockImplementationOnce(() => new Promise((resolve) => { answer = () => { resolve([]); }; }));
  const known = new VaultKnownKeys(vault);
  const changed = new Promise((resolve) => { known.onDidChange(resolve); });
  expect(known.knownKey('0'.repeat(32))).toBeUndefined();
  if (entry !== null) await vault.updateIndex(entry);
  answer?.();
  await changed;
  expect(known.knownKey('0'.repeat(32))).toMatchObject({ displayName: 'billing' });
  known.dispose();
});

it('reads the keychain once, however many ask', () => {
  const vault = new MemoryVault();
  const list = vi.spyOn(vault, 'list');
  const known = new VaultKnownKeys(vault);
  for (let index = 0; index < 20; index++) known.knownKey(String(index));
  expect(list).toHaveBeenCalledTimes(1);
  known.dispose();
});
