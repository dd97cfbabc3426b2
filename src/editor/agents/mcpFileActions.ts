import * as vscode from 'vscode';
import { SCHEMES } from '../diagnostics/documents.js';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/present.js';
import type { AgentDeps } from './deps.js';

/** Internal: the code action calls it. It names a place; what stands there is looked up again. */
const COMMAND = 'stiggKeys.fix.replaceMcpKey';

/** In VS Code's own mcp.json: "Replace by Stigg's server from the keychain", where a warning of ours stands in an entry that is Stigg's server alone. */
export class McpFileActions implements vscode.CodeActionProvider {
  static readonly selector: vscode.DocumentSelector = SCHEMES.map((scheme) => ({ scheme, pattern: '**/mcp.json' }));
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  async provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext): Promise<vscode.CodeAction[]> {
    const ours = context.diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
    if (ours.length === 0) return [];
    const [{ isVSCodeMcp, stiggEntryAt }, { canServeAgents }] = await Promise.all([import('../../agents/mcpFile.js'), import('./replaceCommand.js')]);
    if (!isVSCodeMcp(document.uri.path) || !canServeAgents()) return [];
    return ours.flatMap((diagnostic) => {
      const start = document.offsetAt(diagnostic.range.start);
      if (stiggEntryAt(document.getText(), start) === undefined) return [];
      const title = vscode.l10n.t('Replace by Stigg\'s server from the keychain');
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { command: COMMAND, title, arguments: [document.uri.toString(), start] };
      action.diagnostics = [diagnostic];
      return [action];
    });
  }
}

/** Keys in the configurations of MCP servers, and how they get out of them. */
export function registerMcpFiles(deps: AgentDeps): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(McpFileActions.selector, new McpFileActions(), McpFileActions.metadata),
    deps.reporter.command('stiggKeys.replaceMcpKeys', async () => (await import('./replaceCommand.js')).replaceMcpKeys(deps)),
    deps.reporter.command(COMMAND, async (...args: unknown[]) => (await import('./replaceCommand.js')).replaceMcpKeyAt(deps, args)),
  );
}
