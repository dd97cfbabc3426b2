import { expect, test } from 'vitest';
import { walk } from '../../../../src/scan/ir/walk.js';
import { ROWS } from './goRows.js';
import { SNIPPETS } from './goSnippets.js';
import { testLowering } from './jvm.js';
import { lowererFor } from './lower.js';

await testLowering('a.go', {
  rows: ROWS,
  snippets: SNIPPETS,
  broken: [
    'a := T{', 'f(', 'f(T{A: ', 'a.', 'a[', 'func (', 'func f(a', 'func (c *C', '"a', '`a', "'", 'a, b :=', 'a = ', 'var', 'var (', 'const ( a', 'for i, x := range', 'switch x := v.(type', 'switch { case', 'select {', 'v.(', '[]T{{', 'map[string]any{"a":',
    'if v :=', 'return a,', 'go', 'defer', '&', '*', '<-', 'T{A', 'T{A: 1, B', 'T{1: }', '}', '))', '\\', '\0', 'f(a...', 'f(...)', 'type T struct {', 'package', 'import (', 'x.y.', 'map[', 'a[1:', 'f[int', 'a :=', '"\\', '"\\x', '[]int{1,, 2}',
  ],
  deep: [
    ['brackets', `a := ${'('.repeat(3_000)}1${')'.repeat(3_000)}`], ['sums', `a := b${' + b'.repeat(3_000)}`], ['calls', `a${'.b()'.repeat(3_000)}`], ['literals', `a := T${'{'.repeat(3_000)}${'}'.repeat(3_000)}`],
    ['slices', `a := ${'[]'.repeat(2_000)}T${'{'.repeat(2_000)}${'}'.repeat(2_000)}`], ['blocks', `${'{'.repeat(2_000)}${'}'.repeat(2_000)}`], ['functions', `a := ${'func() { f('.repeat(500)}${') }'.repeat(500)}`], ['references', `a := ${'&'.repeat(2_000)}b`],
    ['else', `${'if a { b() } else '.repeat(500)}{ c() }`], ['pointers', `a := []${'*'.repeat(2_000)}T{{}}`],
  ],
  pieces: ['{', '}', '(', ')', '"', '`', ':=', ':', ';', '\n', '.', ', ', '{{A: 1}}', 'T{A: 1}', '&', '...', '//', '/*', 'if a { b() }', 'a, b := 1, 2', 'return ', 'map[string]any{"a": 1}', 'range ', 'é', '😀'],
});

const lower = await lowererFor('a.go');

/** The texts of the places that are asked for. */
function textsOf(text: string, places: (node: ReturnType<typeof walk>[number]) => readonly (readonly [number, number])[]): string[] {
  return [...walk(lower(text).program.root)].flatMap(places).map(([start, end]) => text.slice(start, end));
}

test('entries know where their names and values stand', () => {
  const text = 'a := T{A: 1, B: f(), /* c */ D: "é", }; b := map[string]any{"x-y": 1, `z`: 2, "": 3, k: 4,}';
  expect(textsOf(text, (node) => (node.kind === 'object' ? node.entries.map(({ keyStart, keyEnd }) => [keyStart, keyEnd]) : []))).toEqual(['A', 'B', 'D', 'x-y', 'z', '', 'k']);
  expect(textsOf(text, (node) => (node.kind === 'object' ? node.entries.map(({ start, end }) => [start, end]) : []))).toEqual(['A: 1', 'B: f()', 'D: "é"', '"x-y": 1', '`z`: 2', '"": 3', 'k: 4']);
  expect(textsOf(text, (node) => (node.kind === 'object' ? [[node.innerStart, node.innerEnd]] : []))).toEqual(['A: 1, B: f(), /* c */ D: "é", ', '"x-y": 1, `z`: 2, "": 3, k: 4,']);
});

test('calls, members and texts know their places', () => {
  const text = 'x := a.b["c d"](e, []byte ("f\\n"), g...)';
  expect(textsOf(text, (node) => (node.kind === 'call' ? [[node.listStart, node.listEnd]] : []))).toEqual(['(e, []byte ("f\\n"), g...)', '("f\\n")']);
  expect(textsOf(text, (node) => (node.kind === 'call' ? node.arguments.map(({ start, end }) => [start, end]) : []))).toEqual(['e', '[]byte ("f\\n")', 'g...', '"f\\n"']);
  expect(textsOf(text, (node) => (node.kind === 'member' ? [[node.nameStart, node.nameEnd]] : []))).toEqual(['c d', 'b']);
  expect(textsOf(text, (node) => (node.kind === 'text' ? node.parts.map(({ start, end }) => [start, end]) : []))).toEqual(['f', '\\n']);
});

test('targets and parameters know their places', () => {
  const text = 'func (c *C) f(a, b int, d ...T) { e, g.h = a, b; for i, x := range y {} }';
  expect(textsOf(text, (node) => (node.kind === 'bind' ? node.targets.map(({ start, end }) => [start, end]) : []))).toEqual(['e', 'g.h', 'i', 'x']);
  expect(textsOf(text, (node) => (node.kind === 'function' ? node.parameters.map(({ start, end }) => [start, end]) : []))).toEqual(['c *C', 'a', 'b int', 'd ...T']);
});
