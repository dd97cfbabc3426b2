import * as vscode from 'vscode';
import type { KnownPermissions } from '../../keys/knownPermissions.js';
import type { KeyCommandDeps } from './deps.js';

type Deps = Pick<KeyCommandDeps, 'inventory'> & { readonly permissions: KnownPermissions };

/** "Check Again": a role was given, or a plan was changed. What was learned is forgotten, and asked for anew. */
export async function checkPermissions({ inventory, permissions }: Deps): Promise<void> {
  await permissions.forget();
  await vscode.window.withProgress({ location: { viewId: 'stiggKeys.environments' } }, () => inventory.refresh());
  const refused = inventory.snapshot.environments.filter((row) => Object.keys(row.permissions).length > 0).map(({ environment }) => environment.displayName);
  void vscode.window.showInformationMessage(
    refused.length === 0
      ? vscode.l10n.t('What Stigg refused before can be tried again.')
      : vscode.l10n.t('Stigg was asked again. Some actions are still not possible in: {0}. "Why Can\'t I …?" says which.', refused.join(', ')),
  );
}
