import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import { changeScopes, renameKey } from '../../keys/keyChanges.js';
import type { Scope } from '../../keys/model.js';
import { normalise, notAvailable, presetOf } from '../../keys/scopes.js';
import { mayWords, presetWords, scopeWords } from '../../keys/scopeWords.js';
import { managementSecret } from '../../keys/storedKey.js';
import type { KeyNode, Node } from '../environments/nodes.js';
import { runSteps } from '../multiStep.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { descriptionStep, matrixStep, nameStep, presetStep, summaryStep, type KeyAnswers } from './keySteps.js';
import { pickKey } from './pick.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'now'>;

/** Changes what a scoped key is called. */
export async function renameScopedKey(deps: Deps, node: Node | undefined): Promise<void> {
  const target = await scopedKey(deps, node, 'rename', vscode.l10n.t('Rename Key'));
  if (target === undefined) return;
  const { environment, row: { key } } = target;
  const others = (deps.inventory.environment(environment.id)?.keys ?? []).filter(({ key: { id }, status }) => id !== key.id && status.kind !== 'expired').map((other) => other.key);
  const before: KeyAnswers = { name: key.displayName, description: key.description ?? '', preset: undefined, scopes: [] };
  const answers = await runSteps(vscode.l10n.t('Rename "{0}" of {1}', key.displayName, environment.displayName), [nameStep(others), descriptionStep], before);
  if (answers === undefined || (answers.name === before.name && answers.description === before.description)) return;
  const now = await withProgress(vscode.l10n.t('Renaming "{0}"', key.displayName), (signal) => renameKey(deps, key, { displayName: answers.name, description: answers.description }, signal));
  void vscode.window.showInformationMessage(
    now.displayName === before.name
      ? vscode.l10n.t('The description of "{0}" was changed.', now.displayName)
      : vscode.l10n.t('"{0}" is now named "{1}". Its value is the same: nothing that uses it has to change.', before.name, now.displayName),
  );
}

/** Changes what a scoped key may do. */
export async function editScope(deps: Deps, node: Node | undefined): Promise<void> {
  const { api, vault } = deps;
  const target = await scopedKey(deps, node, 'scope', vscode.l10n.t('Change Scope'));
  if (target === undefined) return;
  const { environment, row: { key } } = target;
  const [current, available] = await withProgress(vscode.l10n.t('Asking Stigg what "{0}" may do', key.displayName), async (signal) => {
    const auth = await managementSecret(vault, environment.id);
    return Promise.all([api.keyScopes(auth, key, signal).then(normalise), api.availableScopes(auth, signal)]);
  });
  // What it has already can be kept, whatever is offered today.
  const offered = normalise([...available, ...current]);
  const steps = [
    presetStep(offered), matrixStep(offered),
    summaryStep(vscode.l10n.t('Change the scope'), ({ scopes }) => differenceWords(current, scopes)),
  ];
  const before: KeyAnswers = { name: key.displayName, description: '', preset: presetOf(current) ?? 'custom', scopes: current };
  const answers = await runSteps(vscode.l10n.t('Scope of "{0}" of {1}, now {2}', key.displayName, environment.displayName, nowWords(current)), steps, before);
  if (answers === undefined) return;
  if (differenceWords(current, answers.scopes).length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" has this scope already.', key.displayName));
    return;
  }
  if (!(await confirmed(target, current, answers.scopes))) return;
  const now = await withProgress(vscode.l10n.t('Changing the scope of "{0}"', key.displayName), (signal) => changeScopes(deps, key, answers.scopes, signal));
  void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" may now: {1}.', key.displayName, mayWords(now)));
}

/** The scope as a title has room for it. */
function nowWords(scopes: readonly Scope[]): string {
  const preset = presetOf(scopes);
  return preset === undefined ? vscode.l10n.t('custom') : `"${presetWords(preset)}"`;
}

/** "Gains: …", "Loses: …"; nothing where nothing changes. */
function differenceWords(before: readonly Scope[], after: readonly Scope[]): readonly string[] {
  const gained = notAvailable(after, before);
  const lost = notAvailable(before, after);
  return [
    ...(gained.length === 0 ? [] : [vscode.l10n.t('$(add) Gains: {0}', gained.map(scopeWords).join(', '))]),
    ...(lost.length === 0 ? [] : [vscode.l10n.t('$(remove) Loses: {0}', lost.map(scopeWords).join(', '))]),
  ];
}

/** Taking a permission away from a key in use breaks what uses it; in production every change is answered to in words. */
async function confirmed({ environment, row }: KeyNode, before: readonly Scope[], after: readonly Scope[]): Promise<boolean> {
  const lost = notAvailable(before, after);
  if (environment.type !== 'PRODUCTION' && lost.length === 0) return true;
  const change = environment.type === 'PRODUCTION' ? vscode.l10n.t('Change in Production') : vscode.l10n.t('Change Scope');
  const choice = await vscode.window.showWarningMessage(
    environment.type === 'PRODUCTION'
      ? vscode.l10n.t('Change the scope of "{0}" in {1} (PRODUCTION)?', row.key.displayName, environment.displayName)
      : vscode.l10n.t('Change the scope of "{0}" in {1}?', row.key.displayName, environment.displayName),
    {
      modal: true,
      detail: [
        lost.length === 0 ? '' : vscode.l10n.t('Services that use it get 403 at once for: {0}.', lost.map(scopeWords).join(', ')),
        vscode.l10n.t('Afterwards it may: {0}.', mayWords(after)),
      ].filter((line) => line !== '').join('\n'),
    },
    change,
  );
  return choice === change;
}

async function scopedKey({ inventory, now }: Deps, node: Node | undefined, action: 'rename' | 'scope', title: string): Promise<KeyNode | undefined> {
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no scoped key that can be changed.'), vscode.l10n.t('Create one with "Create Scoped Key"; "Why Can\'t I …?" on a key says what stands in the way.'));
  const target = await pickKey(inventory, node, title, ({ row, permissions }) => refusalOf(action, row, permissions, now()) === undefined, none);
  if (target === undefined) return undefined;
  const refusal = refusalOf(action, target.row, target.permissions, now());
  if (refusal !== undefined) throw asError(refusal);
  return target;
}
