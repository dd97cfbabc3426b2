import type { Inventory } from '../../keys/inventory.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { Vault } from '../../keys/vault.js';
import type { ToPanel } from '../../webview/keyDetails/protocol.js';
import type { KeyNode } from '../environments/nodes.js';

/** What the page of a key works with. */
export interface KeyDetailsDeps {
  readonly api: StiggApi;
  readonly vault: Pick<Vault, 'kind' | 'list' | 'read'>;
  readonly inventory: Pick<Inventory, 'snapshot' | 'environment' | 'refresh' | 'onDidChange'>;
  readonly now: () => Date;
  /** Runs one of the extension's commands on a key; it tells the person itself what goes wrong. */
  readonly run: (command: string, node: KeyNode) => PromiseLike<unknown>;
  /** Shows another key, in the same panel where that is free. */
  readonly open: (node: KeyNode) => void;
  /** The command that changes hardened client access; undefined where there is none. */
  readonly hardeningCommand: string | undefined;
  readonly reportError: (error: unknown) => void;
}

/** The page, as the extension reaches it. What is posted while it is out of sight is lost, and sent anew when it comes back. */
export interface Port {
  readonly isVisible: boolean;
  post(message: ToPanel): void;
  setTitle(title: string): void;
}

/** The key a page is about. */
export interface KeyIds {
  readonly environmentId: string;
  readonly keyId: string;
}
