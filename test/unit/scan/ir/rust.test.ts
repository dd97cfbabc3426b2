import { expect, test } from 'vitest';
import { walk } from '../../../../src/scan/ir/walk.js';
import { testLowering } from './jvm.js';
import { lowererFor } from './lower.js';
import { ROWS } from './rustRows.js';
import { SNIPPETS } from './rustSnippets.js';

await testLowering('a.rs', {
  rows: ROWS,
  snippets: SNIPPETS,
  broken: [
    'let a = T {', 'f(', 'f(T { a: ', 'a.', 'a[', 'fn f(', 'fn f(a', 'impl T {', '"a', 'r#"a', 'let (a, b', 'let a =', 'a = ', 'const A', 'for x in', 'match x {', 'match x { Some(a) =>', 'if let', 'if let Some(a) = ', 'while let', 'x as', '&', '*', 'x?', '|a|', '|a, ',
    'return', 'm!', 'm!(', 'm!(a, ', 'm!({', 'json!({ "a"', 'json!({ "a": ', 'json!({ "a": 1, ', 'json!([', 'json!({ : 1 });', 'json!({ , });', 'json!(- );', 'm!(a. );', 'm!(a::);', 'm!(a::<);', 'm!(|);', 'm!(|a);', 'm!(if);', 'm!(if a);', 'm!(if a {} else);', 'm!(let);',
    'm!(let a =);', 'm!(a = );', 'm!(x as);', 'm!(T { ..});', 'm!(T { a: });', 'm!(a => );', 'vec![;];', 'vec![1; ];', 'format!("{a");', 'format!("{}}");', 'format!("\\{a}");', 'format!("{a}', '}', '))', '\\', '\0', 'Foo::', 'a::<', "'a", '#[', 'use', 'struct S {', '..', 'async', 'unsafe', '"\\',
    'hashmap! { "a" => };', 'hashmap! { => 1 };', 'lazy_static! { static ref };', 'lazy_static! { static ref A: T };',
  ],
  deep: [
    ['brackets', `const A: i32 = ${'('.repeat(3_000)}1${')'.repeat(3_000)};`], ['sums', `const A: i32 = b${' + b'.repeat(3_000)};`], ['calls', `a${'.b()'.repeat(3_000)};`], ['structs', `const A: T = ${'T { a: '.repeat(1_000)}1${' }'.repeat(1_000)};`],
    ['blocks', `fn f() ${'{'.repeat(2_000)}${'}'.repeat(2_000)}`], ['closures', `const A: T = ${'|| '.repeat(1_000)}1;`], ['references', `const A: T = ${'& '.repeat(2_000)}b;`], ['else', `fn f() { ${'if a { b() } else '.repeat(500)}{ c() } }`],
    ['patterns', `fn f() { let ${'Some('.repeat(1_000)}a${')'.repeat(1_000)} = b; }`], ['trees', `m!(${'('.repeat(2_000)}1${')'.repeat(2_000)});`], ['objects', `json!(${'{ "a": '.repeat(1_000)}1${' }'.repeat(1_000)});`],
    ['signs in a macro', `m!(${'- '.repeat(3_000)}1);`], ['sums in a macro', `m!(b${' + b'.repeat(3_000)});`], ['calls in a macro', `m!(a${'.b()'.repeat(3_000)});`], ['paths in a macro', `m!(a${'::b'.repeat(3_000)});`],
    ['closures in a macro', `m!(${'|a| '.repeat(2_000)}1);`], ['conditions in a macro', `m!(${'if a { b } else '.repeat(1_000)}{ c });`], ['macros in a macro', `m!(${'m!('.repeat(1_000)}1${')'.repeat(1_000)});`], ['powers in a macro', `m!(${'a * b + '.repeat(1_000)}c);`],
  ],
  pieces: ['{', '}', '(', ')', '"', 'r#"', ';', ':', '::', '\n', '.', ', ', '?', '.await', 'json!({ "a": 1 })', 'T { a: 1 }', '&mut ', '..', '//', '/*', 'if a { b() }', 'let (a, b) = c;', 'return ', '|x| ', '=> ', '!', "'a ", 'é', '😀'],
});

