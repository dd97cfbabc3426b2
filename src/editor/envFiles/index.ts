import * as vscode from 'vscode';
import type { EnvFilesDeps } from './deps.js';

/** The commands that take keys out of env files, and put them in. Loaded when they are first run. */
export function registerEnvFiles(deps: EnvFilesDeps): vscode.Disposable {
  return vscode.Disposable.from(
    deps.reporter.command('stiggKeys.moveEnvSecrets', async () => (await import('./moveSecrets.js')).moveSecrets(deps)),
    deps.reporter.command('stiggKeys.writeEnvFile', async () => (await import('./writeEnvFile.js')).writeEnvFile(deps)),
  );
}
