import * as vscode from 'vscode';
import type { DiagnosticsController } from './controller.js';
import type { DiagnosticsDeps } from './deps.js';
import { REMEDIATE_LEAK_COMMAND } from './fixCommands.js';

/** Hands the leak of a finding on: its fingerprint, and the value as the document holds it, which never passes through a command's arguments. */
export async function remediateLeakOf(deps: Pick<DiagnosticsDeps, 'remediateLeak'>, controller: Pick<DiagnosticsController, 'secretIn'>, args: readonly unknown[]): Promise<void> {
  const [uri, start, fingerprint] = args;
  if (typeof uri !== 'string' || typeof start !== 'number' || typeof fingerprint !== 'string') {
    throw new TypeError(`${REMEDIATE_LEAK_COMMAND} was called with unexpected arguments`);
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  await deps.remediateLeak({ fingerprint, secret: await controller.secretIn(document, fingerprint, start) });
}
