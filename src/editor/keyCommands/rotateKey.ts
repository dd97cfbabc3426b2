import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import { GRACE_PERIODS, type GracePeriod } from '../../keys/model.js';
import type { RotationProgress } from '../../keys/rotation.js';
import type { KeyNode, Node } from '../environments/nodes.js';
import { isRotatable } from '../environments/nodes.js';
import { graceWords } from '../environments/wording.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { pickKey } from './pick.js';
import { searchAfterRotation, tellRotated } from './tellRotated.js';

type Deps = Pick<KeyCommandDeps, 'inventory' | 'rotation' | 'reporter' | 'leftovers' | 'now'>;

/** Guided from the choice of the grace period to the places that still hold the old value. */
export async function rotateKey({ inventory, rotation, reporter, leftovers, now }: Deps, node: Node | undefined): Promise<void> {
  const title = vscode.l10n.t('Rotate Key');
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no key that can be rotated.'), vscode.l10n.t('Keys on their way out and integration keys cannot.'));
  const target = await pickKey(inventory, node, title, isRotatable, none);
  if (target === undefined) return;
  const refusal = refusalOf('rotate', target.row, target.permissions, now());
  if (refusal !== undefined) throw asError(refusal);
  const grace = await pickGrace(target);
  if (grace === undefined || !(await confirm(target, grace))) return;
  const { environment, row } = target;
  const { result, search } = await withProgress(vscode.l10n.t('Rotating "{0}" of {1}', row.key.displayName, environment.displayName), async (signal, report) => {
    let rotated;
    try {
      rotated = await rotation.rotate(row.key, grace, (step) => { report(progressWords(step)); }, signal);
    } finally {
      await inventory.refresh(environment.id);
    }
    const found = await searchAfterRotation(leftovers, rotated, row.key.id, signal, (error) => void reporter.show(error), (files) => {
      report(vscode.l10n.t('6 of 6: The new value works. Looking for the old one in the workspace: {0} files so far… (cancel to look later)', files));
    });
    return { result: rotated, search: found };
  });
  // Not awaited: the command is over when its work is, not when its message has been read.
  tellRotated(row.key.displayName, result, search, leftovers).catch((error: unknown) => void reporter.show(error));
}

async function pickGrace(target: KeyNode): Promise<GracePeriod | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      ...GRACE_PERIODS.filter((grace) => grace !== 'now').map((grace) => ({ label: graceWords(grace), grace })),
      // Last, where the console has it first: Enter chooses the first one.
      { label: graceWords('now'), grace: 'now' as const, detail: vscode.l10n.t('Whatever still uses the old value stops working as soon as the new one is proved.') },
    ],
    {
      title: vscode.l10n.t('Rotate "{0}" of {1}', target.row.key.displayName, target.environment.displayName),
      placeHolder: vscode.l10n.t('When should the old value expire?'),
    },
  );
  return picked?.grace;
}

/** A grace period can be changed afterwards; an immediate end, and anything in production, is asked about once more. */
async function confirm({ environment, row }: KeyNode, grace: GracePeriod): Promise<boolean> {
  const isProduction = environment.type === 'PRODUCTION';
  if (grace !== 'now' && !isProduction) return true;
  const rotate = vscode.l10n.t('Rotate');
  const choice = await vscode.window.showWarningMessage(
    isProduction
      ? vscode.l10n.t('Rotate "{0}" of {1} (PRODUCTION)?', row.key.displayName, environment.displayName)
      : vscode.l10n.t('Rotate "{0}" of {1}?', row.key.displayName, environment.displayName),
    {
      modal: true,
      detail: grace === 'now'
        ? vscode.l10n.t('A new value is made, stored and proved. Then the old value is revoked: everything that still uses it gets 401.')
        : vscode.l10n.t('A new value is made, stored and proved. The old value expires: {0}.', graceWords(grace).toLowerCase()),
    },
    rotate,
  );
  return choice === rotate;
}

function progressWords(step: RotationProgress): string {
  switch (step) {
    case 'checking':
      return vscode.l10n.t('1 of 6: Looking at the keys that exist…');
    case 'committed':
      return vscode.l10n.t('2 of 6: Asking Stigg for the new value… (from here on it is completed, not cancelled)');
    case 'storing':
      return vscode.l10n.t('3 of 6: Storing the new value and reading it back…');
    case 'proving':
      return vscode.l10n.t('4 of 6: Proving that the new value works…');
    case 'settling':
      return vscode.l10n.t('5 of 6: Giving the old value its end…');
  }
}
