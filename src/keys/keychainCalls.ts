import type { Disposable } from '../event.js';
import { keychainError, locked, timedOut } from './keychainErrors.js';
import type { Keytar, NativeKeychain } from './keytar.js';
import { ProcessCrashed } from './keytarProcess.js';

/** A prompt has to be found, read and answered in this time. */
export const KEYCHAIN_TIMEOUT_MS = 30_000;

export interface KeychainCallsOptions {
  readonly load: () => Promise<NativeKeychain>;
  readonly timeoutMs: number;
  /** Service of the entry that is written and removed again to see whether the keychain is open. */
  readonly checkService: string;
}

/**
 * The native calls, made safe: loaded on first use, one at a time, bounded in time, failures as ExpectedError, and an answer of
 * "nothing there" trusted only when the keychain is known to be open.
 */
export class KeychainCalls implements Disposable {
  readonly #options: KeychainCallsOptions;
  #native: Promise<NativeKeychain> | undefined;
  /** Calls run in the thread pool that all of Node's file access shares: at most one of ours may ever hang there. */
  #busy: Promise<unknown> = Promise.resolve();

  constructor(options: KeychainCallsOptions) {
    this.#options = options;
  }

  /** null: certainly not there. */
  async get(service: string, account: string): Promise<string | null> {
    const value = await this.#call((keytar) => keytar.getPassword(service, account));
    if (value !== null || !(await this.#wasHidden())) return value;
    return this.#call((keytar) => keytar.getPassword(service, account));
  }

  /** Without the check of `get`: for a look before a write, which fails by itself when the keychain is locked. */
  peek(service: string, account: string): Promise<string | null> {
    return this.#call((keytar) => keytar.getPassword(service, account));
  }

  set(service: string, account: string, text: string): Promise<void> {
    return this.#call((keytar) => keytar.setPassword(service, account, text));
  }

  /** false: certainly nothing was there. */
  async delete(service: string, account: string): Promise<boolean> {
    const removed = await this.#call((keytar) => keytar.deletePassword(service, account));
    if (removed || !(await this.#wasHidden())) return removed;
    return this.#call((keytar) => keytar.deletePassword(service, account));
  }

  /** All entries of a service, values included: for the index only. */
  async entries(service: string): Promise<readonly { readonly account: string; readonly password: string }[]> {
    const native = await this.#load();
    // Where listing a locked collection would end the process, one entry is asked for first: that unlocks, or answers null.
    if (native.hidesLocked && (await this.#call((keytar) => keytar.findPassword(service))) === null) await this.#wasHidden();
    return this.#call((keytar) => keytar.findCredentials(service), (error) => (error instanceof ProcessCrashed ? locked(error) : keychainError(error)));
  }

  dispose(): void {
    const native = this.#native;
    this.#native = undefined;
    native?.then((loaded) => {
      loaded.dispose();
    }, ignore);
  }

  /**
   * True when the last "nothing there" may have been a locked keychain's and it is open now. Rejects when it is locked.
   * Writing is the only call that tells: it fails in a locked collection.
   */
  async #wasHidden(): Promise<boolean> {
    const native = await this.#load();
    if (!native.hidesLocked) return false;
    await this.set(this.#options.checkService, 'open', 'yes');
    await this.#call((keytar) => keytar.deletePassword(this.#options.checkService, 'open'));
    return true;
  }

  async #load(): Promise<NativeKeychain> {
    this.#native ??= this.#options.load();
    const loading = this.#native;
    try {
      return await loading;
    } catch (error) {
      // What was missing can be installed while we run.
      if (this.#native === loading) this.#native = undefined;
      throw keychainError(error);
    }
  }

  async #call<T>(operation: (keytar: Keytar) => Promise<T>, explain: (error: unknown) => Error = keychainError): Promise<T> {
    const native = await this.#load();
    const { timeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    let given = false;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        given = true;
        native.interrupt();
        reject(timedOut(timeoutMs));
      }, timeoutMs);
    });
    const turn = this.#busy.then(async () => {
      // Given up while waiting for the one before: asking now would only prompt a person who was already answered.
      if (given) throw timedOut(timeoutMs);
      return operation(native.keytar);
    });
    this.#busy = turn.catch(ignore);
    try {
      return await Promise.race([turn, late]);
    } catch (error) {
      throw explain(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

function ignore(): void {
  // Told to the caller by another promise.
}
