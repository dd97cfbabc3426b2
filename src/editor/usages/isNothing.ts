import type { UsageSearch } from './usages.js';

/** Nothing was found, wherever was looked. */
export function isNothing({ usages, terminals }: UsageSearch): boolean {
  return usages.length === 0 && terminals.length === 0;
}
