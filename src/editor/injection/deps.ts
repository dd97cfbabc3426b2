import type * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import type { Vault } from '../../keys/vault.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { ErrorReporter } from '../report.js';
import type { TerminalsWithKeys } from '../terminal/terminalsWithKeys.js';

/** What handing keys to processes needs from the rest of the extension. */
export interface InjectionDeps {
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly inventory: Inventory;
  readonly reporter: Pick<ErrorReporter, 'command' | 'show' | 'log'>;
  readonly active: Pick<ActiveEnvironment, 'id' | 'row' | 'chosen'>;
  readonly terminals: Pick<TerminalsWithKeys, 'remember'>;
  /** Holds what was agreed to. A workspace's files cannot write it. */
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
  readonly now: () => Date;
}
