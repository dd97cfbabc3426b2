import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeOutOfFiles } from '../../../../src/editor/envFiles/takeOutOfFiles.js';
import { secretsIn } from '../../../../src/envFiles/secrets.js';
import { serverKey } from '../../scan/support.js';

vi.mock('vscode', async () => {
  const { fake } = await import('../fakeVscode.js');
  const { readFile: read, stat } = await import('node:fs/promises');
  return {
    ...fake,
    Uri: { file: (file: string) => ({ scheme: 'file', path: file, fsPath: file }) },
    workspace: {
      ...fake.workspace,
      textDocuments: [],
      getWorkspaceFolder: () => undefined,
      fs: { stat: ({ fsPath }: { readonly fsPath: string }) => stat(fsPath), readFile: ({ fsPath }: { readonly fsPath: string }) => read(fsPath) },
    },
  };
});

const vscode = await import('vscode');
const text = `A=${serverKey()}\n`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stigg-env-'));
  await writeFile(path.join(folder, '.env'), text);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['a file of one name', false],
  ['a file of two names, of which the other would keep the key', true],
])('%s', async (_what, isLinked) => {
  const file = path.join(folder, '.env');
  const other = path.join(folder, 'other');
  if (isLinked) await link(file, other);
  const { secrets, elsewhere } = secretsIn(text);
  const found = secrets.map((key) => ({ file: { uri: vscode.Uri.file(file), path: '.env', text, isUtf8: true, secrets, elsewhere }, key, health: { kind: 'dead' as const } }));
  const { taken, left } = await takeOutOfFiles(found, 'empty', new Map());
  expect(taken).toHaveLength(isLinked ? 0 : 1);
  expect(left).toEqual(isLinked ? [{ path: '.env', reason: expect.stringContaining('hard link') as string }] : []);
  expect((await readFile(file, 'utf8')).endsWith('\nA=\n')).toBe(!isLinked);
  if (isLinked) expect(await readFile(other, 'utf8')).toBe(text);
});
