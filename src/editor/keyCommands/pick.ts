import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { EnvironmentRow, Inventory, KeyRow } from '../../keys/inventory.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { Vault } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import { environmentTypeWords, keyTypeWords, statusWords } from '../environments/wording.js';
import type { EnvironmentNode, KeyNode, Node } from '../environments/nodes.js';

/** The environment a command is about: the tree's selection, or a choice. undefined: the person changed their mind. */
export async function pickEnvironment(inventory: Inventory, node: Node | undefined, title: string): Promise<EnvironmentRow | undefined> {
  if (node?.kind === 'environment') return inventory.environment(node.row.environment.id) ?? node.row;
  if (node?.kind === 'key') return inventory.environment(node.environment.id);
  const { environments } = await loaded(inventory);
  if (environments.length === 1) return environments[0];
  const picked = await vscode.window.showQuickPick(
    environments.map((row) => ({
      label: row.environment.displayName,
      description: [environmentTypeWords(row.environment.type), row.environment.account?.displayName].filter((part) => part !== undefined).join(' · '),
      row,
    })),
    { title, placeHolder: vscode.l10n.t('Choose an environment') },
  );
  return picked?.row;
}

/** The key a command is about: the tree's selection, or a choice among those that `fits`. */
export async function pickKey(inventory: Inventory, node: Node | undefined, title: string, fits: (row: KeyRow) => boolean, none: ExpectedError): Promise<KeyNode | undefined> {
  if (node?.kind === 'key') return current(inventory, node);
  const { environments } = await loaded(inventory);
  const rows = (node?.kind === 'environment' ? environments.filter((row) => isSame(row, node)) : environments)
    .flatMap((row) => row.keys.filter(fits).map((key): KeyNode => ({ kind: 'key', environment: row.environment, row: key })));
  if (rows.length === 0) throw none;
  const picked = await vscode.window.showQuickPick(
    rows.map((key) => ({
      label: key.row.key.displayName,
      description: [key.environment.displayName, keyTypeWords(key.row.key.type), key.row.stored?.mask].filter((part) => part !== undefined).join(' · '),
      detail: statusWords(key.row.status),
      key,
    })),
    { title, placeHolder: vscode.l10n.t('Choose a key'), matchOnDescription: true },
  );
  return picked?.key;
}

/** The value that signs our own calls for an environment. Rejects with `valueMissing`. */
export async function managementSecret(vault: Vault, environmentId: string): Promise<Secret> {
  const management = managementKeyOf(await vault.list(), environmentId);
  const value = management === undefined ? undefined : await vault.read(management);
  if (value === undefined) {
    throw new ExpectedError('valueMissing', vscode.l10n.t('The key that was stored for this environment is no longer in the keychain.'), vscode.l10n.t('Add the environment again and paste the key.'));
  }
  return value;
}

function isSame(row: EnvironmentRow, node: EnvironmentNode): boolean {
  return row.environment.id === node.row.environment.id;
}

/** The tree may show a state that is a moment old; a command works on the newest one. */
function current(inventory: Inventory, node: KeyNode): KeyNode {
  const row = inventory.environment(node.environment.id)?.keys.find(({ key }) => key.id === node.row.key.id);
  return row === undefined ? node : { ...node, row };
}

async function loaded(inventory: Inventory): Promise<Inventory['snapshot']> {
  if (!inventory.snapshot.loaded) await inventory.refresh();
  const { vaultError, environments } = inventory.snapshot;
  if (vaultError !== null) throw vaultError;
  if (environments.length === 0) {
    throw new ExpectedError('noEnvironment', vscode.l10n.t('No Stigg environment has been added yet.'), vscode.l10n.t('Run "Stigg: Add Environment" first.'));
  }
  return inventory.snapshot;
}
