import { chmod, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Puts bytes into a file. Not by way of a document: VS Code would keep what was there for undo, change line ends, and run what formats on
 * saving. On this machine written beside the file and renamed over it, so that a crash leaves the old or the new one; elsewhere as the
 * file system does it.
 *
 * @param mode of the file; left out, an existing one keeps its own, and a new one is its owner's alone
 */
export async function placeFile(uri: vscode.Uri, bytes: Uint8Array, mode?: number): Promise<void> {
  if (uri.scheme !== 'file') {
    await vscode.workspace.fs.writeFile(uri, bytes);
    return;
  }
  // A link stays one: what it leads to is replaced.
  const file = await realpath(uri.fsPath).catch(() => uri.fsPath);
  const before = await lstat(file).catch(() => undefined);
  const wanted = mode ?? (before === undefined ? 0o600 : before.mode & 0o777);
  // Named like an env file, so that what ignores those ignores it too.
  const temporary = path.join(path.dirname(file), `.env.${crypto.randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, wanted);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
