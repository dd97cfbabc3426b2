import * as vscode from 'vscode';
import type { RequestsDeps } from '../requests/deps.js';
import type { Library } from '../requests/library.js';

/** The commands that insert the code of an SDK, and that help to choose one. */
export function registerStarters(deps: RequestsDeps, library: () => Promise<Library>): vscode.Disposable {
  return vscode.Disposable.from(
    deps.reporter.command('stiggKeys.insertSdkStarter', async (argument: unknown) => {
      const { insertStarter, readStarterWish } = await import('./insertStarter.js');
      await insertStarter(deps, readStarterWish(argument));
    }),
    deps.reporter.command('stiggKeys.chooseSurface', async () => {
      const [{ chooseSurface }, loaded] = await Promise.all([import('./chooseSurface.js'), library()]);
      await chooseSurface(deps, loaded);
    }),
  );
}
