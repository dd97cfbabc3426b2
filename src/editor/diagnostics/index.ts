import * as vscode from 'vscode';
import { FindingActions } from './codeActions.js';
import { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps } from './deps.js';
import { SELECTOR } from './documents.js';
import { FindingHover } from './hover.js';
import { IGNORE_FILE_COMMAND, ignoreFile } from './ignoreFileFix.js';
import { KEEP_SECRET_COMMAND, keepSecretThenFix } from './keepSecretFix.js';
import { createProjectFacts } from './projectFacts.js';
import { RENAME_VARIABLE_COMMAND, renameVariable } from './renameVariableFix.js';
import { ROTATE_KEY_COMMAND, rotateKeyOf } from './rotateKeyFix.js';

export type { DiagnosticsDeps, KeepResult, KnownKeys } from './deps.js';

/** Warnings while typing, their explanations, and their fixes. */
export function registerDiagnostics(deps: DiagnosticsDeps): vscode.Disposable {
  const facts = createProjectFacts(deps.logError);
  const controller = new DiagnosticsController(deps, facts);
  const command = (id: string, run: (args: readonly unknown[]) => Promise<void>): vscode.Disposable => vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(args);
    } catch (error) {
      deps.reportError(error);
    }
  });
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(SELECTOR, new FindingHover(controller)),
    vscode.languages.registerCodeActionsProvider(SELECTOR, new FindingActions(controller), FindingActions.metadata),
    command(KEEP_SECRET_COMMAND, (args) => keepSecretThenFix(deps, controller, args)),
    command(IGNORE_FILE_COMMAND, (args) => ignoreFile(controller, args)),
    command(RENAME_VARIABLE_COMMAND, (args) => renameVariable(controller, args)),
    command(ROTATE_KEY_COMMAND, (args) => rotateKeyOf(deps, controller, args)),
    controller,
    facts,
  );
}
