import { describe, expect, it } from 'vitest';
import { commentForms, directive, lineStart } from '../../../src/editor/diagnostics/suppress.js';
import { languageIds } from '../../../src/scan/languages/index.js';

describe('suppressions', () => {
  it('knows where a line starts, for every kind of line end', () => {
    expect(lineStart('a\n\t b = c', 6)).toEqual({ start: 2, indent: '\t ' });
    expect(lineStart('a\r\n  b', 5)).toEqual({ start: 3, indent: '  ' });
    expect(lineStart('  b', 2)).toEqual({ start: 0, indent: '  ' });
    expect(lineStart('b', 0)).toEqual({ start: 0, indent: '' });
    // Indentation ends where the finding does: a finding inside of it would be cut otherwise.
    expect(lineStart('    b', 2)).toEqual({ start: 0, indent: '  ' });
  });

  it('writes comments as the language does, and none where it has none', () => {
    expect(commentForms('python')).toEqual([['# ', '']]);
    expect(commentForms('typescriptreact')).toEqual([['// ', ''], ['{/* ', ' */}']]);
    expect(commentForms('json')).toEqual([]);
  });

  it('leaves the reason to the person', () => {
    expect(directive('cents-to-stigg')).toBe('stigg-keys-ignore-next-line cents-to-stigg -- ');
  });
});

describe('comments of every language that is understood', () => {
  const WITHOUT = new Set(['json', 'ipynb', 'jupyter', 'vue-expression']);
  it.each(languageIds().filter((id) => !WITHOUT.has(id)))('%s', (id) => {
    expect(commentForms(id).length).toBeGreaterThan(0);
  });

  it('none for names that every object has', () => {
    expect(commentForms('constructor')).toEqual([]);
  });
});
