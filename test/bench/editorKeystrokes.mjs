// @ts-check
// What a keystroke costs in a real VS Code: letters are typed there, once with the extension as it is released and once with one of the same manifest that does nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SHAPES } from './stiggFile.mjs';
import { median, percentile } from './statistics.mjs';
import { FIGURES, releasedExtension, withWindows } from './window.mjs';

const LATEST_MS = 240_000;
/** Of each document in each window; nobody counts them. */
const WARM_UP = 12;
/** From one letter to the next: VS Code and all extensions have done by then what a change makes them do. */
const PAUSE_MS = 700;
/** Typed letter by letter, so that most versions are broken code. */
const STATEMENT = 'const total = amount * 100;';

/** The first of these is full of calls to Stigg, the last has no trace of it. */
const DOCUMENTS = [SHAPES[0], SHAPES.at(-1)].flatMap((shape) => (shape === undefined ? [] : [shape]));

const NOTHING = 'export function activate() {}\n';
const WHOLE = "export { activate, deactivate } from './dist/extension.js';\n";

/**
 * Types in each document, and waits. CPU time is that of the whole extension host, from before the letter to the end of the pause, which it sleeps through
 * when all is done; so the difference of two windows is our own.
 */
const suite = (/** @type {{ files: readonly string[], rounds: number }} */ plan) => `
import * as vscode from 'vscode';
import { writeFileSync } from 'node:fs';
const PLAN = ${JSON.stringify({ ...plan, warmUp: WARM_UP, pauseMs: PAUSE_MS, statement: STATEMENT })};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ours = (uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Stigg').length;
async function typeIn(file) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const editor = await vscode.window.showTextDocument(document);
  let changedAt, shownAt;
  const subscriptions = [
    vscode.workspace.onDidChangeTextDocument(({ document: changed }) => { if (changed === document) changedAt = performance.now(); }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => { if (uris.some((uri) => uri.toString() === document.uri.toString())) shownAt ??= performance.now(); }),
  ];
  // Grammars, the first scan, and what other extensions do with a new document.
  await sleep(5000);
  const findings = ours(document.uri);
  const rounds = [];
  for (let round = 0; round < PLAN.warmUp + PLAN.rounds; round++) {
    const letter = round % PLAN.statement.length;
    if (letter === 0) {
      // Another function, in which the statement grows.
      const text = document.getText();
      const at = text.indexOf('{\\n', Math.floor(text.length * (Math.floor(round / PLAN.statement.length) * 7 % 17) / 17)) + 2;
      await editor.edit((edit) => edit.insert(document.positionAt(at), '  \\n'));
      const position = document.positionAt(at + 2);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(editor.selection);
      await sleep(PLAN.pauseMs);
    }
    changedAt = shownAt = undefined;
    const { version } = document;
    const before = process.cpuUsage();
    await vscode.commands.executeCommand('type', { text: PLAN.statement[letter] });
    await sleep(PLAN.pauseMs);
    const { user, system } = process.cpuUsage(before);
    if (document.version === version) throw new Error('Nothing was typed.');
    if (round >= PLAN.warmUp) rounds.push({ cpuMs: (user + system) / 1000, shownMs: shownAt === undefined ? null : shownAt - changedAt });
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

/** @typedef {{ findings: number, lines: number, rounds: readonly { cpuMs: number, shownMs: number | null }[] }} Typed what one window has seen in one document */

/**
 * @typedef {object} EditorKeystroke
 * @property {string} name
 * @property {number} lines
 * @property {number} rounds letters that were counted, with the extension and without it each
 * @property {number} ownMedianMs CPU time with the extension, less that without it: the difference of the medians
 * @property {number} ownP95Ms 95 % of the letters took less, of which the median without the extension is taken off: what others do now and then counts as ours
 * @property {number} withoutMedianMs
 * @property {number} withoutP95Ms
 * @property {number} [shownMedianMs] on the clock, from the change to the findings on the screen; with the pause that we wait for
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
    const half = Math.ceil(rounds / 2);
    const [own, none] = [path.join(root, 'own'), path.join(root, 'none')];
    await releasedExtension(own, { main: 'whole.js', code: WHOLE, suite: suite({ files, rounds: half }) });
    await releasedExtension(none, { main: 'nothing.js', code: NOTHING, suite: suite({ files, rounds: half }) });
    const [first, second, third, fourth] = [await typed(open, none), await typed(open, own), await typed(open, own), await typed(open, none)];
    return DOCUMENTS.map(({ name }, index) => figuresOf(name, [second[index], third[index]], [first[index], fourth[index]]));
  });
}

/** @param {import('./window.mjs').Windows['open']} open @param {string} extension @returns {Promise<readonly Typed[]>} */
async function typed(open, extension) {
  const { documents, error } = /** @type {{ documents?: readonly Typed[], error?: string }} */ (await open({ extension, latestMs: LATEST_MS }));
  if (documents === undefined) throw new Error(`Typing in VS Code failed: ${error ?? ''}`);
  return documents;
}

/** @param {string} name @param {readonly (Typed | undefined)[]} own @param {readonly (Typed | undefined)[]} none @returns {EditorKeystroke} */
function figuresOf(name, own, none) {
  const roundsOf = (/** @type {readonly (Typed | undefined)[]} */ windows) => windows.flatMap((typed) => typed?.rounds ?? []);
  const [with_, without] = [roundsOf(own).map(({ cpuMs }) => cpuMs), roundsOf(none).map(({ cpuMs }) => cpuMs)];
  const shown = roundsOf(own).flatMap(({ shownMs }) => shownMs ?? []);
  const found = own.some((typed) => (typed?.findings ?? 0) > 0);
  if (found && shown.length < with_.length) throw new Error(`Of ${String(with_.length)} letters in "${name}" only ${String(shown.length)} were followed by findings.`);
  return {
    name, lines: own[0]?.lines ?? 0, rounds: with_.length,
    ownMedianMs: median(with_) - median(without), ownP95Ms: percentile(with_, 0.95) - median(without),
    withoutMedianMs: median(without), withoutP95Ms: percentile(without, 0.95),
    ...(found ? { shownMedianMs: median(shown), shownP95Ms: percentile(shown, 0.95) } : {}),
  };
}
