import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WorkerScanner } from '../../../src/editor/workspaceScan/workerScanner.js';
import { ExpectedError } from '../../../src/errors.js';
import { aScansTime, madeUpServerKey, temporaryFolder } from '../editorSupport.js';
import { dist, folderOf, scanWith } from './scanning.js';

const FOLDER = 'ends-early';

/** The real thread, which misbehaves as told in the moment in which it is about to judge a file. */
const THREAD = (misbehave: string): string => `
const { parentPort, workerData } = require('node:worker_threads');
const { existsSync, rmSync } = require('node:fs');
const flag = ${JSON.stringify('FLAG')};
const view = new Uint8Array(workerData.place, 4);
const misbehave = () => { if (existsSync(flag)) { rmSync(flag); ${misbehave} } };
const store = Atomics.store;
// The length is written last: then the thread is at the file.
Atomics.store = (array, index, value) => { const stored = store(array, index, value); if (value > 0 && Buffer.from(view.slice(0, value)).includes('${FOLDER}/bad.ts')) misbehave(); return stored; };
void view;
require(${JSON.stringify('REAL')});
`;

suite('A scan whose thread ends early', function () {
  this.timeout(120_000);
  const here = folderOf(FOLDER);

  setup(async () => {
    await here.write({ 'bad.ts': `export const key = "${madeUpServerKey()}";\n`, 'good.ts': `export const key = "${madeUpServerKey()}";\n` });
    // VS Code tells of what was written a moment later, and a file that changed is tried again.
    await aScansTime();
    await aScansTime();
  });
  teardown(() => rm(here.root, { recursive: true, force: true }));

  for (const [what, misbehave, words] of [
    ['crashes', 'throw new Error("broken");', /stopped early, at .*bad\.ts\. Scan again: the file is left out until it changes/],
    ['exits', 'process.exit(3);', /stopped early, at .*bad\.ts/],
    ['hangs', 'for (;;);', /did not answer any more and was ended, at .*bad\.ts/],
    ['runs out of memory', 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));', /needed too much memory, at .*bad\.ts/],
  ] as const) {
    test(`a thread that ${what} is told in words with the file, and a second scan comes through`, async () => {
      const folder = await temporaryFolder();
      const flag = path.join(folder, 'flag');
      await mkdir(folder, { recursive: true });
      await writeFile(flag, '');
      await writeFile(path.join(folder, 'scanWorker.js'), THREAD(misbehave).replace('FLAG', flag).replace('REAL', path.join(dist, 'scanWorker.js')));
      // The grammars are looked for beside the script.
      await vscode.workspace.fs.copy(vscode.Uri.file(path.join(dist, 'wasm')), vscode.Uri.file(path.join(folder, 'wasm')));
      const scanner = new WorkerScanner({ dist: vscode.Uri.file(folder), logError: () => undefined, stepMs: what === 'hangs' ? 1_000 : 5_000, ...(what === 'runs out of memory' ? { largestHeapMb: 192 } : {}) });
      const { scan, store } = scanWith(scanner);
      try {
        await assert.rejects(scan.scan(), (error: unknown) => error instanceof ExpectedError && words.test(error.full));
        assert.equal(scan.state.kind, 'failed');
        await scan.scan();
        assert.equal(scan.state.kind, 'done');
        assert.deepEqual(scan.skipped.map(({ uri, reason }) => [uri, reason]).filter(([uri]) => uri?.includes(FOLDER)), [[here.uriOf('bad.ts').toString(), 'an earlier scan stopped at it']]);
        assert.equal(store.of(here.uriOf('good.ts').toString()).length, 1);
      } finally {
        scan.dispose();
        store.dispose();
      }
    });
  }

  test('a thread that cannot start is told in words, and the scan does not stay on its way', async () => {
    const { scan, store } = scanWith(new WorkerScanner({ dist: vscode.Uri.file(path.join(await temporaryFolder(), 'nothing')), logError: () => undefined }));
    await assert.rejects(scan.scan(), (error: unknown) => error instanceof ExpectedError && error.full.includes('stopped early. Scan again'));
    assert.equal(scan.state.kind, 'failed');
    scan.dispose();
    store.dispose();
  });
});
