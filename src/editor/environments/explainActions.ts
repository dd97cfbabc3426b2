import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Inventory } from '../../keys/inventory.js';
import { currentKey, pickKey } from '../keyCommands/pick.js';
import type { Node } from './nodes.js';
import { actionWords, needsExplaining, refusedOnEnvironment, refusedOnKey, type Refused } from './refusals.js';

/** A next step that is a command of ours, by the code of the refusal. */
const STEP: Readonly<Record<string, string>> = {
  rotateFirst: 'stiggKeys.rotateKey', managementKey: 'stiggKeys.rotateKey', notExpiring: 'stiggKeys.rotateKey',
  notActive: 'stiggKeys.changeGracePeriod',
  notListed: 'stiggKeys.refresh', ended: 'stiggKeys.refresh',
  integrationKey: 'stiggKeys.openConsole',
  valueMissing: 'stiggKeys.addEnvironment',
  role: 'stiggKeys.checkPermissions', plan: 'stiggKeys.checkPermissions', scope: 'stiggKeys.checkPermissions',
};

/** What such a step needs to be possible itself. */
const NEEDS: Readonly<Record<string, Refused['action']>> = { 'stiggKeys.rotateKey': 'rotate', 'stiggKeys.changeGracePeriod': 'grace' };

function stepWords(command: string): string {
  switch (command) {
    case 'stiggKeys.rotateKey':
      return vscode.l10n.t('Rotate Key…');
    case 'stiggKeys.changeGracePeriod':
      return vscode.l10n.t('Change Grace Period…');
    case 'stiggKeys.openConsole':
      return vscode.l10n.t('Open in Stigg Console');
    case 'stiggKeys.addEnvironment':
      return vscode.l10n.t('Add Environment…');
    case 'stiggKeys.checkPermissions':
      return vscode.l10n.t('Check Again');
    default:
      return vscode.l10n.t('Refresh');
  }
}

/** "Why Can't I …?": each action that is not possible on a key or environment, with the reason and the next step, before anybody tries. */
export async function explainActions(inventory: Inventory, node: Node | undefined): Promise<void> {
  const found = await refusedAt(inventory, node);
  if (found === undefined) return;
  const { name, target, refused } = found;
  if (refused.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Everything is possible with "{0}", as far as is known.', name));
    return;
  }
  const picked = await vscode.window.showQuickPick(refused.map(({ action, refusal }) => ({
    label: actionWords(action),
    // The next step beside, the reason below: a row does not wrap, and together they would be cut.
    description: refusal.nextStep,
    detail: refusal.reason,
    step: stepOf(refusal.code, refused),
    refusal,
  })), { title: vscode.l10n.t('Why Can\'t I … with "{0}"?', name), placeHolder: vscode.l10n.t('Choose one to take its next step, or to read it in full') });
  if (picked === undefined) return;
  const what = vscode.l10n.t('{0}: not possible', picked.label);
  if (picked.step === undefined) {
    void vscode.window.showInformationMessage(`${what}. ${picked.refusal.reason} ${picked.refusal.nextStep}`);
    return;
  }
  const go = stepWords(picked.step);
  const choice = await vscode.window.showInformationMessage(`${what}. ${picked.refusal.reason} ${picked.refusal.nextStep}`, go);
  if (choice === go) await vscode.commands.executeCommand(picked.step, target);
}

function stepOf(code: string, refused: readonly Refused[]): string | undefined {
  const step = STEP[code];
  const needed = step === undefined ? undefined : NEEDS[step];
  return refused.some(({ action }) => action === needed) ? undefined : step;
}

async function refusedAt(inventory: Inventory, node: Node | undefined): Promise<{ readonly name: string; readonly target: Node; readonly refused: readonly Refused[] } | undefined> {
  if (node?.kind === 'environment') {
    const row = inventory.environment(node.row.environment.id) ?? node.row;
    return { name: row.environment.displayName, target: { kind: 'environment', row }, refused: refusedOnEnvironment(row) };
  }
  const now = new Date();
  const none = new ExpectedError('noKey', vscode.l10n.t('Everything is possible with every key, as far as is known.'), vscode.l10n.t('Choose the action on a key of the sidebar.'));
  const key = node?.kind === 'key' ? currentKey(inventory, node) : await pickKey(inventory, node, vscode.l10n.t('Why Can\'t I …?'), ({ row, permissions }) => refusedOnKey(row, permissions, now).some(needsExplaining), none);
  return key === undefined ? undefined : { name: key.row.key.displayName, target: key, refused: refusedOnKey(key.row, key.permissions, now) };
}
