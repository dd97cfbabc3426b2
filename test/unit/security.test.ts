import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(repository, 'SECURITY.md'), 'utf8');

/** `file`: "title", "title"; `file`: "title" */
const references = [...page.matchAll(/`(test\/[^`\s]+\.test\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => [file, title] as const));

/** The titles that a file gives to tests and groups of tests, as written. */
function titlesIn(file: string): string[] {
  const at = path.join(repository, file);
  if (!existsSync(at)) return [];
  // The title is the first text after the name; tables may stand between.
  const source = readFileSync(at, 'utf8');
  return [...source.matchAll(/(?:\(|\)\()\s*'((?:[^'\\\n]|\\.)*)',\s*(?:\{|async\b|function\b|\()/g)].map(([, title = '']) => title.replaceAll(/\\(['"])/g, '$1'));
}

describe('the security page', () => {
  it('names tests', () => {
    expect(references.length).toBeGreaterThan(50);
    // None that is written in another way and so not checked.
    expect([...page.matchAll(/`test\/[^`\s]+\.test\.ts`: /g)]).toHaveLength(page.match(/`test\/[^`\s]+\.test\.ts`: "/g)?.length ?? -1);
  });

  it.each(references)('%s has "%s"', (file, title) => {
    expect(titlesIn(file)).toContain(title);
  });

  it('claims nothing without a test, or the words "not tested"', () => {
    const claims = page.split('\n## ').flatMap((section) => (/^(?:Reporting|What is protected|# )/.test(section) ? [] : (section.split('\nDoes not hold:')[0] ?? '').split('\n').filter((line) => line.startsWith('- '))));
    expect(claims.length).toBeGreaterThan(30);
    expect(claims.filter((claim) => !/`test\/[^`]+`: "/.test(claim) && !claim.includes('not tested'))).toEqual([]);
  });

  it('says of every adversary what does not hold', () => {
    const sections = page.split('\n## ').filter((section) => section.includes('\nHolds:'));
    expect(sections.map((section) => section.split('\n')[0])).toEqual(['A malicious workspace', 'A malicious extension', 'A stolen laptop', 'A lying server', 'A shoulder surfer, a screen that is shared', 'An agent']);
    for (const section of sections) expect(section).toContain('\nDoes not hold:');
  });
});
