import process from 'node:process';

/** `npm run test:long`: every property is tried as often as it is worth before a release. */
export const isLong = process.env.TEST_LONG === '1';

/** How often a property is tried that takes seconds: a third of what the long run tries, with the same seed and so its first third. */
export function runs(long: number): number {
  return isLong ? long : Math.ceil(long / 3);
}
