import { expect, test } from 'vitest';
import { grammarNames } from '../../../src/scan/languages/index.js';
import { GRAMMARS } from '../../tools/grammars.mjs';

test('the grammars that languages ask for are shipped, and no others', () => {
  expect([...GRAMMARS].sort()).toEqual(grammarNames());
});
