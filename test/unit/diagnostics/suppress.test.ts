import { describe, expect, it } from 'vitest';
import { commentForms, directive } from '../../../src/editor/diagnostics/suppress.js';
import { languageIds } from '../../../src/scan/languages/index.js';

describe('suppressions', () => {
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
