import type { ScanContext } from './context.js';
import type { ParsedSource } from './languages/language.js';

export type Side = 'browser' | 'server' | 'unknown';

/** Where a file runs, and what says so. */
export interface SideVerdict {
  readonly side: Side;
  /** Short, fit for "ships to the browser: …". Empty when unknown. */
  readonly evidence: string;
}

/** Decides whether the file ships to the browser. */
export function sideOf(source: ParsedSource, _context: ScanContext): SideVerdict {
  const directive = /^\s*['"]use (client|server)['"]/.exec(source.text);
  if (directive !== null) return { side: directive[1] === 'client' ? 'browser' : 'server', evidence: `'use ${directive[1] ?? ''}'` };
  return { side: 'unknown', evidence: '' };
}
