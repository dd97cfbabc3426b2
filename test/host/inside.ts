// Runs inside the extension host: VS Code calls run() once the window stands. Started by run.mjs and runDesktop.mjs,
// which build this file and every *.test.ts into dist-test/host/.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

export interface HostResults {
  passed: number;
  failed: number;
  pending: number;
  failures: { title: string; message: string }[];
}

/** Starts every message of the suites, so that run.mjs can tell it from VS Code's own log. Invisible in a terminal. */
const mark = '\u2063';

export async function run(): Promise<void> {
  // VS Code keeps its own console methods: they can't be replaced, only mocha's use of them.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => { console.log(mark + format(...args)); };
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 20_000, forbidOnly: process.env.CI !== undefined });
  const filter = process.env.STIGG_KEYS_HOST_GREP;
  if (filter !== undefined && filter !== '') mocha.grep(filter);
  const here = import.meta.dirname;
  for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.mjs')) mocha.addFile(path.join(here, file));
  }
  await mocha.loadFilesAsync();
  const results: HostResults = { passed: 0, failed: 0, pending: 0, failures: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => { resolve(); })
      .on('pass', () => { results.passed += 1; })
      .on('pending', () => { results.pending += 1; })
      .on('fail', (test: Mocha.Runnable, error: Error) => {
        results.failed += 1;
        results.failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
      });
  });
  const file = process.env.STIGG_KEYS_HOST_RESULTS;
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  if (results.failed > 0) throw new Error(`${String(results.failed)} host tests failed`);
  if (results.passed === 0) throw new Error('No host test ran');
}
