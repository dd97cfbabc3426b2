import ignore, { type Ignore } from 'ignore';
import { isPlain, quickLook } from './plainRules.js';

/** The patterns of one ignore file, and the folder that they are relative to (absolute, with `/`). */
export interface IgnoreRules {
  readonly folder: string;
  readonly patterns: Ignore;
  /** Whether other programs are certain to read the patterns as we do. */
  readonly isPlain: boolean;
  /** Whether they say how many characters something has. */
  readonly countsCharacters: boolean;
  /** A quick look at whether the patterns may say anything about a relative path. */
  readonly mayConcern: (relative: string) => boolean;
}

/** Reads the patterns of a .gitignore. */
export function parseIgnoreFile(folder: string, content: string): IgnoreRules {
  const plain = isPlain(content);
  return { folder, patterns: ignore().add(content), isPlain: plain, countsCharacters: content.includes('?'), mayConcern: plain ? quickLook(content) : () => true };
}

/**
 * Whether git ignores the path: the innermost file whose patterns say anything decides. `rules` go from the outermost inwards.
 * The folders above are taken to be looked at already: git never enters an ignored one.
 */
export function isIgnored(path: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if (rule?.mayConcern(path.slice(rule.folder.length)) !== true) continue;
    const { folder, patterns } = rule;
    const relative = path.slice(folder.length).replace(/^\/+/, '');
    if (relative === '' || !path.startsWith(folder)) continue;
    const { ignored, unignored } = patterns.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}
