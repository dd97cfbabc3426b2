import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_CONTEXT } from '../../../src/scan/context.js';
import { Engine } from '../../../src/scan/engine.js';
import { ruleDocs } from '../../../src/scan/rules/docs.js';
import { host, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

test('a server key in code is found, with its place, mask and fix', () => {
  const key = serverKey();
  const text = `const key = "${key}";\n`;
  const [finding, ...rest] = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, EMPTY_CONTEXT);
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ rule: 'hardcoded-server-key', severity: 'warning', start: 13, end: 13 + key.length });
  expect(finding?.fixes[0]).toMatchObject({ before: 'keepSecret', edits: [{ start: 12, end: 14 + key.length, text: 'process.env.STIGG_SERVER_API_KEY' }] });
});

test('a document without a trace of Stigg is not relevant', () => {
  expect(engine.relevant({ path: 'a.ts', languageId: 'typescript', text: "import 'server-only'; const server = 'server-side';" })).toBe(false);
});

test('scanning before prepare has finished throws', () => {
  const fresh = new Engine(host);
  expect(() => fresh.scan({ path: 'a.ts', languageId: 'typescript', text: `"${serverKey()}"` }, EMPTY_CONTEXT)).toThrow('prepare');
  fresh.dispose();
});

test('an open document follows its edits', () => {
  const document = engine.open({ path: 'a.ts', languageId: 'typescript', text: 'const a = 1;' });
  expect(document.findings(EMPTY_CONTEXT)).toEqual([]);
  document.update(`const a = "${serverKey()}";`);
  expect(document.findings(EMPTY_CONTEXT)).toHaveLength(1);
  document.update('const a = "";');
  expect(document.findings(EMPTY_CONTEXT)).toEqual([]);
  document.dispose();
});

test('rules explain themselves', () => {
  expect(ruleDocs('hardcoded-server-key')).toMatchObject({ id: 'hardcoded-server-key', severity: 'warning' });
  expect(ruleDocs('no-such-rule')).toBeUndefined();
});
