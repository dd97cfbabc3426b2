import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptsOf, scriptsOfAstro } from '../../../src/project/modules/components.js';
import { importsIn } from '../../../src/project/modules/imports.js';
import { maskCode } from '../../../src/project/modules/mask.js';
import { readModule } from '../../../src/project/modules/module.js';
import { typeNamesIn } from '../../../src/project/modules/types.js';
import { cpuNow } from '../../tools/cpu.js';

const specifiers = (text: string): string[] => importsIn(text, maskCode(text)).map(({ specifier }) => specifier);
const names = (text: string): string[] => importsIn(text, maskCode(text)).flatMap(({ names: all }) => all.map(({ imported, local }) => `${imported}:${local ?? ''}`));
const BACKTICK = '`';

describe('imports', () => {
  test.each<[string, string, string[]]>([
    ['default', `import a from './a'`, ['./a']],
    ['named over lines', `import {\n  a,\n  b as c, // 'x'\n} from "./a";`, ['./a']],
    ['namespace', `import * as a from './a'`, ['./a']],
    ['default and named', `import a, { b } from './a'`, ['./a']],
    ['effect', `import './a.css';import "./b"`, ['./a.css', './b']],
    ['minified', `import{a}from"./a";import b from"./b";`, ['./a', './b']],
    ['attributes', `import a from './a.json' with { type: 'json' };`, ['./a.json']],
    ['re-exports', `export * from './a'; export * as b from './b';\nexport { c, d as default } from './c'`, ['./a', './b', './c']],
    ['dynamic', `const a = await import('./a'); lazy(() => import(/* webpackChunkName: "b" */ './b')); import(${BACKTICK}./c${BACKTICK})`, ['./a', './b', './c']],
    ['dynamic with options', `import('./a.json', { with: { type: 'json' } })`, ['./a.json']],
    ['require', `const a = require('./a'); const { b } = require("./b").c; require('./d');`, ['./a', './b', './d']],
    ['spread', `const all = [...require('./a')];`, ['./a']],
    ['import equals', `import a = require('./a');`, ['./a']],
    ['workers', `new Worker(new URL('./a.worker.ts', import.meta.url)); new URL('./a.png', import.meta.url)`, ['./a.worker.ts']],
    ['a default import called type', `import type from './a'; import type, { b } from './b';`, ['./a', './b']],
    ['queries', `import text from './a?raw'`, ['./a?raw']],
    ['CRLF and a byte order mark', `\uFEFFimport a from './a';\r\nimport b from './b';\r\n`, ['./a', './b']],

    ['types', `import type { A } from './a'; import type B from './b'; import type * as C from './c'; export type { D } from './d'; export type * from './e'`, []],
    ['inline types only', `import { type A, type B as C } from './a'`, []],
    ['inline types and a value', `import { type A, b } from './a'`, ['./a']],
    ['import types', `let a: typeof import('./a'); type B = import('./b').B; import('./c').then(x => x)`, ['./c']],
    ['comments', `// import a from './a'\n/* import b from './b' */ import c from './c'`, ['./c']],
    ['strings', `const a = "import b from './b'"; const c = 'require("./d")'; const e = ${BACKTICK}import f from './f'${BACKTICK};`, []],
    ['code in templates', `const a = ${BACKTICK}x \${require('./b')} \${${BACKTICK}\${require('./c')}${BACKTICK}} import d from './d'${BACKTICK}; import e from './e'`, ['./b', './c', './e']],
    ['members', `a.import('./a'); b.require('./b'); import.meta.glob('./c'); require.resolve('./d')`, []],
    ['computed', `import('./' + a); require(b); import(${BACKTICK}./\${c}${BACKTICK})`, []],
    ['names that look alike', `reimport('./a'); importFrom('./b'); export const x = 1; $require('./c'); #import('./d')`, []],
    ['regular expressions', `const a = /['"${BACKTICK}]/; import b from './b'; x = y.match(/\\/\\*/) ; import c from './c'`, ['./b', './c']],
    ['division', `const a = b / c; import d from './d'; const e = f / g`, ['./d']],
    ['text in JSX', `const a = <p>It's a "test</p>;\nimport b from './b';\nconst c = <p>one ${BACKTICK} two</p>;\nimport d from './d';`, ['./b', './d']],
    ['self-closing JSX', `const a = <A b={c}/>; import d from './d'; const e = <F g={h}/>;`, ['./d']],
    ['a template without an end', `import a from './a';\nconst b = ${BACKTICK}x \${ y\nimport c from './c'`, ['./a', './c']],
    ['broken code', `import { a, from './a'\nimport b from './b'; import from; export {`, ['./a', './b']],
  ])('%s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  test('names', () => {
    expect(names(`import a, { b, c as d } from 'x'; import * as e from 'y'; import 'z'`)).toEqual(['default:a', 'b:b', 'c:d', '*:e']);
    expect(names(`export { a as b } from 'x'; export * from 'y'`)).toEqual(['a:', '*:']);
    expect(names(`const { a, b: c, d = 1 } = await import('x'); const e = require('y'); f(require('z'))`)).toEqual(['a:a', 'b:c', 'd:d', '*:e', '*:']);
  });

  test('types', () => {
    expect([...typeNamesIn(maskCode('export interface A {}\nexport type B = 1; type C<T> = T; export enum D {}\nexport const E = 1; export type E = typeof E; const type = 2; export type { F, G as H } from "x"; export { type I, J }'))])
      .toEqual(['A', 'B', 'C', 'F', 'H', 'I']);
  });

  test('masks keep the length, and code', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("'", '"', '`', '${', '}', '{', '/', '*', '//', '\\', '\n', '[', ']', 'a', ' ', 'import x from "y"', '\ud800', 'return')), (parts) => {
      const text = parts.join('');
      expect(maskCode(text)).toHaveLength(text.length);
      importsIn(text, maskCode(text));
      readModule('app/routes/a.tsx', text, { dependencies: () => undefined, configuredSide: () => undefined });
      for (const name of ['a.vue', 'a.astro', 'a.html']) readModule(name, `---\n${text}\n---<script>${text}</script>`, { dependencies: () => undefined, configuredSide: () => undefined });
    }), { numRuns: 500 });
  });

  test.each([
    'import ', 'import {', 'import a from ', "import '", '`${', '`', '/', '= /', '/*', '"', "'\\", 'export {', 'export * as ', 'require(', 'import type ', '<script ', '<script>', 'new URL(', ' client:load', '<', 'from', 'import a from "b"\n',
    'const {', 'export const loader = 1\n', 'export function a() {}\n', 'server$(', ' \t', '\n', '{', '}', 'type a = ',
  ])('linear: %j', (part) => {
    const facts = { dependencies: () => undefined, configuredSide: () => undefined };
    const time = (length: number): number => {
      const text = part.repeat(Math.ceil(length / part.length));
      const started = cpuNow();
      readModule('app/routes/a.tsx', text, facts);
      readModule('a.astro', `---\n${text}\n---\n${text}`, facts);
      return cpuNow() - started;
    };
    time(10_000);
    // Generous: what is quadratic takes minutes.
    expect(time(400_000)).toBeLessThan(10_000);
  });
});

