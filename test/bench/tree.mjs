// @ts-check
// A made-up repository to measure on: the same for the same numbers on every machine, of the size and the mixture of a real one.
//
//   node test/bench/tree.mjs <folder> [--files 22000] [--megabytes 202] [--seed 1]
//
// The files and megabytes are those that git does not ignore; a node_modules, a dist and an env file that it does come on top.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MAKERS } from './tree/contents.mjs';
import { Random } from './tree/random.mjs';
import { ignoredFiles, stiggFiles } from './tree/stigg.mjs';
import { kebab, noun, pascal, snake } from './tree/words.mjs';

/** @typedef {{ readonly files: number, readonly bytes: number, readonly seed: number, readonly withoutStigg?: boolean }} Size `withoutStigg`: nobody in this repository has heard of Stigg */
/** @typedef {{ readonly path: string, readonly content: string | Buffer, readonly token?: string, readonly ignored?: boolean }} TreeFile */
/** @typedef {{ readonly folder: string, readonly files: number, readonly bytes: number, readonly ignoredFiles: number, readonly ignoredBytes: number, readonly leaks: readonly string[], readonly isRepository: boolean }} Tree `leaks`: the files with a server key in them, which are what a scan has to find */

/** Changes with what the tree holds, so that one made before is made again. */
const VERSION = 3;
/** @type {Size} */
export const FULL_SIZE = { files: 22_000, bytes: 202_000_000, seed: 1 };
/** Files of Stigg's own in the full tree. */
const CALLS = 48;
const AT_ONCE = 32;
/** What a package is about. */
const AREAS = 4;

/**
 * How many of 22,000 files are of a kind, how large they are on average, and what they are called in an area of their package.
 * @type {readonly { readonly maker: string, readonly count: number, readonly mean: number, readonly name: (random: Random, area: string) => string }[]}
 */
const KINDS = [
  { maker: 'ts', count: 7000, mean: 4_000, name: (random, area) => `src/${area}/${kebab(random)}.ts` },
  { maker: 'tsx', count: 2600, mean: 3_500, name: (random) => `src/components/${pascal(random)}.tsx` },
  { maker: 'js', count: 2600, mean: 5_000, name: (random) => `lib/${kebab(random)}.js` },
  { maker: 'py', count: 2400, mean: 6_000, name: (random, area) => `python/${area}/${snake(random)}.py` },
  { maker: 'go', count: 1700, mean: 7_000, name: (random, area) => `internal/${area}/${snake(random)}.go` },
  { maker: 'java', count: 1700, mean: 6_000, name: (random, area) => `src/main/java/com/example/${area}/${pascal(random)}.java` },
  { maker: 'md', count: 1100, mean: 5_000, name: (random) => `docs/${kebab(random)}.md` },
  { maker: 'json', count: 1300, mean: 8_000, name: (random) => `fixtures/${kebab(random)}.json` },
  { maker: 'yaml', count: 650, mean: 2_500, name: (random) => `deploy/${kebab(random)}.yaml` },
  { maker: 'css', count: 400, mean: 5_000, name: (random) => `styles/${kebab(random)}.css` },
  { maker: 'html', count: 120, mean: 8_000, name: (random) => `pages/${kebab(random)}.html` },
  { maker: 'sh', count: 130, mean: 1_500, name: (random) => `scripts/${kebab(random)}.sh` },
  { maker: 'sql', count: 60, mean: 20_000, name: (random) => `migrations/${snake(random)}.sql` },
  { maker: 'snap', count: 100, mean: 40_000, name: (random) => `src/__snapshots__/${kebab(random)}.test.ts.snap` },
  { maker: 'svg', count: 240, mean: 2_000, name: (random) => `assets/icons/${kebab(random)}.svg` },
  { maker: 'png', count: 620, mean: 45_000, name: (random) => `assets/${kebab(random)}.png` },
  { maker: 'jpg', count: 200, mean: 50_000, name: (random) => `assets/photos/${kebab(random)}.jpg` },
  { maker: 'woff2', count: 50, mean: 40_000, name: (random) => `assets/fonts/${kebab(random)}.woff2` },
  { maker: 'pdf', count: 10, mean: 300_000, name: (random) => `docs/${kebab(random)}.pdf` },
  { maker: 'wasm', count: 5, mean: 500_000, name: (random) => `vendor/${kebab(random)}.wasm` },
  { maker: 'minified', count: 45, mean: 350_000, name: (random) => `vendor/${kebab(random)}.min.js` },
  { maker: 'map', count: 20, mean: 700_000, name: (random) => `vendor/${kebab(random)}.min.js.map` },
  { maker: 'lock', count: 14, mean: 900_000, name: () => 'package-lock.json' },
  { maker: 'csv', count: 15, mean: 500_000, name: (random) => `data/${kebab(random)}.csv` },
];

/** The files of the tree one after the other, the ignored ones last. @param {Size} size @returns {Generator<TreeFile, void, undefined>} */
export function* treeFiles({ files, bytes, seed, withoutStigg = false }) {
  const random = new Random(seed);
  const special = [
    { path: '.gitignore', text: 'node_modules/\ndist/\n.env*\n!.env.example\n*.log\n' },
    { path: '.env.example', text: 'DATABASE_URL=\nPORT=3000\n' },
    { path: 'package.json', text: `${JSON.stringify({ name: 'made-up', private: true, workspaces: ['packages/*', 'apps/*'] }, undefined, 2)}\n` },
    ...(withoutStigg ? [] : stiggFiles(random, Math.max(6, Math.round((CALLS * files) / FULL_SIZE.files)))),
  ];
  const ordinary = plan(files - special.length, bytes, random);
  for (const { path, text, ...leak } of special) yield { path, content: text, ...('token' in leak ? { token: leak.token } : {}) };
  for (const { path, maker, size } of ordinary) yield { path, content: MAKERS[maker]?.(random, size) ?? '' };
  for (const { path, text } of withoutStigg ? [] : ignoredFiles(random)) yield { path, content: text, ignored: true };
  for (let index = 0; index < files / 10; index++) {
    yield { path: `node_modules/${kebab(random)}-${index}/index.js`, content: MAKERS['js']?.(random, random.size(6_000, 1)) ?? '', ignored: true };
  }
}

