import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scanPaths } from '../../../src/node/scanPaths.js';
import { Engine } from '../../../src/scan/engine.js';
import { host, serverKey } from '../scan/support.js';

// In a file of its own: what fails here has failed for the whole process.
test('a file that breaks the parser is named, and the keys are found all the same', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'stigg-broken-'));
  const engine = new Engine(host);
  try {
    const key = serverKey();
    await writeFile(path.join(folder, 'a.py'), `stigg ${key}\n${'/*\n'.repeat(13_000)}`);
    await writeFile(path.join(folder, 'b.py'), `k = "${key}"\n`);
    const told: string[] = [];
    const { findings, summary } = await scanPaths([folder], () => Promise.resolve(engine), { cwd: folder, onSkipped: (file) => told.push(file.path) });
    expect(findings.map((finding) => [finding.rule, finding.path])).toEqual([['hardcoded-server-key', 'a.py'], ['hardcoded-server-key', 'b.py']]);
    expect(summary.skipped.map(({ path: name, reason }) => [name, reason.includes('parser')])).toEqual([['a.py', true]]);
    expect(told).toEqual(['a.py']);
  } finally {
    engine.dispose();
    await rm(folder, { recursive: true, force: true });
  }
});
