// `npm run eval`: precision and recall of the command line over the labelled corpus, rule by rule.
//
//   npm run eval                   the corpus
//   npm run eval -- --verbose      every miss and every false alarm, by line
//   npm run eval -- --at-least 99  fails when recall or precision is below
//   npm run eval -- --only NAME    one corpus: corpus, money, mistakes or generated
//   npm run eval -- --clean DIR…   trees of other people's code in which nothing has to be found
//
// It runs dist/cli.js as anybody would, over a fresh folder in which each project is a repository of its own. Rules that need stored keys
// (dead-key, expiring-key, wrong-environment-key) cannot be measured so: the command line knows no keys.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORPORA, handWritten, write } from './corpus.mjs';
import { generated } from './generated.mjs';

/** @typedef {import('./corpus.mjs').Label} Label */
/** @typedef {{ rule: string, path: string, line: number, message: string }} Found */
/** @typedef {{ hits: number, missed: number, wrong: number }} Score */

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** @param {string} folder @returns {{ findings: Found[], summary: { files: number, bytes: number, ms: number } }} */
function scan(folder) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'scan', '--format', 'json', '--fail-on', 'never'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`The scan of ${folder} failed with ${String(status)}: ${stderr}`);
  return /** @type {ReturnType<typeof scan>} */ (JSON.parse(stdout));
}

/** Takes the labels that were found out of `labels`. @param {Label[]} labels @param {Found} found */
function takeLabel(labels, found) {
  const at = labels.findIndex(({ rule, path: name, line }) => rule === found.rule && name === found.path && line === found.line);
  return at === -1 ? undefined : labels.splice(at, 1)[0];
}

/** @param {number} part @param {number} whole */
const percentage = (part, whole) => (whole === 0 ? 100 : (part / whole) * 100);

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole === 0 ? '  –  ' : percentage(part, whole).toFixed(1).padStart(5));

/** @param {readonly import('./corpus.mjs').Project[]} projects @param {boolean} verbose */
function measure(projects, verbose) {
  /** @type {Map<string, Score>} */
  const scores = new Map();
  const count = (/** @type {string} */ rule, /** @type {keyof Score} */ what) => {
    const score = scores.get(rule) ?? { hits: 0, missed: 0, wrong: 0 };
    score[what]++;
    scores.set(rule, score);
  };
  let files = 0;
  let clean = 0;
  const root = mkdtempSync(path.join(tmpdir(), 'stigg-eval-'));
  try {
    const labels = projects.flatMap((project) => {
      const folder = path.join(root, project.name);
      const own = write(project, folder);
      files += project.files.length;
      clean += project.files.filter((file) => !own.some((label) => label.path === file.path)).length;
      // As good as `git init`, which would take a second for all of them.
      mkdirSync(path.join(folder, '.git'));
      writeFileSync(path.join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
      return own.map((label) => ({ ...label, path: `${project.name}/${label.path}` }));
    });
    for (const found of scan(root).findings) {
      const isRight = takeLabel(labels, found) !== undefined;
      count(found.rule, isRight ? 'hits' : 'wrong');
      if (!isRight && verbose) console.log(`wrong   ${found.path}:${found.line} ${found.rule}: ${found.message}`);
    }
    for (const label of labels) {
      count(label.rule, 'missed');
      if (verbose) console.log(`missed  ${label.path}:${label.line} ${label.rule}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return { scores, files, clean };
}

/** @param {ReturnType<typeof measure>} result @param {number} projects */
function print({ scores, files, clean }, projects) {
  console.log(`${files} files in ${projects} projects, ${clean} of them without any label\n`);
  console.log('rule                        found  missed  wrong  recall %  precision %');
  const total = { hits: 0, missed: 0, wrong: 0 };
  const line = (/** @type {string} */ name, /** @type {Score} */ { hits, missed, wrong }) => {
    console.log(`${name.padEnd(26)} ${String(hits).padStart(6)} ${String(missed).padStart(7)} ${String(wrong).padStart(6)}     ${percent(hits, hits + missed)}        ${percent(hits, hits + wrong)}`);
  };
  for (const [rule, score] of [...scores].sort(([a], [b]) => (a < b ? -1 : 1))) {
    line(rule, score);
    total.hits += score.hits;
    total.missed += score.missed;
    total.wrong += score.wrong;
  }
  line('all', total);
  return { recall: percentage(total.hits, total.hits + total.missed), precision: percentage(total.hits, total.hits + total.wrong) };
}

/** @param {readonly string[]} folders */
function measureClean(folders) {
  let isClean = true;
  for (const folder of folders) {
    const { findings, summary } = scan(path.resolve(folder));
    console.log(`${folder}: ${findings.length} findings in ${summary.files} files, ${(summary.bytes / 2 ** 20).toFixed(0)} MB, ${(summary.ms / 1000).toFixed(1)} s`);
    for (const { path: name, line, rule, message } of findings.slice(0, 50)) console.log(`  ${name}:${line} ${rule}: ${message}`);
    isClean &&= findings.length === 0;
  }
  return isClean;
}

if (!existsSync(CLI)) {
  console.error('dist/cli.js is not there. Run `npm run build` first.');
  process.exitCode = 2;
} else {
  const args = process.argv.slice(2);
  const clean = args.indexOf('--clean');
  if (clean !== -1) {
    process.exitCode = measureClean(args.slice(clean + 1)) ? 0 : 1;
  } else {
    const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
    const projects = [...CORPORA.filter((name) => only === undefined || only === name).flatMap(handWritten), ...(only === undefined || only === 'generated' ? generated() : [])];
    const { recall, precision } = print(measure(projects, args.includes('--verbose')), projects.length);
    const wanted = args.includes('--at-least') ? Number(args[args.indexOf('--at-least') + 1]) : 0;
    process.exitCode = recall >= wanted && precision >= wanted ? 0 : 1;
  }
}
