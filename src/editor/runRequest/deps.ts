import type * as vscode from 'vscode';
import type { SeenFailure } from '../diagnose/index.js';
import type { Event } from '../../event.js';
import type { Inventory } from '../../keys/inventory.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { Vault } from '../../keys/vault.js';
import type { Engine } from '../../scan/engine.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { ErrorReporter } from '../report.js';

export interface RunRequestDeps {
  readonly api: StiggApi;
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly inventory: Pick<Inventory, 'onDidChange'>;
  readonly active: Pick<ActiveEnvironment, 'row' | 'id' | 'chosen'> & { readonly onDidChange: Event<unknown> };
  readonly reporter: Pick<ErrorReporter, 'command' | 'show'>;
  /** Tells the person; ExpectedErrors in their own words. */
  readonly reportError: (error: unknown) => void;
  /** The engine with its grammars; scripts alone need it. */
  readonly engine: () => Promise<Engine>;
  /** Stigg's API as configured, without a path. May throw an ExpectedError when the setting cannot be used. */
  readonly endpoint: () => string;
  /** Explains a failure that was seen, without asking what it was. */
  readonly diagnose: (seen: SeenFailure) => Promise<void>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  /** Milliseconds for one request; 30,000 unless told. */
  readonly timeoutMs?: number;
}

/** Which request of a document is meant, and how to tell that it is still the same. */
export interface RequestPlace {
  readonly uri: vscode.Uri;
  /** Among the requests of the document, from 0. */
  readonly ordinal: number;
  /** Of its text. */
  readonly hash: number;
}
