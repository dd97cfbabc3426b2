import * as vscode from 'vscode';
import type { EnvironmentRow, KeyRow } from '../../keys/inventory.js';
import { refusalOf } from '../../keys/keyActions.js';
import type { KeyAction, Permissions, Refusal } from '../../keys/permissions.js';

/** In the order of a key's life. */
const ON_KEYS = ['reveal', 'rotate', 'grace', 'revoke', 'rename', 'scope', 'activity'] as const satisfies readonly KeyAction[];
const ON_ENVIRONMENTS = ['create', 'harden'] as const satisfies readonly KeyAction[];

/** An action that is not possible now, and why. */
export interface Refused {
  readonly action: KeyAction;
  readonly refusal: Refusal;
}

export function refusedOnKey(row: KeyRow, permissions: Permissions, now: Date): readonly Refused[] {
  return ON_KEYS.flatMap((action) => {
    const refusal = refusalOf(action, row, permissions, now);
    return refusal === undefined ? [] : [{ action, refusal }];
  });
}

export function refusedOnEnvironment({ permissions }: Pick<EnvironmentRow, 'permissions'>): readonly Refused[] {
  return ON_ENVIRONMENTS.flatMap((action) => {
    const refusal = permissions[action];
    return refusal === undefined ? [] : [{ action, refusal }];
  });
}

/** Nobody misses changing a grace period where none runs; everything else that is missing from the menu wants a reason. */
export function needsExplaining({ refusal }: Refused): boolean {
  return refusal.code !== 'notExpiring';
}

export function actionWords(action: KeyAction): string {
  switch (action) {
    case 'reveal':
      return vscode.l10n.t('Copy or keep value');
    case 'create':
      return vscode.l10n.t('Create scoped key');
    case 'rename':
      return vscode.l10n.t('Rename');
    case 'scope':
      return vscode.l10n.t('Change scope');
    case 'rotate':
      return vscode.l10n.t('Rotate');
    case 'grace':
      return vscode.l10n.t('Change grace period');
    case 'revoke':
      return vscode.l10n.t('Revoke');
    case 'activity':
      return vscode.l10n.t('Show activity');
    case 'harden':
      return vscode.l10n.t('Change hardened client access');
  }
}

/** `Rotate, Revoke: not possible. Reason. Next step.`: one line for each reason. */
export function refusalLines(refused: readonly Refused[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { action, refusal } of refused.filter(needsExplaining)) {
    const reason = `${refusal.reason} ${refusal.nextStep}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), actionWords(action)]);
  }
  return [...byReason].map(([reason, actions]) => vscode.l10n.t('{0}: not possible. {1}', actions.join(', '), reason));
}
