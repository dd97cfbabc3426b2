import type * as vscode from 'vscode';
import type { KnownKey } from '../../scan/context.js';
import type { Engine } from '../../scan/engine.js';
import type { TerminalsWithKeys } from '../terminal/terminalsWithKeys.js';

/** What finding and mending usages needs from the rest of the extension. */
export interface UsagesDeps {
  /** The one engine, loaded when it is asked for. */
  readonly engine: () => Promise<Engine>;
  readonly terminals: Pick<TerminalsWithKeys, 'with'>;
  /** Says of which type a stored key is, whose value alone does not. */
  readonly knownKey: (fingerprint: string) => KnownKey | undefined;
  /** The home folder of the machine that the extension runs on; a browser reaches none. */
  readonly home: vscode.Uri | undefined;
  readonly platform: string;
  /** VS Code's `User` folder, which holds the person's own mcp.json. */
  readonly userFolder: vscode.Uri;
  /** The workspace is on another machine than the one that the extension runs on. */
  readonly isRemoteWorkspace: boolean;
  readonly logError: (what: string, error: unknown) => void;
}
