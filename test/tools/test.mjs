// @ts-check
// `npm test`: set-up, then every stage in order, and a count at the end. The last line is `N passed, N failed`.
//
//   node test/tools/test.mjs                              everything
//   node test/tools/test.mjs --only unit,host             some stages (what they need is set up and built)
//   node test/tools/test.mjs --only host --grep "part of a title"
//   node test/tools/test.mjs --long                       with more documents for each property, and every proof made anew
//
// A file of the UI or web suites that fails is run once more, alone; what passes then is listed as unsteady, with its message.
// A stage without a single test is a failure: a suite that silently stopped running must not look green.
// Results are in .vscode-test/results, screenshots and logs of failures in .vscode-test/artifacts.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { countBoth, countMocha, countVitest, failedFiles, readVitest } from './counts.mjs';
import { startKeychain } from './keychain.mjs';
import { repoRoot, resultsDir } from './paths.mjs';
import { endTree, npmCommand, ToolError } from './processes.mjs';
import { setup } from './setup.mjs';

/** @typedef {import('./counts.mjs').Count} Count */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {number} minutes when it is given up
 * @property {import('./setup.mjs').Needs} [needs] of the system
 * @property {string} [after] a stage that must have passed
 * @property {string} [beside] a stage that leaves a core to this one: both run at once, and this one's words come when it has ended
 * @property {(results: string, files?: string[]) => { command: string, args: string[], keychain?: boolean }} start
 * @property {boolean} [again] files that fail are run once more, alone: a browser, a VS Code and a keychain are many clocks
 * @property {(results: string) => Count | undefined} [count] for a stage of many tests; others count as one
 */

const linux = process.platform === 'linux';
const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' }, long: { type: 'boolean', default: false } } });
if (values.long) process.env['TEST_LONG'] = '1';

