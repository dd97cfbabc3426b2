import type { Disposable } from '../event.js';

/** The functions of keytar's native module, as they are without its JavaScript wrapper. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findPassword(service: string): Promise<string | null>;
  findCredentials(service: string): Promise<readonly { readonly account: string; readonly password: string }[]>;
}

/** A keychain that can be called, and what has to be known about how it answers. */
export interface NativeKeychain extends Disposable {
  readonly keytar: Keytar;
  /**
   * True on Linux: there, a locked collection whose prompt was dismissed answers "nothing there" (null, false, no entries)
   * instead of failing, and findCredentials ends the whole process.
   */
  readonly hidesLocked: boolean;
  /** Gives up what is under way, where that can be done; the next call starts afresh. */
  interrupt(): void;
}

export const KEYTAR_FUNCTIONS = ['getPassword', 'setPassword', 'deletePassword', 'findPassword', 'findCredentials'] as const satisfies readonly (keyof Keytar)[];
