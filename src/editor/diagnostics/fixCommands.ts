import type * as vscode from 'vscode';
import type { Finding, Fix } from '../../scan/finding.js';

/**
 * What edits alone cannot fix is done by commands. They are internal: code actions call them, package.json does not name them, so that
 * the palette does not show them. Arguments of commands may be logged, so a key is named by its fingerprint. What they do is loaded when it is done.
 */
export const KEEP_SECRET_COMMAND = 'stiggKeys.fix.keepSecret';
export const IGNORE_FILE_COMMAND = 'stiggKeys.fix.ignoreFile';
export const RENAME_VARIABLE_COMMAND = 'stiggKeys.fix.renameVariable';
export const ROTATE_KEY_COMMAND = 'stiggKeys.fix.rotateKey';
export const REMEDIATE_LEAK_COMMAND = 'stiggKeys.fix.remediateLeak';

/** The command that applies the fix; undefined for a fix that is edits alone. */
export function commandFor(document: vscode.TextDocument, finding: Finding, { title, before, action }: Fix, index: number): vscode.Command | undefined {
  if (before === 'keepSecret') return { command: KEEP_SECRET_COMMAND, title, arguments: keepSecretArguments(document, finding, index) };
  switch (action?.kind) {
    case 'ignoreFile':
      return { command: IGNORE_FILE_COMMAND, title, arguments: [document.uri.toString()] };
    case 'renameVariable':
      return { command: RENAME_VARIABLE_COMMAND, title, arguments: [document.uri.toString(), action.from, action.to] };
    case 'rotateKey':
      return rotateCommand(document, finding, title);
    case undefined:
      return undefined;
  }
}

/** Names a place and a fix. */
export function keepSecretArguments(document: vscode.TextDocument, finding: Finding, fixIndex: number): unknown[] {
  return [document.uri.toString(), finding.start, finding.fingerprint, fixIndex];
}

/** The command that rotates the key of a finding. */
export function rotateCommand(document: vscode.TextDocument, finding: Finding, title: string): vscode.Command {
  return { command: ROTATE_KEY_COMMAND, title, arguments: [document.uri.toString(), finding.start, finding.fingerprint] };
}

/** The command that remediates the leak of the finding's key. */
export function remediateCommand(document: vscode.TextDocument, finding: Finding, title: string): vscode.Command {
  return { command: REMEDIATE_LEAK_COMMAND, title, arguments: [document.uri.toString(), finding.start, finding.fingerprint] };
}
