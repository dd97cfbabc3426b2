import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IrNode } from '../../../../src/scan/ir/node.js';
import { walk } from '../../../../src/scan/ir/walk.js';
import { lowererFor, type LoweredText } from './lower.js';
import { misplaced, print } from './print.js';

/** Code, and what it becomes. */
export type Row = readonly [source: string, printed: string];

/** Code as people write it, and what its statements become. */
export type Snippet = readonly [name: string, text: string, printed: readonly string[]];

export type Lowerer = Awaited<ReturnType<typeof lowererFor>>;

/** Where something stands. */
export type Place = readonly [start: number, end: number];

interface Language {
  readonly extension: string;
  readonly rows: readonly Row[];
  readonly snippets: readonly Snippet[];
  /** What stands before the code that is cut off or nested. */
  readonly opening: string;
  readonly broken: readonly string[];
  /** Code that is nested far too deeply. */
  readonly deep: readonly (readonly [name: string, text: string])[];
  /** What edits put in, besides any text. */
  readonly pieces: readonly string[];
}

/** The tests that every language's lowering has to pass. Gives what lowers, once the tests run. */
export function lowers({ extension, rows, snippets, opening, broken, deep, pieces }: Language): () => Lowerer {
  let lowerer: Lowerer | undefined;
  const lower: Lowerer = (...given) => {
    if (lowerer === undefined) throw new Error('Not loaded');
    return lowerer(...given);
  };
  beforeAll(async () => {
    lowerer = await lowererFor(`a.${extension}`);
  });

  test.each(rows)('%s', (source, expected) => {
    const lowered = lower(source);
    expect(lowered.hasError).toBe(false);
    expect(lowered.program.root.children.map(print).join('; ')).toBe(expected);
    expect(misplaced(lowered.program.root, source)).toEqual([]);
  });

  test.each(snippets)('what people write: %s', (_, text, expected) => {
    const lowered = lower(text);
    expect(lowered.hasError).toBe(false);
    expect(lowered.program.root.children.map(print)).toEqual(expected);
    expect(misplaced(lowered.program.root, text)).toEqual([]);
  });

  describe('broken code', () => {
    test.each(broken)('%s', (text) => {
      for (const each of [text, `${opening}${text}`, `${opening}${text}\n`, `${opening}f(1);\n${text}\ng(2);\n`]) expect(misplaced(lower(each).program.root, each)).toEqual([]);
    });

    test.each(deep)('deep %s', (_, text) => {
      const { program } = lower(opening + text);
      expect([...walk(program.root)].length).toBeGreaterThan(1);
    });
  });

  test.each(snippets)('lowered again after changes as from scratch: %s', (_, text) => {
    fc.assert(fc.property(fc.array(changes(pieces), { minLength: 1, maxLength: 6 }), (all) => {
      let now = text;
      let { units } = lower(now);
      for (const each of all) {
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

  return () => lower;
}

/** The texts at the places that are found in the nodes, from the outside inwards. */
export function textsAt(lower: Lowerer, source: string, places: (node: IrNode) => readonly Place[]): string[] {
  return [...walk(lower(source).program.root)].flatMap(places).map(([start, end]) => source.slice(start, end));
}

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
function everything({ program }: LoweredText): string {
  return JSON.stringify(program.root, (key, value: unknown) => (key === 'parent' || key === 'childNodes' ? undefined : value));
}

type Change = readonly [kind: 'insert' | 'delete' | 'replace' | 'duplicate' | 'swap', at: number, length: number, what: string];

function changes(pieces: readonly string[]): fc.Arbitrary<Change> {
  return fc.tuple(
    fc.constantFrom('insert', 'delete', 'replace', 'duplicate', 'swap'), fc.nat(4_000), fc.integer({ min: 1, max: 30 }),
    fc.oneof(fc.constantFrom('{', '}', '(', ')', '[', '"', "'", ';', '\n', '.', ',', '=', 'f(1)', ...pieces), fc.string({ maxLength: 5 })),
  );
}

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
