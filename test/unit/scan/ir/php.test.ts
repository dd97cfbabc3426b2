import { describe, expect, test } from 'vitest';
import { lowers, type Place, textsAt } from './edits.js';
import { ROWS } from './phpRows.js';
import { SNIPPETS } from './phpSnippets.js';

const lowerer = lowers({
  extension: 'php',
  rows: ROWS,
  snippets: SNIPPETS,
  opening: '<?php ',
  broken: [
    '$a = [', "$a = ['b' =>", "['a' => 1, ", '$', '$$', '${', '"{$', '"{$a', '"$a[', '"$a->', '"a', "'a", '`a', '<<<A', "<<<A\n{$b", "<<<'A'\nb", '$a->', '$a?->', '$a->{', 'A::', 'A::$', '$a[', 'new', 'new class {', 'f(', 'f(a: ', 'f(...', '...', 'fn', 'fn($x) =>', 'function (',
    'function f($a =', 'function f(): ', 'class', 'class A {', 'class A { public', 'class A { public $b =', 'class A { const', 'class A { function __construct(private $a', 'enum A { case', 'foreach ($a as', 'foreach ($a as $b =>', 'foreach ($a as [', 'for ($i = 0', 'list(', '[$a, =',
    '[, ] = $a;', 'match ($a) {', 'match ($a) { 1 =>', 'switch ($a) { case', '$a ?', '$a ??', '$a .', '.=', '(int)', '@', '&', '-', '!', '?>', '<?php', '<?=', '?><b><?php', 'if ($a):', 'else:', 'endif;', 'namespace', 'use A\\{', 'const A =', 'define(', "define('A'", '#[A(', '/*', '}', '))', '\\', '\0',
    'yield', 'static', 'try {', 'catch (A $', 'throw', 'clone', 'print', 'exit', 'goto', 'declare(', '$a = "b" "c";', '$arr{0};', '__halt_compiler();',
  ],
  deep: [
    ['brackets', `$a = ${'('.repeat(3_000)}1${')'.repeat(3_000)};`],
    ['lists', `$a = ${'['.repeat(3_000)}${']'.repeat(3_000)};`],
    ['objects', `$a = ${"['b' => ".repeat(1_000)}1${']'.repeat(1_000)};`],
    ['patterns', `${"['a' => ".repeat(500)}$b${']'.repeat(500)} = $c;`],
    ['sums', `$a = $b${' . $b'.repeat(3_000)};`],
    ['calls', `$a${'->b()'.repeat(3_000)};`],
    ['functions', `$a = ${'fn() => '.repeat(1_000)}1;`],
    ['conditions', `$a = ${'$b ?: '.repeat(1_000)}$c;`],
    ['else', `${'if ($a) b(); else '.repeat(500)}c();`],
    ['texts', `$a = ${'"{$b['.repeat(300)}1${']}"'.repeat(300)};`],
    ['blocks', `${'{'.repeat(2_000)}f();${'}'.repeat(2_000)}`],
    ['references', `foreach ($a as ${'&'.repeat(500)}$b) {}`],
  ],
  pieces: ['$x', '->', '?->', '::', '=>', '...', '<?php ', '?>', '<?= ', '"{$x}"', '<<<A\n', '\nA;\n', '??=', '.=', 'fn($x) => ', 'new ', '&', '#', '/*', '//', "['k' => 1]", ' . ', 'static '],
});

describe('places', () => {
  test('of members are their names without quotes', () => {
    expect(textsAt(lowerer(), `<?php $a->b?->c['d e']::f()->{'g'}; H::$i; "$j[k]";`, (node) => (node.kind === 'member' ? [[node.nameStart, node.nameEnd]] : []))).toEqual(['g', 'f', 'd e', 'c', 'b', 'i', 'k']);
  });

  test('of entries are name and value', () => {
    const source = `<?php $a = ['b' => 1, "c-d" => f(), E => 2, ...$g, 3, 4 => 5, ]; $h = array('i' => 1);`;
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? node.entries.map(({ keyStart, keyEnd }): Place => [keyStart, keyEnd]) : []))).toEqual(['b', 'c-d', 'E', '', '', '4', 'i']);
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? node.entries.map(({ start, end }): Place => [start, end]) : []))).toEqual([`'b' => 1`, '"c-d" => f()', 'E => 2', '...$g', '3', '4 => 5', `'i' => 1`]);
    expect(textsAt(lowerer(), source, (node) => (node.kind === 'object' ? [[node.innerStart, node.innerEnd]] : []))).toEqual([`'b' => 1, "c-d" => f(), E => 2, ...$g, 3, 4 => 5, `, `'i' => 1`]);
  });

  test('of calls are their lists of arguments', () => {
    expect(textsAt(lowerer(), '<?php a($b, c: 1, ...$d); new E(2); new F; $g->h(3);', (node) => (node.kind === 'call' ? [[node.start, node.end], [node.listStart, node.listEnd], ...node.arguments.map(({ start, end }): Place => [start, end])] : [])))
      .toEqual(['a($b, c: 1, ...$d)', '($b, c: 1, ...$d)', '$b', 'c: 1', '...$d', 'new E(2)', '(2)', '2', 'new F', '', '$g->h(3)', '(3)', '3']);
  });

  test('of texts are their stretches, every escape one of its own', () => {
    expect(textsAt(lowerer(), '<?php $a = \'b\\\'c\'; $d = "e{$f}g\\n"; $h = <<<I\n  j $k l\n  I;\n', (node) => (node.kind === 'text' ? node.parts.flatMap((part): Place[] => (part.kind === 'stretch' ? [[part.start, part.end]] : [])) : [])))
      .toEqual(['b', "\\'", 'c', 'e', 'g', '\\n', '  j ', ' l']);
  });

  test('of binds and parameters are their targets', () => {
    expect(textsAt(lowerer(), "<?php [$a, 'b' => $c] = $d; function e(int $f, ?G ...$h) {} foreach ($i as $j => $k) {} const L = 1; define('M', 2);", (node) => {
      if (node.kind === 'bind') return node.targets.map(({ start, end }): Place => [start, end]);
      return node.kind === 'function' ? node.parameters.flatMap(({ start, end, targets }): Place[] => [[start, end], ...targets.map((target): Place => [target.start, target.end])]) : [];
    })).toEqual(['$a', '$c', 'int $f', '$f', '?G ...$h', '$h', '$j', '$k', 'L', 'M']);
  });
});
