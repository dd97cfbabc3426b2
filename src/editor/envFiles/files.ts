import * as vscode from 'vscode';
import { secretsIn, type EnvSecret } from '../../envFiles/secrets.js';
import { isEnvFile } from '../../scan/envFiles.js';
import { isUtf8 } from '../usages/text.js';

/** An env file of the workspace as it is on the disk. */
export interface EnvFile {
  readonly uri: vscode.Uri;
  /** With the workspace folder's name where there are several. */
  readonly path: string;
  readonly text: string;
  readonly isUtf8: boolean;
}

/** An env file that holds keys. */
export interface EnvFileWithKeys extends EnvFile {
  readonly secrets: readonly EnvSecret[];
  readonly elsewhere: number;
}

export interface EnvFilesFound {
  readonly files: readonly EnvFileWithKeys[];
  /** Paths of those that cannot be read. */
  readonly unreadable: readonly string[];
}

/** What is called an env file anywhere: `.env.local`, `docker.env`, `.envrc`, `env.list`. */
const GLOB = '**/{.env,.env.*,*.env,.envrc,.envrc.*,.dev.vars,.dev.vars.*,.flaskenv,env.list,*.env.list}';
const NEVER = '**/{node_modules,.git,.hg,.svn}/**';
const FILES_MAX = 500;
const BYTES_MAX = 1_000_000;

/** All env files of the workspace that hold keys, git-ignored ones too. What is open and not saved counts as it is on the disk. */
export async function envFilesWithKeys(): Promise<EnvFilesFound> {
  const uris = await vscode.workspace.findFiles(GLOB, NEVER, FILES_MAX);
  const files: EnvFileWithKeys[] = [];
  const unreadable: string[] = [];
  for (const uri of uris.sort((a, b) => a.path.localeCompare(b.path))) {
    if (!isEnvFile(uri.path) && !uri.path.endsWith('env.list')) continue;
    const file = await readEnvFile(uri);
    if (file === undefined) {
      unreadable.push(vscode.workspace.asRelativePath(uri));
      continue;
    }
    const { secrets, elsewhere } = secretsIn(file.text);
    if (secrets.length > 0 || elsewhere > 0) files.push({ ...file, secrets, elsewhere });
  }
  return { files, unreadable };
}

/** The file's text, every byte of it: what is no UTF-8 is read as one character a byte. undefined for what is no text, too large or not there. */
export async function readEnvFile(uri: vscode.Uri): Promise<EnvFile | undefined> {
  let bytes: Uint8Array;
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > BYTES_MAX) return undefined;
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
  if (bytes.includes(0)) return undefined;
  const isText = isUtf8(bytes) !== undefined;
  // Buffer keeps the mark at the beginning.
  return { uri, path: vscode.workspace.asRelativePath(uri), text: Buffer.from(bytes).toString(isText ? 'utf8' : 'latin1'), isUtf8: isText };
}

/** The bytes of a text that was read by `readEnvFile`. */
export function bytesOf(text: string, { isUtf8: isText }: Pick<EnvFile, 'isUtf8'>): Uint8Array {
  return Buffer.from(text, isText ? 'utf8' : 'latin1');
}

/** Whether an editor holds changes of the file that are not saved. */
export function isDirty(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri.toString());
}
