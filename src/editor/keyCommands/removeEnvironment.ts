import * as vscode from 'vscode';
import type { SharedState } from '../../keys/vault.js';
import type { Node } from '../environments/nodes.js';
import type { KeyCommandDeps } from './deps.js';
import { pickEnvironment } from './pick.js';
import { unfinishedLines, unfinishedWork } from './unfinishedWork.js';

type Deps = Pick<KeyCommandDeps, 'vault' | 'inventory' | 'reporter'> & { readonly state: SharedState };

/** Forgets an environment's keys on this machine. At Stigg nothing changes, and that is said before. */
export async function removeEnvironment({ vault, inventory, state }: Deps, node: Node | undefined): Promise<void> {
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Remove Environment'));
  if (row === undefined) return;
  const { environment } = row;
  const stored = (await vault.list()).filter((key) => key.environmentId === environment.id);
  const valid = row.keys.filter((key) => key.stored !== null && key.status.kind !== 'expired').map((key) => `${key.key.displayName} (${key.stored?.mask ?? ''})`);
  const unfinished = unfinishedLines(await unfinishedWork(state, environment.id));
  const remove = vscode.l10n.t('Remove');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove {0} from this machine?', environment.displayName),
    {
      modal: true,
      detail: [
        vscode.l10n.t('Stored values to delete from this machine: {0}. Nothing changes at Stigg: these keys stay valid until they are rotated or revoked.\n\n{1}', stored.length, valid.join('\n')),
        ...(unfinished.length === 0 ? [] : [[vscode.l10n.t('Until the environment is added again, nobody goes on with what is unfinished:'), ...unfinished].join('\n')]),
      ].join('\n\n'),
    },
    remove,
  );
  if (choice !== remove) return;
  // The management key last: if a deletion fails, the environment is still there to try again.
  const now = (await vault.list()).filter((key) => key.environmentId === environment.id);
  for (const key of now.sort((a, b) => Number(a.manages !== null) - Number(b.manages !== null))) await vault.delete(key);
  await inventory.refresh();
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} was removed from this machine. Its keys stay valid at Stigg.', environment.displayName));
}
