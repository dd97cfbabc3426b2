import type { ScanContext } from '../context.js';
import type { ParsedSource } from '../languages/language.js';
import type { Side, SideVerdict } from '../side.js';
import { sideByConvention } from './conventions.js';
import { directivesOf } from './directives.js';
import { sideByGuard, sideByImports } from './modules.js';

/** What a module says about itself, guesses left aside. */
export interface OwnSide extends SideVerdict {
  /** The module ships all the same when browser code imports it. */
  readonly yields: boolean;
  /** What the module imports ships with it. */
  readonly isEntry: boolean;
}

/**
 * The evidence that an import from elsewhere does not outweigh, strongest first: directives, guarding imports, the repository's
 * settings, the conventions of frameworks, and imports that work on one side only. The settings stand below what a build acts
 * upon inside the file, and above everything that is told by names. Undefined where nothing of the kind is there.
 */
export function ownSide(source: ParsedSource, facts: Pick<ScanContext, 'dependencies' | 'configuredSide'>): OwnSide | undefined {
  const directives = directivesOf(source.text);
  if (directives.includes('use server')) return certain({ side: 'server', evidence: "'use server'" });
  if (directives.includes('use client')) return certain({ side: 'browser', evidence: "'use client'" });
  const { imports, path, text } = source;
  const modules = imports.map(({ module }) => module);
  const guard = sideByGuard(modules);
  if (guard !== undefined) return certain(guard);
  const configured = facts.configuredSide(path);
  if (configured !== undefined) return certain(sideBySetting(configured));
  const convention = sideByConvention({ path, text, modules, dependencies: facts.dependencies(path) });
  if (convention !== undefined) return convention;
  const told = sideByImports(imports);
  return told === undefined ? undefined : certain(told);
}

/** The verdict of a setting. */
export function sideBySetting(side: Side): SideVerdict {
  return { side, evidence: side === 'unknown' ? '' : '.stigg-keys.json' };
}

function certain(verdict: SideVerdict): OwnSide {
  return { ...verdict, yields: false, isEntry: verdict.side === 'browser' };
}
