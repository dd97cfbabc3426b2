import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { RULES } from '../../../src/scan/rules/index.js';
import { apply, contextOf, hasSyntaxError, KEYS, LANGUAGES, legacyKey, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const KEY = serverKey();
const LEGACY = legacyKey();
const examples = RULES.flatMap((rule) => [...rule.bad, ...rule.good]).map((example) => ({ text: example.text(KEYS), languageId: example.languageId ?? languageIdFor(example.path) }));
const context = contextOf({ dependencies: ['next', 'react'], tracked: true });

/** Pieces from which hostile documents are made. */
const piece = fc.oneof(
  fc.constantFrom(KEY, `"${KEY}"`, `'${KEY}'`, `\`${KEY}\``, `\${`, '`', '"', "'", '\\', '{', '}', '(', ')', '[', ']', '<', '/>', '>', '=', ':', ',', ';', '\n', '\r\n', '\r', '\t', '//', '/*', '*/', '{/*', '*/}'),
  fc.constantFrom("'use client';", 'import Stigg from "@stigg/typescript";', 'client.v1.coupons.create(', '{ amountsOff: [{ amount: ', 'x * 100', 'priceInCents', 'cost: { amount', '.map((a) => ({', 'const amount = ', 'stigg-keys-ignore-next-line hardcoded-server-key', 'stigg', LEGACY, 'STIGG_SERVER_KEY = '),
  fc.constantFrom('\uFEFF', '\uD800', '\uDC00', '\u2028', '😀', '\0', 'é'),
  fc.string({ maxLength: 12 }),
);
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const fromExample = fc.constantFrom(...examples).map(({ text }) => text);
const mutated = fc.tuple(fromExample, fc.array(fc.tuple(fc.nat(400), fc.nat(6), piece), { maxLength: 4 })).map(([text, edits]) =>
  edits.reduce((result, [at, length, insert]) => result.slice(0, at) + insert + result.slice(at + length), text));
const document = fc.oneof(soup, mutated);
const languageId = fc.constantFrom(...LANGUAGES, 'plaintext', 'yaml');

function checkFindings(text: string, findings: readonly Finding[]): void {
  const secrets = [KEY, KEYS.server, KEYS.client, LEGACY, KEYS.legacy].flatMap((key) => [key, key.slice(8, 44)]);
  let last = 0;
  for (const finding of findings) {
    expect(finding.start).toBeGreaterThanOrEqual(last);
    last = finding.start;
    const { fixes, ...said } = finding;
    const spoken = JSON.stringify(said);
    for (const secret of secrets) expect(spoken.includes(secret)).toBe(false);
    for (const place of [finding, ...(finding.related ?? []), ...fixes.flatMap(({ edits }) => edits)]) {
      expect(place.start >= 0 && place.start <= place.end && place.end <= text.length).toBe(true);
    }
    for (const fix of fixes) {
      // What a fix inserts may repeat code, but no key.
      for (const edit of fix.edits) for (const secret of secrets) expect(edit.text.includes(secret)).toBe(false);
      for (const secret of secrets) expect(fix.title.includes(secret)).toBe(false);
    }
  }
}

test('no document makes the engine throw, and no finding tells a secret', () => {
  fc.assert(fc.property(document, languageId, (text, id) => {
    checkFindings(text, engine.scan({ path: 'src/components/a.tsx', languageId: id, text }, context));
  }), { numRuns: 400 });
});

test('a fix removes its finding and breaks no code that was whole', async () => {
  await fc.assert(fc.asyncProperty(mutated, fc.constantFrom(...LANGUAGES), async (text, id) => {
    const source = { path: 'src/components/a.tsx', languageId: id, text };
    const whole = !await hasSyntaxError(source);
    for (const finding of engine.scan(source, context)) {
      for (const fix of finding.fixes) {
        // Only the editor can do what is not an edit.
        if (fix.action !== undefined) continue;
        const fixed = { ...source, text: apply(text, fix.edits) };
        const same = engine.scan(fixed, context).filter(({ rule, start, mask }) => rule === finding.rule && start === finding.start && mask === finding.mask);
        expect(same).toEqual([]);
        if (whole) expect(await hasSyntaxError(fixed)).toBe(false);
      }
    }
  }), { numRuns: 400 });
});

test('every example, cut off anywhere', () => {
  for (const { text, languageId: id } of examples) {
    for (let end = 0; end < text.length; end += 3) {
      const cut = text.slice(0, end);
      checkFindings(cut, engine.scan({ path: 'src/a.ts', languageId: id, text: cut }, context));
    }
  }
});

test('a document that was edited has the findings of one that was opened as it is', () => {
  const edits = fc.array(fc.tuple(fc.nat(600), fc.nat(20), piece), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(mutated, fc.constantFrom(...LANGUAGES), edits, (start, id, changes) => {
    const source = { path: 'src/a.ts', languageId: id, text: start };
    const open = engine.open(source);
    try {
      let text = start;
      for (const [at, length, insert] of changes) {
        const from = Math.min(at, text.length);
        const oldEnd = Math.min(from + length, text.length);
        text = text.slice(0, from) + insert + text.slice(oldEnd);
        open.update(text);
        expect(open.findings(context)).toEqual(engine.scan({ ...source, text }, context));
      }
    } finally {
      open.dispose();
    }
  }), { numRuns: 400 });
});

test('the prefilter never hides a finding', () => {
  fc.assert(fc.property(document, (text) => {
    const source = { path: 'a.ts', languageId: 'typescript', text };
    if (!engine.relevant(source)) expect(engine.scan(source, context)).toEqual([]);
  }));
});

test('line ends and a byte order mark change nothing', () => {
  for (const { text, languageId: id } of examples) {
    const scan = (variant: string): unknown => engine.scan({ path: 'src/a.ts', languageId: id, text: variant }, context).map(({ rule, message }) => [rule, message]);
    expect(scan(text.replaceAll('\n', '\r\n'))).toEqual(scan(text));
    expect(scan(`\uFEFF${text}`)).toEqual(scan(text));
  }
});

test('deep nesting, long lines and large documents stay cheap', () => {
  const started = performance.now();
  const documents = [
    `${'('.repeat(50_000)}"${KEY}"${')'.repeat(50_000)}`,
    `${'[{a:'.repeat(20_000)}"${KEY}"`,
    `const a = ${'{ amount: '.repeat(5_000)} x * 100 // stigg`,
    `const k = "${KEY}";${'x'.repeat(3_000_000)}`,
    `stigg ${'amount: x * 100, '.repeat(20_000)}`,
    `const k = "${KEY}";\n`.repeat(2_000),
    `${'<a>'.repeat(20_000)}${KEY}`,
    `// stigg\n${'f(`${'.repeat(10_000)} amount: cents`,
    `// stigg\nconst amount = x * 100;\n${'f({ amount });\n'.repeat(3_000)}`,
  ];
  for (const text of documents) {
    engine.scan({ path: 'a.tsx', languageId: 'typescriptreact', text }, context);
  }
  expect(performance.now() - started).toBeLessThan(15_000);
});

test('ids in any number hide no key', () => {
  const ids = Array.from({ length: 6_000 }, (_, at) => `'${serverKey(`id${at}`).slice(0, 43)}',\n`).join('');
  const found = engine.scan({ path: 'ids.ts', languageId: 'typescript', text: `// Stigg's customers\nexport const ids = [${ids}];\nconst k = '${KEY}';\n` }, contextOf({}));
  expect(found.map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
});

test('thousands of keys take no longer than their text', () => {
  const text = Array.from({ length: 5_000 }, (_, at) => `const k${at} = '${KEY}';\n`).join('') + `// ${' '.repeat(600_000)}`;
  const started = performance.now();
  expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}))).toHaveLength(5_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('fixes of one document can be applied together', () => {
  const text = `const a = "${KEY}";\nconst b = { k: \`x ${KEY}\` }; // ${KEY}\n`;
  const findings = engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}));
  const fixed = apply(text, findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []));
  expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text: fixed }, contextOf({}))).toEqual([]);
  expect(fixed).toBe('const a = process.env.STIGG_SERVER_API_KEY;\nconst b = { k: `x ${process.env.STIGG_SERVER_API_KEY}` }; // <STIGG_SERVER_API_KEY>\n');
});