/** Paths, kinds and sizes of the ordinary files, scaled so that they come to so many bytes. @param {number} files @param {number} bytes @param {Random} random */
function plan(files, bytes, random) {
  const whole = KINDS.reduce((sum, { count }) => sum + count, 0);
  const packages = Array.from({ length: Math.max(1, Math.round(files / 180)) }, (_, index) => ({
    folder: `packages/${['core', 'web', 'api', 'jobs'][random.below(4)] ?? ''}-${index}`,
    // Real repositories have five to fifteen files in a folder: each package is about a few things.
    areas: Array.from({ length: AREAS }, () => noun(random)),
  }));
  const taken = new Set();
  const planned = [];
  for (const { maker, count, mean, name } of KINDS) {
    const share = maker === 'ts' ? 0 : Math.round((count * files) / whole);
    for (let index = 0; index < share; index++) planned.push(file(maker, mean, name));
  }
  // The commonest kind fills up, whatever came of the rounding.
  const [{ maker, mean, name }] = /** @type {[typeof KINDS[number]]} */ (KINDS.slice(0, 1));
  while (planned.length < files) planned.push(file(maker, mean, name));
  const scale = bytes / planned.reduce((sum, { size }) => sum + size, 0);
  // As a disk has them: not all of a kind at once.
  return planned.slice(0, files).map((each) => ({ ...each, size: each.size * scale })).sort((a, b) => (a.path < b.path ? -1 : 1));

  /** @param {string} maker @param {number} mean @param {(random: Random, area: string) => string} name */
  function file(maker, mean, name) {
    const { folder, areas } = random.pick(packages);
    const base = `${folder}/${name(random, random.pick(areas))}`;
    let unique = base;
    for (let index = 2; taken.has(unique); index++) unique = base.replace(/(\.[^/]*)?$/, `-${index}$1`);
    taken.add(unique);
    return { path: unique, maker, size: random.size(mean, 0.9) };
  }
}

/**
 * Writes the tree, unless the folder already holds exactly that one, and makes it a repository with everything in its index when git is there.
 * @param {string} folder @param {Size} [size] @returns {Promise<Tree>}
 */
export async function ensureTree(folder, size = FULL_SIZE) {
  const record = `${folder}.json`;
  const asked = JSON.stringify({ version: VERSION, ...size });
  if (existsSync(record) && existsSync(folder)) {
    const { asked: made, tree } = JSON.parse(readFileSync(record, 'utf8'));
    if (made === asked && tree.folder === folder) return tree;
  }
  rmSync(record, { force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const counts = { files: 0, bytes: 0, ignoredFiles: 0, ignoredBytes: 0 };
  /** @type {string[]} */
  const leaks = [];
  const made = new Set();
  const pending = new Set();
  for (const { path: relative, content, token, ignored } of treeFiles(size)) {
    const target = path.join(folder, relative);
    const parent = path.dirname(target);
    if (!made.has(parent)) {
      await mkdir(parent, { recursive: true });
      made.add(parent);
    }
    const bytes = Buffer.byteLength(content);
    counts[ignored === true ? 'ignoredFiles' : 'files']++;
    counts[ignored === true ? 'ignoredBytes' : 'bytes'] += bytes;
    if (token !== undefined) leaks.push(relative);
    const writing = writeFile(target, content).finally(() => pending.delete(writing));
    pending.add(writing);
    if (pending.size >= AT_ONCE) await Promise.race(pending);
  }
  await Promise.all(pending);
  const tree = { folder, ...counts, leaks: leaks.sort(), isRepository: makeRepository(folder) };
  // Last: a tree that was not finished is made again.
  writeFileSync(record, JSON.stringify({ asked, tree }));
  return tree;
}

/** Everything in the index and in one pack, as after a clone. @param {string} folder */
function makeRepository(folder) {
  const git = (/** @type {string[]} */ ...args) => spawnSync('git', args, { cwd: folder, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } }).status === 0;
  // Files over the threshold go straight into one pack instead of 22,000 objects.
  return git('init', '--quiet', '--template=') && git('-c', 'core.fsync=none', '-c', 'core.bigFileThreshold=1', '-c', 'core.compression=0', '-c', 'core.autocrlf=false', 'add', '--all')
    && git('-c', 'core.fsync=none', '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--no-gpg-sign', '--no-verify', '--message', 'A made-up repository');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { files: { type: 'string' }, megabytes: { type: 'string' }, seed: { type: 'string' } } });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('Name the folder: node test/bench/tree.mjs <folder> [--files 22000] [--megabytes 202] [--seed 1]');
    process.exit(2);
  }
  const files = values.files === undefined ? FULL_SIZE.files : Number(values.files);
  const bytes = values.megabytes === undefined ? Math.round((FULL_SIZE.bytes * files) / FULL_SIZE.files) : Number(values.megabytes) * 1_000_000;
  const tree = await ensureTree(path.resolve(folder), { files, bytes, seed: Number(values.seed ?? FULL_SIZE.seed) });
  console.log(`${tree.files} files, ${(tree.bytes / 1_000_000).toFixed(1)} MB, and ${tree.ignoredFiles} ignored files, ${(tree.ignoredBytes / 1_000_000).toFixed(1)} MB; keys in:\n  ${tree.leaks.join('\n  ')}`);
}
