import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/keys/graphql/text.js';

describe('cleanText', () => {
  it.each([
    ['a link that would run a command', 'key [renew](command:workbench.action.quit)', 'key [renew] (command:workbench.action.quit)'],
    ['ordinary brackets', 'billing [eu] (old)', 'billing [eu] (old)'],
    ['lines and control characters', 'a\nb\u0007c\u202ed', 'a b c d'],
  ])('%s', (_name, text, clean) => {
    expect(cleanText(text, 200)).toBe(clean);
  });
});
