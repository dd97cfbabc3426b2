import { expect, it } from 'vitest';
import { CreationJournal } from '../../../src/keys/creationJournal.js';
import { RotationJournal } from '../../../src/keys/journal.js';
import { neededKeys } from '../../../src/keys/neededKeys.js';
import { RemediationJournal } from '../../../src/keys/remediation/journal.js';
import { MemoryState } from './support/memory.js';

it('every kind of record keeps the values of its keys, in its environment alone', async () => {
  const state = new MemoryState();
  const [rotations, creations, remediations] = [new RotationJournal(state), new CreationJournal(state), new RemediationJournal(state)];
  const times = { startedAt: new Date(0).toISOString(), leaseUntil: new Date(0).toISOString() };
  await rotations.write({ ...times, id: 'a', environmentId: 'here', oldKeyId: 'r-old', grace: 'now', knownKeyIds: ['known'], step: 'proved', newKeyId: 'r-new' });
  await creations.write({ ...times, id: 'b', environmentId: 'here', nameDigest: '', knownKeyIds: ['known'], step: 'made', newKeyId: 'c-new' });
  await remediations.write({ ...times, id: 'c', environmentId: 'here', keyId: 'l-old', newKeyId: null, fingerprint: '0'.repeat(32), end: 'now', done: [], provedAt: null, dueAt: null });
  await remediations.write({ ...times, id: 'd', environmentId: 'there', keyId: 'other', newKeyId: null, fingerprint: '0'.repeat(32), end: 'now', done: [], provedAt: null, dueAt: null });
  await remediations.write({ ...times, id: 'e', environmentId: null, keyId: null, newKeyId: null, fingerprint: '0'.repeat(32), end: 'none', done: [], provedAt: null, dueAt: null });
  const needed = neededKeys([rotations, creations, remediations]);
  expect([...(await needed('here'))].sort()).toEqual(['c-new', 'l-old', 'r-new', 'r-old']);
  expect([...(await needed('there'))]).toEqual(['other']);
  expect([...(await needed('elsewhere'))]).toEqual([]);
});
