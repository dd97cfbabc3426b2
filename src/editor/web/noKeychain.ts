import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Vault } from '../../keys/vault.js';

/** What the vault is in a browser until the person has chosen another: nothing is kept anywhere, and each call says why and what the choice is. */
export class NoKeychain implements Vault {
  readonly kind = 'keychain';
  readonly onDidChange = (): vscode.Disposable => new vscode.Disposable(() => undefined);

  list(): Promise<never> {
    return refuse();
  }

  read(): Promise<never> {
    return refuse();
  }

  save(): Promise<never> {
    return refuse();
  }

  updateIndex(): Promise<never> {
    return refuse();
  }

  delete(): Promise<never> {
    return refuse();
  }

  dispose(): void {
    // It holds nothing.
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new ExpectedError(
    'vaultUnavailable',
    vscode.l10n.t('A browser has no access to the keychain of this computer, so no keys are kept here.'),
    vscode.l10n.t('Set {0} to "secretStorage" to keep them in VS Code\'s secret storage in this browser instead, or use VS Code on the desktop.', 'stiggKeys.vault.store'),
  ));
}
