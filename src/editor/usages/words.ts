import * as vscode from 'vscode';
import type { Irreplaceable } from '../../scan/uses.js';

/** Why a place was left as it is. Each is a whole sentence. */
export type LeftReason = Irreplaceable | 'outside' | 'deleted' | 'readOnly' | 'notText' | 'encoding' | 'notebook' | 'changed' | 'refused' | 'notSaved' | 'fixNotSaved' | 'unsaved' | 'several';

export function reasonWords(reason: LeftReason): string {
  switch (reason) {
    case 'outside':
      return vscode.l10n.t('It is outside of the opened folders, or a symbolic link leads there: change it by hand.');
    case 'deleted':
      return vscode.l10n.t('The file was deleted meanwhile.');
    case 'readOnly':
      return vscode.l10n.t('The file is read-only.');
    case 'notText':
      return vscode.l10n.t('VS Code does not open this file as text.');
    case 'encoding':
      return vscode.l10n.t('The file is not UTF-8: saving it here would damage other characters. Change it by hand, or reopen it with its encoding first.');
    case 'notebook':
      return vscode.l10n.t('The notebook has unsaved changes: save it, then try again.');
    case 'changed':
      return vscode.l10n.t('The text changed since it was searched: search again.');
    case 'refused':
      return vscode.l10n.t('VS Code did not apply the change, because a file changed just then: try again.');
    case 'notSaved':
      return vscode.l10n.t('The change stands in the editor, but the file could not be saved: the key is still in it.');
    case 'fixNotSaved':
      return vscode.l10n.t('The fix stands in the editor, but the file could not be saved: save it yourself.');
    case 'unsaved':
      return vscode.l10n.t('It had changes of yours that are not saved: look at it, and save it yourself.');
    case 'several':
      return vscode.l10n.t('It shares its text with another key: run the replacement again.');
    case 'built':
      return vscode.l10n.t('The file is built from others: build it again.');
    case 'encoded':
      return vscode.l10n.t('The key is encoded there, or put together of parts: change it by hand.');
    case 'partOfValue':
      return vscode.l10n.t('The key is only a part of the value there: change it by hand.');
    case 'noLookup':
      return vscode.l10n.t('This place reads no environment variables: change it by hand.');
  }
}

/** Stands in a comment of an env file, above the variable that was emptied. */
export function envNote(): string {
  return vscode.l10n.t('The value is kept by the extension Stigg Key Hygiene: open a terminal with the key from its sidebar.');
}
