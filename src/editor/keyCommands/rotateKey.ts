import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { GRACE_PERIODS, type GracePeriod } from '../../keys/model.js';
import type { RotationProgress, RotationResult } from '../../keys/rotation.js';
import type { KeyNode, Node } from '../environments/nodes.js';
import { isRotatable } from '../environments/nodes.js';
import { dateTimeWords, graceWords } from '../environments/wording.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { pickKey } from './pick.js';

type Deps = Pick<KeyCommandDeps, 'inventory' | 'rotation' | 'reporter'>;

export function registerRotateKey(deps: Deps): vscode.Disposable {
  return deps.reporter.command('stiggKeys.rotateKey', (node?: Node) => rotateKey(deps, node));
}

async function rotateKey({ inventory, rotation }: Deps, node: Node | undefined): Promise<void> {
  const title = vscode.l10n.t('Rotate Key');
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no key that can be rotated.'), vscode.l10n.t('Keys on their way out and integration keys cannot.'));
  const target = await pickKey(inventory, node, title, isRotatable, none);
  if (target === undefined) return;
  const grace = await pickGrace(target);
  if (grace === undefined || !(await confirm(target, grace))) return;
  const { environment, row } = target;
  const result = await withProgress(vscode.l10n.t('Rotating "{0}" of {1}', row.key.displayName, environment.displayName), async (signal, report) => {
    try {
      return await rotation.rotate(row.key, grace, (step) => { report(progressWords(step)); }, signal);
    } finally {
      await inventory.refresh(environment.id);
    }
  });
  tellRotated(row.key.displayName, result);
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
      return vscode.l10n.t('Looking at the keys that exist…');
    case 'committed':
      return vscode.l10n.t('Asking Stigg for the new value… (from here on it is completed, not cancelled)');
    case 'storing':
      return vscode.l10n.t('Storing the new value…');
    case 'proving':
      return vscode.l10n.t('Proving the new value…');
    case 'settling':
      return vscode.l10n.t('Settling the old value…');
  }
}

/** Says what became of both values. */
export function tellRotated(name: string, { old, newKey }: RotationResult): void {
  switch (old.kind) {
    case 'expiring':
      void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; the old one keeps working until {2}.', name, newKey.mask, dateTimeWords(old.at)));
      return;
    case 'revoked':
      void vscode.window.showInformationMessage(
        old.proved
          ? vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; Stigg answers 401 to the old one.', name, newKey.mask)
          : vscode.l10n.t('"{0}" was rotated. The new value {1} is stored and works; Stigg lists the old one as ended.', name, newKey.mask),
      );
      return;
    case 'stillValid':
      void vscode.window.showWarningMessage(
        vscode.l10n.t('"{0}" was rotated and the new value works, but the old value is STILL VALID and could not be given the end you chose. {1} It is tried again at the next refresh; revoke it if that does not help.', name, old.reason),
      );
  }
}
