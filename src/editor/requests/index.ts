import * as vscode from 'vscode';
import { registerStarters } from '../starters/index.js';
import { registerCompletions } from './completions.js';
import type { RequestsDeps } from './deps.js';
import { lazyLibrary } from './library.js';

export type { RequestsDeps } from './deps.js';

/** The commands and the completions that insert authenticated requests and the code that starts Stigg's SDKs. */
export function registerRequests(deps: RequestsDeps): vscode.Disposable {
  const library = lazyLibrary();
  return vscode.Disposable.from(
    // The sidebar passes its row, which names no request; keybindings and other commands may.
    deps.reporter.command('stiggKeys.insertRequest', async (argument: unknown) => {
      const [{ insertRequest, readWish }, loaded] = await Promise.all([import('./insertRequest.js'), library()]);
      await insertRequest(deps, loaded, readWish(argument));
    }),
    registerStarters(deps, library),
    registerCompletions(async (document, position, typed) => {
      const [{ offersAt }, loaded] = await Promise.all([import('./offers.js'), library()]);
      return offersAt(deps, loaded, document, position, typed);
    }),
  );
}
