// @ts-check
// What we have set out to reach, and whether this run has reached it.
import { figuresOf } from './scan.mjs';
import { duration, median, size, times, verdict } from './statistics.mjs';

/** @typedef {{ readonly what: string, readonly measured: string, readonly limit: string, readonly verdict: string, readonly met: boolean | undefined }} Goal */
/** @typedef {{ readonly title: string, readonly results: readonly import('./scan.mjs').Result[] }} Tree */

const MEGABYTE = 1e6;

/** @param {Tree} tree @param {string} id @param {string} anchor */
function ratioOf({ results }, id, anchor) {
  const result = results.find((each) => each.id === id);
  return result === undefined ? undefined : figuresOf(result, results.find((each) => each.id === anchor)).ratio;
}

/** The goals that this run can say something about. @param {import('./report.mjs').Results} results @returns {Goal[]} */
export function goals({ trees = [], smallTrees = [], keystrokes = [], typing = [], activation, sizes = [] }) {
  /** @type {Goal[]} */
  const all = [];
  const goal = (/** @type {string} */ what, /** @type {number | undefined} */ value, /** @type {'at most' | 'at least'} */ direction, /** @type {number} */ limit, /** @type {(value: number | undefined) => string} */ format) => {
    const { text, met } = verdict(value, direction, limit);
    all.push({ what, measured: format(value), limit: `${direction} ${format(limit)}`, verdict: text, met });
  };
  for (const tree of trees) {
    goal(`${tree.title}: wall time beside ripgrep's`, ratioOf(tree, 'own', 'ripgrep'), 'at most', 1.5, times);
    goal(`${tree.title}: the same without ripgrep's binary`, ratioOf(tree, 'own-without', 'ripgrep'), 'at most', 2.5, times);
    goal(`${tree.title}: secretlint's time beside ours`, ratioOf(tree, 'secretlint', 'own'), 'at least', 15, times);
    for (const [id, words] of [['own', 'peak memory'], ['own-without', 'peak memory without ripgrep\'s binary']]) goal(`${tree.title}: ${words ?? ''}`, tree.results.find((each) => each.id === id)?.peakBytes, 'at most', 150 * MEGABYTE, size);
  }
  for (const tree of smallTrees) goal(`${tree.title}: wall time beside node -e 0`, ratioOf(tree, 'own', 'nothing'), 'at most', 2.5, times);
  for (const { name, p95Ms } of keystrokes.filter(({ name }) => /stigg/i.test(name) && !/without/i.test(name))) goal(`Keystroke (${name}): 95 % are below`, p95Ms, 'at most', 5, duration);
  // "Next to nothing", in a figure.
  for (const { name, p95Ms } of keystrokes.filter(({ name }) => /without a trace/i.test(name))) goal(`Keystroke (${name}): 95 % are below`, p95Ms, 'at most', 0.5, duration);
  for (const { name, ownP95Ms, laterP95Ms } of typing) {
    for (const [letters, p95Ms] of /** @type {const} */ ([['First letters', ownP95Ms], ['Later letters', laterP95Ms]])) goal(`${letters} in a real VS Code (${name}): 95 % of ours are below`, p95Ms, 'at most', /without/i.test(name) ? 0.5 : 5, duration);
  }
  if (activation !== undefined) {
    const apiShare = activation.apiWallShare === undefined || activation.apiWallShare.length === 0 ? 0 : median(activation.apiWallShare);
    const whole = activation.loadMs.map((load, start) => load + (activation.activateMs[start] ?? Number.NaN) * (1 - apiShare));
    goal('Activation: code loaded and activate(), CPU time of our own', whole.length === 0 ? undefined : median(whole), 'at most', 10, duration);
  }
  for (const { name, bytes, goalBytes } of sizes) if (goalBytes !== undefined) goal(name, bytes, 'at most', goalBytes, size);
  return all;
}
