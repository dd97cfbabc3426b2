import { describe, expect, test } from 'vitest';
import { ROWS } from './csharpRows.js';
import { SNIPPETS } from './csharpSnippets.js';
import { lowers, type Place, textsAt } from './edits.js';

const lowerer = lowers({
  extension: 'cs',
  rows: ROWS,
  snippets: SNIPPETS,
  opening: '',
  broken: [
    'var a = new', 'new T {', 'new T { A', 'new T { A = ', 'new() { A = 1, ', 'new { a = ', 'f(', 'f(a: ', 'f(ref', 'a.', 'a?.', 'a?[', 'a[', 'class', 'class A {', 'class A { B c =', 'class A { int P {', 'class A { int P =>', '$"a{', '$"a{b', '$"""', '"""',
    '"a', "'", '@"a', '[', '[..', '[a, ..', 'a is', 'a is {', 'a is { B:', 'a switch {', 'a switch { 1 =>', 'a with {', 'a with { B', '(a, b', 'var (a, ', 'foreach (var x in', 'for (int i', 'using (', 'from x in', 'from x in y join', 'x =>', '(x) =>', 'delegate (', 'await',
    'a ??', '-', '!', 'a ? b', 'catch (', 'switch (a) { case', 'record A(', 'class A(int', 'class A : B(', 'enum A { B =', 'namespace', 'namespace A {', 'List<int> a = [];', 'new int[', '#if A', '#else', '}', '))', '\\', '\0', 'int F(params', 'A::', 'global::', 'a!', 'ref', 'int this[',
    'event H E {', 'operator +(', '{ { "a", } }', 'new T { { "a", 1 }, b = 2, 3 }', 'new() { A = 1 }; f(new() { B = 2 });',
  ],
  deep: [
    ['brackets', `var a = ${'('.repeat(3_000)}1${')'.repeat(3_000)};`],
    ['lists', `A[][] a = ${'['.repeat(1_000)}1${']'.repeat(1_000)};`],
    ['types', `${'List<'.repeat(500)}int${'>'.repeat(500)} a = ${'['.repeat(500)}1${']'.repeat(500)};`],
    ['objects', `var a = ${'new A { B = '.repeat(1_000)}1${' }'.repeat(1_000)};`],
    ['sums', `var a = b${' + b'.repeat(3_000)};`],
    ['calls', `a${'.B()'.repeat(3_000)};`],
    ['optional sums', `var a = b${' + b?.C'.repeat(1_000)};`],
    ['conditions', `Foo a = ${'b ? c : '.repeat(1_000)}d;`],
    ['patterns', `var a = b is ${'{ C: '.repeat(500)}1${' }'.repeat(500)};`],
    ['tuples', `${'('.repeat(500)}a, b${'), c'.repeat(500)} = d;`],
    ['functions', `var a = ${'x => '.repeat(1_000)}1;`],
    ['texts', `var a = ${'$"{'.repeat(300)}1${'}"'.repeat(300)};`],
    ['else', `${'if (a) b(); else '.repeat(500)}c();`],
    ['blocks', `${'{'.repeat(2_000)}f();${'}'.repeat(2_000)}`],
  ],
  pieces: ['new() { A = 1 }', '?.', '??', '$"{', '"""', '@"', '=>', '..', 'await ', 'ref ', 'is ', 'with { A = 1 }', ' switch { 1 => 2 }', '["k"]', 'using ', '/*', '//', '#if A\n', '49m', 'T a = ', '<T>'],
});

describe('places', () => {
  test('of members are their names without quotes', () => {
    expect(textsAt(lowerer(), 'var a = b?.C["d e"].F<G>(1)!.H;', (node) => (node.kind === 'member' ? [[node.nameStart, node.nameEnd]] : []))).toEqual(['H', 'F', 'd e', 'C']);
  });

  test('of entries are name and value', () => {
    const source = 'var a = new T { A = 1, ["b-c"] = f(), [d] = 2 }; var e = new { f = 1, g, h.I }; var j = new D { { "k", 1 } }; var l = m with { N = 1 };';
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? node.entries.map(({ keyStart, keyEnd }): Place => [keyStart, keyEnd]) : []))).toEqual(['A', 'b-c', 'd', 'f', 'g', 'I', 'k', '', 'N']);
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? node.entries.map(({ start, end }): Place => [start, end]) : [])))
      .toEqual(['A = 1', '["b-c"] = f()', '[d] = 2', 'f = 1', 'g', 'h.I', '{ "k", 1 }', 'm', 'N = 1']);
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? [[node.innerStart, node.innerEnd]] : [])))
      .toEqual([' A = 1, ["b-c"] = f(), [d] = 2 ', ' f = 1, g, h.I ', ' { "k", 1 } ', 'm with { N = 1 ']);
  });

  test('of calls are their lists of arguments', () => {
    expect(textsAt(lowerer(), 'var a = b(c, d: 1); var e = new F(2) { G = 3 }; H i = new(4); var j = new K<L>();', (node) => (node.kind === 'call' ? [[node.start, node.end], [node.listStart, node.listEnd], ...node.arguments.map(({ start, end }): Place => [start, end])] : [])))
      .toEqual(['b(c, d: 1)', '(c, d: 1)', 'c', 'd: 1', 'new F(2) { G = 3 }', '(2)', '2', '{ G = 3 }', 'new(4)', '(4)', '4', 'new K<L>()', '()']);
  });

  test('of texts are their stretches, every escape one of its own', () => {
    expect(textsAt(lowerer(), 'var a = "b\\n"; var c = $"d{{ {e}f\\t"; var g = @"h""i"; var j = """k""";', (node) => (node.kind === 'text' ? node.parts.flatMap((part): Place[] => (part.kind === 'stretch' ? [[part.start, part.end]] : [])) : [])))
      .toEqual(['b', '\\n', 'd', '{{', ' ', 'f', '\\t', 'h', '""', 'i', 'k']);
  });

  test('of operands that the grammar takes for others are theirs', () => {
    expect(textsAt(lowerer(), 'var a = 100 * b?.C + 1;', (node) => (node.kind === 'operation' || node.kind === 'member' ? [[node.start, node.end]] : []))).toEqual(['100 * b?.C + 1', '100 * b?.C', 'b?.C']);
  });

  test('of binds and parameters are their targets', () => {
    expect(textsAt(lowerer(), 'var (a, b) = c; T d = e; int F(T g, int h = 1) => i; x => x;', (node) => {
      if (node.kind === 'bind') return node.targets.map(({ start, end }): Place => [start, end]);
      return node.kind === 'function' ? node.parameters.flatMap(({ start, end, targets }): Place[] => [[start, end], ...targets.map((target): Place => [target.start, target.end])]) : [];
    })).toEqual(['a', 'b', 'd', 'T g', 'g', 'int h = 1', 'h', 'x', 'x']);
  });
});
