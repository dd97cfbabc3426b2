import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/scan/engine.js';
import { languageIdFor } from '../../src/scan/languages/index.js';
import { ruleDocs } from '../../src/scan/rules/docs.js';
import { RULES } from '../../src/scan/rules/index.js';
import type { ExampleDocs, Rule, RuleDocs } from '../../src/scan/rules/rule.js';
import { contextForExample, KEYS, preparedEngine } from './scan/support.js';

const root = path.resolve(import.meta.dirname, '../..');
const file = path.join(root, 'README.md');
const rulesFile = path.join(root, 'RULES.md');
const START = '<!-- rules: generated from src/scan/rules, see test/unit/readme.test.ts -->\n';
const END = '<!-- /rules -->';
/** What code hosts call the languages that they know by other names. */
const FENCES: Readonly<Record<string, string>> = { typescriptreact: 'tsx', javascriptreact: 'jsx', shellscript: 'sh' };

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

function docsOf({ id }: Rule): RuleDocs {
  const docs = ruleDocs(id);
  if (docs === undefined) throw new Error(`No documentation for ${id}`);
  return docs;
}

/** The fix that is offered first, for the first example that has one. */
function firstFix(rule: Rule): string {
  for (const example of rule.bad) {
    const source = { path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text: example.text(KEYS) };
    const title = engine.scan(source, contextForExample(example)).flatMap(({ fixes }) => fixes)[0]?.title;
    if (title !== undefined) return title;
  }
  return 'by hand';
}

function table(): string {
  const rows = RULES.map((rule) => {
    const { id, severity, title } = docsOf(rule);
    return `| [${id}](RULES.md#${id}) | ${severity} | ${title} | ${firstFix(rule).replaceAll('|', '\\|')} |\n`;
  });
  return `| Rule | Severity | Finds | Fix, for instance |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function block(word: string, { path: where, languageId, text, circumstances }: ExampleDocs): string {
  return `${[`${word} in \`${where}\``, ...circumstances].join('; ')}:\n\n\`\`\`${FENCES[languageId] ?? languageId}\n${text}\n\`\`\`\n`;
}

/** One heading per rule: warnings and hovers link to it. */
function details(): string {
  return `# Rules\n\nEach with an example that is reported and one that is fine. This page is generated from \`src/scan/rules\`; the summary is in [README.md](README.md#rules).\n\n${RULES.map((rule) => {
    const { id, severity, title, what, why, howToFix, bad, good } = docsOf(rule);
    return `## ${id}\n\n**${title}** (${severity}). ${what}\n\n*Why it matters:* ${why}\n\n*How to fix it:* ${howToFix}\n\n${block('Reported', bad)}\n${block('Fine', good)}`;
  }).join('\n')}`;
}

it('RULES.md documents every rule as it is', () => {
  if (process.env.UPDATE_README === '1') writeFileSync(rulesFile, details());
  else expect(readFileSync(rulesFile, 'utf8')).toBe(details());
});

it('README lists every rule as it is', () => {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The markers of the rules section are gone');
  const wanted = `${before}${START}${table()}${END}${after}`;
  if (process.env.UPDATE_README === '1') writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});
