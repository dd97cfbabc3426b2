import type * as vscode from 'vscode';
import type { InspectedRequest } from '../../diagnose/request.js';
import type { Inventory } from '../../keys/inventory.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { Vault } from '../../keys/vault.js';
import type { ErrorReporter } from '../report.js';

/** Reads the Stigg request at a position; undefined where there is none. */
export type RequestAt = (document: vscode.TextDocument, position: vscode.Position) => Promise<InspectedRequest | undefined>;

export interface DiagnoseDeps {
  readonly api: StiggApi;
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly inventory: Pick<Inventory, 'environment' | 'refresh'>;
  readonly reporter: Pick<ErrorReporter, 'command'>;
  /** Tells the person; ExpectedErrors in their own words. */
  readonly reportError: (error: unknown) => void;
  readonly requestAt: RequestAt;
  /** Stigg's API as configured, without a path. May throw an ExpectedError when the setting cannot be used. */
  readonly endpoint: () => string;
  /** The environment this workspace works with, where one is known. */
  readonly activeEnvironmentId?: () => string | undefined;
  readonly version: string;
  readonly now: () => Date;
}
