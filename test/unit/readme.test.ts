import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ruleDocs } from '../../src/scan/engine.js';
import { RULES } from '../../src/scan/rules/index.js';

const file = path.resolve(import.meta.dirname, '../../README.md');
const START = '<!-- rules: generated from src/scan/rules, see test/unit/readme.test.ts -->\n';
const END = '<!-- /rules -->';

/** One heading per rule: warnings and hovers link to it. */
function section(): string {
  return RULES.map(({ id }) => {
    const docs = ruleDocs(id);
    if (docs === undefined) throw new Error(`No documentation for ${id}`);
    return `### ${id}\n\n**${docs.title}** (${docs.severity}). ${docs.what}\n\n*Why it matters:* ${docs.why}\n\n*How to fix it:* ${docs.howToFix}\n\n\`\`\`tsx\n// reported\n${docs.bad.trim()}\n\n// fine\n${docs.good.trim()}\n\`\`\`\n`;
  }).join('\n');
}

it('README documents every rule as it is', () => {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The markers of the rules section are gone');
  const wanted = `${before}${START}${section()}${END}${after}`;
  if (process.env.UPDATE_README === '1') writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});
