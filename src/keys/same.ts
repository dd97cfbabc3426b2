/**
 * Keeping the objects that were there before where an answer says the same again. Whoever shows a list can then tell by identity
 * what has changed, also among thousands.
 */

/** Equal by content: primitives, dates, arrays and plain objects. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  const [mine, theirs] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return mine.length === Object.keys(b).length && mine.every(([name, value]) => name in theirs && isSame(value, theirs[name]));
}

/** True for two lists of the very same objects in the same order. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** `next` with every item that says the same as the one of `before` replaced by that one; `before` itself where nothing differs. */
export function reuse<T>(before: readonly T[], next: readonly T[], idOf: (item: T) => string): readonly T[] {
  if (before.length === 0) return next;
  const known = new Map(before.map((item) => [idOf(item), item]));
  const kept = next.map((item) => {
    const earlier = known.get(idOf(item));
    return earlier !== undefined && isSame(earlier, item) ? earlier : item;
  });
  return isSameList(before, kept) ? before : kept;
}
