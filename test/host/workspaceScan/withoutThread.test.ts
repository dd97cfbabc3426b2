import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { HostScanner } from '../../../src/editor/workspaceScan/hostScanner.js';
import { WorkerScanner } from '../../../src/editor/workspaceScan/workerScanner.js';
import type { FindingsStore } from '../../../src/editor/findings/store.js';
import { isCancelled } from '../../../src/errors.js';
import * as vscode from 'vscode';
import { madeUpServerKey } from '../editorSupport.js';
import { dist, folderOf, newEngine, scanWith } from './scanning.js';

suite('The scan of the workspace without a thread', function () {
  this.timeout(120_000);
  const here = folderOf('without-thread');
  const engine = newEngine();
  const logged: unknown[] = [];
  const hostScanner = (): HostScanner => new HostScanner({ engine: () => Promise.resolve(engine), logError: (_what, error) => { logged.push(error); } });
  const rowsOf = (store: FindingsStore): string[] => [...store.files()].filter(([uri]) => uri.includes('/without-thread/')).flatMap(([uri, findings]) => findings.map(({ rule, line, column, severity }) => `${uri} ${rule} ${line}:${column} ${severity}`)).sort();

  teardown(() => rm(here.root, { recursive: true, force: true }));
  suiteTeardown(() => { engine.dispose(); });

  test('finds what the thread finds', async () => {
    const key = madeUpServerKey();
    await here.write({
      '.gitignore': 'ignored/\n.env\n', 'src/app.ts': `export const key = "${key}";\n`, 'main.py': `key = "${key}"\n`, 'notes.md': `The key is ${key}.\n`, 'ignored/app.ts': `export const key = "${key}";\n`,
      '.env': `NEXT_PUBLIC_STIGG_SERVER_API_KEY=${key}\n`, 'node_modules/x/index.js': `export const key = "${key}";\n`, '.stigg-keys.json': '{ "overrides": [{ "files": ["notes.md"], "rules": { "hardcoded-server-key": "off" } }] }\n',
    });
    const [host, thread] = [scanWith(hostScanner()), scanWith(new WorkerScanner({ dist: vscode.Uri.file(dist), logError: (_what, error) => { logged.push(error); } }))];
    try {
      await host.scan.scan();
      await thread.scan.scan();
      assert.ok(rowsOf(thread.store).length >= 3, rowsOf(thread.store).join('\n'));
      assert.deepEqual(rowsOf(host.store), rowsOf(thread.store));
      assert.deepEqual(logged, []);
    } finally {
      for (const { scan, store } of [host, thread]) { scan.dispose(); store.dispose(); }
    }
  });

  test('lets the editor in between files, ends when it is cancelled, and goes on afterwards', async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 300; index++) files[`many/${index}.ts`] = `export const key = "${madeUpServerKey()}";\n`;
    await here.write(files);
    const { scan, store } = scanWith(hostScanner());
    let turns = 0;
    const ticker = setInterval(() => { turns += 1; }, 1);
    try {
      const abort = new AbortController();
      const cancelling = scan.onDidChange(() => { if (rowsOf(store).length >= 20) abort.abort(); });
      await assert.rejects(scan.scan(abort.signal), isCancelled);
      cancelling.dispose();
      assert.equal(scan.state.kind, 'cancelled');
      assert.ok(rowsOf(store).length >= 20 && rowsOf(store).length < 300, String(rowsOf(store).length));
      turns = 0;
      await scan.scan();
      assert.equal(rowsOf(store).length, 300);
      // Not one long turn: how many there are depends on the machine.
      assert.ok(turns > 5, String(turns));
    } finally {
      clearInterval(ticker);
      scan.dispose();
      store.dispose();
    }
  });
});
