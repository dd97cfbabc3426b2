import * as vscode from 'vscode';
import type { AgentDeps } from './deps.js';
import { languageModels } from './settings.js';
import type { ToolCalls } from './toolCalls.js';

/** As package.json names them. */
export const TOOLS = {
  environments: 'stigg_list_environments',
  keys: 'stigg_list_keys',
  findings: 'stigg_list_findings',
  openFlow: 'stigg_open_key_action',
} as const;

type Call = Pick<vscode.LanguageModelTool<unknown>, 'invoke' | 'prepareInvocation'>;

/** What models may ask: lists, and a flow that a person goes through. All of it is loaded by the first call. */
export function registerTools(deps: AgentDeps): vscode.Disposable {
  const { registerTool } = languageModels();
  if (registerTool === undefined) return vscode.Disposable.from();
  let loading: Promise<ToolCalls> | undefined;
  const calls = (): Promise<ToolCalls> => (loading ??= import('./toolCalls.js').then(({ ToolCalls }) => new ToolCalls(deps)));
  const reading = (invoke: (calls: ToolCalls, input: unknown, signal: AbortSignal) => Promise<string>, message: string): Call => ({
    prepareInvocation: () => ({ invocationMessage: message }),
    invoke: async ({ input }, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => { controller.abort(); });
      try {
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await invoke(await calls(), input, controller.signal))]);
      } finally {
        subscription.dispose();
      }
    },
  });
  const openFlow: Call = {
    ...reading((loaded, input) => loaded.openFlow(input), vscode.l10n.t('Opening a step of Stigg Key Hygiene')),
    prepareInvocation: async ({ input }) => (await calls()).prepareFlow(input),
  };
  return vscode.Disposable.from(
    registerTool(TOOLS.environments, reading((loaded, input, signal) => loaded.environments(input, signal), vscode.l10n.t('Listing Stigg environments'))),
    registerTool(TOOLS.keys, reading((loaded, input, signal) => loaded.keys(input, signal), vscode.l10n.t('Listing Stigg keys, masked'))),
    registerTool(TOOLS.findings, reading((loaded, input) => loaded.findings(input), vscode.l10n.t('Listing findings of Stigg Key Hygiene'))),
    registerTool(TOOLS.openFlow, openFlow),
  );
}
