import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { RequestFinder } from '../../../src/editor/runRequest/finder.js';
import type { Engine } from '../../../src/scan/engine.js';

vi.mock('vscode', async () => (await import('../editor/fakeVscode.js')).fake);

function documentOf(version: number): vscode.TextDocument {
  return { uri: { path: '/a.ts', toString: () => 'file:///a.ts' }, version, languageId: 'typescript', getText: () => 'await fetch("https://api.stigg.io");' } as unknown as vscode.TextDocument;
}

const works = { prepare: () => Promise.resolve(), fetchCalls: () => [] } as unknown as Engine;

test('a failure is told and not kept: the next time the same version is read again', async () => {
  const engine = vi.fn(() => Promise.resolve(works)).mockRejectedValueOnce(new Error('The engine could not be loaded'));
  const finder = new RequestFinder(engine);
  await expect(finder.of(documentOf(1))).rejects.toThrow('could not be loaded');
  expect(await finder.of(documentOf(1))).toEqual([]);
  expect(await finder.of(documentOf(1))).toEqual([]);
  expect(engine).toHaveBeenCalledTimes(2);
});

test('a failure that comes late takes nothing from a newer version', async () => {
  let fail: (error: Error) => void = () => undefined;
  const first = new Promise<Engine>((_resolve, reject) => { fail = reject; });
  const engine = vi.fn(() => Promise.resolve(works)).mockReturnValueOnce(first);
  const finder = new RequestFinder(engine);
  const old = finder.of(documentOf(1));
  await finder.of(documentOf(2));
  fail(new Error('late'));
  await expect(old).rejects.toThrow('late');
  await finder.of(documentOf(2));
  expect(engine).toHaveBeenCalledTimes(2);
});
