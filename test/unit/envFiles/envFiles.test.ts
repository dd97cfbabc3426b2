import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setVariable, takeOut, type Taken } from '../../../src/envFiles/edit.js';
import { parseEnv } from '../../../src/envFiles/parse.js';
import { secretsIn } from '../../../src/envFiles/secrets.js';
import { clientKey, legacyKey, serverKey } from '../scan/support.js';

const S = serverKey();
const C = clientKey();
const L = legacyKey();
const NOTE = 'it is elsewhere';

const values = (text: string): unknown[] => parseEnv(text).map(({ name, value, isComment }) => [isComment ? `#${name}` : name, text.slice(value.start, value.end)]);

describe('reading', () => {
  test.each<[string, string, unknown[]]>([
    ['plain', 'A=1\nB=2', [['A', '1'], ['B', '2']]],
    ['a mark, Windows lines, none at the end', '\uFEFFA=1\r\nB=2\r\n\r\nC=', [['A', '1'], ['B', '2'], ['C', '']]],
    ['old Mac lines', 'A=1\rB=2\r', [['A', '1'], ['B', '2']]],
    ['blanks and export', ' export  A = 1 \n\texport B=2', [['A', '1'], ['B', '2']]],
    ['a colon', 'A: 1\nB:2', [['A', '1']]],
    ['quotes', 'A="1 # 2"\nB=\'3\' # 4\nC=`5`;\nD=""', [['A', '1 # 2'], ['B', '3'], ['C', '5'], ['D', '']]],
    ['an escaped quote', 'A="1\\"2"\nB=\'1\\\'', [['A', '1\\"2'], ['B', '1\\']]],
    ['several lines', 'A="1\nB=2\n3"\nC=4', [['A', '1\nB=2\n3'], ['C', '4']]],
    ['a quote that is not closed', 'A="1\nB=2', [['A', '"1'], ['B', '2']]],
    ['more behind the quote', 'A="1" 2\nB=3', [['A', '"1" 2'], ['B', '3']]],
    ['comments', 'A=1 # x\nB=1#x\nC= # x\nD=# x\n', [['A', '1'], ['B', '1#x'], ['C', ''], ['D', '# x']]],
    ['switched off', '# A=1\n#export B="2"\n## C=3 # x\n# words = fine: yes\n#D="4\nE=5', [['#A', '1'], ['#B', '2'], ['#C', '3'], ['#words', 'fine: yes'], ['#D', '"4'], ['E', '5']]],
    ['no assignments', 'words\n=x\n1A=2\n#\n-A=1\n', []],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test.each<[string, string, unknown[], number]>([
    ['every kind', `A=${S}\nB=${C}\nC='${L}'`, [['A', 'server'], ['B', 'client'], ['C', 'legacy']], 0],
    ['dollars that are escaped', `A=${L.replaceAll('$', '\\$')}\nB=${L.replaceAll('$', '$$$$')}`, [['A', 'legacy'], ['B', 'legacy']], 0],
    ['switched off', `# A=${S}`, [['A', 'server']], 0],
    ['inside of something', `A="Bearer ${S}"\n# the key is ${S}\nB=${C}/x`, [], 2],
    ['made up', `A=server-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}:00000000-0000-0000-0000-${'0'.repeat(12)}\nB=server-xxxx`, [], 0],
  ])('keys: %s', (_what, text, expected, elsewhere) => {
    const found = secretsIn(text);
    expect(found.secrets.map(({ assignment, kind }) => [assignment.name, kind])).toEqual(expected);
    expect(found.elsewhere).toBe(elsewhere);
  });

  test('a million characters take a moment', () => {
    for (const text of ['A='.repeat(500_000), 'A="\n'.repeat(20_000), '#'.repeat(1_000_000), ' '.repeat(1_000_000), `${'A=" '.repeat(1_000)}\n`.repeat(50)]) expect(parseEnv(text).length).toBeLessThan(25_000);
  });
});

describe('taking keys out', () => {
  const taken = (text: string, how: Taken['how']): string => takeOut(text, secretsIn(text).secrets.map(({ assignment }) => ({ assignment, how, note: assignment.isComment ? undefined : NOTE })));

  test.each<[string, string, string, string]>([
    ['in the middle', `X=1\nA=${S}\nY=2\n`, `X=1\n# ${NOTE}\nA=\nY=2\n`, `X=1\n# ${NOTE}\nY=2\n`],
    ['Windows lines and a mark', `\uFEFFA=${S}\r\nY=2`, `\uFEFF# ${NOTE}\r\nA=\r\nY=2`, `\uFEFF# ${NOTE}\r\nY=2`],
    ['the last line, without an end', `X=1\nA=${S}`, `X=1\n# ${NOTE}\nA=`, `X=1\n# ${NOTE}`],
    ['quotes, export and a comment', `export A = "${S}" # mine\n`, `# ${NOTE}\nexport A = "" # mine\n`, `# ${NOTE}\n`],
    ['switched off', `# A=${S}\nX=1\n`, '# A=\nX=1\n', 'X=1\n'],
    ['two of them', `A=${S}\nB='${L}'\n`, `# ${NOTE}\nA=\n# ${NOTE}\nB=''\n`, `# ${NOTE}\n`],
    ['said already', `# ${NOTE}\nA=${S}\n`, `# ${NOTE}\nA=\n`, `# ${NOTE}\n`],
  ])('%s', (_what, text, emptied, removed) => {
    expect(taken(text, 'empty')).toBe(emptied);
    expect(taken(text, 'remove').replace(`# ${NOTE}\n# ${NOTE}\n`, `# ${NOTE}\n`)).toBe(removed);
  });
});

describe('setting a variable', () => {
  test.each<[string, string, string, string]>([
    ['a new file', '', S, `A=${S}\n`],
    ['at the end', 'X=1', S, `X=1\nA=${S}\n`],
    ['with the file\'s line ends', 'X=1\r\nY=2', S, `X=1\r\nY=2\r\nA=${S}\r\n`],
    ['in its place', `A=old # mine\nX=1`, S, `A=${S} # mine\nX=1`],
    ['an empty one', 'A=\nX=1', S, `A=${S}\nX=1`],
    ['an empty one with a comment', 'A= # mine', S, `A=${S} # mine`],
    ['an empty one with a colon', 'A: # mine', S, `A: ${S} # mine`],
    ['in its quotes', 'export A="old"', S, `export A="${S}"`],
    ['where dollars would be expanded', 'A="old"\n', L, `A='${L}'\n`],
    ['where nothing is quoted', 'A=old\n', L, `A='${L}'\n`],
    ['the one that counts', 'A=1\nA=2\n# A=3\n', S, `A=1\nA=${S}\n# A=3\n`],
  ])('%s', (_what, text, value, expected) => {
    expect(setVariable(text, 'A', value)).toBe(expected);
  });

  test.each([[''], ['a b'], ['a\nB=1'], ["a'b"], ['a"b'], ['ключ'], ['x'.repeat(1_001)]])('refuses %j', (value) => {
    expect(() => setVariable('', 'A', value)).toThrow(RangeError);
  });
});

describe('whatever the file', () => {
  const name = fc.constantFrom('A', 'B', 'STIGG_SERVER_API_KEY', 'A.b-c');
  const line = fc.oneof(
    fc.tuple(fc.constantFrom('', 'export ', ' ', '# '), name, fc.constantFrom('=', ' = ', ': '), fc.constantFrom('', 'x', '"x y"', "'x'", '`', '"', '"x\n', S, `"${S}"`, `'${L}'`, C), fc.constantFrom('', ' # c', ' ')).map((parts) => parts.join('')),
    fc.string({ maxLength: 12 }), fc.constantFrom('# words', '', '"', `# ${S}`),
  );
  const file = fc.tuple(fc.constantFrom('', '\uFEFF'), fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 12 }), fc.boolean())
    .map(([mark, lines, isCut]) => { const text = mark + lines.map((parts) => parts.join('')).join(''); return isCut ? text.replace(/[\r\n]+$/, '') : text; });
  const active = (text: string): Map<string, string> => new Map(parseEnv(text).filter(({ isComment }) => !isComment).map(({ name, value }) => [name, text.slice(value.start, value.end)]));

  test('reading never fails, and its stretches are in order and inside of the text', () => {
    fc.assert(fc.property(fc.oneof(file, fc.string({ unit: 'binary' })), (text) => {
      let last = 0;
      for (const { start, end, value } of parseEnv(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect([start <= value.start, value.start <= value.end, value.end <= end, end <= text.length]).not.toContain(false);
        last = end;
      }
    }), { numRuns: 500 });
  });

  test('setting changes that variable\'s value alone, and is read back', () => {
    fc.assert(fc.property(file, name, fc.constantFrom(S, C, L), (text, wanted, value) => {
      const after = setVariable(text, wanted, value);
      expect(active(after)).toEqual(new Map([...active(text), [wanted, value]]));
      const before = parseEnv(text).findLast((one) => one.name === wanted && !one.isComment);
      if (before === undefined) expect(after.startsWith(text)).toBe(true);
      else {
        expect(after.startsWith(text.slice(0, before.value.start - (before.quote === '' ? 0 : 1)))).toBe(true);
        expect(after.endsWith(text.slice(before.value.end + (before.quote === '' ? 0 : 1)))).toBe(true);
      }
      expect(setVariable(after, wanted, value)).toBe(after);
    }), { numRuns: 1_000 });
  });

  test('emptying takes out every key that is a value, and nothing else', () => {
    fc.assert(fc.property(file, (text) => {
      const { secrets, elsewhere } = secretsIn(text);
      const after = takeOut(text, secrets.map(({ assignment }) => ({ assignment, how: 'empty' })));
      expect(secretsIn(after)).toEqual({ secrets: [], elsewhere });
      // What was taken out put back gives the file again.
      let back = after;
      let cut = secrets.reduce((sum, { assignment: { value } }) => sum + value.end - value.start, 0);
      for (const { assignment: { value } } of secrets.toReversed()) {
        cut -= value.end - value.start;
        const at = value.start - cut;
        back = back.slice(0, at) + text.slice(value.start, value.end) + back.slice(at);
      }
      expect(back).toBe(text);
    }), { numRuns: 1_000 });
  });

  test('removing leaves all other lines', () => {
    fc.assert(fc.property(file, (text) => {
      const { secrets } = secretsIn(text);
      const after = takeOut(text, secrets.map(({ assignment }) => ({ assignment, how: 'remove' })));
      let expected = '';
      let at = 0;
      for (const { assignment } of secrets) {
        expected += text.slice(at, assignment.start);
        at = assignment.end;
      }
      expect(after).toBe(expected + text.slice(at));
    }), { numRuns: 500 });
  });
});
