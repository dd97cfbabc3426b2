import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReaderPool, threadCount } from '../../../src/node/readers/pool.js';
import { scanPaths } from '../../../src/node/scanPaths.js';
import type { Report } from '../../../src/report/report.js';
import { Engine } from '../../../src/scan/engine.js';
import { eventually } from '../../tools/eventually.js';
import { host, serverKey } from '../scan/support.js';

const LEAK = `the key is ${serverKey()}\n`;
let root = '';
let tree = '';
let readWorker = '';
let engine: Engine;

/** Threads that are broken in one way or another, and do in part what is asked of them. */
const BROKEN: Readonly<Record<string, string>> = {
  'throws as it starts': 'throw new Error("no");',
  'ends as it starts': 'process.exit(0);',
  'takes work and ends': 'const { parentPort } = await import("node:worker_threads"); parentPort.on("message", () => { process.exit(1); });',
  'answers once and throws': 'const { parentPort } = await import("node:worker_threads"); let all = 0; parentPort.on("message", (paths) => { if (all++ > 0) throw new Error("no"); parentPort.postMessage({ files: 0, bytes: 0, others: [...paths.keys()] }); });',
  'runs out of memory': 'const { parentPort } = await import("node:worker_threads"); const all = []; parentPort.on("message", () => { for (;;) all.push(new Array(1e5).fill({ a: 1 })); });',
  'is no program': 'const const',
};

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-readers-')));
  readWorker = path.join(root, 'readWorker.mjs');
  await esbuild.build({ entryPoints: [path.resolve(import.meta.dirname, '../../../src/readWorker.ts')], outfile: readWorker, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  tree = path.join(root, 'tree');
  for (let index = 0; index < 1_500; index++) {
    const file = path.join(tree, `p${String(index % 40)}`, `file${String(index)}.md`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, index % 100 === 7 ? LEAK : `Chapter ${String(index)}\n`.repeat(index % 9));
  }
  writeFileSync(path.join(tree, 'binary.bin'), Buffer.alloc(20_000));
  writeFileSync(path.join(tree, 'binary-with-key.bin'), Buffer.concat([Buffer.alloc(20_000), Buffer.from(`"${serverKey()}"`)]));
  writeFileSync(path.join(tree, 'large.txt'), Buffer.alloc(11 * 1024 * 1024, 'no key here\n'));
  writeFileSync(path.join(tree, 'wide.md'), Buffer.from(`\uFEFF${LEAK}`, 'utf16le'));
  symlinkSync(tree, path.join(tree, 'p0', 'loop'));
  engine = new Engine(host);
});
afterAll(() => {
  engine.dispose();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

async function scan(script: string | undefined, more: { threads?: number; signal?: AbortSignal; onProgress?: (files: number) => void; paths?: readonly string[] } = {}): Promise<Report> {
  const { paths = [tree], ...options } = more;
  return scanPaths(paths, () => Promise.resolve(engine), { cwd: tree, onSkipped: () => undefined, few: 0, threads: 2, readWorker: script, ...options });
}

const told = ({ findings, summary: { ms: _ms, ...summary } }: Report): unknown => ({ findings, summary });

describe('threads that read', () => {
  test('find what one thread finds, and count the same', async () => {
    const expected = told(await scan(undefined));
    expect(JSON.stringify(expected)).toContain('binary-with-key.bin');
    expect(told(await scan(readWorker))).toEqual(expected);
    expect(told(await scan(readWorker, { threads: 1 }))).toEqual(expected);
    // Reached twice, scanned once.
    expect(told(await scan(readWorker, { paths: [path.join(tree, 'p7'), tree] }))).toEqual(expected);
  });

  test('do read', async () => {
    // Without help from whoever owns them.
    let bytes = 0;
    const found: string[] = [];
    const pool = new ReaderPool(readWorker, 2, (_files, size) => { bytes += size; });
    try {
      pool.add(Array.from({ length: 300 }, (_, index) => path.join(tree, `p${String(index % 40)}`, `file${String(index)}.md`)));
      pool.add([path.join(tree, 'is-not-there.md')]);
      pool.end();
      while (!pool.isDone) {
        const path = pool.takeFound();
        if (path === undefined) await pool.changed(undefined);
        else found.push(path);
      }
    } finally {
      await pool.close();
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(found.map((name) => path.basename(name)).sort()).toEqual(['file107.md', 'file207.md', 'file7.md', 'is-not-there.md']);
  });

  test.each(Object.entries(BROKEN))('lose nothing when one %s', async (_, code) => {
    const script = path.join(root, 'broken.mjs');
    writeFileSync(script, code);
    expect(told(await scan(script))).toEqual(told(await scan(undefined)));
  });

  test('lose nothing where their script is missing', async () => {
    expect(told(await scan(path.join(root, 'none.mjs')))).toEqual(told(await scan(undefined)));
  });

  test('end when the scan is given up, while files are read', async () => {
    const stop = new AbortController();
    const before = process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    await expect(scan(readWorker, { signal: stop.signal, onProgress: (files) => { if (files > 200) stop.abort(); } })).rejects.toThrow('aborted');
    await eventually(() => { expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length).toBeLessThanOrEqual(before); });
  });

  test('end when the scan is given up, while a thread never answers', async () => {
    const stop = new AbortController();
    const script = path.join(root, 'silent.mjs');
    writeFileSync(script, 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => undefined);');
    setTimeout(() => { stop.abort(); }, 300);
    await expect(scan(script, { signal: stop.signal })).rejects.toThrow('aborted');
  });

  test.each([[1, 0], [2, 1], [3, 2], [4, 3], [64, 3]])('of %i cores are %i', (cores, threads) => {
    expect(threadCount(cores)).toBe(threads);
  });
});
