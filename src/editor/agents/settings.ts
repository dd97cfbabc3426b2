import * as vscode from 'vscode';

/** The part of the settings that this folder reads; of the person alone, because their scope is the application. */
export const MCP_SETTINGS = 'stiggKeys.mcp';

export function areServersWanted(): boolean {
  return vscode.workspace.getConfiguration(MCP_SETTINGS).get<unknown>('enabled') !== false;
}

/** Rejects with `badMcpEndpoint`. */
export async function mcpEndpoint(): Promise<URL> {
  const { DEFAULT_MCP_ENDPOINT, parseMcpEndpoint } = await import('../../agents/endpoint.js');
  return parseMcpEndpoint(vscode.workspace.getConfiguration(MCP_SETTINGS).get<unknown>('endpoint', DEFAULT_MCP_ENDPOINT));
}

/** What of the namespace is there: an editor that was made from an older VS Code may have none of it. */
export function languageModels(): Partial<typeof vscode.lm> {
  return (vscode as { readonly lm?: Partial<typeof vscode.lm> }).lm ?? {};
}
