import * as l10n from '@vscode/l10n';
import type { Terminal } from './main.js';

/** Milliseconds: quick scans show nothing, and long ones do not spend their time on it. */
const FIRST_AFTER = 500;
const EVERY = 100;

/** Tells a person at a terminal how far a scan is. How much there is to come nobody knows, hence a count. */
export class Progress implements Disposable {
  readonly #show: ((text: string) => void) | undefined;
  #next = performance.now() + FIRST_AFTER;
  #isShown = false;

  constructor({ status }: Pick<Terminal, 'status'>) {
    this.#show = status;
  }

  update(files: number): void {
    if (this.#show === undefined) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + EVERY;
    this.#isShown = true;
    this.#show(l10n.t('{0} files scanned …', files));
  }

  /** Makes place for another line. */
  clear(): void {
    if (this.#isShown) this.#show?.('');
    this.#isShown = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
