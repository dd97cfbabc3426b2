import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { TextEdit } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { ruleDocs } from '../../../src/scan/rules/docs.js';
import { RULES } from '../../../src/scan/rules/index.js';
import type { Example } from '../../../src/scan/rules/rule.js';
import type { Source } from '../../../src/scan/source.js';
import { apply, contextForExample, hasSyntaxError, KEYS, preparedEngine } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const sourceOf = (example: Example, text = example.text(KEYS)): Source => ({
  path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text,
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is documented and has enough examples', () => {
    expect(rule.bad.length).toBeGreaterThanOrEqual(4);
    expect(rule.good.length).toBeGreaterThanOrEqual(6);
    expect(ruleDocs(id)).toMatchObject({ id, severity: rule.severity });
    for (const text of Object.values(ruleDocs(id) ?? {})) expect(text).not.toBe('');
  });

  test.each(rule.bad.map((example, index) => [`${index} ${example.path}`, example] as const))('bad %s', async (_, example) => {
    const source = sourceOf(example);
    const context = contextForExample(example);
    expect(engine.relevant(source)).toBe(true);
    const findings = engine.scan(source, context);
    expect(findings.map((finding) => finding.rule)).toEqual([id]);
    const [finding] = findings;
    const edits: readonly TextEdit[] = finding?.fixes[0]?.edits ?? [];
    expect(edits.length > 0).toBe(example.fixed !== undefined);
    if (example.fixed === undefined) return;
    const fixed = apply(source.text, edits);
    expect(fixed).toBe(example.fixed(KEYS));
    expect(engine.scan(sourceOf(example, fixed), context)).toEqual([]);
    expect(await hasSyntaxError(sourceOf(example, fixed))).toBe(false);
  });

  test.each(rule.good.map((example, index) => [`${index} ${example.path}`, example] as const))('good %s', (_, example) => {
    expect(engine.scan(sourceOf(example), contextForExample(example))).toEqual([]);
  });
});
