// @ts-check
// `npm run bench`: what scanning, typing, starting and painting cost, as ratios to what people know, measured in one run on one machine.
//
//   npm run bench                          everything, into BENCHMARKS.md as well
//   npm run bench -- --tree ../somewhere   a real repository too; may be given more than once
//   npm run bench -- --quick               smaller trees and fewer rounds, under a minute; BENCHMARKS.md stays as it is (unless --write)
//   npm run bench -- --only scan           one part: scan, keystrokes, activation, typing (in a real VS Code; not in a quick run), sidebar, sizes; BENCHMARKS.md stays as it is
//
// What it installs and makes is in .vscode-test/bench.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { repoRoot } from '../tools/paths.mjs';
import { endTree, processTree } from '../tools/processes.mjs';
import { releaseBuild, sizesOf } from './build.mjs';
import { activationFigures, keystrokeFigures, typingFigures } from './editor.mjs';
import { BUSY, machine } from './machine.mjs';
import { benchDir } from './peers.mjs';
import { endAll } from './processes.mjs';
import { markdownReport, terminalReport } from './report.mjs';
import { measureScans } from './scanPart.mjs';
import { sidebar } from './sidebar.mjs';

const PARTS = ['scan', 'keystrokes', 'activation', 'typing', 'sidebar', 'sizes'];
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, only: { type: 'string' }, tree: { type: 'string', multiple: true, default: [] } } });
const isQuick = values.quick;
const began = Date.now();

/** @param {string} text */
function say(text) {
  console.log(`[bench] ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

let isStopped = false;
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(name, () => {
    if (isStopped) return;
    isStopped = true;
    say('Ending everything ...');
    const own = processTree(process.pid).filter(({ parent }) => parent === process.pid);
    void Promise.all([endAll(), ...own.map(({ pid }) => endTree(pid, { graceMs: 500 }))]).finally(() => process.exit(130));
  });
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const only = values.only;
  if (only !== undefined && !PARTS.includes(only)) {
    console.error(`--only takes one of ${PARTS.join(', ')}.`);
    return 2;
  }
  if (only !== undefined && values.write) {
    console.error('BENCHMARKS.md is about a whole run: leave out --only or --write.');
    return 2;
  }
  const here = machine();
  if (here.load > BUSY) say(`WARNING: this machine is busy with something else (load ${here.load.toFixed(1)}). Ratios may still be of use, absolute times are not.`);
  mkdirSync(benchDir, { recursive: true });
  const wanted = (/** @type {string} */ part) => only === undefined || only === part;
  /** @type {string[]} */
  const remarks = [];
  /** @type {Record<string, unknown>} */
  const measured = {};
  let failures = 0;
  /** One part that fails takes nothing from the others. @param {string} name @param {() => Promise<Record<string, unknown>>} work */
  const part = async (name, work) => {
    if (!wanted(name) || isStopped) return;
    say(`${name} ...`);
    try {
      Object.assign(measured, await work());
    } catch (error) {
      if (isStopped) return;
      failures += 1;
      const words = error instanceof Error ? error.message : String(error);
      remarks.push(`Not measured: ${name}. ${words.split('\n')[0] ?? ''}`);
      console.error(`[bench] ${name} failed: ${words}`);
    }
  };

  /** Built when it is first asked for, so that a build that fails takes only what needs it. @type {Promise<string> | undefined} */
  let release;
  const built = () => {
    if (release === undefined) say('building');
    return (release ??= releaseBuild({ packages: wanted('sizes') && !isQuick }));
  };
  await part('scan', async () => {
    const { versions, missing, ...figures } = await measureScans({ release: await built(), isQuick, trees: values.tree.map((tree) => path.resolve(tree)), say });
    remarks.push(...missing);
    return { versions, ...figures };
  });
  await part('keystrokes', async () => ({ keystrokes: await keystrokeFigures({ isQuick }) }));
  await part('activation', async () => ({ activation: await activationFigures({ isQuick }) }));
  // Nobody types fast enough for a quick run.
  if (isQuick && only === undefined) remarks.push('Typing in a real VS Code takes minutes: not in a quick run.');
  else await part('typing', async () => ({ typing: await typingFigures({ isQuick }) }));
  await part('sidebar', async () => ({ sidebar: await sidebar({ rounds: isQuick ? 7 : 15 }) }));
  await part('sizes', async () => ({ sizes: sizesOf(await built()) }));

  // The end is near, and half a report is none.
  if (isStopped) return 130;
  /** @type {import('./report.mjs').Results} */
  const results = { date: new Date(began).toISOString().slice(0, 10), isQuick, machine: here, versions: {}, ...measured, remarks };
  writeFileSync(path.join(benchDir, 'results.json'), JSON.stringify(results, undefined, 2));
  console.log(`\n${terminalReport(results)}`);
  if (values.write || (!isQuick && only === undefined)) {
    writeFileSync(path.join(repoRoot, 'BENCHMARKS.md'), markdownReport(results));
    say('BENCHMARKS.md is written.');
  }
  say('done');
  return failures === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`[bench] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await endAll();
}
