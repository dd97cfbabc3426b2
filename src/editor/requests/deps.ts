import * as vscode from 'vscode';
import type { WriterOptions } from '../../snippets/writer.js';
import type { ErrorReporter } from '../report.js';

/** What inserting requests and starters needs from the rest of the extension. */
export interface RequestsDeps {
  /** Stigg's API as configured, without a path. May throw an ExpectedError when the setting cannot be used. */
  readonly endpoint: () => string;
  /** The environment variable under which the project of the active editor has its server key. */
  readonly keyVariable: () => Promise<string>;
  readonly reporter: Pick<ErrorReporter, 'command' | 'log'>;
  /** Remembers ids of what was used last, nothing else. */
  readonly workspaceState: vscode.Memento;
}

/** How requests are written, read anew each time because it depends on settings. Rejects with an ExpectedError when the endpoint cannot be used. */
export async function writerOptions(deps: Pick<RequestsDeps, 'endpoint' | 'keyVariable'>): Promise<WriterOptions> {
  const chosen = vscode.workspace.getConfiguration('stiggKeys').get<string>('requests.keyHeader');
  return {
    baseUrl: deps.endpoint().replace(/(?<!\/)\/+$/, ''),
    keyVariable: await deps.keyVariable(),
    keyHeader: chosen === 'hidden' ? 'hidden' : 'docs',
    uuid: () => globalThis.crypto.randomUUID(),
  };
}
