import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskReader } from '../../../src/node/files.js';
import { Judge } from '../../../src/node/scan/judge.js';
import { Turns } from '../../../src/node/turns.js';
import { walk } from '../../../src/node/walk.js';

let root = '';
beforeEach(() => { root = mkdtempSync(path.join(tmpdir(), 'stigg-walking-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true, maxRetries: 3 }); });

/** It is always somebody else's turn. */
class Impatient extends Turns {
  turns = 0;
  override get isOver(): boolean {
    return true;
  }
  override next(): Promise<void> {
    this.turns++;
    return super.next();
  }
}

test('a walk lets others have their turn in each folder, also where there is no file', async () => {
  for (const name of ['a', 'b', 'c/d']) mkdirSync(path.join(root, name), { recursive: true });
  const turns = new Impatient(undefined);
  for await (const { files } of walk(root, { turns, repositoryOf: () => Promise.resolve(undefined), onUnreadable: () => undefined })) expect(files).toEqual([]);
  expect(turns.turns).toBe(5);
});

test('a walk ends when it is told to', async () => {
  mkdirSync(path.join(root, 'a'));
  const stop = new AbortController();
  const walking = walk(root, { turns: new Impatient(stop.signal), repositoryOf: () => Promise.resolve(undefined), onUnreadable: () => undefined });
  await walking.next();
  stop.abort();
  await expect(walking.next()).rejects.toThrow(/abort/i);
});

test.skipIf(process.platform === 'win32')('a pipe is no file, and nobody waits for it', async () => {
  writeFileSync(path.join(root, 'file'), 'content');
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  const reader = new DiskReader();
  const read = async (name: string): Promise<string | undefined> => {
    const content = await reader.read(path.join(root, name));
    return content === undefined ? undefined : Buffer.from(content).toString();
  };
  expect([await read('file'), await read('pipe'), await read('.'), await read('none')]).toEqual(['content', undefined, undefined, undefined]);
});

test('what is left out is said once, and reported in the order of paths', () => {
  const told: string[] = [];
  const judge = new Judge(() => Promise.reject(new Error('not needed')), { cwd: root, onSkipped: (file) => told.push(file.path) });
  for (const name of ['b', 'a', 'b']) judge.skip(path.posix.join(root, name), 'EACCES');
  expect(told).toEqual(['b', 'a']);
  expect(judge.report().summary.skipped.map((file) => file.path)).toEqual(['a', 'b']);
});
