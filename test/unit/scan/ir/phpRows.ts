import type { Row } from './edits.js';

/** PHP, and what it becomes. */
export const ROWS: readonly Row[] = [
  ['<?php $a = 4900; $b = 49.00; $c = 4_900; $d = 0x1F; $e = 0o17; $f = 017; $g = 0b11; $h = 1.5e3; $i = .5;', 'let a = 4900; let b = 49; let c = 4900; let d = 31; let e = 15; let f = 15; let g = 3; let h = 1500; let i = 0.5'],
  ['<?php $a = -1;', 'let a = (-1)'],
  [`<?php $a = 'it\\'s \\\\ \\n'; $b = "a\\n\\x41\\u{41}\\101\\$\\"\\q"; $c = ''; $d = "";`, `let a = "it's \\ \\n"; let b = "a
AAA$"\\q"; let c = ""; let d = ""`],
  ['<?php $a = "/api/v1/coupons/{$id}?limit=$limit";', 'let a = "/api/v1/coupons/${id}?limit=${limit}"'],
  [`<?php $a = "a {$x->y['k']} b $y c $z[0] d $o->p e $m[key] f \${w} {$f(1)}";`, 'let a = "a ${x.y.k} b ${y} c ${z[0]} d ${o.p} e ${m.key} f ${w} ${f(1)}"'],
  [`<?php $a = <<<EOT
  {"amount": {$x}, "id": "$y"}
  \\t
  EOT;`, `let a = "  {"amount": \${x}, "id": "\${y}"}
  	"`],
  [`<?php $a = <<<'EOT'
  raw $x \\t
  EOT;`, `let a = "  raw $x \\t"`],
  [`<?php $a = <<<EOT
EOT;`, 'let a = ""'],
  ['<?php $a = b"c" . `ls $d`;', 'let a = ("c" + "ls ${d}")'],
  [`<?php $a = true; $b = NULL; $c = PHP_EOL; $d = __DIR__; $e = \\A\\B; $f = \\C;`, 'let a = true; let b = NULL; let c = PHP_EOL; let d = __DIR__; let e = A.B; let f = C'],
  [`<?php $a = ['x' => 1, "y" => $b, ...$c, KEY => 2, $k => 3, 5, 6 => 7, 'z' => &$d];`, 'let a = {x: 1, y: b, ...c, [KEY]: 2, [k]: 3, ?: 5, 6: 7, z: &d}'],
  ["<?php $a = [1, $b, ...$c]; $d = array('e' => array(1)); $f = []; $g = [[1], ['h' => 2]];", 'let a = [1, b, ...c]; let d = {e: [1]}; let f = []; let g = [[1], {h: 2}]'],
  ["<?php $this->x = 1; self::$y = 2; static::$z['k'] = 3; $a->b->c = 4; $d['e']['f'] = 5; $g[] = 6; $h[0] = 7; $i[$j] = 8;", 'this.x = 1; self.y = 2; static.z.k = 3; a.b.c = 4; d.e.f = 5; g[] = 6; h[0] = 7; i[j] = 8'],
  ['<?php $a?->b?->c(1)->d;', 'a.b.c(1).d'],
  ['<?php A::b(2); A::$c; A::D; static::f(); self::G; parent::__construct($x); $x::y(); A::class;', 'A.b(2); A.c; A.D; static.f(); self.G; parent.__construct(x); x.y(); A.class'],
  ["<?php $a->{$b}; $a->{'c'}; $a->$d(1); $f(2); ($g)(3); $a->{'e'}(4);", 'a[b]; a.c; a[d](1); f(2); g(3); a.e(4)'],
  [`<?php new T($a, b: 1, ...$c); new T; new $cls(1); new \\A\\B\\C(2); new static; (new T)->u(); new T()->v();`, `new T(a, b: 1, ...c); new T(); new cls(1); new A\\B.C(2); new static(); new T().u(); new T().v()`],
  ['<?php new class($x) extends B { public $y = 1; function f() { return $this->y; } };', 'x; class  { let y = 1; fn f() { return this.y } }'],
  ["<?php f(a: 1, b: $c, ...$d, ...['e' => 2]); f($x, );", 'f(a: 1, b: c, ...d, ...{e: 2}); f(x)'],
  [`<?php \\Foo\\bar(1); \\strlen('a'); namespace\\x(); Foo\\baz(2);`, 'Foo.bar(1); strlen("a"); x(); Foo.baz(2)'],
  ['<?php $a = strlen(...); $b = $c->d(...); $e = F::g(...);', 'let a = &strlen; let b = &c.d; let e = &F.g'],
  ['<?php $f = fn($x) => $x * 100; $g = static fn(int|float $y = 2): float => $y;', 'let f = fn (x) { return (x * 100) }; let g = fn (y: int|float = 2) { return y }'],
  ['<?php $f = function (int $a, &$b, ?Foo ...$rest) use ($c, &$d): int { return $a; };', 'let f = fn (a: int, b, rest: ?Foo) { return a }'],
  ["<?php array_map(fn ($p) => ['amount' => $p->unit_amount / 100], $prices);", 'array_map(fn (p) { return {amount: (p.unit_amount / 100)} }, prices)'],
  ['<?php (function () { f(); })();', 'fn () { f() }()'],
  ['<?php foreach ($xs as $v) { f($v); } foreach ($xs as $k => $v) f($k, $v); foreach ($xs as &$r) {}', 'let v of xs; f(v); let k; let v of xs; f(k, v); let r of xs'],
  ["<?php foreach ($this->items as ['id' => $id, 'x' => [$a, $b]]): g(); endforeach; foreach ($xs as $k => [$p, $q]) {}", 'let id<id>, a<x.0>, b<x.1> of this.items; g(); let k; let p<0>, q<1> of xs'],
  ["<?php [$a, , $b] = f(); ['x' => $c, 'y' => ['z' => $d]] = g(); list($e, list($h)) = i(); [, $j] = k(); [$this->l, $m['n']] = o(); [K => $p] = q();", 'let a<0>, b<2> = f(); let c<x>, d<y.z> = g(); let e<0>, h<1.0> = i(); let j<1> = k(); this.l<0>, m.n<1> = o(); let p<?> = q()'],
  ['<?php $m = match (true) { $a > 1, $b => 2, default => f() };', 'let m = (true, (a > 1), b ? 2 | f())'],
  ['<?php $a = $b ?? $c; $a ??= 3; $d = $e ?: $f; $g = $h ? 1 : 2; $i = $j && $k || $l; $m = ($n and $o); $p = $q or $r;', 'let a = (? b | c); a ??= 3; let d = (? e | f); let g = (h ? 1 | 2); let i = (? (j ? k) | l); let m = (n ? o); (? let p = q | r)'],
  [`<?php $a = 'a' . $b . "c"; $a .= 'd';`, 'let a = (("a" + b) + "c"); a += "d"'],
  ['<?php $a = $b ** 2 + 3 * 4 - 5 / 6 % 7; $c = intdiv($d, 100); $e = round($f * 100);', 'let a = (((b ** 2) + (3 * 4)) - ((5 / 6) % 7)); let c = intdiv(d, 100); let e = round((f * 100))'],
  ['<?php $a *= 100; $a **= 2; $a++; --$a; $a <<= 1;', 'a *= 100; a **= 2; a; a; a <<= 1'],
  ['<?php $a = !$b; $c = $d <=> $e; $f = $g instanceof H; $i = ~$j; $k = $l === $m; $n = $o |> f(...); $p = $q xor $r;', 'let a = (!b); let c = (d <=> e); let f = (g instanceof H); let i = (~j); let k = (l === m); let n = (o |> &f); (let p = q xor r)'],
  ["<?php $a = (int) $b; $c = (float) ($d * 100); $e = @f(); $g = clone $h; $i = &$j['k']; $l = (object) ['m' => 1];", 'let a = cast b; let c = cast (d * 100); let e = f(); let g = &h; let i = j.k; let l = cast {m: 1}'],
  ["<?php const X = 1, Y = 'a'; define('Z', 4900); define($a, 1); DEFINE('W', [1]);", 'let X = 1; let Y = "a"; let Z = 4900; define(a, 1); let W = [1]'],
  ['<?php function f(int $a = 1, ?Foo $b = null, float ...$c): ?int { static $d = 1; global $e; return $a * 2; } function &g() { return; }', 'fn f(a: int = 1, b: ?Foo = null, c: float) { let d = 1; return (a * 2) }; fn g() { return }'],
  ["<?php class K extends L implements M { use T; const P = 1; private const int Q = 2; public ?int $x = 1, $y; private static array $z = ['a' => 1]; var $w; }", 'class K { let P = 1; let Q: int = 2; let x: ?int = 1; let y: ?int; let z: array = {a: 1}; let w }'],
  ["<?php final class K { public function __construct(private readonly Foo $foo, protected int $n = 5, string $plain = 'x') { $this->bar = $foo; } #[A(1)] abstract protected function a(): void; static function s(self $a): static { return new static($a); } }", 'class K { let foo: Foo; let n: int; fn __construct(foo: Foo, n: int = 5, plain: string = "x") { this.bar = foo }; fn a() {  }; fn s(a: self) { return new static(a) } }'],
  ['<?php class K { public string $hook { get => $this->x; set(string $v) { $this->x = $v; } } }', 'class K { let hook: string; fn () { return this.x }; fn (v: string) { this.x = v } }'],
  ["<?php interface N { const R = 1; function g(int $a); } trait O { private $p = 1; } enum S: string { case H = 'h'; case I; const C = self::H; function f() { return $this; } }", 'class N { let R = 1; fn g(a: int) {  } }; class O { let p = 1 }; class S { let H = "h"; let I; let C = self.H; fn f() { return this } }'],
  [`<?php namespace A\\B; use C\\D; use function E\\f; use G\\{H, I}; declare(strict_types=1); f();`, '; f()'],
  ['<?php namespace A { f(); }', 'f()'],
  ['<?php if ($a) b(); elseif ($c) { d(); } else if ($e) { f(); } else g();', 'a; b(); c; d(); e; f(); g()'],
  ['<?php if ($a): b(); elseif ($c): d(); else: e(); endif; while ($f): g(); endwhile; switch ($h): case 1: i(); endswitch;', 'a; b(); c; d(); e(); f; g(); h; 1; i()'],
  ['<?php while ($a) b(); do { c(); } while ($d); for ($i = 0, $j = 1; $i < 3; $i++) { k($i); }', 'a; b(); c(); d; let i = 0; let j = 1; (i < 3); i; k(i)'],
  ['<?php switch ($x) { case f(): $a = 1; break; default: b(); }', 'x; f(); let a = 1; b()'],
  ['<?php try { a(); } catch (A|B $e) { b($e); } catch (C) { c(); } finally { d(); }', 'a(); let e: A|B; b(e); c(); d()'],
  [`<?php throw new E('a'); echo $a, $b; print f(); exit(g()); die("x"); unset($h['i']); isset($j->k); require 'x.php'; include_once __DIR__ . '/y.php';`, 'new E("a"); a; b; f(); g(); die("x"); h.i; isset(j.k); "x.php"; (__DIR__ + "/y.php")'],
  ['<?php function g() { $y = yield $x; yield $a => $b; yield from f(); }', 'fn g() { let y = x; a; b; f() }'],
  ['<html><body><?= $x * 100 ?><p class="a">Hi <?php echo f($x); ?> there</p></body>', '(x * 100); f(x)'],
  ['<?php if ($a): ?> <b><?php f(); ?></b> <?php elseif ($c): ?> no <?php else: ?> { <?= $d ?> } <?php endif; ?>', 'a; f(); c; ; d'],
  [`<?php foreach ($xs as $x): ?><li><?= $x->amount ?></li><?php endforeach ?>
tail`, 'let x of xs; x.amount'],
  ['<ul><?php foreach ($xs as $x) { ?><li title="<?= $x->a ?>"></li><?php } ?></ul>', 'let x of xs; x.a'],
  [`<?php
// one
# two
/** three */
$a = f(/* four */ 1, // five
  2);`, 'let a = f(1, 2)'],
  ["<?php $$a = 1; ${'b'} = 2; A::$c['d'] = 3; $e[-1] = 4;", 'a = 1; "b" = 2; A.c.d = 3; e[(-1)] = 4'],
  ['<?php $a = fn() => throw new E; $b = fn($x) => fn($y) => $x . $y;', 'let a = fn () { return new E() }; let b = fn (x) { return fn (y) { return (x + y) } }'],
  ['<?php goto a; a: f();', 'f()'],
  [`<?php $ch = curl_init('https://api.stigg.io/api/v1/coupons'); curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode(['a' => 1])); curl_setopt_array($ch, [CURLOPT_POST => true, CURLOPT_HTTPHEADER => ["X-API-KEY: $key"]]);`, 'let ch = curl_init("https://api.stigg.io/api/v1/coupons"); curl_setopt(ch, CURLOPT_POSTFIELDS, json_encode({a: 1})); curl_setopt_array(ch, {[CURLOPT_POST]: true, [CURLOPT_HTTPHEADER]: ["X-API-KEY: ${key}"]})'],
];
