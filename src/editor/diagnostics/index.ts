import * as vscode from 'vscode';
import { FindingActions } from './codeActions.js';
import { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps } from './deps.js';
import { SELECTOR } from './documents.js';
import { FindingHover } from './hover.js';
import { KEEP_SECRET_COMMAND, keepSecretThenFix } from './keepSecretFix.js';
import { createProjectFacts } from './projectFacts.js';

export type { DiagnosticsDeps, KeepResult, KnownKeys } from './deps.js';

/** Warnings while typing, their explanations, and their fixes. */
export function registerDiagnostics(deps: DiagnosticsDeps): vscode.Disposable {
  const facts = createProjectFacts(deps.logError);
  const controller = new DiagnosticsController(deps, facts);
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(SELECTOR, new FindingHover(controller)),
    vscode.languages.registerCodeActionsProvider(SELECTOR, new FindingActions(controller), FindingActions.metadata),
    vscode.commands.registerCommand(KEEP_SECRET_COMMAND, async (...args: unknown[]) => {
      try {
        await keepSecretThenFix(deps, controller, args);
      } catch (error) {
        deps.reportError(error);
      }
    }),
    controller,
    facts,
  );
}
