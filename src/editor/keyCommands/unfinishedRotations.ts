import * as vscode from 'vscode';
import type { RotationJournal } from '../../keys/journal.js';
import type { ResumeOutcome, RotationResult } from '../../keys/rotation.js';
import type { KeyCommandDeps } from './deps.js';
import { takeUpAgain } from './takeUpAgain.js';

type Deps = Pick<KeyCommandDeps, 'inventory' | 'reporter' | 'now' | 'leftovers'> & { readonly journal: RotationJournal };

/**
 * Completes what a crash or a lost answer left behind, also when nobody opens the sidebar: an old value may be waiting to be revoked.
 * Where nothing is unfinished, neither keychain nor Stigg is touched.
 */
export function registerUnfinishedRotations({ journal, inventory, reporter, now, leftovers }: Deps): vscode.Disposable {
  const fail = (error: unknown): void => void reporter.show(error);
  const stop = new AbortController();
  return vscode.Disposable.from(
    takeUpAgain({ journal, inventory, now, fail }),
    { dispose: () => { stop.abort(); } },
    inventory.onDidResume((outcomes) => {
      for (const outcome of outcomes) tell(outcome);
    }),
  );

  /** As after a rotation that nothing came between. */
  async function follow(result: RotationResult, oldKeyId: string): Promise<void> {
    const { searchAfterRotation, tellRotated } = await import('./tellRotated.js');
    const search = await searchAfterRotation(leftovers, result, oldKeyId, stop.signal, fail);
    if (!stop.signal.aborted) await tellRotated(result.newKey.displayName, result, search, leftovers);
  }

  function tell(outcome: ResumeOutcome): void {
    switch (outcome.kind) {
      case 'finished':
        follow(outcome.result, outcome.record.oldKeyId).catch(fail);
        return;
      case 'neverHappened': {
        const { environmentId, oldKeyId } = outcome.record;
        const key = inventory.environment(environmentId)?.keys.find((row) => row.key.id === oldKeyId)?.key;
        void vscode.window.showInformationMessage(vscode.l10n.t('The rotation that Stigg did not confirm never happened: "{0}" is as it was. Rotate it again if you still want to.', key?.displayName ?? oldKeyId));
        return;
      }
      case 'failed':
        void reporter.show(outcome.error);
        return;
      case 'waiting':
        // Told when it was begun.
    }
  }
}
