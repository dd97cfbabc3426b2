import type * as vscode from 'vscode';

/** What a person has answered for good, by environment: the id of a key that only reads, or a word for the one that manages the environment. */
export const AGENT_CONSENTS = 'stiggKeys.agents.consents';

/** The answers; what else may lie there counts as none. */
export function agentConsents(memento: Pick<vscode.Memento, 'get'>): Readonly<Record<string, unknown>> {
  const value: unknown = memento.get(AGENT_CONSENTS);
  return typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : {};
}

/** Forgets them. Resolves with how many there were. */
export async function withdrawAgentConsents(memento: Pick<vscode.Memento, 'get' | 'update'>): Promise<number> {
  const count = Object.keys(agentConsents(memento)).length;
  await memento.update(AGENT_CONSENTS, undefined);
  return count;
}
