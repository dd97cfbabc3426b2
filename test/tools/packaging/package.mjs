// @ts-check
// What is published, from one release build: the VSIX and the npm package of the command line.
//
//   node test/tools/packaging/package.mjs               dist/stigg-key-hygiene.vsix and dist/stigg-keys.tgz
//   node test/tools/packaging/package.mjs --only npm    the latter alone
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { npmPackagePath, repoRoot, vsixPath } from '../paths.mjs';
import { run } from '../processes.mjs';
import { packCommandLine } from './commandLine.mjs';
import { packExtension } from './extension.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (values.only !== undefined && values.only !== 'vsix' && values.only !== 'npm') throw new Error('--only takes vsix or npm.');

if (values.only === 'npm') await run(process.execPath, [path.join(repoRoot, 'esbuild.mjs'), '--release'], { cwd: repoRoot });
else await packExtension(repoRoot, vsixPath);
if (values.only !== 'vsix') await packCommandLine(repoRoot, npmPackagePath);

for (const file of [vsixPath, npmPackagePath].filter((_, index) => values.only !== (index === 0 ? 'npm' : 'vsix'))) {
  const bytes = await readFile(file);
  console.log(`${path.relative(repoRoot, file)}  ${(bytes.length / 1e6).toFixed(2)} MB  SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
}
