import { expect, test, vi } from 'vitest';
import { summaryWords } from '../../../../src/editor/findings/words.js';
import type { Grouped } from '../../../../src/editor/findings/group.js';
import type { ScanState } from '../../../../src/editor/workspaceScan/state.js';

vi.mock('vscode', async () => {
  const { fake } = await import('../fakeVscode.js');
  return { ...fake, env: { ...fake.env, language: 'en' } };
});

const at = new Date(0);
const found = (error: number, warning = 0): Grouped => ({ rules: [], count: error + warning, fixable: 0, files: 3, bySeverity: { error, warning, info: 0 } });

test.each<[string, ScanState, Grouped, string]>([
  ['nothing was scanned', { kind: 'never' }, found(0), ''],
  ['open files alone', { kind: 'never' }, found(1), 'Only files that are open. The workspace was not scanned yet.'],
  ['on its way', { kind: 'scanning', files: 1200 }, found(1, 2), 'Scanning… 1,200 files read; 1 error, 2 warnings so far.'],
  ['nothing was found', { kind: 'done', files: 9, at }, found(0), ''],
  ['as many as the Problems view shows', { kind: 'done', files: 9, at }, found(5_000), '5,000 errors in 3 files.'],
  ['more than that', { kind: 'done', files: 9, at }, found(5_000, 1), '5,000 errors, 1 warning in 3 files. The Problems view shows no more than 5,000 of them.'],
])('the line above the findings: %s', (_what, state, grouped, expected) => {
  expect(summaryWords(state, grouped)).toBe(expected);
});
