import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { contextOf, preparedEngine, serverKey } from './support.js';

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
