import type { Disposable } from '../event.js';
import { keychainError, locked, timedOut } from './keychainErrors.js';
import type { Keytar, NativeKeychain } from './keytar.js';
import { ProcessCrashed } from './keytarProcess.js';

/** A prompt has to be found, read and answered in this time. */
export const KEYCHAIN_TIMEOUT_MS = 30_000;

export interface KeychainCallsOptions {
  readonly load: () => Promise<NativeKeychain>;
  readonly timeoutMs: number;
  /** A service of which any one readable entry proves that the keychain is open. */
  readonly indexService: string;
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

  /** Without the check of `get`: for reading back, where null can only mean that what was written is not there. */
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
    // Where listing a locked collection would end the process, one entry is asked for first: that unlocks, or answers null.
    await this.#wasHidden();
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
   * Reading any entry of ours tells, and where there is none, writing does: it fails in a locked collection.
   */
  async #wasHidden(): Promise<boolean> {
    const native = await this.#load();
    if (!native.hidesLocked) return false;
    if ((await this.#call((keytar) => keytar.findPassword(this.#options.indexService))) !== null) return true;
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
    try {
      return await this.#bounded(native, operation);
    } catch (error) {
      if (!native.hidesLocked || !isStale(error)) throw explain(error);
      native.interrupt();
    }
    try {
      return await this.#bounded(native, operation);
    } catch (error) {
      throw explain(error);
    }
  }

  async #bounded<T>(native: NativeKeychain, operation: (keytar: Keytar) => Promise<T>): Promise<T> {
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
    } finally {
      clearTimeout(timer);
    }
  }
}

/** libsecret holds on to the service and the bus of its first call; when they were restarted, a new process finds the new ones. */
function isStale(error: unknown): boolean {
  return error instanceof Error && /The name :\d+\.\d+ was not provided|connection is closed|org\.freedesktop\.Secret\.Error\.NoSession/i.test(error.message);
}

function ignore(): void {
  // Told to the caller by another promise.
}
