import * as vscode from 'vscode';
import { FindingActions } from './codeActions.js';
import { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps, LiveFindings } from './deps.js';
import { SELECTOR } from './documents.js';
import { IGNORE_FILE_COMMAND, KEEP_SECRET_COMMAND, REMEDIATE_LEAK_COMMAND, RENAME_VARIABLE_COMMAND, ROTATE_KEY_COMMAND } from './fixCommands.js';
import { FindingHover } from './hover.js';
import { createProjectFacts } from './projectFacts.js';

export type { DiagnosticsDeps, KeepResult, KnownKeys, LiveFindings } from './deps.js';

/** Warnings while typing, their explanations, and their fixes. */
export function registerDiagnostics(deps: DiagnosticsDeps): { readonly live: LiveFindings; dispose(): void } {
  const facts = createProjectFacts(deps.logError);
  const controller = new DiagnosticsController(deps, facts);
  const command = (id: string, run: (args: readonly unknown[]) => Promise<void>): vscode.Disposable => vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(args);
    } catch (error) {
      deps.reportError(error);
    }
  });
  const owned = vscode.Disposable.from(
    vscode.languages.registerHoverProvider(SELECTOR, new FindingHover(controller)),
    vscode.languages.registerCodeActionsProvider(SELECTOR, new FindingActions(controller), FindingActions.metadata),
    command(KEEP_SECRET_COMMAND, async (args) => (await import('./keepSecretFix.js')).keepSecretThenFix(deps, controller, args)),
    command(IGNORE_FILE_COMMAND, async (args) => (await import('./ignoreFileFix.js')).ignoreFile(controller, args)),
    command(RENAME_VARIABLE_COMMAND, async (args) => (await import('./renameVariableFix.js')).renameVariable(controller, args)),
    command(ROTATE_KEY_COMMAND, async (args) => (await import('./rotateKeyFix.js')).rotateKeyOf(deps, controller, args)),
    command(REMEDIATE_LEAK_COMMAND, async (args) => (await import('./remediateLeakFix.js')).remediateLeakOf(deps, controller, args)),
    controller,
    facts,
  );
  return { live: controller, dispose: () => { owned.dispose(); } };
}
