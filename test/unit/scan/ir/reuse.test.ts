import { beforeAll, describe, expect, test } from 'vitest';
import { ecmascriptLowering } from '../../../../src/scan/languages/lowering/ecmascript.js';
import { type LowerNode, lowerProgram, type LoweringRules } from '../../../../src/scan/ir/lowering.js';
import type { IrNode, Program } from '../../../../src/scan/ir/node.js';
import type { Unit } from '../../../../src/scan/ir/pool.js';
import { walk } from '../../../../src/scan/ir/walk.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { host } from '../support.js';
import { misplaced, print } from './print.js';

type Parser = Awaited<ReturnType<typeof createParser>>;

let parser: Parser;
beforeAll(async () => {
  const readWasm = (name: string): Promise<Uint8Array> => host.readWasm(name);
  parser = await createParser(await loadGrammar('typescript', readWasm), readWasm);
});

interface Counted {
  readonly program: Program;
  readonly units: readonly Unit[];
  /** How many syntax nodes the rules were asked about. */
  readonly asked: number;
}

function lower(text: string, previous: readonly Unit[] = []): Counted {
  let asked = 0;
  const counting = (rule: LowerNode): LowerNode => (node, lowering) => {
    asked++;
    return rule(node, lowering);
  };
  const rules: LoweringRules = { ...ecmascriptLowering, nodes: Object.fromEntries(Object.entries(ecmascriptLowering.nodes).map(([type, rule]) => [type, counting(rule)])) };
  const tree = SyntaxTree.parse(parser, text);
  if (tree === undefined) throw new Error('Not parsed');
  const lowered = lowerProgram(tree, text, rules, previous);
  tree.dispose();
  return { ...lowered, asked };
}

/** Ten lines each, in a class of their own every tenth time. */
function handler(index: number): string {
  const body = `  const price = load(${index});
  if (price.isFree) {
    return undefined;
  }
  const { data } = await client.v1.coupons.create({
    id: \`coupon-\${price.id}-${index}\`,
    amountsOff: [{ amount: price.amount / 100, currency: 'usd' }],
  });
  return data.id + ${index};
}
`;
  return index % 10 === 9 ? `class Service${index} {\n  field = ${index};\n  async create${index}() {\n${body}}\n` : `export async function create${index}() {\n${body}`;
}

const LINES = Array.from({ length: 200 }, (_, index) => handler(index)).join('').split('\n');
const TEXT = LINES.join('\n');

const statements = ({ program }: Counted): ReadonlySet<IrNode> => new Set(program.root.children);

/** How many statements of the outermost level are new objects. */
function renewed(before: ReadonlySet<IrNode>, after: Counted): number {
  return after.program.root.children.filter((node) => !before.has(node)).length;
}

function replaced(line: number, from: string, to: string): string {
  const lines = [...LINES];
  expect(lines[line]).toContain(from);
  lines[line] = (lines[line] ?? '').replace(from, to);
  return lines.join('\n');
}

/** The first line after the middle that holds the text. */
const lineOf = (text: string): number => LINES.findIndex((line, index) => index > 1_000 && line.includes(text));

