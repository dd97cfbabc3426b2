import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { RULES } from '../../../src/scan/rules/index.js';
import type { Source } from '../../../src/scan/source.js';
import type { ScanContext } from '../../../src/scan/context.js';
import { handWritten, materialise } from '../../eval/corpus.mjs';
import { apply, contextForExample, contextOf, hasSyntaxError, KEYS, preparedEngine } from './support.js';

// Every fix of every finding, once: what it leaves parses, the finding is gone, and nothing new is found.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

/** The rules about amounts and requests. */
const OWN = new Set([
  'cents-to-stigg', 'cent-shaped-amount', 'stigg-amount-divided', 'stigg-dollars-to-stripe', 'wrong-auth-header', 'missing-content-type', 'missing-idempotency-key', 'constant-idempotency-key',
  'ignored-idempotency-option', 'list-without-entitlements', 'overrides-as-entitlements', 'mixed-surfaces', 'floating-initialize', 'page-limit-exceeded',
]);

/** What is wrong with the fixes of a document, in words. */
async function faultsOf(source: Source, context: ScanContext): Promise<readonly string[]> {
  const findings = engine.scan(source, context);
  const isBroken = await hasSyntaxError(source);
  const faults: string[] = [];
  for (const [index, { rule, fixes }] of findings.entries()) {
    for (const { title, edits, action } of fixes) {
      if (action !== undefined) continue;
      const fixed = { ...source, text: apply(source.text, edits) };
      const problem = !isBroken && await hasSyntaxError(fixed) ? 'does not parse' : newsIn(findings.filter((_, at) => at !== index), engine.scan(fixed, context));
      if (problem !== undefined) faults.push(`${source.path}: ${rule}, ${title}: ${problem}\n${changed(source.text, fixed.text)}`);
    }
  }
  return faults;
}

/** What is found that was not there before; a fix may mend several findings, as two requests may have one object of headers. */
function newsIn(others: readonly Finding[], after: readonly Finding[]): string | undefined {
  const left = others.map(({ rule }) => rule);
  for (const { rule } of after) {
    const at = left.indexOf(rule);
    if (at === -1) return `then found: ${rule}`;
    left.splice(at, 1);
  }
  return undefined;
}

function changed(before: string, after: string): string {
  const lines = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !lines.has(line)).join('\n');
}

describe.each(['mistakes', 'money'])('%s', (corpus) => {
  test.each(handWritten(corpus).map((project) => [project.name, project] as const))('%s', async (_, { files }) => {
    const faults: string[] = [];
    for (const file of files) {
      const source = { path: file.path, languageId: languageIdFor(file.path), text: materialise(file).text };
      faults.push(...await faultsOf(source, contextOf({})));
    }
    expect(faults).toEqual([]);
  });
});

describe.each(RULES.filter(({ id }) => OWN.has(id)).map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(rule.bad.map((example, index) => [`${index} ${example.path}`, example] as const))('%s', async (_, example) => {
    const source = { path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text: example.text(KEYS) };
    expect(await faultsOf(source, contextForExample(example))).toEqual([]);
  });
});
