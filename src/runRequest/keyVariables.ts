import { DEFAULT_VARIABLE_NAMES, STALE_VARIABLES } from '../inject/variables.js';

const KNOWN = new Set([...STALE_VARIABLES, ...DEFAULT_VARIABLE_NAMES.server, ...DEFAULT_VARIABLE_NAMES.publishable, 'SERVER_API_KEY']);

/** Whether a variable of that name holds a Stigg key: the names of Stigg's material, and what says both "Stigg" and "key". */
export function isKeyVariable(name: string): boolean {
  return KNOWN.has(name) || (name.length <= 80 && /stigg/i.test(name) && /key|token|secret/i.test(name));
}
