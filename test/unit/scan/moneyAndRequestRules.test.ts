import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Severity } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { RULES } from '../../../src/scan/rules/index.js';
import type { Example } from '../../../src/scan/rules/rule.js';
import type { Source } from '../../../src/scan/source.js';
import { contextForExample, KEYS, preparedEngine } from './support.js';

// What holds for every rule about amounts and requests: it can be silenced and made more or less severe, and none of its fixes is applied in bulk.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const IDS = [
  'cents-to-stigg', 'cent-shaped-amount', 'stigg-amount-divided', 'stigg-dollars-to-stripe', 'wrong-auth-header', 'missing-content-type', 'missing-idempotency-key', 'constant-idempotency-key',
  'ignored-idempotency-option', 'list-without-entitlements', 'overrides-as-entitlements', 'mixed-surfaces', 'floating-initialize', 'page-limit-exceeded',
];
/** What begins a comment of a line. */
const COMMENTS: Readonly<Record<string, string>> = { py: '#', rb: '#', sh: '#', go: '//', java: '//', kt: '//', cs: '//', rs: '//', ts: '//', tsx: '//', js: '//', mjs: '//', cjs: '//', mts: '//', http: '#' };

const sourceOf = (example: Example, text = example.text(KEYS)): Source => ({ path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text });

describe.each(IDS)('%s', (id) => {
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}`);
  const rows = rule.bad.map((example, index) => [`${index} ${example.path}`, example] as const);

  test.each(rows)('%s: severities of the settings', (_, example) => {
    const of = (severity: Severity | 'off'): readonly string[] => engine.scan(sourceOf(example), { ...contextForExample(example), severityOf: (name) => (name === id ? severity : undefined) }).map((finding) => `${finding.rule} ${finding.severity}`);
    expect(of('off')).toEqual([]);
    for (const severity of ['error', 'warning', 'info'] as const) expect(of(severity)).toEqual([`${id} ${severity}`]);
  });

  test.each(rows)('%s: no fix is for all at once', (_, example) => {
    expect(engine.scan(sourceOf(example), contextForExample(example)).flatMap(({ fixes }) => fixes).filter(({ safety }) => safety !== 'unsafe')).toEqual([]);
  });

  test.each(rows.filter(([, { path }]) => COMMENTS[path.split('.').at(-1) ?? ''] !== undefined))('%s: suppressions', (_, example) => {
    const { text } = sourceOf(example);
    const sign = COMMENTS[example.path.split('.').at(-1) ?? ''] ?? '';
    const [finding] = engine.scan(sourceOf(example), contextForExample(example));
    const line = text.lastIndexOf('\n', (finding?.start ?? 0) - 1) + 1;
    const withComment = (at: number, form: string): readonly string[] => engine.scan(sourceOf(example, `${text.slice(0, at)}${sign} stigg-keys-ignore-${form} ${id} -- meant\n${text.slice(at)}`), contextForExample(example)).map((each) => each.rule);
    // Behind a continued line a comment would end the command.
    if (!text.slice(0, line).endsWith("\\\n")) expect(withComment(line, 'next-line')).toEqual([]);
    const top = /^(?:#!.*\n|package .*\n)?/.exec(text)?.[0].length ?? 0;
    expect(withComment(top, 'file')).toEqual([]);
  });
});
