import type { Step } from './access.js';

/** Paths as a tree, so that an object is walked only where one of them may lead. */
export class PathTree<T> {
  readonly #next = new Map<Step, PathTree<T>>();
  #entry: T | undefined;

  /** What stands for the path that ends here. */
  get entry(): T | undefined {
    return this.#entry;
  }

  /** No path goes on from here. */
  get isEnd(): boolean {
    return this.#next.size === 0;
  }

  get(step: Step): PathTree<T> | undefined {
    return this.#next.get(step);
  }

  /** Adds a path as it is written down: `priceOverrides[].price.amount`. */
  add(path: string, entry: T): this {
    this.#put(stepsOf(path), entry);
    return this;
  }

  #put([step, ...rest]: readonly Step[], entry: T): void {
    if (step === undefined) {
      this.#entry = entry;
      return;
    }
    let next = this.#next.get(step);
    if (next === undefined) this.#next.set(step, (next = new PathTree<T>()));
    next.#put(rest, entry);
  }
}

/** `a[].b` has the steps `a`, `[]` and `b`. */
export function stepsOf(path: string): Step[] {
  return path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part])).filter((step) => step !== '');
}

/** The inverse of `stepsOf`. */
export function pathText(steps: readonly Step[]): string {
  return steps.reduce((text, step) => (step === '[]' ? `${text}[]` : text === '' ? step : `${text}.${step}`), '');
}
