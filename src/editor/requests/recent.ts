import type * as vscode from 'vscode';

/** The ids of what was used last in this workspace, the last one first. */
export class Recent {
  readonly #state: vscode.Memento;
  readonly #key: string;
  readonly #most: number;

  constructor(state: vscode.Memento, key: string, most: number) {
    this.#state = state;
    this.#key = key;
    this.#most = most;
  }

  get ids(): readonly string[] {
    const stored = this.#state.get<unknown>(this.#key);
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  }

  async use(id: string): Promise<void> {
    await this.#state.update(this.#key, [id, ...this.ids.filter((other) => other !== id)].slice(0, this.#most));
  }

  /** The same things, those that were used last first, the others as they were. */
  first<T extends { readonly id: string }>(things: readonly T[]): T[] {
    const used = this.ids.flatMap((id) => things.find((thing) => thing.id === id) ?? []);
    return [...used, ...things.filter((thing) => !used.includes(thing))];
  }
}

/** Requests that were inserted. */
export function recentRequests(state: vscode.Memento): Recent {
  return new Recent(state, 'stiggKeys.requests.recent', 6);
}

/** Languages and tools that were chosen where there are several for a file. */
export function recentTargets(state: vscode.Memento): Recent {
  return new Recent(state, 'stiggKeys.requests.targets', 12);
}
