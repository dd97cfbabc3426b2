// @ts-check
// What was measured, in words and tables: the same for the terminal and for BENCHMARKS.md. Every figure comes from this run.
import { goals } from './reportGoals.mjs';
import { METHOD } from './reportMethod.mjs';
import { BUSY } from './machine.mjs';
import { figuresOf } from './scan.mjs';
import { duration, markdownTable, median, percentile, size, textTable, times } from './statistics.mjs';

/** @typedef {{ readonly name: string, readonly lines: number, readonly medianMs: number, readonly p95Ms: number, readonly ratioToTsParse?: number }} Keystroke */
/** @typedef {{ readonly loadMs: readonly number[], readonly activateMs: readonly number[], readonly loadWallMs?: readonly number[], readonly activateWallMs?: readonly number[], readonly apiWallShare?: readonly number[] }} Activation CPU time of the extension host's thread, and the same on the clock; the share of activate() that VS Code's own functions take */
/**
 * What one run has measured; what is missing was not asked for or has failed.
 * @typedef {object} Results
 * @property {string} date
 * @property {boolean} isQuick
 * @property {import('./machine.mjs').Machine} machine
 * @property {Readonly<Record<string, string>>} versions
 * @property {readonly string[]} remarks what could not be installed or measured
 * @property {readonly { readonly title: string, readonly description: string, readonly results: readonly import('./scan.mjs').Result[] }[]} [trees]
 * @property {readonly { readonly title: string, readonly description: string, readonly results: readonly import('./scan.mjs').Result[] }[]} [smallTrees]
 * @property {readonly import('./profile.mjs').Share[]} [profile]
 * @property {readonly Keystroke[]} [keystrokes]
 * @property {Activation} [activation]
 * @property {readonly import('./editorKeystrokes.mjs').EditorKeystroke[]} [typing]
 * @property {import('./sidebar.js').SidebarFigures} [sidebar]
 * @property {readonly import('./build.mjs').Part[]} [sizes]
 */
/** @typedef {{ readonly title: string, readonly words: readonly string[], readonly table?: import('./statistics.mjs').Rows }} Section */

/** @param {number} value */
const count = (value) => value.toLocaleString('en');

/** @param {{ readonly title: string, readonly description: string, readonly results: readonly import('./scan.mjs').Result[] }} tree @param {string} anchorId @returns {Section} */
function comparison({ title, description, results }, anchorId) {
  const anchor = results.find(({ id }) => id === anchorId);
  const own = results.find(({ id }) => id === 'own');
  const measured = results.filter(({ failed }) => failed === undefined);
  const hasCpu = measured.some(({ cpuMs }) => cpuMs.length > 0);
  const hasMemory = measured.some(({ peakBytes }) => peakBytes !== undefined);
  const heading = ['Program', 'Wall, median', 'Fastest to slowest', ...(hasCpu ? ['CPU, median'] : []), `x ${anchor?.name ?? anchorId}`, 'x stigg-keys', ...(hasMemory ? ['Peak memory'] : []), 'Runs'];
  const rows = results.map((result) => {
    if (result.failed !== undefined) return [result.name, 'FAILED', ...heading.slice(2).map(() => '-')];
    const { wall, fastest, slowest, cpu, ratio: toAnchor, rounds } = figuresOf(result, anchor);
    return [
      result.name, duration(wall), `${duration(fastest)} to ${duration(slowest)}`, ...(hasCpu ? [duration(cpu)] : []), times(toAnchor),
      times(figuresOf(result, own).ratio), ...(hasMemory ? [size(result.peakBytes)] : []), String(rounds),
    ];
  });
  const notes = results.flatMap(({ name, failed, note }) => [...(failed === undefined ? [] : [`${name} ${failed}: its time does not count.`]), ...(note === undefined ? [] : [`${name}: ${note}.`])]);
  return { title, words: [description, ...notes], table: [heading, ...rows] };
}