describe('components', () => {
  test('script blocks and sources', () => {
    const text = `<template><p>import x from './no'</p></template>\n<script setup lang="ts">import a from './a'</script>\n<script src="./b.ts"></script><SCRIPT type="module" src='/main.ts'></SCRIPT><script src="https://x.example/c.js"></script>`;
    const { blocks, sources } = scriptsOf(text);
    expect(blocks.flatMap((block) => specifiers(block.text))).toEqual(['./a']);
    expect(sources).toEqual(['./b.ts', '/main.ts']);
  });

  test('Astro ships what has a client directive', () => {
    const text = `---\nimport A from './A.tsx';\nimport B from './B.tsx';\nimport { key } from './key';\n---\n<A name="x" client:load /><B />\n<script>import './c'</script>`;
    expect([...(scriptsOfAstro(text).blocks[0]?.shipped ?? [])]).toEqual(['A']);
    expect(readModule('src/pages/index.astro', text, { dependencies: () => undefined, configuredSide: () => undefined }))
      .toMatchObject({ role: 'entry', imports: [{ specifier: './A.tsx' }, { specifier: './c' }] });
  });
});

describe('what stays in the bundle', () => {
  const shipped = (path: string, text: string): string[] => readModule(path, text, { dependencies: () => new Set(['next', 'react']), configuredSide: () => undefined }).imports.map(({ specifier }) => specifier);

  test.each<[string, string, string, string[]]>([
    ['getServerSideProps alone', 'pages/a.tsx', `import { db } from '../db';\nimport { ui } from '../ui';\nexport async function getServerSideProps() {\n  return { props: { a: await db() } };\n}\nexport default function Page() {\n  return ui();\n}\n`, ['../ui']],
    ['with a helper', 'pages/a.tsx', `import { db } from '../db';\nimport { ui } from '../ui';\nasync function load() {\n  return db();\n}\nexport const getStaticProps = async () => ({ props: await load() });\nexport default function Page() {\n  return ui();\n}\n`, ['../ui']],
    ['used on both sides', 'pages/a.tsx', `import { db } from '../db';\nexport const getStaticProps = () => db();\nexport default function Page() {\n  return db();\n}\n`, ['../db']],
    ['used nowhere', 'pages/a.tsx', `import { db } from '../db';\nexport const getStaticProps = () => 1;\n`, ['../db']],
    ['an import inside', 'pages/a.tsx', `export async function getServerSideProps() {\n  const { db } = await import('../db');\n  return db();\n}\n`, []],
    ['require, then used inside', 'pages/a.js', `const db = require('../db');\nexport function getServerSideProps() {\n  return db();\n}\nexport default () => null;\n`, []],
    ['a Remix route', 'app/routes/a.tsx', `import { db } from '../db';\nexport const loader = async () => db();\nexport const action = async () => db();\nexport default function Page() { return null }\n`, []],
    ['a loader of React Router as a library', 'src/pages/a.tsx', `import { db } from '../db';\nexport const loader = async () => db();\n`, ['../db']],
    ['a server function', 'src/routes/a.tsx', `import { createServerFn } from '@tanstack/react-start';\nimport { db } from '../db';\nimport { ui } from '../ui';\nexport const load = createServerFn().handler(async () => db());\nexport default () => ui(load());\n`, ['../ui']],
    ['a server action in a module', 'src/a.ts', `import { db } from './db';\nexport async function save() {\n  'use server';\n  await db();\n}\nexport const x = 1;\n`, []],
    ['nothing cut out', 'src/a.ts', `import { loader } from './loader';\nloader();\n`, ['./loader']],
  ])('%s', (_, path, text, expected) => {
    expect(shipped(path, text)).toEqual(expected);
  });
});
