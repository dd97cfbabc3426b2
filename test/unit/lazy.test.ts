import { expect, test } from 'vitest';
import { CancelledError } from '../../src/errors.js';
import { Lazy } from '../../src/lazy.js';

class Made {
  disposed = 0;
  dispose(): void {
    this.disposed++;
  }
}

test('is made once, by the first who needs it', async () => {
  let makings = 0;
  const lazy = new Lazy(() => Promise.resolve({ number: ++makings }));
  expect(lazy.made).toBeUndefined();
  const [one, other] = await Promise.all([lazy.get(), lazy.get()]);
  expect([one, other, lazy.made, makings]).toEqual([{ number: 1 }, one, one, 1]);
});

test('a failure is not kept', async () => {
  let makings = 0;
  const lazy = new Lazy(() => (++makings === 1 ? Promise.reject(new Error('not now')) : Promise.resolve({ number: makings })));
  await expect(Promise.all([lazy.get(), lazy.get()])).rejects.toThrow('not now');
  expect(lazy.made).toBeUndefined();
  await expect(lazy.get()).resolves.toEqual({ number: 2 });
});

test('what was made goes with it', async () => {
  const lazy = new Lazy(() => Promise.resolve(new Made()));
  const made = await lazy.get();
  lazy.dispose();
  expect(made.disposed).toBe(1);
});

test('what is only being made goes too, and nobody gets it', async () => {
  const made = new Made();
  let finish: (made: Made) => void = () => undefined;
  const lazy = new Lazy(() => new Promise<Made>((resolve) => { finish = resolve; }));
  const getting = lazy.get();
  lazy.dispose();
  finish(made);
  await expect(getting).rejects.toBeInstanceOf(CancelledError);
  expect([made.disposed, lazy.made]).toEqual([1, undefined]);
});

test('after the end nothing is made', async () => {
  let makings = 0;
  const lazy = new Lazy(() => Promise.resolve({ number: ++makings }));
  lazy.dispose();
  await expect(lazy.get()).rejects.toBeInstanceOf(CancelledError);
  expect(makings).toBe(0);
});
