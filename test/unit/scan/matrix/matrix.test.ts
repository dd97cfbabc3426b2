import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import type { Finding } from '../../../../src/scan/finding.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import type { Source } from '../../../../src/scan/source.js';
import { apply, contextOf, hasSyntaxError, preparedEngine } from '../support.js';
import type { MatrixRule } from './cell.js';
import { CLIENTS } from './clients/index.js';
import { KNOWN } from './known.js';
import { MATRIX_RULES, stateOf } from './matrix.js';
import type { Client, Parts } from './model.js';
import { matrixSection } from './table.js';

const START = '<!-- matrix: generated from test/unit/scan/matrix -->\n';
const END = '<!-- /matrix -->';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

/** The file with these functions. */
function sourceOf({ language, path: own = language.path }: Client, parts: readonly (Parts | undefined)[]): Source {
  const written = parts.map((one) => {
    if (one === undefined) throw new Error('The client cannot write this');
    return one;
  });
  return { path: own, languageId: languageIdFor(own), text: language.file(written) };
}

/** Everything that is about Stigg's money and requests, and whatever else there is. */
function found(source: Source): readonly Finding[] {
  return engine.scan(source, contextOf({}));
}

type Row = readonly [rule: string, client: string, rule: MatrixRule, client: Client];

function rowsIn(state: 'covered' | 'missed'): readonly Row[] {
  return MATRIX_RULES.flatMap((rule) => CLIENTS.filter((client) => stateOf(rule, client) === state).map((client): Row => [rule.id, `${client.language.name}: ${client.name}`, rule, client]));
}

/** What keeps a cell from being claimed; undefined where nothing does. */
async function faultOf(rule: MatrixRule, client: Client): Promise<string | undefined> {
  const { bad, good, place } = rule.cell(client);
  if ([...bad, ...good.flat()].includes(undefined)) return 'the client cannot say it';
  const source = sourceOf(client, bad);
  const { text } = source;
  if (await hasSyntaxError(source)) return `does not parse:\n${text}`;
  const findings = found(source);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1 || finding.rule !== rule.id) return `found [${rulesOf(findings)}] in\n${text}`;
  const where = text.slice(finding.start, finding.end);
  if (!place.test(where)) return `found at ${where} in\n${text}`;
  if (new Set(good.map((parts) => sourceOf(client, parts).text)).size !== 2) return 'there are not two good examples';
  for (const parts of good) {
    const right = sourceOf(client, parts);
    if (found(right).length > 0) return `found [${rulesOf(found(right))}] in the good\n${right.text}`;
  }
  const [fix] = finding.fixes;
  if (fix === undefined) return undefined;
  const fixed = { ...source, text: apply(text, fix.edits) };
  if (await hasSyntaxError(fixed)) return `the fix does not parse:\n${fixed.text}`;
  return found(fixed).some((one) => one.rule === rule.id) ? `the fix leaves the finding:\n${fixed.text}` : undefined;
}

const rulesOf = (findings: readonly Finding[]): string => findings.map(({ rule }) => rule).join(', ');

describe('the matrix of rules and clients', () => {
  test.each(rowsIn('covered'))('%s, %s', async (_, name, rule, client) => {
    const fault = await faultOf(rule, client);
    if (fault !== undefined) expect.fail(`${name}: ${fault}`);
  });

  // What is found meanwhile belongs to what is claimed.
  test.each(rowsIn('missed'))('%s, %s: not covered yet', async (_, name, rule, client) => {
    expect(await faultOf(rule, client), `Take ${rule.id} ${client.id} (${name}) out of known.ts`).toBeDefined();
  });

  test('what is not covered is in the matrix', () => {
    const cells = new Set(rowsIn('missed').map(([rule, , , client]) => `${rule} ${client.id}`));
    expect([...KNOWN].filter((cell) => !cells.has(cell))).toEqual([]);
  });
});

test('README shows what is covered', () => {
  const file = path.resolve(import.meta.dirname, '../../../../README.md');
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The markers of the section are gone');
  const wanted = `${before}${START}${matrixSection()}${END}${after}`;
  if (process.env.UPDATE_README === '1') writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});
