import type { ParsedSource } from './languages/language.js';
import { directivesOf } from './side/directives.js';
import { sideByDependencies, sideByImports } from './side/modules.js';
import { sideByConvention, sideByFolder } from './side/paths.js';

export type Side = 'browser' | 'server' | 'unknown';

/** Where code runs, and what says so. */
export interface SideVerdict {
  readonly side: Side;
  /** Short, fit for "ships to the browser: …". Empty when unknown. */
  readonly evidence: string;
}

const UNKNOWN: SideVerdict = { side: 'unknown', evidence: '' };
const NONE: ReadonlySet<string> = new Set();
/** What only a browser has; asked last, since comments and strings count too. */
const DOCUMENT = /\bdocument\.(?:getElementById|querySelector(?:All)?|createElement|addEventListener|body)\b/;

/**
 * Decides whether a file ships to the browser, strongest evidence first: directives, guarding imports, the conventions of
 * frameworks, other imports, folders, the package, and what the code touches. Unknown is an answer.
 */
export function sideOf(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): SideVerdict {
  if (!/^(?:type|java)script/.test(source.languageId)) return UNKNOWN;
  const directives = directivesOf(source.text);
  if (directives.includes('use server')) return { side: 'server', evidence: "'use server'" };
  if (directives.includes('use client')) return { side: 'browser', evidence: "'use client'" };
  const modules = source.imports.map(({ module }) => module);
  const guard = sideByImports(modules.filter((name) => name === 'server-only' || name === 'client-only'));
  return guard
    ?? sideByConvention(source.path, dependencies ?? NONE)
    ?? sideByImports(modules)
    ?? sideByFolder(source.path, dependencies ?? NONE)
    ?? sideByDependencies(source.path, dependencies ?? NONE)
    ?? (DOCUMENT.test(source.text) ? { side: 'browser', evidence: 'uses document' } : UNKNOWN);
}
