import { expect, test } from 'vitest';
import { runtimeBytes } from '../../../src/scan/syntax/wasmMemory.js';
import { contextOf, preparedEngine, serverKey } from './support.js';

// In a file of its own: what fails here has failed for the whole process.
test('a document that destroys the parser is plain text, as is every later one; tokens are found all the same', async () => {
  const engine = await preparedEngine();
  const key = serverKey();
  const open = engine.open({ path: 'b.ts', languageId: 'typescript', text: `const a = "${key}";\n` });
  const before = open.findings(contextOf({}));
  expect(before.map(({ rule, fixes }) => [rule, fixes.length > 0])).toEqual([['hardcoded-server-key', true]]);
  // Recovery from its errors takes all of the memory at once, or more stack than there is.
  const hostile = { path: 'a.py', languageId: 'python', text: `stigg ${key}\n${'/*\n'.repeat(13_000)}` };
  for (let attempt = 0; attempt < 3; attempt++) expect(engine.scan(hostile, contextOf({})).map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
  expect(runtimeBytes()).toBeLessThan(1_100_000_000);
  expect(open.findings(contextOf({})).map(({ rule, start, end }) => [rule, start, end])).toEqual(before.map(({ rule, start, end }) => [rule, start, end]));
  open.update(`// ${key}\n`);
  expect(open.findings(contextOf({})).map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
  await engine.prepare({ path: 'a.go', languageId: 'go', text: '' });
  open.dispose();
  engine.dispose();
  const later = await preparedEngine();
  expect(later.scan({ path: 'c.go', languageId: 'go', text: `k := "${key}"\n` }, contextOf({})).map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
  later.dispose();
});
