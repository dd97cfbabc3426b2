const TYPES = /(?<![\w$.])(?:interface\s+([A-Za-z_$][\w$]*)|type\s+([A-Za-z_$][\w$]*)\s*(?:=|<))/g;
const VALUES = /(?<![\w$.])(?:const|let|var|class|enum|namespace|function)(?:\s+|\s*\*\s*)([A-Za-z_$][\w$]*)/g;
const TYPE_EXPORTS = /(?<![\w$.])export\s+(type\s+)?\{([^{}]*)\}/g;

/** The names that a TypeScript module makes for types alone: importing them leaves nothing in the program. `masked` as `maskCode` returns it. */
export function typeNamesIn(masked: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of masked.matchAll(TYPES)) names.add(match[1] ?? match[2] ?? '');
  for (const [, all, list = ''] of masked.matchAll(TYPE_EXPORTS)) {
    for (const part of list.split(',')) {
      const words = part.trim().split(/\s+/);
      const isType = all !== undefined || (words[0] === 'type' && words[1] !== undefined && words[1] !== 'as');
      const name = words.at(-1);
      if (isType && name !== undefined && name !== '') names.add(name);
    }
  }
  if (names.size > 0) for (const match of masked.matchAll(VALUES)) names.delete(match[1] ?? '');
  return names;
}
