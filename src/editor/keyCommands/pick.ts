import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { EnvironmentRow, Inventory } from '../../keys/inventory.js';
import type { Environment } from '../../keys/model.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { environmentTypeWords, keyTypeWords, statusWords } from '../environments/wording.js';
import { keyNode, type EnvironmentNode, type KeyNode, type Node } from '../environments/nodes.js';
import { plainLabel } from '../plainLabel.js';

/** How to ask for an environment. */
export interface EnvironmentChoice {
  /** The one that stands first, so that Enter is enough. */
  readonly active?: Pick<ActiveEnvironment, 'id'>;
  /** Asks even where there is only one. */
  readonly always?: boolean;
}

/** The environment a command is about: the tree's selection, or a choice. undefined: the person changed their mind. */
export async function pickEnvironment(inventory: Inventory, node: Node | undefined, title: string, choice?: EnvironmentChoice): Promise<EnvironmentRow | undefined>;
/** @param choice with `none`, the words for choosing no environment, which resolves with `'none'` */
export async function pickEnvironment(inventory: Inventory, node: Node | undefined, title: string, choice: EnvironmentChoice & { readonly none: string }): Promise<EnvironmentRow | 'none' | undefined>;
export async function pickEnvironment(inventory: Inventory, node: Node | undefined, title: string, { active, always = false, none }: EnvironmentChoice & { readonly none?: string } = {}): Promise<EnvironmentRow | 'none' | undefined> {
  const id = environmentIdOf(node);
  if (id !== undefined) return inventory.environment(id) ?? gone();
  const { environments } = await loaded(inventory);
  if (environments.length === 1 && !always) return environments[0];
  const activeId = active?.id;
  const items: (vscode.QuickPickItem & { readonly row: EnvironmentRow | 'none' })[] = [...environments]
    .sort((a, b) => Number(b.environment.id === activeId) - Number(a.environment.id === activeId))
    .map((row) => ({
      label: plainLabel(row.environment.displayName),
      description: [environmentWords(row.environment), row.environment.account === null ? undefined : plainLabel(row.environment.account.displayName), row.environment.id === activeId ? vscode.l10n.t('active') : undefined].filter((part) => part !== undefined).join(' · '),
      row,
    }));
  if (none !== undefined) items.push({ label: none, row: 'none' });
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Choose an environment') });
  return picked?.row;
}

/** The environment a command goes to by itself: the tree's selection, else the active one, else a choice. */
export async function activeOrPicked(inventory: Inventory, node: Node | undefined, title: string, active: Pick<ActiveEnvironment, 'id' | 'row'>): Promise<EnvironmentRow | undefined> {
  if (environmentIdOf(node) === undefined) {
    await loaded(inventory);
    if (active.row !== undefined) return active.row;
  }
  return pickEnvironment(inventory, node, title, { active });
}

function environmentIdOf(node: Node | undefined): string | undefined {
  switch (node?.kind) {
    case 'environment':
      return node.row.environment.id;
    case 'key':
      return node.environment.id;
    case 'group':
    case 'more':
    case 'loading':
      return node.environmentId;
    default:
      return undefined;
  }
}

/** Production is unmistakable in words, here as everywhere; elsewhere a name that is the type says it. */
function environmentWords({ displayName, type }: Pick<Environment, 'displayName' | 'type'>): string | undefined {
  const words = environmentTypeWords(type);
  if (type === 'PRODUCTION') return words.toUpperCase();
  return displayName.trim().toLowerCase() === words.toLowerCase() ? undefined : words;
}

/** The key a command is about: the tree's selection, or a choice among those that `fits`. */
export async function pickKey(inventory: Inventory, node: Node | undefined, title: string, fits: (key: Pick<KeyNode, 'row' | 'permissions'>) => boolean, none: ExpectedError): Promise<KeyNode | undefined> {
  if (node?.kind === 'key') return currentKey(inventory, node);
  const { environments } = await loaded(inventory);
  const rows = (node?.kind === 'environment' ? environments.filter((row) => isSame(row, node)) : environments)
    .flatMap((row) => row.keys.map((key) => keyNode(row, key)).filter(fits));
  if (rows.length === 0) throw none;
  const picked = await vscode.window.showQuickPick(
    rows.map((key) => ({
      label: plainLabel(key.row.key.displayName),
      description: [plainLabel(key.environment.displayName), keyTypeWords(key.row.key.type), key.row.stored?.mask].filter((part) => part !== undefined).join(' · '),
      detail: statusWords(key.row.status),
      key,
    })),
    { title, placeHolder: vscode.l10n.t('Choose a key'), matchOnDescription: true },
  );
  return picked?.key;
}

function isSame(row: EnvironmentRow, node: EnvironmentNode): boolean {
  return row.environment.id === node.row.environment.id;
}

/**
 * The key of a node as it is now: the tree may show a state that is a moment old. Nothing but the ids is believed, because any
 * extension can call a command with a node of its own making.
 */
export function currentKey(inventory: Inventory, node: KeyNode): KeyNode {
  const found = inventory.environment(node.environment.id);
  const row = found?.keys.find(({ key }) => key.id === node.row.key.id);
  return found === undefined || row === undefined ? gone() : keyNode(found, row);
}

function gone(): never {
  throw new ExpectedError('noKey', vscode.l10n.t('This entry of the sidebar is no longer there.'), vscode.l10n.t('Refresh, and choose again.'));
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
