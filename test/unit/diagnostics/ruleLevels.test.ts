import { expect, it } from 'vitest';
import { ruleLevels } from '../../../src/editor/diagnostics/ruleLevels.js';

it.each<[unknown, [string, string][]]>([
  [{ 'dead-key': 'off', 'cents-to-stigg': 'error' }, [['dead-key', 'off'], ['cents-to-stigg', 'error']]],
  [{ 'dead-key': 'hint', x: 1, y: null, z: 'info' }, [['z', 'info']]],
  [undefined, []],
  [null, []],
  ['off', []],
  [['off'], [['0', 'off']]],
])('the setting %j', (value, expected) => {
  expect([...ruleLevels(value)]).toEqual(expected);
});
