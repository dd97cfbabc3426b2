import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import ts from 'typescript';
import { grammarFile } from '../tools/grammars.mjs';
import { LANGUAGE_FILES, SHAPES } from './stiggFile.mjs';

/** @typedef {{ readonly Engine: typeof import('../../src/scan/engine.js').Engine, readonly context: import('../../src/scan/context.js').ScanContext, readonly rounds: number }} Options */
/** @typedef {{ readonly name: string, readonly lines: number, readonly findings: number, readonly medianMs: number, readonly p95Ms: number, readonly ratioToTsParse?: number }} Row */

/** Rounds that nobody counts: the runtime compiles what it runs often. */
const WARM_UP = 60;
/** The parser is WebAssembly, of which the runtime compiles in the background what runs often: for so long nobody measures. */
const COMPILING_MS = 700;
/** A quick run looks at what the goals are about. */
const QUICK = 100;
/** Typed letter by letter, so that most versions are broken code. */
const STATEMENT = '  const total = amount * 100;\n';

/** CPU time of the process, in milliseconds. @param {() => void} work */
function cpu(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {readonly number[]} values @param {number} share */
function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A letter more somewhere, then one less. @returns {(text: string, round: number) => string} */
const spaced = () => (text, round) => {
  const at = text.indexOf('\n', Math.floor((text.length * ((round >> 1) % 17)) / 17)) + 1;
  return round % 2 === 0 ? `${text.slice(0, at)} ${text.slice(at)}` : text;
};

/** A statement that grows by a letter, each time in another function, and stays there. @returns {(text: string, round: number) => string} */
const typed = () => {
  let current = '';
  let at = 0;
  return (text, round) => {
    const letter = round % STATEMENT.length;
    if (current === '') current = text;
    if (letter === 0) at = current.indexOf(') {\n', Math.floor(current.length * (Math.floor(round / STATEMENT.length) * 7 % 17) / 17)) + 4;
    current = current.slice(0, at + letter) + STATEMENT.charAt(letter) + current.slice(at + letter);
    return current;
  };
};

/** In one piece, as editors hand their texts over. @param {string} text */
const flat = (text) => Buffer.from(text).toString();

/** One keystroke after the other, from the new text to the findings. @param {import('../../src/scan/engine.js').Engine} engine @param {Options & { readonly warmUp?: number }} options @param {{ readonly name: string, readonly path: string, readonly languageId: string, readonly text: string }} file @param {() => (text: string, round: number) => string} typing @returns {Promise<Row>} */
async function row(engine, { context, rounds, warmUp = WARM_UP }, { name, path, languageId, text }, typing) {
  await engine.prepare({ path, languageId, text });
  const document = engine.open({ path, languageId, text });
  let findings = document.findings(context).length;
  const change = typing();
  /** @type {number[]} */
  const own = [];
  /** @type {number[]} */
  const parses = [];
  for (let round = 0; round < rounds + warmUp; round++) {
    const next = flat(change(text, round));
    if (round === warmUp) await setTimeout(COMPILING_MS);
    const time = cpu(() => {
      document.update(next);
      findings = document.findings(context).length;
    });
    if (round >= warmUp) own.push(time);
    if (languageId === 'typescript') parses.push(cpu(() => ts.createSourceFile(path, next, ts.ScriptTarget.Latest, false)));
  }
  document.dispose();
  const medianMs = percentile(own, 0.5);
  const ratio = parses.length === 0 ? {} : { ratioToTsParse: medianMs / percentile(parses, 0.5) };
  return { name, lines: text.split('\n').length - 1, findings, medianMs, p95Ms: percentile(own, 0.95), ...ratio };
}

/**
 * One keystroke in files of 2,000 lines full of calls to Stigg, from the new text to the findings, in TypeScript beside a full parse of the same text by
 * TypeScript itself; taken in turns. Prints a table and gives its rows. @param {Options} options @returns {Promise<Row[]>}
 */
export async function keystrokes(options) {
  const engine = new options.Engine({ readWasm: (name) => readFile(grammarFile(name)) });
  /** @type {Row[]} */
  const rows = [];
  const isQuick = options.rounds < QUICK;
  const fewer = { ...options, rounds: Math.ceil(options.rounds / 5), warmUp: 20 };
  for (const { name, text, isOneStatement = false } of SHAPES) {
    if (isQuick && isOneStatement) continue;
    const how = isOneStatement ? fewer : options;
    const file = { path: 'src/billing.ts', languageId: 'typescript', text };
    rows.push(await row(engine, how, { ...file, name }, spaced));
    rows.push(await row(engine, how, { ...file, name: `${name}, a statement typed` }, typed));
  }
  if (!isQuick) for (const file of LANGUAGE_FILES) rows.push(await row(engine, fewer, file, spaced));
  engine.dispose();
  console.log('One keystroke in a file of 2,000 lines, to the findings (CPU time)\n');
  console.log(`${'file'.padEnd(54)} findings  median ms  p95 ms  to a TypeScript parse`);
  for (const { name, findings, medianMs, p95Ms, ratioToTsParse } of rows) {
    console.log(`${name.padEnd(54)} ${String(findings).padStart(8)} ${medianMs.toFixed(2).padStart(10)} ${p95Ms.toFixed(2).padStart(7)} ${(ratioToTsParse === undefined ? '' : ratioToTsParse.toFixed(2)).padStart(22)}`);
  }
  return rows;
}
