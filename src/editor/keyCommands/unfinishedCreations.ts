import * as vscode from 'vscode';
import type { CreationOutcome } from '../../keys/creation.js';
import type { CreationJournal } from '../../keys/creationJournal.js';
import type { CreationService } from '../../keys/lazyCreation.js';
import type { KeyCommandDeps } from './deps.js';
import { takeUpAgain } from './takeUpAgain.js';

type Deps = Pick<KeyCommandDeps, 'inventory' | 'reporter' | 'now'> & { readonly creation: CreationService; readonly creationJournal: CreationJournal };

/** Tells what became of keys whose creation a crash or a lost answer interrupted. */
export function registerUnfinishedCreations({ creation, creationJournal, inventory, reporter, now }: Deps): vscode.Disposable {
  const fail = (error: unknown): void => void reporter.show(error);
  /** Told once in a window, however often it is looked at. */
  const told = new Set<string>();
  return vscode.Disposable.from(
    takeUpAgain({ journal: creationJournal, inventory, now, fail }),
    creation.onDidResume((outcomes) => {
      for (const outcome of outcomes) tell(outcome);
    }),
  );

  function tell(outcome: CreationOutcome): void {
    switch (outcome.kind) {
      case 'finished':
        import('./createScopedKey.js').then(({ tellCreated }) => tellCreated(inventory, outcome.key)).catch(fail);
        return;
      case 'neverHappened':
        void vscode.window.showInformationMessage(vscode.l10n.t('The scoped key that Stigg did not confirm in {0} was never made. Create it again if you still want it.', environmentName(outcome)));
        return;
      case 'ended':
        void vscode.window.showInformationMessage(vscode.l10n.t('A scoped key that was made in {0} had ended at Stigg before it was stored here ("{1}"). Nothing is left to do.', environmentName(outcome), outcome.key?.displayName ?? outcome.record.newKeyId ?? ''));
        return;
      case 'ambiguous':
      case 'failed': {
        if (told.has(outcome.record.id)) return;
        told.add(outcome.record.id);
        void show(outcome).catch(fail);
        return;
      }
      case 'settled':
      case 'waiting':
        // Told when it was begun, and chosen by the person.
    }
  }

  async function show({ error, record }: Extract<CreationOutcome, { kind: 'ambiguous' | 'failed' }>): Promise<void> {
    const look = vscode.l10n.t('Show in Sidebar');
    if ((await reporter.show(error, look)) !== look) return;
    const row = inventory.environment(record.environmentId);
    await vscode.commands.executeCommand('stiggKeys.revealNode', row === undefined ? undefined : { kind: 'environment', row });
  }

  function environmentName({ record }: CreationOutcome): string {
    return inventory.environment(record.environmentId)?.environment.displayName ?? record.environmentId;
  }
}
