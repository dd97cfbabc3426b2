/**
 * The globs of settings files: `*` and `?` inside a name, `**` for any folders, `{a,b}` for alternatives; everything else is itself,
 * so that `app/(shop)/[id]` and `+page.ts` need no escapes. Matched without regular expressions: whoever writes a repository's
 * settings writes its file names too, and no pair of them may keep an editor busy. Time grows with the product of their lengths.
 */
export interface Glob {
  /** @param path relative to the folder of the settings, with `/` */
  matches(path: string): boolean;
}

const LONGEST = 256;
const MOST_ALTERNATIVES = 64;
const ALTERNATIVES = /\{([^{},]*,[^{}]*)\}/;

/** Understands one glob; undefined for one that is empty, too long, too complicated, or leads out of the folder. */
export function parseGlob(text: string): Glob | undefined {
  if (text.trim() === '' || text.length > LONGEST || text.startsWith('!')) return undefined;
  const patterns = expand(text)?.map(segmentsOf);
  if (patterns === undefined || patterns.some((segments) => segments.includes('..'))) return undefined;
  return {
    matches: (path) => {
      const names = path.split('/');
      return patterns.some((pattern) => matchesAll(pattern, names, (segment) => segment === '**', matchesName));
    },
  };
}

/** One text for each choice of alternatives. A brace without its partner is itself. */
function expand(text: string): readonly string[] | undefined {
  let done = [''];
  let rest = text;
  for (let match = ALTERNATIVES.exec(rest); match !== null; match = ALTERNATIVES.exec(rest)) {
    const before = rest.slice(0, match.index);
    const choices = (match[1] ?? '').split(',');
    done = done.flatMap((start) => choices.map((choice) => `${start}${before}${choice}`));
    if (done.length > MOST_ALTERNATIVES) return undefined;
    rest = rest.slice(match.index + match[0].length);
  }
  return done.map((start) => `${start}${rest}`);
}

function segmentsOf(pattern: string): string[] {
  const isFolder = pattern.endsWith('/');
  const segments = pattern.replace(/^\.?\//, '').split('/').filter((segment) => segment !== '' && segment !== '.');
  // A name alone is meant wherever it is, as in .gitignore.
  const anywhere = segments.length === 1 && !pattern.replace(/\/$/, '').includes('/') ? ['**', ...segments] : segments;
  return isFolder ? [...anywhere, '**'] : anywhere;
}

function matchesName(pattern: string, name: string): boolean {
  // `**` inside a name is a star.
  return matchesAll(Array.from(pattern), Array.from(name), (unit) => unit === '*', (unit, letter) => unit === '?' || unit === letter);
}

/** Goes back to the last wildcard alone, which is enough: an earlier one could only have taken less. */
function matchesAll(pattern: readonly string[], items: readonly string[], isWild: (unit: string) => boolean, isOne: (unit: string, item: string) => boolean): boolean {
  let at = 0;
  let index = 0;
  let wild = -1;
  let resume = 0;
  while (index < items.length) {
    const unit = pattern[at];
    if (unit !== undefined && isWild(unit)) {
      wild = at++;
      resume = index;
    } else if (unit !== undefined && isOne(unit, items[index] ?? '')) {
      at++;
      index++;
    } else if (wild !== -1) {
      at = wild + 1;
      index = ++resume;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] ?? '')) at++;
  return at === pattern.length;
}
