import * as vscode from 'vscode';
import { consoleUrl } from '../../keys/unverified.js';
import { pickEnvironment } from '../keyCommands/pick.js';
import { withProgress } from '../report.js';
import type { EnvironmentsDeps } from './deps.js';
import type { Node } from './nodes.js';

const SLOW_MS = 3_000;

/** Asks Stigg anew, for one environment or for all. */
export async function refresh({ inventory }: Pick<EnvironmentsDeps, 'inventory'>, node: Node | undefined): Promise<void> {
  const id = node?.kind === 'environment' ? node.row.environment.id : node?.kind === 'key' ? node.environment.id : node?.kind === 'error' ? (node.environmentId ?? undefined) : undefined;
  const slow = new AbortController();
  const work = inventory.refresh(id, slow.signal);
  const offer = setTimeout(() => {
    // A view's own progress cannot be cancelled: that is offered once it takes long enough for somebody to want it.
    void withProgress(vscode.l10n.t('Asking Stigg for the keys'), async (signal) => {
      signal.addEventListener('abort', () => { slow.abort(); });
      await work;
    });
  }, SLOW_MS);
  await vscode.window.withProgress({ location: { viewId: 'stiggKeys.environments' } }, () => work);
  clearTimeout(offer);
}

/** Opens the page of the console that shows an environment's keys. */
export async function openConsole({ inventory, active }: EnvironmentsDeps, node: Node | undefined): Promise<void> {
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Open in Stigg Console'), { active });
  if (row !== undefined) await vscode.env.openExternal(vscode.Uri.parse(consoleUrl(row.environment), true));
}
