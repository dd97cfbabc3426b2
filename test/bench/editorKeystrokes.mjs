// @ts-check
// What a keystroke costs in a real VS Code: letters are typed there, once with the extension as it is released and once with one of the same manifest that does nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SHAPES } from './stiggFile.mjs';
import { median, percentile } from './statistics.mjs';
import { FIGURES, releasedExtension, withWindows } from './window.mjs';

const LATEST_MS = 400_000;
/** Of each document in each window; nobody counts them. */
const WARM_UP = 12;
/** So many times as many letters are typed where the profiler looks: the runtime makes code faster that runs often, and people type more than a few. */
const LONGER = 3;
/** From one letter to the next: VS Code and all extensions have done by then what a change makes them do. */
const PAUSE_MS = 700;
/** Typed letter by letter, so that most versions are broken code. */
const STATEMENT = 'const total = amount * 100;';

/** The first of these is full of calls to Stigg, the last has no trace of it. */
const DOCUMENTS = [SHAPES[0], SHAPES.at(-1)].flatMap((shape) => (shape === undefined ? [] : [shape]));

const hasNoTrace = (/** @type {string} */ name) => name.includes('without a trace');

const NOTHING = 'export function activate() {}\n';
const WHOLE = "export { activate, deactivate } from './dist/extension.js';\n";

/**
 * Types in each document, and waits. CPU time is that of the whole extension host, from before the letter to the end of the pause, which it sleeps through
 * when all is done; so the difference of two windows is our own. That is good for a median only: what VS Code and the other extensions do at a letter differs
 * by more than all that we do. So in a window of its own V8's profiler looks, four times in a millisecond, whether code of ours is running or has called what is.
 */
const suite = (/** @type {{ files: readonly string[], findingsIn: readonly string[], rounds: number, isProfiled: boolean }} */ plan) => `
import * as vscode from 'vscode';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
const PLAN = { ...${JSON.stringify({ ...plan, warmUp: WARM_UP, pauseMs: PAUSE_MS, statement: STATEMENT })}, ours: new URL('./dist/', import.meta.url).href };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const session = new Session();
const post = (method, parameters) => new Promise((resolve, reject) => session.post(method, parameters, (error, result) => { if (error) reject(error); else resolve(result); }));
const microseconds = () => Number(process.hrtime.bigint() / 1000n);
/** When code of ours was running, as begin and duration of each sample. */
async function samplesOfOurs() {
  const { profile: { nodes, samples, timeDeltas, startTime } } = await post('Profiler.stop');
  const isOurs = new Map();
  const visit = (id, above) => {
    const node = byId.get(id);
    const own = above || node.callFrame.url.startsWith(PLAN.ours);
    isOurs.set(id, own);
    for (const child of node.children ?? []) visit(child, own);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  visit(nodes[0].id, false);
  let at = startTime;
  return samples.flatMap((id, index) => {
    at += timeDeltas[index];
    return isOurs.get(id) ? [[at, timeDeltas[index]]] : [];
  });
}
const ours = (uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Stigg').length;
async function typeIn(file) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const editor = await vscode.window.showTextDocument(document);
  let changedAt, shownAt;
  const subscriptions = [
    vscode.workspace.onDidChangeTextDocument(({ document: changed }) => { if (changed === document) changedAt = performance.now(); }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => { if (uris.some((uri) => uri.toString() === document.uri.toString())) shownAt ??= performance.now(); }),
  ];
  // Grammars and the first scan, however busy the machine is; then what other extensions do with a new document.
  for (let waited = 0; PLAN.findingsIn.includes(file) && ours(document.uri) === 0 && waited < 60; waited++) await sleep(500);
  await sleep(4000);
  const findings = ours(document.uri);
  const rounds = [];
  for (let round = 0; round < PLAN.warmUp + PLAN.rounds; round++) {
    const letter = round % PLAN.statement.length;
    if (letter === 0) {
      // Another function, in which the statement grows.
      const text = document.getText();
      const at = text.indexOf(') {\\n', Math.floor(text.length * (Math.floor(round / PLAN.statement.length) * 7 % 17) / 17)) + 4;
      await editor.edit((edit) => edit.insert(document.positionAt(at), '  \\n'));
      const position = document.positionAt(at + 2);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(editor.selection);
      await sleep(PLAN.pauseMs);
    }
    if (PLAN.isProfiled && round === PLAN.warmUp) {
      session.connect();
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval: 250 });
      await post('Profiler.start');
    }
    changedAt = shownAt = undefined;
    const { version } = document;
    const began = microseconds();
    const before = process.cpuUsage();
    await vscode.commands.executeCommand('type', { text: PLAN.statement[letter] });
    await sleep(PLAN.pauseMs);
    const { user, system } = process.cpuUsage(before);
    if (document.version === version) throw new Error('Nothing was typed.');
    if (round >= PLAN.warmUp) rounds.push({ began, ended: microseconds(), cpuMs: (user + system) / 1000, shownMs: shownAt === undefined ? null : shownAt - changedAt });
  }
  if (PLAN.isProfiled) {
    const samples = await samplesOfOurs();
    session.disconnect();
    for (const round of rounds) round.ownMs = samples.reduce((sum, [at, long]) => (at >= round.began && at < round.ended ? sum + long / 1000 : sum), 0);
  }
  for (const subscription of subscriptions) subscription.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return { findings, lines: document.lineCount - 1, rounds };
}
export const run = async () => {
  let result;
  try {
    await vscode.extensions.getExtension('stigg-community.stigg-key-hygiene').activate();
    // What a window does when it opens.
    await sleep(5000);
    const documents = [];
    for (const file of PLAN.files) documents.push(await typeIn(file));
    result = { documents };
  } catch (error) {
    result = { error: String(error) };
  }
  writeFileSync(new URL('./${FIGURES}', import.meta.url), JSON.stringify(result));
};
`;

