import { isCancelled } from '../../errors.js';
import { valueOf } from '../keyCommands/keyValue.js';
import type { KeyNode } from '../environments/nodes.js';
import type { KeyDetailsDeps, Port } from './deps.js';
import { errorView } from './failure.js';
import { SHOW_MS } from './texts.js';

/**
 * Shows the value of one key in the page for a while. The value passes through: nothing here holds it once it has been posted, and an answer
 * that comes after the person has hidden it, changed the tab or looked away is dropped.
 */
export class ShownValue {
  readonly #deps: Pick<KeyDetailsDeps, 'api' | 'vault' | 'reportError'>;
  readonly #port: Port;
  #reading: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Pick<KeyDetailsDeps, 'api' | 'vault' | 'reportError'>, port: Port) {
    this.#deps = deps;
    this.#port = port;
  }

  async show(node: KeyNode): Promise<void> {
    this.#forget();
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const secret = await valueOf(this.#deps, node, reading.signal);
      if (reading.signal.aborted) return;
      if (!this.#port.isVisible) {
        this.hide();
        return;
      }
      // One of the places where plain text leaves: for the person's eyes.
      this.#port.post({ type: 'value', keyId: node.row.key.id, value: secret.reveal(), forMs: SHOW_MS });
      this.#timer = setTimeout(() => { this.hide(); }, SHOW_MS);
    } catch (error) {
      if (reading.signal.aborted || isCancelled(error)) return;
      this.#port.post({ type: 'hideValue', error: errorView(error, this.#deps.reportError) });
    }
  }

  /** Takes the value out of the page, and calls back one that is on its way. */
  hide(): void {
    this.#forget();
    this.#port.post({ type: 'hideValue', error: null });
  }

  dispose(): void {
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reading?.abort();
    this.#reading = undefined;
  }
}