describe('one keystroke in 2,000 lines', () => {
  test('the file is as long as that', () => {
    expect(LINES.length).toBeGreaterThan(2_000);
  });

  test.each([
    ['in a number', () => replaced(lineOf('/ 100'), '/ 100', '/ 1000'), 1],
    ['in a name', () => replaced(lineOf('const price'), 'price', 'pric'), 1],
    ['in a string', () => replaced(lineOf(`'usd'`), 'usd', 'us'), 1],
    ['inside of a nested block', () => replaced(lineOf('return undefined'), 'undefined', 'undefine'), 1],
    ['in a class', () => replaced(lineOf('  field ='), 'field', 'fields'), 1],
    ['at the beginning: everything moves', () => `\n${TEXT}`, 0],
    ['a new statement first', () => `x;\n${TEXT}`, 1],
    ['at the end', () => `${TEXT}x`, 1],
    ['in a comment', () => replaced(lineOf('const { data }'), 'const', '/* x */ const'), 1],
  ])('%s lowers little anew', (_, next, statementsRenewed) => {
    const first = lower(TEXT);
    expect(first.asked).toBeGreaterThan(5_000);
    const before = statements(first);
    const text = next();
    const second = lower(text, first.units);
    expect(renewed(before, second)).toBe(statementsRenewed);
    // The statement itself with what is around it: no more than a hundredth of the file.
    expect(second.asked).toBeLessThan(first.asked / 100);
    const scratch = lower(text);
    expect(print(second.program.root)).toBe(print(scratch.program.root));
    expect(misplaced(second.program.root, text)).toEqual([]);
  });

  test('a statement inside of a block that has changed is taken over', () => {
    const first = lower(TEXT);
    const line = lineOf('return data.id');
    const calls = (counted: Counted): IrNode[] => [...walk(counted.program.root)].filter(({ kind }) => kind === 'call');
    const before = new Set(calls(first));
    const second = lower(replaced(line, 'data.id', 'data.i'), first.units);
    expect(calls(second).filter((node) => !before.has(node))).toEqual([]);
  });

  test.each([
    ['list', 'const plans = [\n', (index: number) => `  {\n    id: 'plan-${index}',\n    price: { amount: ${index}, currency: 'usd' },\n  },\n`, '];\n'],
    ['object', 'export default {\n', (index: number) => `  plan${index}: {\n    id: 'plan-${index}',\n    price: { amount: ${index}, currency: 'usd' },\n  },\n`, '};\n'],
    ['object of methods', 'export default {\n', (index: number) => `  create${index}() {\n    const a = f(${index});\n    return a;\n  },\n`, '};\n'],
  ])('one value of a long %s', (_, before, row, after) => {
    const text = [before, ...Array.from({ length: 500 }, (_each, index) => row(index)), after].join('');
    const first = lower(text);
    const next = text.replace('250', '2501');
    const second = lower(next, first.units);
    expect(second.asked).toBeLessThan(first.asked / 100);
    expect(print(second.program.root)).toBe(print(lower(next).program.root));
    expect(misplaced(second.program.root, next)).toEqual([]);
  });

  test.each(['{', '(', '[', 'const {', 'f({ a: ', '<', '`', '/*'])('%s that is not closed yet', (open) => {
    const first = lower(TEXT);
    const at = LINES.slice(0, 1_001).join('\n').length;
    const text = `${TEXT.slice(0, at)}\n${open}${TEXT.slice(at)}`;
    const second = lower(text, first.units);
    const check = ({ program }: Counted, of: string): void => {
      expect(print(program.root)).toBe(print(lower(of).program.root));
      expect(misplaced(program.root, of)).toEqual([]);
    };
    check(second, text);
    // What is taken over moves: the second lowering is no longer valid now.
    const third = lower(TEXT, second.units);
    check(third, TEXT);
    // A text that is not closed turns what follows inside out.
    const most = open === '`' ? first.asked : first.asked / 100;
    expect(second.asked).toBeLessThan(most);
    expect(third.asked).toBeLessThan(most);
  });

  test('nothing is lowered anew when nothing has changed', () => {
    const first = lower(TEXT);
    expect(lower(TEXT, first.units).asked).toBe(0);
  });

  test('a statement is not taken over twice', () => {
    const first = lower('f(1);\n');
    const { program } = lower('f(1);\nf(1);\n', first.units);
    const [one, other] = program.root.children;
    expect(one).not.toBe(other);
    expect(misplaced(program.root, 'f(1);\nf(1);\n')).toEqual([]);
  });

  test('swapped statements only move', () => {
    const first = lower('f(1);\ng({ a: 2 });\n');
    const text = 'g({ a: 2 });\nf(1);\n';
    const second = lower(text, first.units);
    expect(second.asked).toBe(0);
    expect(misplaced(second.program.root, text)).toEqual([]);
    expect(print(second.program.root)).toBe('{ g({a: 2}); f(1) }');
  });

  test('typing a line that is broken in between ends as from scratch', () => {
    const typed = `const { data } = await client.v1.coupons.create({ amountsOff: [{ amount: 4900 }] });`;
    const at = LINES.slice(0, lineOf('return data.id')).join('\n').length;
    let { units } = lower(TEXT);
    let text = TEXT;
    for (let length = 1; length <= typed.length; length += 7) {
      text = `${TEXT.slice(0, at)}\n${typed.slice(0, length)}${TEXT.slice(at)}`;
      ({ units } = lower(text, units));
    }
    const last = lower(text, units);
    expect(print(last.program.root)).toBe(print(lower(text).program.root));
    expect(misplaced(last.program.root, text)).toEqual([]);
  });
});