/** @param {string} script */
const npmScript = (script) => () => npmCommand(['run', '--silent', script]);
/** @param {string[]} projects */
const vitest = (...projects) => (/** @type {string} */ results, /** @type {string[]} */ files = []) => ({
  command: process.execPath,
  args: [
    path.join(repoRoot, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...files, ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${results}`,
    ...(values.grep === undefined ? [] : ['-t', values.grep]),
  ],
});
/** @param {string} file */
const mocha = (file) => (/** @type {string} */ results) => ({
  command: process.execPath,
  args: [path.join(repoRoot, 'test', 'host', file), '--results', results, ...(values.grep === undefined ? [] : ['--grep', values.grep])],
});

const MOST_AGAIN = 4;

/** @type {Stage[]} */
const stages = [
  { name: 'unit', minutes: values.long ? 45 : 20, needs: { languages: true }, start: vitest('unit', 'pure'), count: countVitest },
  {
    name: 'keychain', minutes: 12, needs: { keychain: true }, count: countVitest,
    // macOS and Windows bring their own; the suites use services of their own names there.
    start: (results) => ({ ...vitest('keychain')(results), keychain: linux }),
  },
  { name: 'lint', minutes: 8, beside: 'keychain', start: npmScript('lint') },
  { name: 'types', minutes: 8, beside: 'keychain', start: npmScript('typecheck') },
  { name: 'package', minutes: 5, start: npmScript('package') },
  { name: 'artifacts', minutes: 8, after: 'package', start: vitest('artifacts'), count: countVitest },
  { name: 'eval', minutes: 4, after: 'package', start: () => ({ command: process.execPath, args: [path.join(repoRoot, 'test', 'eval', 'run.mjs'), '--at-least', '99'] }) },
  linux
    ? { name: 'host', minutes: 12, needs: { server: true, browser: true, keychain: true }, after: 'package', start: mocha('run.mjs'), count: countMocha }
    : { name: 'host', minutes: 15, after: 'package', start: mocha('runDesktop.mjs'), count: countMocha },
  { name: 'ui', minutes: 30, needs: { server: true, browser: true, keychain: true }, after: 'package', again: true, start: vitest('ui'), count: countVitest },
  // VS Code for the Web, in a browser alone.
  { name: 'web', minutes: 10, needs: { server: true, browser: true }, after: 'package', again: true, start: vitest('web'), count: countVitest },
];

/** @param {Stage} stage @param {boolean} isQuiet its words are kept until it has ended @returns {Promise<Count>} */
async function runStage(stage, isQuiet) {
  const results = path.join(resultsDir, `${stage.name}.json`);
  const count = await runOnce(stage, isQuiet, results);
  const first = stage.again === true && count.failed > 0 && count.note === undefined ? readVitest(results) : undefined;
  const files = first === undefined ? [] : failedFiles(first);
  // Many that fail are a product that is broken: nothing to run again.
  if (first === undefined || files.length === 0 || files.length > MOST_AGAIN) return count;
  console.log(`\n=== ${stage.name}, once more: ${files.map((file) => path.relative(repoRoot, file)).join(', ')} ===`);
  const resultsAgain = path.join(resultsDir, `${stage.name}-again.json`);
  const { note } = await runOnce(stage, isQuiet, resultsAgain, files);
  const second = readVitest(resultsAgain);
  return second === undefined || note !== undefined ? count : countBoth(first, second);
}

/** @param {Stage} stage @param {boolean} isQuiet @param {string} results @param {string[]} [files] only these @returns {Promise<Count>} */
async function runOnce(stage, isQuiet, results, files) {
  rmSync(results, { force: true });
  const { command, args, keychain: wantsKeychain } = stage.start(results, files);
  const keychain = wantsKeychain === true ? await startKeychain() : undefined;
  try {
    const words = isQuiet ? openSync(path.join(resultsDir, `${stage.name}.log`), 'w') : 'inherit';
    const child = spawn(command, args, { cwd: repoRoot, env: keychain?.env ?? process.env, stdio: ['ignore', words, words] });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void endTree(pid);
    }, stage.minutes * 60_000);
    /** @type {number} */
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode) => { resolve(exitCode ?? 1); });
    });
    clearTimeout(timer);
    if (pid !== undefined) running.delete(pid);
    if (typeof words === 'number') {
      closeSync(words);
      console.log(`\n=== ${stage.name} ===\n${readFileSync(path.join(resultsDir, `${stage.name}.log`), 'utf8')}`);
    }
    const count = stage.count === undefined ? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 } : (stage.count(results) ?? { passed: 0, failed: 0, skipped: 0 });
    if (late) return { ...count, failed: count.failed + 1, note: `given up after ${stage.minutes} minutes` };
    if (code !== 0 && count.failed === 0) return { ...count, failed: 1, note: `ended with exit code ${code}` };
    if (count.passed + count.failed === 0) return { ...count, failed: 1, note: 'no test ran' };
    return count;
  } finally {
    await keychain?.dispose();
  }
}

/** @returns {Stage[]} the chosen stages, with the package that some of them need */
function chosenStages() {
  if (values.only === undefined) return stages.filter((stage) => linux || !['ui', 'web'].includes(stage.name));
  const names = values.only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new ToolError(`No stage is called ${unknown.join(', ')}. There are: ${stages.map((stage) => stage.name).join(', ')}.`);
  const needed = new Set(stages.filter((stage) => names.includes(stage.name)).map((stage) => stage.after));
  return stages.filter((stage) => names.includes(stage.name) || needed.has(stage.name));
}

/** @type {Set<number>} */
const running = new Set();
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(name, () => {
    void Promise.all([...running].map((pid) => endTree(pid))).then(() => process.exit(130));
  });
}

async function main() {
  const chosen = chosenStages();
  await setup(Object.assign({}, ...chosen.map((stage) => stage.needs)));
  mkdirSync(resultsDir, { recursive: true });
  /** @type {{ name: string, seconds: number, count: Count }[]} */
  const rows = [];
  /** @param {Stage} stage @param {boolean} isQuiet */
  const take = async (stage, isQuiet) => {
    const start = Date.now();
    if (!isQuiet) console.log(`\n=== ${stage.name} ===`);
    const broken = rows.find((row) => row.name === stage.after && row.count.failed > 0);
    const count = broken === undefined
      ? await runStage(stage, isQuiet).catch((error) => ({ passed: 0, failed: 1, skipped: 0, note: error instanceof Error ? error.message : String(error) }))
      : { passed: 0, failed: 1, skipped: 0, note: `not run: ${broken.name} failed` };
    rows.push({ name: stage.name, seconds: (Date.now() - start) / 1000, count });
  };
  const isBeside = (/** @type {Stage} */ stage) => chosen.some(({ name }) => name === stage.beside);
  for (const stage of chosen.filter((each) => !isBeside(each))) {
    const others = chosen.filter(({ beside }) => beside === stage.name);
    await Promise.all([take(stage, false), (async () => { for (const other of others) await take(other, true); })()]);
  }

  console.log('\nStage      Passed  Failed  Skipped  Seconds');
  for (const { name, seconds, count } of rows) {
    const cells = [name.padEnd(9), String(count.passed).padStart(7), String(count.failed).padStart(7), String(count.skipped).padStart(8), seconds.toFixed(1).padStart(8)];
    console.log(cells.join(' ') + (count.note === undefined ? '' : `  ${count.note}`));
  }
  const sum = (/** @type {'passed' | 'failed'} */ what) => rows.reduce((total, row) => total + row.count[what], 0);
  for (const { name, count } of rows) for (const unsteady of count.unsteady ?? []) console.log(`\nUnsteady in ${name}, passed when it was run once more: ${unsteady.slice(0, 2_000)}`);
  // Last, where a log that was cut off at its beginning still has it.
  for (const { name, count } of rows) for (const failure of count.failures ?? []) console.log(`\nFailed in ${name}: ${failure.slice(0, 2_000)}`);
  if (!linux && values.only === undefined) console.log('The UI and web suites were not run: they need the VS Code server, which runs on Linux.');
  console.log('');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ToolError ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
