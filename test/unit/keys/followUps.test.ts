import { describe, expect, it } from 'vitest';
import { FollowUps, reminderAt, type FollowUp } from '../../../src/keys/followUps.js';
import { MemoryState } from './support/memory.js';

const followUp = (more: Partial<FollowUp> = {}): FollowUp => ({ id: 'f1', environmentId: 'e1', oldKeyId: 'k1', newKeyId: 'k2', rotatedAt: '2026-03-01T12:00:00.000Z', remindedOf: null, ...more });

describe('rotations that are not followed up', () => {
  it('are known until they are removed, newest first', async () => {
    const store = new FollowUps(new MemoryState());
    await store.write(followUp());
    await store.write(followUp({ id: 'f2', rotatedAt: '2026-03-02T12:00:00.000Z' }));
    expect((await store.list()).map(({ id }) => id)).toEqual(['f2', 'f1']);
    await store.remove({ id: 'f2' });
    expect(await store.list()).toEqual([followUp()]);
  });

  it.each(['', '{', 'null', '[]', '{"id":"f1"}', JSON.stringify({ ...followUp(), rotatedAt: 'soon' }), JSON.stringify({ ...followUp(), id: 'other' })])('a damaged record is none: %s', async (text) => {
    const state = new MemoryState();
    await state.write('leftovers-f1.json', text);
    expect(await new FollowUps(state).list()).toEqual([]);
  });

  it('holds ids and times alone', async () => {
    const state = new MemoryState();
    await new FollowUps(state).write(followUp());
    expect(Object.keys(JSON.parse((await state.read('leftovers-f1.json')) ?? '') as object).sort()).toEqual(['environmentId', 'id', 'newKeyId', 'oldKeyId', 'remindedOf', 'rotatedAt']);
  });

  it.each([
    ['three days', '2026-03-04T12:00:00Z', '2026-03-04T11:00:00.000Z'],
    ['a day', '2026-03-02T12:00:00Z', '2026-03-02T11:00:00.000Z'],
    ['an hour, of which the person knows', '2026-03-01T13:00:00Z', '2026-03-01T12:45:00.000Z'],
  ])('reminds of the end after %s', (_name, end, expected) => {
    expect(reminderAt(followUp(), new Date(end)).toISOString()).toBe(expected);
  });
});
