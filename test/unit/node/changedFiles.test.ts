import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChangedFiles } from '../../../src/node/scanFiles.js';
import { Engine } from '../../../src/scan/engine.js';
import { host, serverKey } from '../scan/support.js';

let root = '';
let engine: Engine;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-changed-')));
  engine = new Engine(host);
});
afterEach(() => {
  engine.dispose();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

/** What is told of files that changed, in order. */
class Told {
  readonly said: string[] = [];
  readonly leaveOut = new Set<string>();
  pieces = 0;
  readonly #files = new ChangedFiles(root, () => Promise.resolve(engine), {
    cwd: root,
    forEditor: true,
    leaveOut: this.leaveOut,
    onReading: () => { this.pieces++; },
    onNothing: (file) => { this.said.push(`nothing ${path.basename(file)}`); },
    onFindings: (file, findings) => { this.said.push(`${String(findings.length)} in ${path.basename(file)}`); },
    onSkipped: (file) => { this.said.push(`skipped ${file.path}`); },
  });

  async after(name: string): Promise<readonly string[]> {
    this.said.length = 0;
    await this.#files.scan({ paths: [path.join(root, name)], cameOrWent: [], judged: [], isOutdated: false });
    return [...this.said];
  }
}

test('why a file is left out is said last each time, and no more once it is judged again', async () => {
  writeFileSync(path.join(root, 'a.md'), serverKey());
  const told = new Told();
  expect(await told.after('a.md')).toEqual(['1 in a.md']);
  told.leaveOut.add(path.join(root, 'a.md'));
  const left = await told.after('a.md');
  expect(left.at(-1)).toBe('skipped a.md');
  expect(left).toContain('nothing a.md');
  expect((await told.after('a.md')).at(-1)).toBe('skipped a.md');
  told.leaveOut.clear();
  expect(await told.after('a.md')).toEqual(['1 in a.md']);
  writeFileSync(path.join(root, 'a.md'), 'nothing of ours');
  expect(await told.after('a.md')).toEqual(['nothing a.md']);
});

test('a large file says that it is being read, piece by piece', async () => {
  writeFileSync(path.join(root, 'large.txt'), Buffer.alloc(15 * 1024 * 1024, 'words\n'));
  const told = new Told();
  expect(await told.after('large.txt')).toEqual(['nothing large.txt']);
  expect(told.pieces).toBeGreaterThanOrEqual(3);
});
