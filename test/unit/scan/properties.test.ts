import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { document, DOCUMENTS, KEY, mutated } from './generators.js';
import { apply, contextOf, hasSyntaxError, LANGUAGES, preparedEngine } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const context = contextOf({ dependencies: ['next', 'react'], tracked: true });
// In a script nobody writes comments of HTML, which end with the line there.
const scripts = mutated.filter(({ languageId, text }) => LANGUAGES.some((id) => id === languageId) && !text.includes('<!--')).map((source) => ({ ...source, path: 'src/components/a.tsx' }));

test('a fix removes its finding and breaks no code that was whole', async () => {
  await fc.assert(fc.asyncProperty(scripts, async (source) => {
    const findings = engine.scan(source, context).filter(({ fixes }) => fixes.length > 0).slice(0, 3);
    // Parsing once more is what costs.
    const whole = findings.length > 0 && !await hasSyntaxError(source);
    for (const finding of findings) {
      for (const fix of finding.fixes) {
        // Only the editor can do what is not an edit.
        if (fix.action !== undefined) continue;
        const fixed = { ...source, text: apply(source.text, fix.edits) };
        // Another finding of the same kind may move to where this one stood: then there is one less of them.
        const ofKind = (text: string): number => engine.scan({ ...source, text }, context).filter(({ rule, mask }) => rule === finding.rule && mask === finding.mask).length;
        const same = engine.scan(fixed, context).filter(({ rule, start, mask }) => rule === finding.rule && start === finding.start && mask === finding.mask);
        if (same.length > 0) expect(ofKind(fixed.text)).toBeLessThan(ofKind(source.text));
        if (whole) expect(await hasSyntaxError(fixed)).toBe(false);
      }
    }
  }), { numRuns: 300 });
}, 60_000);

test('the prefilter never hides a finding', () => {
  fc.assert(fc.property(document, (source) => {
    if (!engine.relevant(source)) expect(engine.scan(source, context)).toEqual([]);
  }), { numRuns: 500 });
  for (const source of DOCUMENTS) if (!engine.relevant(source)) expect(engine.scan(source, context)).toEqual([]);
});

test('fixes of one document can be applied together', () => {
  const text = `const a = "${KEY}";\nconst b = { k: \`x ${KEY}\` }; // ${KEY}\n`;
  const findings = engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}));
  const fixed = apply(text, findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []));
  expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text: fixed }, contextOf({}))).toEqual([]);
  expect(fixed).toBe('const a = process.env.STIGG_SERVER_API_KEY;\nconst b = { k: `x ${process.env.STIGG_SERVER_API_KEY}` }; // <STIGG_SERVER_API_KEY>\n');
});
