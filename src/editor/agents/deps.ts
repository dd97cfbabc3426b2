import type * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { SharedState, StoredKeyRef, Vault } from '../../keys/vault.js';
import type { KnownKey } from '../../scan/context.js';
import type { Engine } from '../../scan/engine.js';
import type { Secret } from '../../secret.js';
import type { ErrorReporter } from '../report.js';

/** What agents' servers, tools and configurations need from the rest of the extension. */
export interface AgentDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly reporter: ErrorReporter;
  readonly state: SharedState;
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
  readonly now: () => Date;
  /** The one engine, loaded when it is asked for. */
  readonly engine: () => Promise<Engine>;
  readonly knownKey: (fingerprint: string) => KnownKey | undefined;
  /** Proves a key at Stigg and puts it into the vault. Rejects with ExpectedError. */
  readonly keepSecret: (secret: Secret, signal: AbortSignal) => Promise<{ readonly environmentName: string; readonly keyName: string; readonly key: StoredKeyRef }>;
  /** VS Code's `User` folder, which holds the person's own mcp.json. */
  readonly userFolder: vscode.Uri;
  readonly home: vscode.Uri;
  readonly platform: string;
  readonly version: string;
}
