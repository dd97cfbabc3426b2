/** What is remembered, told apart by identity. */
export interface MemoryKey<T> {
  /** Never called: it ties the key to what is remembered by it. */
  readonly of?: (value: T) => void;
}

/**
 * What was worked out of nodes alone. It stays true as long as the node is the same, so that it is handed from one version of a document to
 * the next: one keystroke makes few new nodes.
 */
export class Memory {
  readonly #known = new WeakMap<MemoryKey<never>, WeakMap<object, unknown>>();

  recall<T>(key: MemoryKey<T>, node: object, make: () => T): T {
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = new WeakMap()));
    if (!known.has(node)) known.set(node, make());
    return known.get(node) as T;
  }
}
