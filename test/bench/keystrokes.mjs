import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { grammarFile } from '../tools/grammars.mjs';
import { stiggFile } from './stiggFile.mjs';

/** @typedef {{ readonly Engine: typeof import('../../src/scan/engine.js').Engine, readonly context: import('../../src/scan/context.js').ScanContext, readonly rounds: number }} Options */

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

/**
 * One keystroke in a file of 2,000 lines full of calls to Stigg, from the new text to the findings, beside a full parse of the same text by TypeScript;
 * taken in turns. @param {Options} options
 */
export async function keystrokes({ Engine, context, rounds }) {
  const engine = new Engine({ readWasm: (name) => readFile(grammarFile(name)) });
  const files = [
    { name: 'full of calls to Stigg', text: stiggFile(2000) },
    { name: 'without a trace of Stigg', text: stiggFile(2000).replace(/stigg/gi, 'other') },
  ];
  console.log('One keystroke in a TypeScript file of 2,000 lines, to the findings (CPU time)\n');
  console.log('file                       findings  median ms  p95 ms  TypeScript parse ms  ratio');
  for (const { name, text } of files) {
    const path = 'src/billing.ts';
    await engine.prepare({ path, languageId: 'typescript', text });
    const document = engine.open({ path, languageId: 'typescript', text });
    let findings = document.findings(context).length;
    /** @type {number[]} */
    const own = [];
    /** @type {number[]} */
    const parses = [];
    for (let round = 0; round < rounds; round++) {
      // Typing goes on somewhere: a letter more in one of the calls, then one less.
      const at = text.indexOf('\n', Math.floor((text.length * ((round >> 1) % 17)) / 17)) + 1;
      const typed = round % 2 === 0 ? `${text.slice(0, at)} ${text.slice(at)}` : text;
      own.push(cpu(() => {
        document.update(typed);
        findings = document.findings(context).length;
      }));
      parses.push(cpu(() => ts.createSourceFile(path, typed, ts.ScriptTarget.Latest, false)));
    }
    document.dispose();
    const median = percentile(own.slice(20), 0.5);
    const peer = percentile(parses.slice(20), 0.5);
    console.log(`${name.padEnd(26)} ${String(findings).padStart(8)} ${median.toFixed(2).padStart(10)} ${percentile(own.slice(20), 0.95).toFixed(2).padStart(7)} ${peer.toFixed(2).padStart(20)} ${(median / peer).toFixed(2).padStart(6)}`);
  }
  engine.dispose();
}
