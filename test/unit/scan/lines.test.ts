import { expect, it } from 'vitest';
import { indentationAt, lineEndAt, lineStartAt, newlineOf, nextLineAt } from '../../../src/scan/lines.js';

it.each<[string, number, number, string, number, number]>([
  ['a\n\t b = c', 6, 2, '\t ', 9, 9],
  ['a\r\n  b', 5, 3, '  ', 6, 6],
  ['  b\rc', 2, 0, '  ', 3, 4],
  ['b\r\nc', 0, 0, '', 1, 3],
  // Indentation ends where the offset does: a finding inside of it would be cut otherwise.
  ['    b\n', 2, 0, '  ', 5, 6],
])('the line of %j at %i', (text, offset, start, indentation, end, next) => {
  expect(lineStartAt(text, offset)).toBe(start);
  expect(indentationAt(text, offset)).toBe(indentation);
  expect(lineEndAt(text, offset)).toBe(end);
  expect(nextLineAt(text, end)).toBe(next);
});

it.each([['a', '\n'], ['a\r\nb\n', '\r\n'], ['a\nb\r\n', '\n'], ['a\rb', '\r']])('%j breaks lines with %j', (text, newline) => {
  expect(newlineOf(text)).toBe(newline);
});
