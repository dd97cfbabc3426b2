import * as vscode from 'vscode';
import { registerCompletions } from './completions.js';
import { insertRequest } from './insertRequest.js';
import type { RequestsDeps } from './target.js';

export type { RequestsDeps } from './target.js';

/** The command and the completions that insert authenticated requests. */
export function registerRequests(deps: RequestsDeps): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('stiggKeys.insertRequest', async (argument: unknown) => {
      try {
        await insertRequest(deps, argument);
      } catch (error) {
        deps.reportError(error);
      }
    }),
    registerCompletions(deps),
  );
}
