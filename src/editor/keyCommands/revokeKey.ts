import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import { revoke, type RevocationProof } from '../../keys/revocation.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import { isRevocable, type KeyNode, type Node } from '../environments/nodes.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { currentKey, pickKey } from './pick.js';
import { whatBreaks, type Breaks } from './whatBreaks.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'now' | 'wait' | 'usages'> & { readonly rotation: Pick<KeyCommandDeps['rotation'], 'leaveOldKey'> };

/** Ends a key for good, after asking, and says what Stigg answers to its value afterwards. */
export async function revokeKey({ api, vault, inventory, rotation, now, wait, usages }: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no key that can be revoked.'), vscode.l10n.t('Default keys must be rotated first; then their old value can be revoked.'));
  const target = await pickKey(inventory, node, vscode.l10n.t('Revoke Key'), isRevocable, none);
  if (target === undefined) return;
  const refusal = refusalOf('revoke', target.row, target.permissions, now());
  if (refusal !== undefined) throw asError(refusal);
  const breaks = await withProgress(vscode.l10n.t('Looking for what uses "{0}"', target.row.key.displayName), (signal) => whatBreaks(usages, target.row, () => fingerprintOf({ api, vault, now }, target, signal), signal));
  const choice = await confirm(target, breaks);
  if (choice === 'usages') await vscode.commands.executeCommand('stiggKeys.findUsages', target);
  if (choice !== 'revoke') return;
  // The question may have stood there for long: by now it may be the very key that we talk to Stigg with.
  const { environment, row, permissions } = currentKey(inventory, target);
  const late = refusalOf('revoke', row, permissions, now());
  if (late !== undefined) throw asError(late);
  const proof = await withProgress(vscode.l10n.t('Revoking "{0}"', row.key.displayName), async (signal) => {
    try {
      const seen = await revoke({ api, vault, now, wait }, row.key, signal);
      // Or a rotation that is not finished would give the key another end once more.
      if (seen.kind === 'refused' || seen.kind === 'listed') await rotation.leaveOldKey(row.key);
      return seen;
    } catch (error) {
      if (isCancelled(error)) void vscode.window.showWarningMessage(vscode.l10n.t('Cancelled, but Stigg may have revoked "{0}" already: the sidebar shows its state.', row.key.displayName));
      throw error;
    } finally {
      await inventory.refresh(environment.id);
    }
  });
  tell(row.key.displayName, proof);
}

/** Of the value as it is stored here, or as Stigg gives it out; the value itself is not kept for that. */
async function fingerprintOf({ api, vault, now }: Pick<Deps, 'api' | 'vault' | 'now'>, { environment, row, permissions }: KeyNode, signal: AbortSignal): Promise<string | undefined> {
  if (row.stored !== null) return row.stored.fingerprint;
  if (refusalOf('reveal', row, permissions, now()) !== undefined) return undefined;
  const management = managementKeyOf(await vault.list(), environment.id);
  const auth = management === undefined ? undefined : await vault.read(management);
  return auth === undefined ? undefined : (await api.revealToken(auth, row.key, signal)).fingerprint;
}

function tell(name: string, proof: RevocationProof): void {
  switch (proof.kind) {
    case 'refused':
      void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" was revoked: Stigg answers 401 to it.', name));
      return;
    case 'listed':
      void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" was revoked: Stigg lists it as ended.', name));
      return;
    case 'everything':
      void vscode.window.showWarningMessage(vscode.l10n.t('Stigg accepted the revocation of "{0}", but answers 401 to every key just now, so that proves nothing. Refresh in a minute to look again.', name));
      return;
    case 'unknown':
      void vscode.window.showWarningMessage(vscode.l10n.t('Stigg accepted the revocation of "{0}", but could not be asked whether it refuses its value. Refresh in a minute to look again.', name));
      return;
    case 'accepted':
      void vscode.window.showWarningMessage(vscode.l10n.t('Stigg accepted the revocation of "{0}", but has not refused its value yet. Refresh in a minute to look again.', name));
  }
}

/** Irreversible, so always asked; in production the name must be typed, because a click is too easy. */
async function confirm({ environment, row }: KeyNode, breaks: Breaks): Promise<'revoke' | 'usages' | undefined> {
  const name = row.key.displayName;
  const yes = vscode.l10n.t('Revoke');
  const showUsages = vscode.l10n.t('Show Usages');
  const isProduction = environment.type === 'PRODUCTION';
  const choice = await vscode.window.showWarningMessage(
    isProduction ? vscode.l10n.t('Revoke "{0}" of {1} (PRODUCTION)?', name, environment.displayName) : vscode.l10n.t('Revoke "{0}" of {1}?', name, environment.displayName),
    { modal: true, detail: [vscode.l10n.t('It stops working at once, and this cannot be undone. Everything that still uses it gets 401.'), breaks.words].join('\n\n') },
    ...(breaks.isShowable ? [yes, showUsages] : [yes]),
  );
  if (choice === showUsages) return 'usages';
  if (choice !== yes) return undefined;
  if (!isProduction) return 'revoke';
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Revoke a production key'),
    prompt: vscode.l10n.t('Type the name of the key to revoke it: {0}', name),
    ignoreFocusOut: true,
    validateInput: (value) => (plain(name).startsWith(plain(value)) ? undefined : vscode.l10n.t('This is not the name of the key.')),
  });
  return typed !== undefined && plain(typed) === plain(name) ? 'revoke' : undefined;
}

/** As it is read: who types cannot see which white space a name holds, or how its accents are encoded. */
function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}
