// @ts-check
// The scans of the bench: the made-up repository, real ones by path, two small projects, and a look at where the time goes.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { repoRoot } from '../tools/paths.mjs';
import { readableBuild } from './build.mjs';
import { benchDir, peers } from './peers.mjs';
import { take } from './processes.mjs';
import { profileScan } from './profile.mjs';
import { BARE_NODE, compare, NOTHING, ownContenders, seesWhatIsThere } from './scan.mjs';
import { size } from './statistics.mjs';
import { ensureTree, FULL_SIZE } from './tree.mjs';

/** @typedef {import('./scan.mjs').MeasuredTree} MeasuredTree */
/** @typedef {{ title: string, description: string, results: import('./scan.mjs').Result[] }} Comparison */

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
const SMALL_ROUNDS = 21;
const QUICK_SMALL_ROUNDS = 5;
/** A tenth of the whole: the slow ones are to be seen in a quick run as well. */
const QUICK_SIZE = { ...FULL_SIZE, files: FULL_SIZE.files / 10, bytes: FULL_SIZE.bytes / 10 };
const SMALL_SIZE = { files: 40, bytes: 40 * 9_000, seed: 3 };

/** @param {{ release: string, isQuick: boolean, trees: readonly string[], say: (text: string) => void }} options */
export async function measureScans({ release, isQuick, trees: named, say }) {
  const { contenders, versions, missing: notThere } = await peers();
  const missing = [...notThere];
  const ripgrep = contenders.find(({ id }) => id === 'ripgrep');
  const own = ownContenders(release, { newerNode: isQuick ? undefined : contenders.find(({ id }) => id === 'secretlint')?.command[0] });
  if (!existsSync(path.join(repoRoot, 'node_modules', '@vscode', `ripgrep-${process.platform}-${process.arch}`))) missing.push('npm has installed no ripgrep for stigg-keys here (@vscode/ripgrep): both of its lines are those without.');
  /** @type {Comparison[]} */
  const trees = [];
  const rounds = isQuick ? QUICK_ROUNDS : ROUNDS;

  say('making the repository');
  const made = await madeUp('a made-up repository', path.join(benchDir, isQuick ? 'tree-quick' : 'tree'), isQuick ? QUICK_SIZE : FULL_SIZE);
  const all = [...contenders.filter(({ isSlow }) => isSlow !== true), ...own, BARE_NODE, ...contenders.filter(({ isSlow }) => isSlow === true)];
  trees.push({ title: titleOf('A made-up repository', made), description: made.description, results: await compare(made, all, { rounds, measure: 'cpu', slowRounds: isQuick ? 1 : rounds, memoryRuns: isQuick ? 1 : 3, say }) });

  for (const folder of named) {
    const real = await realTree(folder, ripgrep);
    // What secretlint's preset and a second Node add does not depend on the tree.
    const some = all.filter(({ id }) => id !== 'secretlint-preset' && id !== 'own-newer');
    trees.push({ title: `A real repository: ${real.name}`, description: real.description, results: await compare(real, some, { rounds, measure: 'cpu', slowRounds: isQuick ? 1 : rounds, memoryRuns: isQuick ? 1 : 3, say }) });
  }

  /** @type {Comparison[]} */
  const smallTrees = [];
  for (const withoutStigg of [true, false]) {
    const folder = path.join(benchDir, withoutStigg ? 'small-without' : 'small');
    // Made anew: a bench that was stopped may have left something in it.
    rmSync(`${folder}.json`, { force: true });
    const words = withoutStigg ? 'a project of 40 files without Stigg' : 'a project of 40 files with Stigg';
    const small = await madeUp(words, folder, { ...SMALL_SIZE, withoutStigg });
    const results = await compare(small, [NOTHING, ...own.slice(0, 2), ...(ripgrep === undefined ? [] : [ripgrep])], { rounds: isQuick ? QUICK_SMALL_ROUNDS : SMALL_ROUNDS, measure: 'wall', slowRounds: SMALL_ROUNDS, memoryRuns: 0, say });
    for (const contender of withoutStigg ? own.slice(0, 2) : []) {
      const result = results.find(({ id }) => id === contender.id);
      const wrong = await seesWhatIsThere(contender, small);
      if (result !== undefined && wrong !== undefined) result.failed = `${wrong} (put in as a control)`;
    }
    smallTrees.push({ title: words.charAt(0).toUpperCase() + words.slice(1), description: small.description, results });
  }

  if (isQuick) return { trees, smallTrees, versions, missing };
  say('profile');
  return { trees, smallTrees, versions, missing, profile: await profileScan(await readableBuild(), made.folder) };
}

/** @param {string} name @param {string} folder @param {import('./tree.mjs').Size} wanted @returns {Promise<MeasuredTree>} */
async function madeUp(name, folder, wanted) {
  const { files, bytes, ignoredFiles, ignoredBytes, leaks, isRepository } = await ensureTree(folder, wanted);
  const ignored = ignoredFiles === 0 ? '' : `; ${ignoredFiles.toLocaleString('en')} more (${size(ignoredBytes)}) are ignored by git`;
  const keys = leaks.length === 0 ? 'no key in it' : `keys in ${leaks.length} of them`;
  return { name, folder, leaks, description: `${files.toLocaleString('en')} files, ${size(bytes)}, ${keys}${ignored}${isRepository ? '' : '; no git was there to make it a repository'}.` };
}

/** @param {string} words @param {MeasuredTree} tree */
function titleOf(words, { description }) {
  return `${words} of ${description.split(', ').slice(0, 2).join(', ').replace(/ files, (\S+ \S+).*/, ' files, $1')}`;
}

/** Somebody's repository: what it holds is counted, and it is named without saying where it is. @param {string} folder @param {import('./peers.mjs').Contender | undefined} ripgrep @returns {Promise<MeasuredTree>} */
async function realTree(folder, ripgrep) {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder.`);
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder, encoding: 'utf8' }).stdout?.trim() ?? '';
  const list = ripgrep === undefined
    ? spawnSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 }).stdout ?? ''
    : (await take([...ripgrep.command.slice(0, ripgrep.command.indexOf('--line-number')), '--files', '--null', '.'], { cwd: folder })).stdout;
  let [files, bytes] = [0, 0];
  for (const name of list.split('\0')) {
    const entry = name === '' ? undefined : statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (entry?.isFile() !== true) continue;
    files += 1;
    bytes += entry.size;
  }
  return { name: path.basename(folder), folder, description: `${files.toLocaleString('en')} files, ${size(bytes)}${commit === '' ? '' : `, at commit ${commit}`}.` };
}
