import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import { GRACE_PERIODS, graceMs } from '../../keys/model.js';
import { changeEnd } from '../../keys/keyEnd.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import type { Node } from '../environments/nodes.js';
import { dateTimeWords, graceWords, statusWords } from '../environments/wording.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { pickKey } from './pick.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'rotation' | 'reporter' | 'now'>;

/** Lengthens or shortens the time an outgoing key has left, counted from now. */
export async function changeGracePeriod({ api, vault, inventory, rotation, now }: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('No key is in its grace period.'), vscode.l10n.t('Rotate a key first.'));
  const target = await pickKey(inventory, node, vscode.l10n.t('Change Grace Period'), ({ row, permissions }) => refusalOf('grace', row, permissions, now()) === undefined, none);
  if (target === undefined) return;
  const { environment, row } = target;
  const refusal = refusalOf('grace', row, target.permissions, now());
  if (refusal !== undefined) throw asError(refusal);
  const picked = await vscode.window.showQuickPick(
    // "Now" is what Revoke is for: it asks before it cuts.
    GRACE_PERIODS.filter((grace) => grace !== 'now').map((grace) => ({
      label: graceWords(grace),
      description: dateTimeWords(new Date(now().getTime() + graceMs(grace))),
      grace,
    })),
    { title: vscode.l10n.t('Grace period of "{0}" ({1})', row.key.displayName, statusWords(row.status)), placeHolder: vscode.l10n.t('When should it expire, counted from now?') },
  );
  if (picked === undefined) return;
  const expireAt = new Date(now().getTime() + graceMs(picked.grace));
  const changed = await withProgress(vscode.l10n.t('Changing the grace period of "{0}"', row.key.displayName), async (signal) => {
    try {
      return await changeEnd({ api, vault, rotation }, row.key, expireAt, signal);
    } catch (error) {
      if (isCancelled(error)) void vscode.window.showWarningMessage(vscode.l10n.t('Cancelled, but Stigg may have changed "{0}" already: the sidebar shows its state.', row.key.displayName));
      throw error;
    } finally {
      await inventory.refresh(environment.id);
    }
  });
  void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" now expires at {1}.', row.key.displayName, dateTimeWords(changed)));
}
