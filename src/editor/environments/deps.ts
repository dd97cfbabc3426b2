import type * as vscode from 'vscode';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';

/** What the sidebar needs from the rest of the extension. */
export type EnvironmentsDeps = Pick<KeyCommandDeps, 'inventory' | 'reporter'> & {
  readonly active: ActiveEnvironment;
  /** What is kept with the workspace. */
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
};
