import { RULE_LEVELS, type RuleLevel } from '../../project/settings.js';

/** What the setting `stiggKeys.diagnostics.rules` says; a person may have written anything there. */
export function ruleLevels(value: unknown): ReadonlyMap<string, RuleLevel> {
  const levels = new Map<string, RuleLevel>();
  if (typeof value !== 'object' || value === null) return levels;
  for (const [rule, wanted] of Object.entries(value)) {
    const level = RULE_LEVELS.find((candidate) => candidate === wanted);
    if (level !== undefined) levels.set(rule, level);
  }
  return levels;
}
