// What is published can be made again: from another folder, at another time, with another umask, language and time zone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { npmPackagePath, repoRoot, vsixPath } from '../tools/paths.mjs';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg another folder ')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

/** Last first, so that a directory lists its files in another order where it lists them as they came; and of another time. */
function copyBackwards(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true }).reverse()) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyBackwards(source, target);
    else {
      cpSync(source, target);
      utimesSync(target, 1_000_000_000, 1_000_000_000);
    }
  }
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

it('the VSIX and the npm package have the same bytes when they are built elsewhere', () => {
  for (const name of ['src', 'media', 'test/tools']) copyBackwards(path.join(repoRoot, name), path.join(folder, name));
  for (const entry of readdirSync(repoRoot, { withFileTypes: true })) if (entry.isFile()) cpSync(path.join(repoRoot, entry.name), path.join(folder, entry.name));
  symlinkSync(path.join(repoRoot, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const before = process.umask(0o077);
  try {
    const result = spawnSync(process.execPath, [path.join(folder, 'test/tools/packaging/package.mjs')], { cwd: folder, encoding: 'utf8', env: { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C', SOURCE_DATE_EPOCH: '86400' } });
    expect(result.status, result.stdout + result.stderr).toBe(0);
  } finally {
    process.umask(before);
  }
  for (const file of [vsixPath, npmPackagePath]) {
    expect(digest(path.join(folder, 'dist', path.basename(file))), `${path.basename(file)} differs. If a source was changed since, run \`npm run package\` again.`).toBe(digest(file));
  }
}, 300_000);
