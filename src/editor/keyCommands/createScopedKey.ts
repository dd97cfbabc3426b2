import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { CreationProgress } from '../../keys/creation.js';
import type { EnvironmentRow, Inventory } from '../../keys/inventory.js';
import { asError } from '../../keys/keyActions.js';
import { asText } from '../../keys/keyNames.js';
import type { CreationService } from '../../keys/lazyCreation.js';
import { isSame } from '../../keys/same.js';
import { matrix, normalise, presetOf, presetScopes } from '../../keys/scopes.js';
import type { StoredKeyRef, VaultKind } from '../../keys/vault.js';
import { managementSecret } from '../../keys/storedKey.js';
import { keyNode, type KeyNode, type Node } from '../environments/nodes.js';
import { runSteps } from '../multiStep.js';
import { withProgress } from '../report.js';
import { storeWords } from '../storeWords.js';
import type { KeyCommandDeps } from './deps.js';
import { descriptionStep, matrixStep, nameStep, presetStep, summaryStep, type KeyAnswers } from './keySteps.js';
import { pickEnvironment } from './pick.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter'> & { readonly creation: CreationService };

/** What the steps begin with; each is asked all the same. Any extension can call the command, so that what makes no sense is left out. */
function proposalOf(value: unknown): KeyAnswers {
  const { name, description, scopes } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const text = (words: unknown): string => (typeof words === 'string' ? asText(words) : '');
  const chosen = normalise(Array.isArray(scopes) ? matrix(presetScopes('fullAccess')).filter((scope) => scopes.some((other: unknown) => isSame(other, scope))) : []);
  return { name: text(name), description: text(description), preset: chosen.length === 0 ? undefined : (presetOf(chosen) ?? 'custom'), scopes: chosen };
}

/** @param proposed what the steps begin with: `name`, `description`, `scopes` */
export async function createScopedKey(deps: Deps, node: Node | undefined, proposed?: unknown): Promise<void> {
  const { inventory, creation } = deps;
  const title = vscode.l10n.t('Create Scoped Key');
  const row = await pickEnvironment(inventory, node, title);
  if (row === undefined) return;
  const { environment } = row;
  if (row.permissions.create !== undefined) throw asError(row.permissions.create);
  const answers = await askForKey(deps, row, proposalOf(proposed), vscode.l10n.t('Create Scoped Key in {0}', environment.displayName));
  if (answers === undefined || !(await confirmed(row, answers, deps.vault.kind))) return;
  const { name, description, scopes } = answers;
  const stored = await withProgress(vscode.l10n.t('Creating "{0}" in {1}', name, environment.displayName), async (signal, report) => {
    try {
      return await creation.create({ environmentId: environment.id, displayName: name, description, scopes }, (step) => { report(progressWords(step)); }, signal);
    } finally {
      await inventory.refresh(environment.id);
    }
  }).catch((error: unknown) => {
    if (!(error instanceof ExpectedError) || !error.code.startsWith('creation')) throw error;
    // What is left to do begins with looking: the button saves the way.
    void tellUnsettled(deps, error, environment.id);
    return undefined;
  });
  if (stored !== undefined) await tellCreated(inventory, stored);
}

async function tellUnsettled({ inventory, reporter }: Deps, error: ExpectedError, environmentId: string): Promise<void> {
  const refresh = vscode.l10n.t('Refresh');
  if ((await reporter.show(error, refresh)) === refresh) await inventory.refresh(environmentId);
}

async function askForKey({ api, vault }: Deps, { environment, keys }: EnvironmentRow, proposal: KeyAnswers, title: string): Promise<KeyAnswers | undefined> {
  const available = await withProgress(vscode.l10n.t('Asking Stigg what a key may be allowed'), async (signal) => api.availableScopes(await managementSecret(vault, environment.id), signal));
  const others = keys.filter(({ status }) => status.kind !== 'expired').map(({ key }) => key);
  const steps = [
    nameStep(others), descriptionStep, presetStep(available), matrixStep(available),
    summaryStep(vscode.l10n.t('Create and keep in {0}', storeWords(vault.kind)), (state) => [
      environment.type === 'PRODUCTION' ? vscode.l10n.t('$(server-environment) In {0}, which is PRODUCTION', environment.displayName) : vscode.l10n.t('$(beaker) In {0}', environment.displayName),
      vscode.l10n.t('$(key) Named "{0}"', state.name),
    ]),
  ];
  return runSteps<KeyAnswers>(title, steps, proposal);
}

/** A key of production acts on real customers: that is said in words, and answered to. */
async function confirmed({ environment }: EnvironmentRow, { name }: KeyAnswers, store: VaultKind): Promise<boolean> {
  if (environment.type !== 'PRODUCTION') return true;
  const create = vscode.l10n.t('Create in Production');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Create "{0}" in {1} (PRODUCTION)?', name, environment.displayName),
    { modal: true, detail: vscode.l10n.t('Whoever has this key acts on real customers. Its value goes to {0}.', storeWords(store)) },
    create,
  );
  return choice === create;
}

function progressWords(step: CreationProgress): string {
  switch (step) {
    case 'checking':
      return vscode.l10n.t('looking at the keys that exist');
    case 'committed':
      return vscode.l10n.t('asking Stigg (cannot be cancelled any more)');
    case 'storing':
      return vscode.l10n.t('storing its value');
    case 'proving':
      return vscode.l10n.t('proving that it works');
  }
}

/** Says that it is there, and offers what one wants with a new key. */
export async function tellCreated(inventory: Inventory, { environmentId, keyId }: StoredKeyRef): Promise<void> {
  const node = nodeOf(inventory, { environmentId, keyId }) ?? (await inventory.refresh(environmentId), nodeOf(inventory, { environmentId, keyId }));
  if (node === undefined) return;
  const actions: readonly (readonly [words: string, command: string])[] = [
    [vscode.l10n.t('Copy Key'), 'stiggKeys.copyKey'],
    [vscode.l10n.t('Show in Sidebar'), 'stiggKeys.revealNode'],
    [vscode.l10n.t('Open Terminal with Key'), 'stiggKeys.openTerminal'],
  ];
  // Not awaited: the command is over when the key is there, not when its message has been read.
  void vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" was created in {1}; Stigg accepts it, and its value is stored here.', node.row.key.displayName, node.environment.displayName),
    ...actions.map(([words]) => words),
  ).then(async (choice) => {
    const command = actions.find(([words]) => words === choice)?.[1];
    if (command !== undefined) await vscode.commands.executeCommand(command, node);
  });
}

function nodeOf(inventory: Inventory, { environmentId, keyId }: StoredKeyRef): KeyNode | undefined {
  const found = inventory.environment(environmentId);
  const row = found?.keys.find(({ key }) => key.id === keyId);
  return found === undefined || row === undefined ? undefined : keyNode(found, row);
}
