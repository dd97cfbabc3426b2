import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { apply, contextOf, preparedEngine, serverKey } from './support.js';
import { cpuNow } from '../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const LINE = `const k = '${serverKey()}';\n`;
const NEXT = 'stigg-keys-ignore-next-line';
const PATHS: Readonly<Record<string, string>> = { yaml: 'src/a.yaml', markdown: 'a.md', plaintext: 'a.txt' };

test.each<[string, string, number, string?]>([
  ['next line', `// ${NEXT} hardcoded-server-key -- a test account\n${LINE}`, 0],
  ['block comment', `/* ${NEXT} hardcoded-server-key */\n${LINE}`, 0],
  ['CRLF', `// ${NEXT} hardcoded-server-key\r\n${LINE}`, 0],
  ['several rules', `// ${NEXT} cents-to-stigg, hardcoded-server-key -- why\n${LINE}`, 0],
  ['two suppressions above one line', `// ${NEXT} hardcoded-server-key\n// ${NEXT} cents-to-stigg\n${LINE}`, 0],
  ['JSX comment', `const a = <p>\n{/* ${NEXT} hardcoded-server-key */}\n${serverKey()}</p>;`, 0, 'typescriptreact'],
  ['another rule', `// ${NEXT} cents-to-stigg\n${LINE}`, 1],
  ['the reason names the rule', `// ${NEXT} cents-to-stigg -- not hardcoded-server-key\n${LINE}`, 1],
  ['no rule', `// ${NEXT}\n${LINE}`, 1],
  ['not in a comment', `const s = '${NEXT} hardcoded-server-key';\n${LINE}`, 1],
  ['only the next line', `// ${NEXT} hardcoded-server-key\n\n${LINE}`, 1],
  ['whole file', `${LINE}// stigg-keys-ignore-file\n`, 0],
  ['whole file, one rule', `// stigg-keys-ignore-file hardcoded-server-key -- generated\n${LINE}`, 0],
  ['whole file, another rule', `// stigg-keys-ignore-file cents-to-stigg\n${LINE}`, 1],
  ['YAML', `# ${NEXT} hardcoded-server-key\nkey: ${serverKey()}\n`, 0, 'yaml'],
  ['Markdown', `<!-- ${NEXT} hardcoded-server-key -->\n${serverKey()}\n`, 0, 'markdown'],
  ['plain text is no comment', `${NEXT} hardcoded-server-key\n${serverKey()}\n`, 1, 'plaintext'],
])('%s', (_, text, count, languageId = 'typescript') => {
  const findings = engine.scan({ path: PATHS[languageId] ?? 'src/a.ts', languageId, text }, contextOf({}));
  expect(findings.filter(({ rule }) => rule !== 'unused-suppression')).toHaveLength(count);
});

const FILE = 'stigg-keys-ignore-file';

/** The text after every unused suppression was removed; undefined for a finding that offers no fix. */
function withoutUnused(text: string, languageId = 'typescript', path = PATHS[languageId] ?? 'src/a.ts'): string | undefined {
  const findings = engine.scan({ path, languageId, text }, contextOf({})).filter(({ rule }) => rule === 'unused-suppression');
  const edits = findings.map(({ fixes: [fix] }) => fix?.edits[0]);
  return edits.some((edit) => edit === undefined) ? undefined : apply(text, edits.filter((edit) => edit !== undefined));
}

const UNUSED = `${NEXT} hardcoded-server-key`;

