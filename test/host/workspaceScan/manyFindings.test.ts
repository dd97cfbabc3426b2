import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import process from 'node:process';
import * as vscode from 'vscode';
import { groupByRule } from '../../../src/editor/findings/group.js';
import { FindingsStore } from '../../../src/editor/findings/store.js';
import { summaryWords } from '../../../src/editor/findings/words.js';
import { MOST_IN_ALL } from '../../../src/editor/workspaceScan/limits.js';
import { ScanDiagnostics } from '../../../src/editor/workspaceScan/scanDiagnostics.js';
import type { ReportedFinding } from '../../../src/report/report.js';
import { eventually } from '../editorSupport.js';
import { folderOf } from './scanning.js';

const FILES = 6_000;
const EACH = 2;
/** A frame that a person sees is a tenth of this; the machine of the test has other things to do. */
const LONGEST_SLICE_MS = 250;

suite('A scan with many findings', function () {
  this.timeout(120_000);
  const here = folderOf('many-findings');
  const uriOf = (index: number): vscode.Uri => here.uriOf(`${index}.ts`);
  const findingsIn = (index: number): ReportedFinding[] => Array.from({ length: EACH }, (_one, at) => ({ rule: 'hardcoded-server-key', severity: 'warning', path: `${index}.ts`, line: at + 1, column: 1, endLine: at + 1, endColumn: 9, message: `A key ${at}` }));
  const shown = (): number => vscode.languages.getDiagnostics().filter(([uri]) => uri.path.includes('/many-findings/')).reduce((sum, [, found]) => sum + found.length, 0);

  test('is published in slices, shows as many as it says, and fills up when some are mended', async () => {
    const store = new FindingsStore();
    const diagnostics = new ScanDiagnostics(store);
    // CPU of this process between two turns of the event loop: what nobody else got.
    let [longest, before] = [0, process.cpuUsage()];
    const stop = new AbortController();
    const measuring = (async () => {
      while (!stop.signal.aborted) {
        await sleep(0);
        const { user, system } = process.cpuUsage(before);
        longest = Math.max(longest, (user + system) / 1_000);
        before = process.cpuUsage();
      }
    })();
    try {
      for (let index = 0; index < FILES; index++) {
        store.setScanned(uriOf(index).toString(), findingsIn(index));
        // As the thread's messages come.
        if (index % 500 === 0) await sleep(0);
      }
      await eventually('as many as are shown', () => (shown() === MOST_IN_ALL ? true : undefined), 30_000);
      stop.abort();
      await measuring;
      assert.ok(longest < LONGEST_SLICE_MS, `longest slice ${longest} ms`);
      const grouped = groupByRule(store.files());
      assert.equal(grouped.count, FILES * EACH);
      assert.match(summaryWords({ kind: 'done', files: FILES, at: new Date() }, grouped), /12,000 warnings in 6,000 files\. The Problems view shows no more than 5,000 of them/);
      for (let index = 0; index < 1_000; index++) store.setScanned(uriOf(index).toString(), null);
      await eventually('the place filled', () => (shown() === MOST_IN_ALL && vscode.languages.getDiagnostics(uriOf(0)).length === 0 ? true : undefined), 30_000);
    } finally {
      stop.abort();
      diagnostics.dispose();
      store.dispose();
    }
  });
});
