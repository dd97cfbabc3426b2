import * as vscode from 'vscode';
import type { VaultKind } from '../keys/vault.js';

/** Where a vault keeps its keys, as a part of a sentence: nobody is told of a keychain where there is none. */
export function storeWords(kind: VaultKind): string {
  return kind === 'keychain' ? vscode.l10n.t('the keychain') : vscode.l10n.t('VS Code\'s secret storage');
}
