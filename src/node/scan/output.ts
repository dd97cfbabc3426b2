import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { errorCode } from '../files.js';

/**
 * Writes a file so that it is whole or as it was: beside it first, then in its place. What is no file (a device, a pipe) is written to
 * directly. Rejects with ExpectedError `outputUnwritable`.
 *
 * @param path absolute
 * @param shown what the person calls it
 */
export async function writeWhole(path: string, text: string, shown: string): Promise<void> {
  try {
    const { target, mode, isFile } = await targetOf(path);
    if (isFile) await replace(target, text, mode);
    else await write(await open(target, 'w'), text);
  } catch (error) {
    throw unwritable(shown, errorCode(error), error);
  }
}

/** What could not be written, and why, in words. */
export function unwritable(shown: string, code: string, cause: unknown): ExpectedError {
  const reason = REASONS[code]?.() ?? code;
  return new ExpectedError('outputUnwritable', l10n.t('{0} cannot be written: {1}.', shown, reason), l10n.t('Nothing of the report was kept; choose another place and run it again.'), { cause });
}

const REASONS: Readonly<Record<string, () => string>> = {
  ENOSPC: () => l10n.t('the disk is full'),
  EDQUOT: () => l10n.t('the disk quota is used up'),
  EFBIG: () => l10n.t('files may not become that large here'),
  EACCES: () => l10n.t('permission denied'),
  EPERM: () => l10n.t('permission denied'),
  EROFS: () => l10n.t('the file system is read-only'),
  ENOENT: () => l10n.t('its folder does not exist'),
  ENOTDIR: () => l10n.t('its folder does not exist'),
  EISDIR: () => l10n.t('it is a folder'),
};

interface Target {
  /** A link keeps pointing at the file. */
  readonly target: string;
  readonly mode: number | undefined;
  readonly isFile: boolean;
}

async function targetOf(path: string): Promise<Target> {
  try {
    const target = await realpath(path);
    const entry = await stat(target);
    if (entry.isDirectory()) throw Object.assign(new Error('A folder'), { code: 'EISDIR' });
    return { target, mode: entry.mode & 0o777, isFile: entry.isFile() };
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return { target: path, mode: undefined, isFile: true };
  }
}

async function replace(target: string, text: string, mode: number | undefined): Promise<void> {
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(beside, 'wx');
  try {
    await write(handle, text, mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function write(handle: FileHandle, text: string, mode?: number): Promise<void> {
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(text);
    // Some systems tell only now that the disk is full. Devices have nothing to tell.
    if ((await handle.stat()).isFile()) await handle.sync();
  } finally {
    await handle.close();
  }
}
