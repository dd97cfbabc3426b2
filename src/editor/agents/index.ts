import * as vscode from 'vscode';
import type { AgentDeps } from './deps.js';
import { registerMcpFiles } from './mcpFileActions.js';
import { StiggMcpServers } from './mcpServers.js';
import { ServedEnvironments } from './servedEnvironments.js';
import { languageModels } from './settings.js';
import { registerTools } from './tools.js';

export type { AgentDeps } from './deps.js';

/** As package.json names it. */
const PROVIDER = 'stiggKeys.mcpServers';

/** Servers, tools and configurations of agents. What an editor does not know of these is left out. */
export function registerAgents(deps: AgentDeps): vscode.Disposable {
  const { registerMcpServerDefinitionProvider } = languageModels();
  const served = new ServedEnvironments(deps);
  const servers = new StiggMcpServers(deps, served);
  return vscode.Disposable.from(
    served,
    servers,
    registerTools(deps),
    registerMcpFiles(deps),
    ...(registerMcpServerDefinitionProvider === undefined ? [] : [registerMcpServerDefinitionProvider(PROVIDER, servers)]),
  );
}
