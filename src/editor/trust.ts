import * as vscode from 'vscode';
import { ExpectedError } from '../errors.js';

/**
 * Refuses in words to take a key out of the files of an untrusted workspace: whoever made the folder could have put a key of an environment
 * of theirs there, and it would then be one of the person's own.
 */
export function requireTrustToTakeKeys(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ExpectedError(
    'workspaceNotTrusted',
    vscode.l10n.t('No key is taken from files in Restricted Mode: somebody else may have put it there for you to keep.'),
    vscode.l10n.t('Trust the workspace first.'),
  );
}
