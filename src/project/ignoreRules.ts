import ignore, { type Ignore } from 'ignore';

/** The patterns of one ignore file, and the folder that they are relative to (absolute, with `/`). */
export interface IgnoreRules {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Reads the patterns of a .gitignore. */
export function parseIgnoreFile(folder: string, content: string): IgnoreRules {
  return { folder, patterns: ignore().add(content) };
}

/**
 * Whether git ignores the path: the innermost file whose patterns say anything decides. `rules` go from the outermost inwards.
 * The folders above are taken to be looked at already: git never enters an ignored one.
 */
export function isIgnored(path: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, patterns } of [...rules].reverse()) {
    const relative = path.slice(folder.length).replace(/^\/+/, '');
    if (relative === '' || !path.startsWith(folder)) continue;
    const { ignored, unignored } = patterns.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}
