import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Inventory } from '../../keys/inventory.js';
import type { StoredKeyRef } from '../../keys/vault.js';
import { isRotatable, keyNode } from '../environments/nodes.js';

/** Starts the rotation of one stored key by the command of the sidebar, as if it had been chosen there. */
export async function rotateStoredKey(inventory: Inventory, { environmentId, keyId }: StoredKeyRef): Promise<void> {
  await inventory.refresh(environmentId);
  const found = inventory.environment(environmentId);
  const row = found?.keys.find(({ key }) => key.id === keyId);
  const node = found === undefined || row === undefined ? undefined : keyNode(found, row);
  if (node === undefined || !isRotatable(node)) {
    throw found?.error ?? new ExpectedError('noKey', vscode.l10n.t('Stigg does not list this key as one that can be rotated.'), vscode.l10n.t('Rotate it in the Stigg console, under Integrations > API keys.'));
  }
  await vscode.commands.executeCommand('stiggKeys.rotateKey', node);
}
