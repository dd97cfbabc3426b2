// @ts-check
// Writes every fixture that is a project below a folder, each a repository of its own, and scans them with the command line.
//
//   node test/host/sameFindings/prepare.mjs FOLDER CLI     JSON on the standard output: what the command line found
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { CORPORA, handWritten, write } from '../../eval/corpus.mjs';
import { generated } from '../../eval/generated.mjs';
import { fillIn } from '../../eval/tokens.mjs';
import { copySampleWorkspace } from '../../tools/sampleWorkspace.mjs';

const [, , root = '', cli = ''] = process.argv;
const fixtures = path.resolve(import.meta.dirname, '../../fixtures');

for (const project of [...CORPORA.flatMap(handWritten), ...generated()]) {
  write(project, path.join(root, project.name));
  repository(project.name);
}
cpSync(path.join(fixtures, 'next-app'), path.join(root, 'next-app'), { recursive: true });
copySampleWorkspace(path.join(root, 'sample-workspace'), { serverKey: fillIn('«server:sample»') });
for (const name of ['next-app', 'sample-workspace']) repository(name);
// What git tracks makes a difference too.
for (const args of [['init', '--quiet'], ['add', '--all']]) spawnSync('git', args, { cwd: path.join(root, 'sample-workspace'), stdio: 'ignore' });

const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'scan', '--format', 'json', '--fail-on', 'never'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });
if (status !== 0) throw new Error(`The scan failed with ${String(status)}: ${stderr}`);
process.stdout.write(stdout);

/** As good as `git init`, which would take a second for all of them. @param {string} name */
function repository(name) {
  const git = path.join(root, name, '.git');
  if (existsSync(git)) return;
  mkdirSync(git, { recursive: true });
  writeFileSync(path.join(git, 'HEAD'), 'ref: refs/heads/main\n');
}
