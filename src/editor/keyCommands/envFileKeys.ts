import * as vscode from 'vscode';
import { Secret } from '../../secret.js';
import { CURRENT_TOKEN_SOURCE } from '../../tokenShape.js';

/** A server key that stands in an env file of the workspace. */
export interface EnvFileKey {
  readonly uri: vscode.Uri;
  /** Relative to its workspace folder. */
  readonly path: string;
  readonly variable: string;
  readonly secret: Secret;
}

const FILES_MAX = 50;
const BYTES_MAX = 256 * 1024;
/** `NAME=value`, with or without `export` and quotes: only whole server keys, so no dotenv grammar is needed. */
const LINE = new RegExp(`^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*["']?(${CURRENT_TOKEN_SOURCE})(?![0-9a-f:-])`, 'gim');

/**
 * The server keys in the workspace's `.env*` files, each once. Files that cannot be read are passed over: this is only an offer.
 *
 * @param kinds how the keys begin that are wanted
 */
export async function findEnvFileKeys(kinds = /^server-/i): Promise<readonly EnvFileKey[]> {
  const files = await vscode.workspace.findFiles('**/.env*', '**/node_modules/**', FILES_MAX);
  const keys = new Map<string, EnvFileKey>();
  for (const uri of files.sort((a, b) => a.path.localeCompare(b.path))) {
    for (const [, variable, token] of (await textOf(uri)).matchAll(LINE)) {
      if (variable === undefined || token === undefined || !kinds.test(token)) continue;
      const secret = new Secret(token);
      if (!keys.has(secret.fingerprint)) keys.set(secret.fingerprint, { uri, path: vscode.workspace.asRelativePath(uri), variable, secret });
    }
  }
  return [...keys.values()];
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > BYTES_MAX ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
