import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { treeFiles } from '../bench/tree.mjs';

const SIZE = { files: 400, bytes: 4_000_000, seed: 7 };

function digest(size: { readonly files: number; readonly bytes: number; readonly seed: number }): string {
  const hash = createHash('sha256');
  for (const { path, content } of treeFiles(size)) hash.update(path).update('\0').update(content).update('\0');
  return hash.digest('hex');
}

describe('the made-up repository of the bench', () => {
  it('is the same for the same numbers, and another one for another seed', () => {
    expect(digest(SIZE)).toBe(digest(SIZE));
    expect(digest({ ...SIZE, seed: 8 })).not.toBe(digest(SIZE));
  });

  it.each([SIZE, { files: 40, bytes: 368_000, seed: 1 }, { files: 40, bytes: 368_000, seed: 1, withoutStigg: true }])('has as many files as asked, of different names, and about as many bytes: $files', (size) => {
    const files = Array.from(treeFiles(size)).filter(({ ignored }) => ignored !== true);
    expect(files).toHaveLength(size.files);
    expect(new Set(files.map(({ path }) => path)).size).toBe(size.files);
    const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    expect(Math.abs(bytes / size.bytes - 1)).toBeLessThan(0.15);
  });

  it('has no trace of Stigg where that is asked', () => {
    for (const { path, content } of treeFiles({ ...SIZE, withoutStigg: true })) expect(typeof content === 'string' && /stigg/i.test(path + content), path).toBe(false);
  });

  it('holds keys in a handful of files, each its own, and others only where git looks away', () => {
    const shape = /server-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}:[0-9a-f]{8}-/g;
    const tokens: string[] = [];
    for (const { content, token, ignored } of treeFiles(SIZE)) {
      const found = typeof content === 'string' ? Array.from(content.matchAll(shape)).length : 0;
      if (ignored !== true) expect(found).toBe(token === undefined ? 0 : 1);
      if (token !== undefined) tokens.push(token);
    }
    expect(tokens).toHaveLength(8);
    expect(new Set(tokens).size).toBe(8);
  });
});
