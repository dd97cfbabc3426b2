import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walk } from '../../../../src/scan/ir/walk.js';
import { lowererFor, type LoweredText } from './lower.js';
import { misplaced, print } from './print.js';

export interface Snippet {
  readonly name: string;
  readonly text: string;
  /** One per statement at the top. */
  readonly printed: readonly string[];
}

export interface Samples {
  /** Code and what it becomes; none of it has syntax errors. */
  readonly rows: readonly (readonly [text: string, printed: string])[];
  readonly snippets: readonly Snippet[];
  readonly broken: readonly string[];
  readonly deep: readonly (readonly [name: string, text: string])[];
  /** What an edit may bring in. */
  readonly pieces: readonly string[];
}

/** Everything that a lowering says, with all places. */
const everything = ({ program }: LoweredText): string => JSON.stringify(program.root, (key, value: unknown) => (key === 'parent' || key === 'childNodes' ? undefined : value));

const statements = ({ program }: LoweredText): string[] => program.root.children.map(print);

/** Cuts a stretch out of the text and puts something else there, repeats a line, or lets two lines change places. */
interface Edit {
  readonly kind: 'splice' | 'duplicate' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly piece: string;
}

const edits = (pieces: readonly string[]): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('splice', 'splice', 'splice', 'duplicate', 'swap'),
      at: fc.nat(3_000),
      length: fc.oneof(fc.constant(0), fc.nat(30)),
      piece: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.string({ maxLength: 4 })),
    }),
    { minLength: 1, maxLength: 5 },
  );

function edited(text: string, { kind, at, length, piece }: Edit): string {
  if (kind === 'splice') {
    const start = at % (text.length + 1);
    return text.slice(0, start) + piece + text.slice(start + length);
  }
  const lines = text.split('\n');
  const one = at % lines.length;
  const other = (at + length) % lines.length;
  if (kind === 'duplicate') return [...lines.slice(0, one + 1), ...lines.slice(one)].join('\n');
  return lines.map((line, index) => (index === one ? lines[other] : index === other ? lines[one] : line)).join('\n');
}

/** The tests that Java and Kotlin share. */
export async function testLowering(path: string, { rows, snippets, broken, deep, pieces }: Samples): Promise<void> {
  const lower = await lowererFor(path);

  test.each(rows)('%s', (text, printed) => {
    const lowered = lower(text);
    expect(statements(lowered).join('; ')).toBe(printed);
    expect(misplaced(lowered.program.root, text)).toEqual([]);
    expect(lowered.hasError).toBe(false);
  });

  test.each(snippets)('$name', ({ text, printed }) => {
    const lowered = lower(text);
    expect(statements(lowered)).toEqual(printed);
    expect(misplaced(lowered.program.root, text)).toEqual([]);
    expect(lowered.hasError).toBe(false);
  });

  describe('broken code', () => {
    test.each(broken.map((text) => [text]))('%s', (text) => {
      for (const each of [text, `${text}\n`, `f(1)\n${text}\ng(2)\n`]) expect(misplaced(lower(each).program.root, each)).toEqual([]);
    });

    test.each(deep)('deep %s', (_, text) => {
      expect([...walk(lower(text).program.root)].length).toBeGreaterThan(1);
    });
  });

  test.each(snippets)('$name: lowered again after edits as from scratch', ({ text }) => {
    fc.assert(
      fc.property(edits(pieces), (all) => {
        let now = text;
        let { units } = lower(now);
        for (const edit of all) {
          now = edited(now, edit);
          const again = lower(now, units);
          expect(everything(again)).toBe(everything(lower(now)));
          expect(misplaced(again.program.root, now)).toEqual([]);
          ({ units } = again);
        }
      }),
      { numRuns: 40 },
    );
  });
}
