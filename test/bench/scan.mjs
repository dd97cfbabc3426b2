// @ts-check
// `stigg-keys scan` beside the programs that people know, on the same trees, in turns. Who did not find what is there has not run fast but failed.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { take } from './processes.mjs';
import { median, percentile, ratio } from './statistics.mjs';
import { Random } from './tree/random.mjs';

/** @typedef {import('./peers.mjs').Contender} Contender */
/** @typedef {{ readonly name: string, readonly folder: string, readonly leaks?: readonly string[], readonly description: string }} MeasuredTree `leaks`: the files that hold a key, where that is known */
/**
 * @typedef {object} Result
 * @property {string} id
 * @property {string} name
 * @property {number[]} wallMs
 * @property {number[]} cpuMs
 * @property {number} [peakBytes]
 * @property {string} [failed] why its figures do not count
 * @property {string} [note]
 */

/** Slower ones than this are run three times. */
const VERY_SLOW_MS = 45_000;

/** The files that a report of ours names because of a key: its mask stands in the line. @param {string} stdout */
export function keysOf(stdout) {
  return Array.from(stdout.matchAll(/^(.+?):\d+:\d+ (?:error|warning|info) .*\b(?:server-|\$2).*?…/gm), ([, name = '']) => name.replace(/^\.\//, ''));
}

/**
 * Our own, as they are started by people: with ripgrep's binary, without it, and on the newer Node where another program gets that one.
 * @param {string} folder with the release build in it @param {{ readonly newerNode?: string | undefined }} options @returns {Contender[]}
 */
export function ownContenders(folder, { newerNode }) {
  const command = (/** @type {string} */ node) => [node, path.join(folder, 'dist', 'cli.js'), 'scan', '.'];
  const found = (/** @type {string} */ stdout) => Array.from(new Set(keysOf(stdout))).sort();
  return [
    { id: 'own', name: 'stigg-keys scan', command: command(process.execPath), found },
    { id: 'own-without', name: 'stigg-keys scan, without ripgrep\'s binary', command: command(process.execPath), env: WITHOUT_RIPGREP, found },
    ...(newerNode === undefined || newerNode === process.execPath ? [] : [{ id: 'own-newer', name: 'stigg-keys scan on the Node of secretlint', command: command(newerNode), found }]),
  ];
}

/** How the walk of our own is chosen although ripgrep is there. */
const WITHOUT_RIPGREP = { ...process.env, STIGG_KEYS_RIPGREP: 'off' };

/** @type {Contender} */
export const BARE_NODE = { id: 'bare', name: 'a bare walk and search in Node, one thread', command: [process.execPath, path.join(import.meta.dirname, 'bareWalk.mjs')], found: (stdout) => Array.from(stdout.matchAll(/^\.\/(.*): found$/gm), ([, name = '']) => name).sort() };
/** @type {Contender} */
export const NOTHING = { id: 'nothing', name: 'node -e 0', command: [process.execPath, '-e', '0'] };

/** Why what it printed cannot be the outcome of a search of this tree. @param {Contender} contender @param {MeasuredTree} tree @param {{ code: number | null, stdout: string, stderr: string }} outcome @returns {string | undefined} */
export function complaint({ found, canFind = () => true, saysIt = 'stdout' }, { leaks, folder }, { code, stdout, stderr }) {
  if (code !== 0 && code !== 1) return `ended with ${code === null ? 'a signal' : `exit code ${code}`}: ${stderr.trim().split('\n')[0] ?? ''}`;
  if (found === undefined || leaks === undefined) return undefined;
  const expected = leaks.filter(canFind);
  const actual = found(saysIt === 'stdout' ? stdout : stderr).map((name) => (name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name));
  const unseen = expected.filter((name) => !actual.includes(name));
  const invented = actual.filter((name) => !leaks.includes(name));
  if (unseen.length > 0) return `did not find the key in ${unseen[0] ?? ''}${unseen.length > 1 ? ` and ${unseen.length - 1} more` : ''}`;
  return invented.length > 0 ? `found a key in ${invented[0] ?? ''}, where there is none` : undefined;
}

/**
 * All of them in turns: A B C A B C …, the first round for warming up. Memory is taken in runs of its own, because looking costs time.
 * @param {MeasuredTree} tree @param {readonly Contender[]} contenders
 * @param {{ readonly rounds: number, readonly measure: 'wall' | 'cpu', readonly slowRounds: number, readonly memoryRuns: number, readonly say: (text: string) => void }} options
 * @returns {Promise<Result[]>}
 */
export async function compare(tree, contenders, { rounds, measure, slowRounds, memoryRuns, say }) {
  /** @type {Map<string, Result>} */
  const results = new Map(contenders.map(({ id, name, note }) => [id, { id, name, wallMs: [], cpuMs: [], ...(note === undefined ? {} : { note }) }]));
  /** @type {Map<string, number>} */
  const wanted = new Map();
  for (let round = 0; round <= rounds; round++) {
    say(round === 0 ? `${tree.name}: warming up` : `${tree.name}: round ${round} of ${rounds}`);
    for (const contender of contenders) {
      const result = results.get(contender.id);
      if (result === undefined || result.failed !== undefined || round > (wanted.get(contender.id) ?? rounds)) continue;
      const taken = await taking(contender, tree, measure);
      const wrong = complaint(contender, tree, taken);
      if (wrong !== undefined) {
        result.failed = wrong;
        say(`${contender.name} ${wrong}`);
      } else if (round === 0) wanted.set(contender.id, Math.min(rounds, taken.wallMs > VERY_SLOW_MS ? 3 : contender.isSlow === true ? slowRounds : rounds));
      else {
        result.wallMs.push(taken.wallMs);
        if (taken.cpuMs !== undefined) result.cpuMs.push(taken.cpuMs);
      }
      if (round === 0 && tree.leaks === undefined && contender.found !== undefined && wrong === undefined) {
        const files = contender.found(contender.saysIt === 'stderr' ? taken.stderr : taken.stdout).length;
        result.note = [result.note, `names ${files} ${files === 1 ? 'file' : 'files'}`].filter((each) => each !== undefined).join('; ');
      }
    }
  }
  if (memoryRuns > 0) {
    say(`${tree.name}: memory`);
    for (const contender of contenders) {
      const result = results.get(contender.id);
      // Where all has to be quick, the slow ones are not run once more for that.
      if (result === undefined || result.failed !== undefined || (contender.isSlow === true && memoryRuns === 1)) continue;
      const peaks = [];
      for (let round = 0; round < (contender.isSlow === true ? 1 : memoryRuns); round++) peaks.push((await taking(contender, tree, 'memory')).peakBytes ?? Number.NaN);
      const peak = Math.max(...peaks);
      if (!Number.isNaN(peak)) result.peakBytes = peak;
    }
  }
  return Array.from(results.values());
}

/** @param {Contender} contender @param {MeasuredTree} tree @param {'wall' | 'cpu' | 'memory'} measure */
function taking({ command, env }, tree, measure) {
  return take(command, { cwd: tree.folder, measure, ...(env === undefined ? {} : { env }) });
}

/** Whether our own sees a key that is put into a tree without any; afterwards the tree is as it was. @param {Contender} contender @param {MeasuredTree} tree */
export async function seesWhatIsThere(contender, tree) {
  const random = new Random(5);
  const file = path.join(tree.folder, 'zz-control.ts');
  writeFileSync(file, `export const key = '${['server', '-', random.uuid(), ':', random.uuid()].join('')}';\n`);
  try {
    return complaint(contender, { ...tree, leaks: ['zz-control.ts'] }, await taking(contender, tree, 'wall'));
  } finally {
    rmSync(file);
  }
}

/** The figures of one line of the table. @param {Result} result @param {Result | undefined} anchor */
export function figuresOf(result, anchor) {
  return {
    wall: median(result.wallMs), fastest: percentile(result.wallMs, 0), slowest: percentile(result.wallMs, 1),
    cpu: result.cpuMs.length === 0 ? undefined : median(result.cpuMs),
    ratio: anchor === undefined || anchor.failed !== undefined || result.failed !== undefined ? undefined : ratio(result.wallMs, anchor.wallMs),
    rounds: result.wallMs.length,
  };
}
