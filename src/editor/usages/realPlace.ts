import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Whether the file really lies in none of the folders. A file that is not there leads nowhere. */
export async function leadsElsewhere(file: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) return false;
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => folder);
    const inside = path.relative(root, real);
    if (inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)) return false;
  }
  return true;
}
