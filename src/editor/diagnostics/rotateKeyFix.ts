import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { withProgress } from '../report.js';
import type { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps } from './deps.js';
import { ROTATE_KEY_COMMAND } from './fixCommands.js';

type Deps = Pick<DiagnosticsDeps, 'keepSecret' | 'knownKeys' | 'rotateKey'>;

/** Rotates the key of a finding; a key that is not stored is kept first, since only a stored one can be rotated. */
export async function rotateKeyOf(deps: Deps, controller: Pick<DiagnosticsController, 'secretIn'>, args: readonly unknown[]): Promise<void> {
  const [uri, start, fingerprint] = args;
  if (typeof uri !== 'string' || typeof start !== 'number' || typeof fingerprint !== 'string') {
    throw new TypeError(`${ROTATE_KEY_COMMAND} was called with unexpected arguments`);
  }
  const stored = deps.knownKeys.rotatable(fingerprint);
  if (stored !== undefined) {
    await deps.rotateKey(stored);
    return;
  }
  if (deps.knownKeys.knownKey(fingerprint) !== undefined) {
    throw new ExpectedError('notActive', vscode.l10n.t('This value is on its way out already, or belongs to an integration.'), vscode.l10n.t('Revoke it, or change its grace period, in the sidebar.'));
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const secret = await controller.secretIn(document, fingerprint, start);
  if (secret === undefined) {
    throw new ExpectedError('literalGone', vscode.l10n.t('The key is no longer in this file, so it cannot be rotated from here.'), vscode.l10n.t('Rotate it in the sidebar.'));
  }
  const keep = vscode.l10n.t('Keep and Rotate');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Keep {0} in the keychain and rotate it?', secret.mask),
    { modal: true, detail: vscode.l10n.t('Only a key that is stored on this machine can be rotated. The file is left as it is.') },
    keep,
  );
  if (choice !== keep) return;
  const { key } = await withProgress(vscode.l10n.t('Keeping {0} in the keychain', secret.mask), (signal) => deps.keepSecret(secret, signal));
  await deps.rotateKey(key);
}
