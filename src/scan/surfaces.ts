import { restored, type Kept } from './movedFindings.js';
import { mixed, usesOf, type Use } from './rules/mixedSurfaces.js';
import type { RuleFinding } from './rules/rule.js';
import type { ScanFile } from './scanFile.js';
import { isByHand, isTest } from './stigg/places.js';

/** The places that call Stigg, in the form of findings, to be kept like these. */
export function surfacesIn(file: ScanFile): RuleFinding[] {
  if (isByHand(file) || isTest(file)) return [];
  return usesOf(file).map(({ surface, start, end }) => ({ anchor: '', severity: 'info', start, end, message: surface, fixes: [] }));
}

/** What is to be said of these places together. */
export function mixedIn(kept: Iterable<readonly Kept[]>): readonly RuleFinding[] {
  const surfaces = new Set<string>();
  const all = [...kept];
  for (const own of all) for (const { finding } of own) surfaces.add(finding.message);
  // Most documents have one surface, and nobody wants to know where.
  if (surfaces.size < 2) return [];
  const uses = all.flat().map(restored).map(({ start, end, message }): Use => ({ start, end, surface: message === 'rest' ? 'rest' : 'graphql' }));
  return Array.from(mixed(uses.sort((a, b) => a.start - b.start)));
}
