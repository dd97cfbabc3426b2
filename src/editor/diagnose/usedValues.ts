import * as vscode from 'vscode';
import type { Got, UsedValue } from '../../diagnose/facts.js';
import { findEnvFileKeys } from '../keyCommands/envFileKeys.js';

/** The Stigg keys in the workspace's env files, by fingerprint: what a program that is started here would send. */
export async function usedValues(): Promise<Got<readonly UsedValue[]>> {
  if (!vscode.workspace.isTrusted) return { ok: false, why: vscode.l10n.t('The workspace is in Restricted Mode.') };
  const found = await findEnvFileKeys(/^(?:server|client)-/i);
  return { ok: true, value: found.map(({ variable, path, uri, secret }) => ({ variable, path, uri: uri.toString(), fingerprint: secret.fingerprint, shape: secret.shape })) };
}
