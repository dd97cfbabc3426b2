import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { walk } from '../../../../src/scan/ir/walk.js';
import { COMMON, MARKED, type Row, TYPED, UNMARKED } from './ecmascriptRows.js';
import { SNIPPETS } from './ecmascriptSnippets.js';
import { lowererFor, type LoweredText } from './lower.js';
import { misplaced, print } from './print.js';

type Lowerer = Awaited<ReturnType<typeof lowererFor>>;

const lowerers = new Map<string, Lowerer>();
beforeAll(async () => {
  for (const extension of ['ts', 'tsx', 'js', 'jsx']) lowerers.set(extension, await lowererFor(`a.${extension}`));
});

function lowererOf(extension: string): Lowerer {
  const lowerer = lowerers.get(extension);
  if (lowerer === undefined) throw new Error(extension);
  return lowerer;
}

const printed = ({ program }: LoweredText): string => program.root.children.map(print).join('; ');

const rows = (extensions: readonly string[], table: readonly Row[]): [string, string, string][] => extensions.flatMap((extension) => table.map(([source, expected]): [string, string, string] => [extension, source, expected]));

test.each([
  ...rows(['ts', 'tsx', 'js', 'jsx'], COMMON),
  ...rows(['ts', 'tsx'], TYPED),
  ...rows(['ts'], UNMARKED),
  ...rows(['tsx', 'js', 'jsx'], MARKED),
])('%s: %s', (extension, source, expected) => {
  const lowered = lowererOf(extension)(source);
  expect(lowered.hasError).toBe(false);
  expect(printed(lowered)).toBe(expected);
  expect(misplaced(lowered.program.root, source)).toEqual([]);
});

describe('what people write', () => {
  test.each(SNIPPETS)('%s', (path, text, expected) => {
    const lowered = lowererOf(path.slice(path.lastIndexOf('.') + 1))(text);
    expect(lowered.hasError).toBe(false);
    expect(lowered.program.root.children.map(print)).toEqual(expected);
    expect(misplaced(lowered.program.root, text)).toEqual([]);
  });
});

describe('places', () => {
  /** The texts that what is found stands at. */
  const textsOf = (source: string, place: (node: ReturnType<typeof walk>[number]) => readonly (readonly [number, number])[]): string[] => {
    const { program } = lowererOf('tsx')(source);
    return [...walk(program.root)].flatMap(place).map(([start, end]) => source.slice(start, end));
  };

  test('of members are their names without quotes', () => {
    expect(textsOf(`a.b?.c["d e"][\`f\`].#g`, (node) => (node.kind === 'member' ? [[node.nameStart, node.nameEnd]] : []))).toEqual(['#g', 'f', 'd e', 'c', 'b']);
  });

  test('of entries are name and value', () => {
    const source = `({ a: 1, 'b-c': f(), [d]: 2, ["e"]: 3, g, ...h, i() {}, })`;
    expect(textsOf(source, (node) => (node.kind === 'object' ? node.entries.map(({ keyStart, keyEnd }) => [keyStart, keyEnd]) : []))).toEqual(['a', 'b-c', '[d]', 'e', 'g', '', 'i']);
    expect(textsOf(source, (node) => (node.kind === 'object' ? node.entries.map(({ start, end }) => [start, end]) : []))).toEqual(['a: 1', `'b-c': f()`, '[d]: 2', '["e"]: 3', 'g', '...h', 'i() {}']);
    expect(textsOf(source, (node) => (node.kind === 'object' ? [[node.innerStart, node.innerEnd]] : []))).toEqual([source.slice(2, -2)]);
  });

  test('of calls are their lists of arguments', () => {
    expect(textsOf('a(b, ...c); new D(1); new E; await f<T>(x); g`h`; <I j={1} />', (node) => (node.kind === 'call' ? [[node.start, node.end], [node.listStart, node.listEnd]] : [])))
      .toEqual(['a(b, ...c)', '(b, ...c)', 'new D(1)', '(1)', 'new E', '', 'f<T>(x)', '(x)', 'g`h`', '`h`', '<I j={1} />', '']);
  });

  test('of texts are their stretches', () => {
    expect(textsOf('"a"; `b${c}d\\n${e}`; <F g="h" />', (node) => (node.kind === 'text' ? node.parts.flatMap((part): [number, number][] => (part.kind === 'stretch' ? [[part.start, part.end]] : [])) : [])))
      .toEqual(['a', 'b', 'd\\n', 'h']);
  });

  test('of binds and parameters are their targets', () => {
    expect(textsOf('const { a, b: [c = 1] } = d; function f(g: T, { h } = i) {}', (node) => {
      if (node.kind === 'bind') return node.targets.map(({ start, end }): [number, number] => [start, end]);
      return node.kind === 'function' ? node.parameters.flatMap(({ start, end, targets }): [number, number][] => [[start, end], ...targets.map((target): [number, number] => [target.start, target.end])]) : [];
    })).toEqual(['a', 'c', 'c', 'g: T', 'g', '{ h } = i', 'h']);
  });
});

