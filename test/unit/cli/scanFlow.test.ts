import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Repo } from '../git/support.js';
import { serverKey } from '../scan/support.js';
import { BuiltCli } from './scanBuilt.js';

// What a team does: a hook before the commit, a job for the pull request, a baseline for what is old.
let cli: BuiltCli;
beforeAll(async () => {
  cli = await BuiltCli.build();
}, 120_000);
afterAll(() => {
  cli[Symbol.dispose]();
});

const leak = (seed: string): string => `export const key = "${serverKey(seed)}";\n`;
/** Commits as a person does, and tells what the hook said. */
function commit(repo: Repo, ...args: string[]): { readonly ok: boolean; readonly said: string } {
  try {
    return { ok: true, said: repo.git('commit', '-q', ...args) };
  } catch (error) {
    const { stderr, stdout } = error as { stderr: string; stdout: string };
    return { ok: false, said: stdout + stderr };
  }
}
const scan = (folder: string, ...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => spawnSync(process.execPath, [cli.program, 'scan', ...args], { cwd: folder, encoding: 'utf8' });

test.skipIf(process.platform === 'win32')('a key is stopped before the commit, and in the job when the hook was passed over; the baseline lets by what is old', () => {
  using origin = new Repo('origin.git', ['--bare']);
  using repo = new Repo('work');
  repo.git('remote', 'add', 'origin', origin.folder);
  repo.commit('old', { 'package.json': '{}', 'legacy/old.ts': leak('old') });
  writeFileSync(path.join(repo.folder, '.git/hooks/pre-commit'), `#!/bin/sh\nexec "${process.execPath}" "${cli.program}" scan --staged\n`, { mode: 0o755 });

  // Every way to commit gives the hook an index: the usual one, a new one, one for some paths.
  repo.write('src/a.ts', leak('new'));
  repo.git('add', '-A');
  for (const args of [['-m', 'leaks'], ['-am', 'leaks'], ['-m', 'leaks', 'src/a.ts']]) {
    const { ok, said } = commit(repo, ...args);
    expect(ok).toBe(false);
    expect(said).toMatch(/^src\/a\.ts:1:\d+ error .+ hardcoded-server-key$/m);
    expect(said).not.toContain('old.ts');
    expect(said).not.toContain(serverKey('new'));
  }
  repo.write('src/a.ts', 'export const key = process.env.STIGG_SERVER_API_KEY;\n');
  // The index still has the key: it counts.
  expect(commit(repo, '-m', 'not staged').ok).toBe(false);
  // Now git commits the file as it is.
  expect(commit(repo, '-am', 'mended').ok).toBe(true);
  repo.write('src/b.ts', leak('new'));
  // Tracked before, so that -a takes it in; staged contents stay clean.
  repo.write('legacy/old.ts', leak('newer'));
  expect(commit(repo, '-am', 'changed').said).toContain('legacy/old.ts');
  repo.git('checkout', '-q', 'legacy/old.ts');
  repo.git('add', '-A');
  expect(commit(repo, '--no-verify', '-m', 'passed over').ok).toBe(true);
  repo.git('push', '-q', 'origin', 'main');

  const job = origin.beside('job');
  origin.git('clone', '-q', origin.folder, job);
  const red = scan(job, '--format', 'sarif', '--output', 'stigg-keys.sarif');
  expect(red).toMatchObject({ status: 1, stdout: '' });
  const { runs: [run] } = JSON.parse(readFileSync(path.join(job, 'stigg-keys.sarif'), 'utf8')) as { readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string; readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }] }[] }] };
  expect(run.results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri)).toEqual(['legacy/old.ts', 'src/b.ts']);
  expect(scan(job, '--format', 'github').stdout).toContain('::error file=legacy/old.ts,line=1,');

  repo.git('rm', '-q', 'src/b.ts');
  expect(scan(repo.folder, '--write-baseline', '.stigg-keys-baseline.json')).toMatchObject({ status: 0 });
  repo.git('add', '-A');
  expect(commit(repo, '-m', 'takes the key out, and notes what is old').ok).toBe(true);
  repo.git('push', '-q', 'origin', 'main');
  origin.git('-C', job, 'pull', '-q');
  expect(scan(job, '--baseline', '.stigg-keys-baseline.json')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 known from the baseline.') as string });
  writeFileSync(path.join(job, 'c.ts'), leak('c'));
  expect(scan(job, '--baseline', '.stigg-keys-baseline.json', '--fail-on', 'warning')).toMatchObject({ status: 1, stdout: expect.stringContaining('c.ts:1:') as string });
  const history = scan(job, '--history');
  expect(history.status).toBe(1);
  expect(history.stdout).toContain('src/b.ts');
  expect(history.stdout).toContain('passed over');
});
