import * as vscode from 'vscode';
import { Lazy } from '../../lazy.js';
import { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps, LiveFindings } from './deps.js';
import { SELECTOR } from './documents.js';
import { FIX_ALL } from './fixAllKind.js';
import { IGNORE_FILE_COMMAND, KEEP_SECRET_COMMAND, REMEDIATE_LEAK_COMMAND, RENAME_VARIABLE_COMMAND, ROTATE_KEY_COMMAND } from './fixCommands.js';
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
  const hover = new Lazy(async () => new (await import('./hover.js')).FindingHover(controller));
  const actions = new Lazy(async () => new (await import('./codeActions.js')).FindingActions(controller));
  const hasFindings = async (document: vscode.TextDocument): Promise<boolean> => ((await controller.findings(document)) ?? []).length > 0;
  const owned = vscode.Disposable.from(
    vscode.languages.registerHoverProvider(SELECTOR, {
      provideHover: async (document, ...more) => ((await hasFindings(document)) ? (await hover.get()).provideHover(document, ...more) : undefined),
    }),
    vscode.languages.registerCodeActionsProvider(SELECTOR, {
      provideCodeActions: async (document, ...more) => ((await hasFindings(document)) ? (await actions.get()).provideCodeActions(document, ...more) : []),
      resolveCodeAction: async (action) => (await actions.get()).resolveCodeAction(action),
    }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL] }),
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
