import type { UsagesDeps } from './deps.js';
import type { Usages } from './usages.js';

/** What it takes is loaded with the first search. */
export function createUsages(deps: UsagesDeps): Usages {
  return {
    find: async (...args) => (await import('./find.js')).findUsages(deps, ...args),
    replace: async (usages, options = {}) => (await import('./replace.js')).replaceUsages(deps, usages, options),
  };
}
