import { realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { withSlashes } from '../files.js';

/** The root that git told, as the working directory's own path leads to it: git tells paths without symbolic links. */
export async function rootSeenFrom(cwd: string, root: string): Promise<string> {
  return withSlashes(resolve(cwd, relative(await realpath(cwd), await realpath(root))));
}
