/** What `known` holds for the key; the first time it is made. Of promises that are under way all askers get the same. */
export function onceFor<K, V extends object>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