describe('an unused suppression is removed', () => {
  test.each<[string, string, string | undefined, string?]>([
    ['a line comment', `a();\n  // ${UNUSED} -- why\nb();\n`, 'a();\nb();\n'],
    ['with CRLF', `a();\r\n// ${UNUSED}\r\nb();\r\n`, 'a();\r\nb();\r\n'],
    ['with a lone CR', `a();\r// ${UNUSED}\rb();\r`, 'a();\rb();\r'],
    ['after a byte order mark', `\uFEFF// ${UNUSED}\nb();\n`, '\uFEFFb();\n'],
    ['at the end of the text', `a();\n// ${UNUSED}`, 'a();\n'],
    ['three slashes', `/// ${UNUSED}\nb();\n`, 'b();\n'],
    ['a block comment', `/* ${UNUSED} -- why */\nb();\n`, 'b();\n'],
    ['a block comment before code', `/* ${FILE} */ b();\n`, ' b();\n'],
    ['after code', `a(); // ${FILE} -- why\nb();\n`, 'a();\nb();\n'],
    ['a line of a long comment', `/**\n * About.\n * ${FILE}\n */\nb();\n`, '/**\n * About.\n */\nb();\n'],
    ['the last line of a long comment', `/*\n   ${FILE} */\nb();\n`, undefined],
    ['after other words of the comment', `// see ${FILE}\nb();\n`, undefined],
    ['of two rules, one of them used', `// ${NEXT} hardcoded-server-key cents-to-stigg -- why\n${LINE}`, `// ${NEXT} hardcoded-server-key -- why\n${LINE}`],
    ['of three, with commas', `// ${NEXT} cents-to-stigg, hardcoded-server-key, server-key-in-frontend\n${LINE}`, `// ${NEXT} hardcoded-server-key\n${LINE}`],
    ['of two above one line, the unused one', `// ${NEXT} cents-to-stigg\n// ${UNUSED}\n${LINE}`, `// ${UNUSED}\n${LINE}`],
    ['HTML', `<!-- ${UNUSED} -- why -->\ntext\n`, 'text\n', 'markdown'],
    ['hash', `# ${UNUSED}\nkey: 1\n`, 'key: 1\n', 'plaintext'],
    ['dashes', `-- ${UNUSED}\nselect 1\n`, 'select 1\n', 'plaintext'],
    ['JSX', `const a = <p>\n  {/* ${UNUSED} */}\n  x</p>;\n`, 'const a = <p>\n  x</p>;\n', 'typescriptreact'],
  ])('%s', (_, before, after, languageId = 'typescript') => {
    expect(withoutUnused(before, languageId)).toBe(after);
  });

  test('what is left has no finding', () => {
    const text = `// ${UNUSED}, no-such-rule -- why\nconst a = 1;\n// ${NEXT} cents-to-stigg\n${LINE}`;
    const fixed = withoutUnused(text) ?? '';
    expect(fixed).toBe(`const a = 1;\n${LINE}`);
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text: fixed }, contextOf({})).map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
  });
});

describe('an unused suppression is not reported', () => {
  test.each<[string, string]>([
    ['for a rule that knows the vault', `// ${NEXT} dead-key expiring-key wrong-environment-key\nx();\n`],
    ['where code is broken', `// ${UNUSED}\nconst = ;\n`],
    ['where it allows it', `// ${UNUSED} unused-suppression\nx();\n`],
    ['where the line above allows it', `// ${NEXT} unused-suppression\n// ${UNUSED}\nx();\n`],
    ['where the file allows it', `// ${FILE} unused-suppression\n// ${UNUSED}\nx();\n`],
    ['outside of comments', `const a = '${UNUSED}';\n`],
  ])('%s', (_, text) => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toEqual([]);
  });

  test('for a rule that is switched off', () => {
    const context = { ...contextOf({}), severityOf: (rule: string) => (rule === 'hardcoded-server-key' ? 'off' as const : undefined) };
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text: `// ${UNUSED}\nx();\n` }, context)).toEqual([]);
  });

  test('in files that the settings leave out', () => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text: `${LINE}// ${UNUSED}\nx();\n` }, { ...contextOf({}), isExcluded: () => true })).toEqual([]);
  });
});

test('many suppressions above one line are read in no time', () => {
  const text = `// ${UNUSED}\n`.repeat(5_000) + LINE;
  const started = cpuNow();
  expect(engine.scan({ path: 'a.txt', languageId: 'plaintext', text }, contextOf({}))).toEqual([]);
  expect(cpuNow() - started).toBeLessThan(10_000);
});
