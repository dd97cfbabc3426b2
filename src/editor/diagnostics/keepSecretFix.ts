import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Finding, Fix } from '../../scan/finding.js';
import { withProgress } from '../report.js';
import type { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps, KeepResult } from './deps.js';
import { toWorkspaceEdit } from './documents.js';
import { KEEP_SECRET_COMMAND } from './fixCommands.js';

/** A finding that can be fixed by keeping its key, in the document as it stands. */
interface Place {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * Puts the key of a finding into the vault and only then changes the document: whatever fails before leaves the text
 * as it is. The document may be edited meanwhile, so the place is looked up again by the key's fingerprint.
 */
export async function keepSecretThenFix(
  deps: Pick<DiagnosticsDeps, 'keepSecret'>,
  controller: Pick<DiagnosticsController, 'findingsOfText' | 'secretIn'>,
  args: readonly unknown[],
): Promise<void> {
  const [uri, start, fingerprint, fixIndex] = args;
  if (typeof uri !== 'string' || typeof start !== 'number' || typeof fingerprint !== 'string' || typeof fixIndex !== 'number') {
    throw new TypeError(`${KEEP_SECRET_COMMAND} was called with unexpected arguments`);
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const find = async (): Promise<Place | undefined> => {
    const { version } = document;
    const findings = await controller.findingsOfText(document, document.getText());
    return document.version === version ? nearestPlace(findings, start, fingerprint, fixIndex) : undefined;
  };
  const before = await find();
  const secret = before === undefined ? undefined : await controller.secretIn(document, fingerprint, before.finding.start);
  if (secret === undefined) {
    throw new ExpectedError(
      'literalGone',
      vscode.l10n.t('The key is no longer in this file, so nothing was stored.'),
      vscode.l10n.t('If it is still there, choose the fix again.'),
    );
  }
  const kept = await withProgress(vscode.l10n.t('Keeping {0} in the keychain', secret.mask), (signal) => deps.keepSecret(secret, signal));
  if (!(await applyWhereItStands(document, find))) throw keptButNotReplaced(kept);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} of {1} is stored, and no longer in the file. Rotate it if the file was ever shared.', kept.keyName, kept.environmentName),
  );
}

/** Applies the fix to the newest text; again when the person was typing just then. */
async function applyWhereItStands(document: vscode.TextDocument, find: () => Promise<Place | undefined>): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const place = await find();
    // Nothing waits between the look and the edit, and VS Code refuses edits to a text that has moved on.
    if (place !== undefined && (await vscode.workspace.applyEdit(toWorkspaceEdit(document, place.fix.edits)))) return true;
  }
  return false;
}

function nearestPlace(findings: readonly Finding[], start: number, fingerprint: string, fixIndex: number): Place | undefined {
  const distance = ({ finding }: Place): number => Math.abs(finding.start - start);
  return findings
    .filter((finding) => finding.fingerprint === fingerprint)
    .flatMap((finding): Place[] => {
      const chosen = finding.fixes[fixIndex];
      const fix = chosen?.before === 'keepSecret' ? chosen : finding.fixes.find(({ before }) => before === 'keepSecret');
      return fix === undefined ? [] : [{ finding, fix }];
    })
    .sort((a, b) => distance(a) - distance(b))[0];
}

function keptButNotReplaced(kept: KeepResult): ExpectedError {
  return new ExpectedError(
    'keptNotReplaced',
    vscode.l10n.t('{0} of {1} is stored now, but the file could not be changed: the key is still in it.', kept.keyName, kept.environmentName),
    vscode.l10n.t('Choose the fix again, or replace the key by hand.'),
  );
}