const lower = await lowererFor('a.rs');

/** The texts of the places that are asked for. */
function textsOf(text: string, places: (node: ReturnType<typeof walk>[number]) => readonly (readonly [number, number])[]): string[] {
  return [...walk(lower(text).program.root)].flatMap(places).map(([start, end]) => text.slice(start, end));
}

test('entries know where their names and values stand', () => {
  const text = 'f(T { a: 1, b, ..c() }, json!({ "x-y": 1, r#"z"#: -2, "": [3], K: 4, (k): a.b, }), m!(Up { d: 1, e }), hashmap! { "g" => 1 });';
  expect(textsOf(text, (node) => (node.kind === 'object' ? node.entries.map(({ keyStart, keyEnd }) => [keyStart, keyEnd]) : []))).toEqual(['a', 'b', '', 'x-y', 'z', '', 'K', '(k)', 'd', 'e', 'g']);
  expect(textsOf(text, (node) => (node.kind === 'object' ? node.entries.map(({ start, end }) => [start, end]) : []))).toEqual(['a: 1', 'b', '..c()', '"x-y": 1', 'r#"z"#: -2', '"": [3]', 'K: 4', '(k): a.b', 'd: 1', 'e', '"g" => 1']);
  expect(textsOf(text, (node) => (node.kind === 'object' ? [[node.innerStart, node.innerEnd]] : []))).toEqual([' a: 1, b, ..c() ', ' "x-y": 1, r#"z"#: -2, "": [3], K: 4, (k): a.b, ', ' d: 1, e ', ' "g" => 1 ']);
});

test('calls, members and texts know their places', () => {
  const text = 'A::<T>::b(c, m!(d.e(f)["g"], h = 1)); format!("a\\n{b}{{{c:?}", 1);';
  expect(textsOf(text, (node) => (node.kind === 'call' ? [[node.start, node.end], [node.listStart, node.listEnd]] : [])))
    .toEqual(['A::<T>::b(c, m!(d.e(f)["g"], h = 1))', '(c, m!(d.e(f)["g"], h = 1))', 'm!(d.e(f)["g"], h = 1)', '(d.e(f)["g"], h = 1)', 'd.e(f)', '(f)', 'format!("a\\n{b}{{{c:?}", 1)', '("a\\n{b}{{{c:?}", 1)']);
  expect(textsOf(text, (node) => (node.kind === 'call' ? node.arguments.map(({ start, end }) => [start, end]) : []))).toEqual(['c', 'm!(d.e(f)["g"], h = 1)', 'd.e(f)["g"]', 'h = 1', 'f', '"a\\n{b}{{{c:?}"', '1']);
  expect(textsOf(text, (node) => (node.kind === 'member' ? [[node.nameStart, node.nameEnd]] : []))).toEqual(['b', 'g', 'e']);
  expect(textsOf(text, (node) => (node.kind === 'text' ? node.parts.map(({ start, end }) => [start, end]) : []))).toEqual(['a', '\\n', 'b', '{{', 'c']);
});

test('targets and parameters know their places', () => {
  const text = 'fn f(&self, mut a: f64, (b, c): T) { let S { d, e: Some(g), .. } = a; h.i += 1; for (j, k) in l {} match m { Ok(n) => n, o => o } }';
  expect(textsOf(text, (node) => (node.kind === 'bind' ? node.targets.map(({ start, end }) => [start, end]) : []))).toEqual(['d', 'g', 'h.i', 'j', 'k', 'n', 'o']);
  expect(textsOf(text, (node) => (node.kind === 'function' ? node.parameters.map(({ start, end }) => [start, end]) : []))).toEqual(['&self', 'mut a: f64', '(b, c): T']);
});
