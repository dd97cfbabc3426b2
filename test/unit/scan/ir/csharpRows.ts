import type { Row } from './edits.js';

/** C#, and what it becomes. */
export const ROWS: readonly Row[] = [
  ['var a = 4900;', 'let a = 4900'],
  ['var a = 49m + 49.00m + 49.0f + 100L + 4_900 + 0x1F + 0b11UL + 1e2 + 1e-2D;', 'let a = ((((((((49 + 49) + 49) + 100) + 4900) + 31) + 3) + 100) + 0.01)'],
  ['var a = -1;', 'let a = (-1)'],
  [`var a = "a\\n\\u0041\\"b\\\\" + "" + 'c' + "x"u8;`, `let a = ((("a
A"b\\" + "") + "c") + "x")`],
  [`var a = @"c:\\d ""e""";`, `let a = "c:\\d "e""`],
  [`var a = """a "q" \\n b""";`, `let a = "a "q" \\n b"`],
  [`var a = """
    {"amount": 4900}
    """;`, 'let a = "    {"amount": 4900}"'],
  ['var a = $"/api/v1/coupons/{id}?limit={20 * 5}";', 'let a = "/api/v1/coupons/${id}?limit=${(20 * 5)}"'],
  [`var a = $"a{x}b{{c}}{y:F2}{z,5}{this.Key}{(c ? 1 : 2)}\\n";`, `let a = "a\${x}b{c}\${y}\${z}\${this.Key}\${(c ? 1 | 2)}
"`],
  [`var a = $@"c:\\{x}";`, `let a = "c:\\\${x}"`],
  [`var a = @$"c:\\{x}{{""d""}}";`, `let a = "c:\\\${x}{"d"}"`],
  ['var a = $$"""{"id": {{x}}}""";', 'let a = "{"id": ${x}}"'],
  [`var a = $"""
    a {x}
    """;`, 'let a = "    a ${x}"'],
  ['var a = true; object b = null; decimal? c = 4;', 'let a = true; let b: object = null; let c: decimal? = 4'],
  ['int a = 1, b, c = 2;', 'let a: int = 1; let b: int; let c: int = 2'],
  ['const decimal Price = 49.00m;', 'let Price: decimal = 49'],
  ['new CouponCreateParams { ID = "a", AmountsOff = [new() { Amount = 1, Currency = Currency.Usd }], PercentOff = null };', 'CouponCreateParams{ID: "a", AmountsOff: [{Amount: 1, Currency: Currency.Usd}], PercentOff: null}'],
  ['var a = new T(x) { A = 1, B = { C = 2 } };', 'let a = new T(x, T{A: 1, B: {C: 2}})'],
  ['var a = new T() { A = 1 }; var b = new T { }; var c = new T();', 'let a = T{A: 1}; let b = T{}; let c = new T()'],
  ['Foo a = new() { A = 1 }, b = new(2), c = new();', 'let a: Foo = Foo{A: 1}; let b: Foo = new new(2); let c: Foo = new new()'],
  ['Foo a = new(x) { A = 1 };', 'let a: Foo = new new(x, Foo{A: 1})'],
  ['f(new() { A = 1 });', 'f({A: 1})'],
  ['List<Foo> a = new() { new() { A = 1 } };', 'let a: List<Foo> = [Foo{A: 1}]'],
  ['List<Foo> a = [new() { A = 1 }, b ?? new() { A = 2 }, c ? new() { A = 3 } : d];', 'let a: List<Foo> = [Foo{A: 1}, (? b | Foo{A: 2}), (c ? Foo{A: 3} | d)]'],
  ['var a = new List<Foo> { new() { A = 1 } }; var b = new Foo[] { new() { A = 2 } };', 'let a = [Foo{A: 1}]; let b = [Foo{A: 2}]'],
  ['Dictionary<string, List<Foo>> a = new() { ["x"] = new() { new() { A = 1 } }, { "y", [new() { A = 2 }] } };', 'let a: Dictionary<string, List<Foo>> = Dictionary<string, List<Foo>>{x: [Foo{A: 1}], y: [Foo{A: 2}]}'],
  ['var a = new { a = 1, b, c.D, e = this };', 'let a = {a: 1, b, D, e: this}'],
  ['var a = new Dictionary<string, object> { ["a"] = 1, [key] = 2 };', 'let a = Dictionary<string, object>{a: 1, [key]: 2}'],
  ['var a = new Dictionary<string, object> { { "a", 1 }, { key, 2 } };', 'let a = Dictionary<string, object>{a: 1, [key]: 2}'],
  ['var a = new HttpRequestMessage(HttpMethod.Post, url) { Headers = { { "X-API-KEY", key } }, Content = content };', 'let a = new HttpRequestMessage(HttpMethod.Post, url, HttpRequestMessage{Headers: {X-API-KEY: key}, Content: content})'],
  ['var a = new[] { 1, 2 }; int[] b = { 3 }; var c = new int[] { 4 }; var d = new List<int> { 5 }; var e = new List<int>(); var g = new List<int> { };', 'let a = [1, 2]; let b: int[] = [3]; let c = [4]; let d = [5]; let e = new List(); let g = []'],
  ['var a = new int[n + 1]; var b = new int[,] { { 1, 2 }, { 3, 4 } };', 'let a = (n + 1); let b = [[1, 2], [3, 4]]'],
  ['int[] a = [1, 2, ..others, 3];', 'let a: int[] = [1, 2, ...others, 3]'],
  ['var a = (1, b); var c = (d: 1, e, 2);', 'let a = [1, b]; let c = {d: 1, e, ?: 2}'],
  ['f(a: 1, b, ref c, out var d, out int e, in g);', 'f(a: 1, b, &c, let d, let e: int, &g)'],
  ['client.V1.Coupons.Create(parameters);', 'client.V1.Coupons.Create(parameters)'],
  ['var a = await client.V1.Coupons.Create(p).ConfigureAwait(false);', 'let a = await client.V1.Coupons.Create(p).ConfigureAwait(false)'],
  ['var a = b?.B?.C(1)?.D;', 'let a = b.B.C(1).D'],
  ['var a = b?[0] + b?["k"] + b[i] + b["k"] + b[^1] + b[1..2] + b[i, j];', 'let a = ((((((b[0] + b.k) + b[i]) + b.k) + b[(^1)]) + b[(1 .. 2)]) + b[i; j])'],
  ['var a = b!.C!;', 'let a = cast cast b.C'],
  ['var a = (decimal)x * 100;', 'let a = (cast x * 100)'],
  ['var a = (x as Foo)!.B;', 'let a = cast cast x.B'],
  ['var a = Math.Round(x * 100, 2, MidpointRounding.AwayFromZero);', 'let a = Math.Round((x * 100), 2, MidpointRounding.AwayFromZero)'],
  ['var a = System.Convert.ToInt64(x) / 100 % 2 - ~y;', 'let a = (((System.Convert.ToInt64(x) / 100) % 2) - (~y))'],
  ['var a = f<int>(x) + b.H<Foo>(y); var c = new A<int>.B(1) + global::System.Math.Abs(x) + int.Parse("1") + A::B.C;', 'let a = (f(x) + b.H(y)); let c = (((new A.B(1) + System.Math.Abs(x)) + int.Parse("1")) + A.B.C)'],
  ['var a = b && c || d; var e = f ?? g; var h = i ? j : k;', 'let a = (? (b ? c) | d); let e = (? f | g); let h = (i ? j | k)'],
  ['var a = !x; var b = c == d; var e = f << 2; var g = &x; var h = checked(x * 2); var i = ref x;', 'let a = (!x); let b = (c == d); let e = (f << 2); let g = &x; let h = (x * 2); let i = &x'],
  ['var a = x is Foo; var b = x is Foo f && f.A > 1; var c = x is { A: 1, B: var d, E.F: Foo g } h;', 'let a = (x is Foo); let b = ((islet f = x) ? (f.A > 1)); let c = (let h, d<B>, g<E.F> = x is 1)'],
  ['if (x is not null and > 3 or (var a, [1, var b, .., var c])) { d(a); }', '(let a<0>, b<1.1>, c<1.?> = x is null is 3 is 1); { d(a) }'],
  ['var a = x switch { 1 => 2, > 3 when y => 4, Foo f => f.A, { B: var b } => b, _ => throw new E("c") };', 'let a = (x, 1, 3, y, let f, let b<B> ? 2 | 4 | f.A | b | new E("c"))'],
  ['switch (x) { case 1: a(); break; case Foo f when f.A: b(); break; default: c(); break; }', 'x; { 1; a(); let f; f.A; b(); c() }'],
  ['var a = b with { C = 1, D = e };', 'let a = {...b, C: 1, D: e}'],
  ['x = 1; x *= 100; x ??= 3; x <<= 1; x++; --y;', 'x = 1; x *= 100; x ??= 3; x <<= 1; x; y'],
  ['a.B = 1; a["k"] = 2; a[0] = 3; this.z = 4; client.DefaultRequestHeaders.Authorization = new("Bearer", key);', 'a.B = 1; a.k = 2; a[0] = 3; this.z = 4; client.DefaultRequestHeaders.Authorization = new new("Bearer", key)'],
  ['(int a, string b) = f(); var (c, (d, _)) = g(); (x, this.y) = (1, 2);', 'let a<0>, b<1> = f(); let c<0>, d<1.0> = g(); x<0>, this.y<1> = [1, 2]'],
  ['foreach (var x in xs) { f(x); } foreach (Foo y in g()) h(y); await foreach (var (k, v) in z) i(k);', '{ let x of xs; f(x) }; { let y: Foo of g(); h(y) }; { let k<0>, v<1> of z; i(k) }'],
  ['for (int i = 0, j = 1; i < 3; i++) { f(i); } while (a) b(); do { c(); } while (d);', '{ let i: int = 0; let j: int = 1; (i < 3); i; { f(i) } }; a; b(); { c() }; d'],
  ['if (a) b(); else if (c) { var d = 1; } else e();', 'a; b(); c; { let d = 1 }; e()'],
  ['try { a(); } catch (Exception e) when (e.X == 1) { b(e); } catch { c(); } finally { d(); }', '{ a() }; { let e: Exception; (e.X == 1); { b(e) } }; { { c() } }; { d() }'],
  ['using var c = new HttpClient(); using (var d = f()) { g(d); } await using var e = h(); lock (i) { j(); }', 'let c = new HttpClient(); { let d = f(); { g(d) } }; let e = h(); i; { j() }'],
  ['xs.Select(x => x.Amount * 100).Where((x, i) => { return i > 0; });', 'xs.Select(fn (x) { return (x.Amount * 100) }).Where(fn (x, i) { return (i > 0) })'],
  ['Func<int, int> f = static async (int x = 2) => await g(x); h(delegate (Foo a) { return a; }); k(_ => this);', 'let f: Func<int, int> = fn (x: int = 2) { return await g(x) }; h(fn (a: Foo) { return a }); k(fn (_) { return this })'],
  ['int F(int a, decimal b = 49m) => a * 2; static async Task<int> G<T>(T a, params int[] rest) where T : class { return await H(a); }', 'fn F(a: int, b: decimal = 49) { return (a * 2) }; fn G(a: T, rest: int[]) { return await H(a) }'],
  ['public record Money(decimal Amount, string Currency = "usd") { public int Cents => (int)(Amount * 100); }', 'class Money { fn Money(Amount: decimal, Currency: string = "usd") {  }; let Amount: decimal; let Currency: string; let Cents: int = cast (Amount * 100) }'],
  ['record struct A(int B); record C : D(1) { public required decimal E { get; init; } = 49m; }', 'class A { fn A(B: int) {  }; let B: int }; class C { D(1); let E: decimal = 49 }'],
  ['class A(int x, Foo f) : B(x), IC { int y = x; }', 'class A { fn A(x: int, f: Foo) {  }; let x: int; let f: Foo; B(x); let y: int = x }'],
  ['class A { private readonly Foo f = new() { B = 1 }; public Foo P { get; set; } = new() { B = 2 }; Foo Q => new() { B = 3 }; static int R { get { return g(); } set => h(value); } int S { get => i; set => i = value; } }', 'class A { let f: Foo = Foo{B: 1}; let P: Foo = Foo{B: 2}; let Q: Foo = Foo{B: 3}; let R: int; fn () { return g() }; fn () { return h(value) }; let S: int = i; fn () { return i = value } }'],
  ['class A { public A(Foo f, int b = 1) : base(f) { this.f = f; } public async Task<Foo> M<T>([FromBody] T a, CancellationToken token = default) { return await f.X(a); } int N() => 1; }', 'class A { fn A(f: Foo, b: int = 1) { base(f); this.f = f }; fn M(a: T, token: CancellationToken = ) { return await f.X(a) }; fn N() { return 1 } }'],
  ['class A { int this[int i] => xs[i]; ~A() { b(); } public static A operator +(A a, A b) => a; public static implicit operator int(A a) => 1; event H E { add { c(); } remove { } } event H F; }', 'class A { fn (i: int) { return xs[i] }; fn () { b() }; fn (a: A, b: A) { return a }; fn (a: A) { return 1 }; fn () { c() }; fn () {  }; let F: H }'],
  ['namespace N { using X; [Attr("a")] public static class A { const int B = 1, C = 2; enum D { E = 4, F } interface I { void M(); int P { get; } } struct S { public int T; } delegate int G(int a); } }', 'class A { let B: int = 1; let C: int = 2; class D { let E = 4; let F }; class I { fn M() {  }; let P: int }; class S { let T: int } }'],
  ['namespace N; sealed partial class A { }', 'class A {  }'],
  ['var q = from x in xs join y in ys on x.A equals y.B let z = x.C * 100 where z > 1 orderby z descending select new { z };', 'let q = { let x of xs; let y of ys; x.A; y.B; let z = (x.C * 100); (z > 1); z; {z} }'],
  [`#if DEBUG
var a = 1;
#else
var b = f();
#endif
#region c
var c = 3;
#endregion`, 'let a = 1; let b = f(); let c = 3'],
  [`// nothing
var a = b
    .C(1) // one
    /* two */ .D(2);`, 'let a = b.C(1).D(2)'],
  ['throw new E($"{x}");', 'new E("${x}")'],
  ['IEnumerable<int> F() { yield return f(); yield break; }', 'fn F() { f();  }'],
  ['var a = typeof(Foo); var b = default(Foo); var c = nameof(d);', 'let a = ; let b = ; let c = nameof(d)'],
  ['label: f(); goto label;', 'f()'],
  ['var f = (string s, __arglist) => s;', 'let f = fn (s: string, __arglist) { return s }'],
  ['var a = 100 * b?.C + 1; var d = x == y?.Z && v?.W!.U(2) == t; var e = -f?.G; var g = h ?? i?["k"]; var j = (k * l)?.M;', 'let a = ((100 * b.C) + 1); let d = ((x == y.Z) ? (cast v.W.U(2) == t)); let e = (-f.G); let g = (? h | i.k); let j = (k * l).M'],
  ['var a = b * c?.D * 2 ?? e; var f = g + h?.I() * 100; var j = k switch { 1 => l } + m?.N;', 'let a = (? ((b * c.D) * 2) | e); let f = (g + (h.I() * 100)); let j = ((k, 1 ? l) + m.N)'],
  ['class A { public static Foo From(int x) => new() { B = x }; public static async Task<Foo> G() => new(1) { C = await h() }; static implicit operator Foo(A a) => new() { D = a.D }; }', 'class A { fn From(x: int) { return Foo{B: x} }; fn G() { return new new(1, Foo{C: await h()}) }; fn (a: A) { return Foo{D: a.D} } }'],
  ['f(out var a, out (int, int) b); var c = await d.ReadFromJsonAsync<Foo>(token);', 'f(let a, let b: (int, int)); let c = await d.ReadFromJsonAsync(token)'],
  ['var a = b is { C: { D: 1, E: var e } }; var f = g is (int h, _) and [3, var i, ..];', 'let a = (let e<C.E> = b is 1); let f = (let h<0>, i<1> = g is 3)'],
  ['fixed (int* p = q) { f(*p); } unsafe { g(); } checked { h(a * 100); }', '{ let p: int* = q; { f(&p) } }; { g() }; { h((a * 100)) }'],
];