/** @param {Results} results @returns {Section[]} */
export function sections(results) {
  /** @type {Section[]} */
  const all = [];
  const reached = goals(results);
  if (reached.length > 0) {
    const missed = reached.filter(({ met }) => met === false).map(({ what, verdict }) => `Not reached: ${what} (${verdict}).`);
    const hint = missed.length > 0 && results.profile !== undefined ? ['"Where the time of a scan goes" below says what a scan is made of.'] : [];
    all.push({ title: 'Goals', words: [...missed, ...hint], table: [['Goal', 'Measured', 'At', ''], ...reached.map(({ what, measured, limit, verdict }) => [what, measured, limit, verdict])] });
  }
  for (const tree of results.trees ?? []) all.push(comparison(tree, 'ripgrep'));
  for (const tree of results.smallTrees ?? []) all.push(comparison(tree, 'nothing'));
  if (results.profile !== undefined) all.push(profile(results.profile));
  if (results.keystrokes !== undefined && results.keystrokes.length > 0) {
    all.push({
      title: 'A keystroke, to the findings', words: ['CPU time from the new text of the document to its findings, beside a full parse of the same text by TypeScript.'],
      table: [['Document', 'Lines', 'Median', '95 % are below', 'x a TypeScript parse'], ...results.keystrokes.map(({ name, lines, medianMs, p95Ms, ratioToTsParse }) => [name, count(lines), duration(medianMs), duration(p95Ms), times(ratioToTsParse)])],
    });
  }
  if (results.activation !== undefined) {
    const { loadMs, activateMs, loadWallMs = [], activateWallMs = [], apiWallShare = [] } = results.activation;
    const row = (/** @type {string} */ what, /** @type {readonly number[]} */ values) => [what, duration(median(values)), `${duration(percentile(values, 0))} to ${duration(percentile(values, 1))}`, String(values.length)];
    const share = apiWallShare.length === 0 ? [] : [row('activate(), without what VS Code\'s own functions take', activateMs.map((ms) => ms * (1 - median(apiWallShare))))];
    const onTheClock = loadWallMs.length === 0 ? [] : [row('code loaded, on the clock', loadWallMs), row('activate(), on the clock', activateWallMs)];
    all.push({
      title: 'Activation', words: ['The release build in a real VS Code, in a window of its own each time: CPU time of the thread of the extension host while the code loads (other extensions may have a turn on it meanwhile, so that this is rather too much), and while our activate() runs. Part of that are VS Code\'s own functions, which register our commands, views and providers; their share was measured on the clock, in other windows.'],
      table: [['', 'Median', 'Fastest to slowest', 'Starts'], row('code loaded', loadMs), row('activate()', activateMs), ...share, ...onTheClock],
    });
  }
  if (results.typing !== undefined && results.typing.length > 0) {
    all.push({
      title: 'Typing in a real VS Code', words: ['Letters typed into an open editor, of the release build. "Ours" is the time in which our code runs between a letter and the next one, for the findings and for all else (lenses, completions, code actions), as V8\'s profiler sees it: for the first letters after a dozen, and for twice as many that are typed after them, when the runtime has compiled more. "The host more" is the CPU time of the whole extension host with our extension, less that without it (medians; what the others do differs from window to window). The findings come after the pause of 150 ms that we wait for more letters.'],
      table: [
        ['Document', 'Lines', 'Ours, median', '95 % are below', 'Later, median', '95 % are below', 'The host more', 'The host without us', 'Letter to findings, median', '95 % are below', 'Letters'],
        ...results.typing.map(({ name, lines, ownMedianMs, ownP95Ms, laterMedianMs, laterP95Ms, extraMs, withoutMs, shownMedianMs, shownP95Ms, rounds }) => [name, count(lines), duration(ownMedianMs), duration(ownP95Ms), duration(laterMedianMs), duration(laterP95Ms), duration(extraMs), duration(withoutMs), duration(shownMedianMs), duration(shownP95Ms), String(rounds)]),
      ],
    });
  }
  if (results.sidebar !== undefined) all.push(sidebar(results.sidebar));
  if (results.sizes !== undefined) all.push({ title: 'Sizes', words: [], table: [['', 'Size', 'Compressed (gzip)'], ...results.sizes.map(({ name, bytes, gzipBytes }) => [name, size(bytes), size(gzipBytes)])] });
  return all;
}

/** @param {readonly import('./profile.mjs').Share[]} shares @returns {Section} */
function profile(shares) {
  const whole = shares.reduce((sum, { ms }) => sum + ms, 0);
  const top = shares.slice(0, 14);
  const rest = whole - top.reduce((sum, { ms }) => sum + ms, 0);
  return {
    title: 'Where the time of a scan goes',
    words: ['One scan of the made-up repository under V8\'s profiler, all threads together, by source file; the profiler itself makes it slower. What ripgrep does is not in it, only the waiting for it.'],
    table: [['Where', 'Time', 'Share'], ...[...top, { what: 'all others', ms: rest }].map(({ what, ms }) => [what, duration(ms), `${((100 * ms) / whole).toFixed(1)} %`])],
  };
}

/** @param {import('./sidebar.js').SidebarFigures} figures @returns {Section} */
function sidebar({ keys, bytes, plainMs, wholeMs, figures }) {
  return {
    title: 'The sidebar',
    words: [`${count(keys)} keys in 20 environments (${size(bytes)} of answers), played back from memory so that our own work alone is measured. Against the local Stigg of the tests, once: ${duration(wholeMs)}, most of it that Stigg's own.`],
    table: [['', 'Median', 'x a plain pass over the same JSON', 'Rows'], ['a plain pass over the same JSON', duration(plainMs), '1.00 x', '-'], ...figures.map(({ what, ms, note }) => [what, duration(ms), times(ms / plainMs), note])],
  };
}

/** What has to be known about the figures. @param {Results} results @returns {string[]} */
function circumstances({ date, isQuick, machine, versions, remarks }) {
  return [
    `Measured on ${date} on ${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}, ${size(machine.memoryBytes)} of memory, ${machine.system}, Node ${machine.node}.`,
    ...(Object.keys(versions).length === 0 ? [] : [`Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`]),
    ...(machine.load > BUSY ? [`WARNING: this machine was busy with something else (load ${machine.load.toFixed(1)} when the bench began). Ratios may still be of use, absolute times are not.`] : []),
    ...(isQuick ? ['This was a quick run: smaller trees and fewer rounds. Its ratios are rough, and the goals are about the full trees.'] : []),
    ...remarks,
  ];
}

/** @param {Results} results */
export function terminalReport(results) {
  const parts = sections(results).map(({ title, words, table }) => `${title}\n${'-'.repeat(title.length)}\n${words.join('\n')}${words.length > 0 ? '\n' : ''}${table === undefined ? '' : `\n${textTable(table)}\n`}`);
  return `${[...parts, circumstances(results).join('\n')].join('\n')}\n`;
}

/** @param {Results} results */
export function markdownReport(results) {
  const parts = sections(results).map(({ title, words, table }) => [`## ${title}`, ...words, ...(table === undefined ? [] : [markdownTable(table)])].join('\n\n'));
  return `${['# Benchmarks', 'Written by `npm run bench`; do not edit.', ...circumstances(results), ...parts, METHOD].join('\n\n')}\n`;
}