/** @typedef {{ findings: number, lines: number, rounds: readonly { cpuMs: number, shownMs: number | null, ownMs?: number }[] }} Typed what one window has seen in one document */

/**
 * @typedef {object} EditorKeystroke
 * @property {string} name
 * @property {number} lines
 * @property {number} rounds letters that were counted, in each kind of window
 * @property {number} ownMedianMs time in which code of ours was running, as a profiler sees it: up to the next letter, for the findings and for all else
 * @property {number} ownP95Ms 95 % of the letters took less
 * @property {number} laterMedianMs the same for twice as many letters that are typed after these
 * @property {number} laterP95Ms
 * @property {number} extraMs CPU time of the extension host with the extension, less that without it: the difference of the medians
 * @property {number} withoutMs CPU time without it, median
 * @property {number} [shownMedianMs] on the clock, from the change to the findings; with the pause that we wait for
 * @property {number} [shownP95Ms]
 */

/** Windows with the extension and without it, in turns. @param {{ rounds: number }} options @returns {Promise<readonly EditorKeystroke[]>} */
export async function editorKeystrokes({ rounds }) {
  const settings = { 'editor.acceptSuggestionOnCommitCharacter': false, 'editor.autoClosingBrackets': 'never' };
  return withWindows({ settings }, async ({ root, workspace, open }) => {
    mkdirSync(path.join(workspace, 'src'));
    const files = DOCUMENTS.map(({ text }, index) => {
      const file = path.join(workspace, 'src', `billing${String(index)}.ts`);
      writeFileSync(file, text);
      return file;
    });
    const findingsIn = files.filter((_file, index) => !hasNoTrace(DOCUMENTS[index]?.name ?? ''));
    const [own, none, profiled] = [path.join(root, 'own'), path.join(root, 'none'), path.join(root, 'profiled')];
    await releasedExtension(own, { main: 'whole.js', code: WHOLE, suite: suite({ files, findingsIn, rounds, isProfiled: false }) });
    await releasedExtension(none, { main: 'nothing.js', code: NOTHING, suite: suite({ files, findingsIn: [], rounds, isProfiled: false }) });
    await releasedExtension(profiled, { main: 'whole.js', code: WHOLE, suite: suite({ files, findingsIn, rounds: rounds * LONGER, isProfiled: true }) });
    const windows = { none: await typed(open, none), own: await typed(open, own), profiled: await typed(open, profiled) };
    return DOCUMENTS.map(({ name }, index) => figuresOf(name, { none: windows.none[index], own: windows.own[index], profiled: windows.profiled[index] }));
  });
}

/** @param {import('./window.mjs').Windows['open']} open @param {string} extension @returns {Promise<readonly Typed[]>} */
async function typed(open, extension) {
  const { documents, error } = /** @type {{ documents?: readonly Typed[], error?: string }} */ (await open({ extension, latestMs: LATEST_MS }));
  if (documents === undefined) throw new Error(`Typing in VS Code failed: ${error ?? ''}`);
  return documents;
}

/** @param {string} name @param {Record<'none' | 'own' | 'profiled', Typed | undefined>} windows @returns {EditorKeystroke} */
function figuresOf(name, { none, own, profiled }) {
  const cpuOf = (/** @type {Typed | undefined} */ typed) => median((typed?.rounds ?? []).map(({ cpuMs }) => cpuMs));
  const rounds = own?.rounds ?? [];
  const shown = rounds.flatMap(({ shownMs }) => shownMs ?? []);
  const hasFindings = (own?.findings ?? 0) > 0;
  if (hasFindings && shown.length < rounds.length) throw new Error(`Of ${String(rounds.length)} letters in "${name}" only ${String(shown.length)} were followed by findings.`);
  if (hasFindings === hasNoTrace(name)) throw new Error(`"${name}" has ${String(own?.findings)} findings.`);
  const all = (profiled?.rounds ?? []).flatMap(({ ownMs }) => ownMs ?? []);
  const [ours, later] = [all.slice(0, rounds.length), all.slice(rounds.length)];
  return {
    name, lines: own?.lines ?? 0, rounds: rounds.length,
    ownMedianMs: median(ours), ownP95Ms: percentile(ours, 0.95), laterMedianMs: median(later), laterP95Ms: percentile(later, 0.95), extraMs: cpuOf(own) - cpuOf(none), withoutMs: cpuOf(none),
    ...(hasFindings ? { shownMedianMs: median(shown), shownP95Ms: percentile(shown, 0.95) } : {}),
  };
}