describe('broken code', () => {
  test.each([
    'const a = {', 'f(', 'f({ a: ', 'a.', 'a?.', 'a[', 'class {', 'class A { b = ', '`a${', "'a", 'const { a, ', 'x = ', 'a ? b', '<A', '<A b=', '<A b={', '<A>{', 'for (const x of', 'new ', 'await', '@', 'import', '...', 'async (', '=>', 'function',
    'a.b.c({ d: 1, e', 'switch (x) { case', 'enum A { B = ', 'f<T>(', '({ [a]: })', '({ get })', '[a, = b', 'x +', '!', '}', '))', '\\', '\0', '<', '</', 'a!', 'namespace', 'export', 'export {', 'export default',
  ])('%s', (text) => {
    for (const lowerer of lowerers.values()) {
      for (const each of [text, `${text}\n`, `f(1);\n${text}\ng(2);\n`]) expect(misplaced(lowerer(each).program.root, each)).toEqual([]);
    }
  });

  test.each([
    ['brackets', `${'('.repeat(3_000)}1${')'.repeat(3_000)}`], ['lists', `${'['.repeat(3_000)}${']'.repeat(3_000)}`], ['sums', `a${' + a'.repeat(3_000)}`], ['calls', `a${'.b()'.repeat(3_000)}`],
    ['patterns', `const ${'{ a: '.repeat(500)}b${' = {} }'.repeat(500)} = c`], ['functions', `${'() => '.repeat(1_000)}1`], ['templates', `${'`${'.repeat(500)}1${'}`'.repeat(500)}`], ['conditions', `${'a ? b : '.repeat(1_000)}c`],
    ['else', `${'if (a) b(); else '.repeat(500)}c()`], ['generic calls', `${'await '.repeat(1_000)}f<T>(x)`],
  ])('deep %s', (_, text) => {
    const { program } = lowererOf('ts')(text);
    let nodes = 0;
    for (const node of walk(program.root)) nodes += node.end >= node.start ? 1 : 0;
    expect(nodes).toBeGreaterThan(1);
  });
});

/** Undefined where a busy machine did not parse it in time. */
function loweredOr(lower: Lowerer, ...given: Parameters<Lowerer>): LoweredText | undefined {
  try {
    return lower(...given);
  } catch (error) {
    if (error instanceof Error && error.message === 'Not parsed') return undefined;
    throw error;
  }
}

/** Everything that a lowering says, with all places. */
const everything = ({ program }: LoweredText): string => JSON.stringify(program.root, (key, value: unknown) => (key === 'parent' || key === 'childNodes' ? undefined : value));

type Change = readonly [kind: 'insert' | 'delete' | 'replace' | 'duplicate' | 'swap', at: number, length: number, what: string];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('insert', 'delete', 'replace', 'duplicate', 'swap'), fc.nat(4_000), fc.integer({ min: 1, max: 30 }),
  fc.oneof(fc.constantFrom('{', '}', '(', ')', '`', "'", '${', ';', '\n', '.', '!', '<T>', '/>', ' = 1', ', ...x', 'await ', '/*', 'f(1)', 'const { a = 1 } = b;'), fc.string({ maxLength: 5 })),
);

function changed(text: string, [kind, position, length, what]: Change): string {
  const at = position % (text.length + 1);
  if (kind === 'insert') return text.slice(0, at) + what + text.slice(at);
  if (kind === 'delete') return text.slice(0, at) + text.slice(at + length);
  if (kind === 'replace') return text.slice(0, at) + what + text.slice(at + length);
  const lines = text.split('\n');
  const [line, other] = [position % lines.length, (position + length) % lines.length];
  if (kind === 'duplicate') return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join('\n');
  return lines.map((each, index) => (index === line ? lines[other] : index === other ? lines[line] : each)).join('\n');
}

test.each(SNIPPETS)('%s lowered again after changes is as lowered from scratch', (path, text) => {
  const lower = lowererOf(path.slice(path.lastIndexOf('.') + 1));
  fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
    let now = text;
    let { units } = lower(now);
    for (const each of changes) {
      now = changed(now, each);
      const fresh = loweredOr(lower, now);
      const again = loweredOr(lower, now, units);
      if (again === undefined || fresh === undefined) return;
      expect(everything(again)).toBe(everything(fresh));
      expect(misplaced(again.program.root, now)).toEqual([]);
      ({ units } = again);
    }
  }), { numRuns: 40 });
});
