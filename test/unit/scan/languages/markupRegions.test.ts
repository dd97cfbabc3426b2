import { expect, test } from 'vitest';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import type { Region } from '../../../../src/scan/languages/language.js';

function regions(path: string, text: string): readonly Region[] {
  const languageId = languageIdFor(path);
  const source = { path, languageId, text, syntax: undefined, imports: [] };
  const found = languageFor(languageId).regions(source);
  const embedded = languageFor(languageId).embeds(source);
  for (const { languageId: inner } of found) expect(embedded).toContain(inner);
  return found;
}

/** `language|code` for each region, in order. */
const told = (path: string, text: string): string[] =>
  regions(path, text).map(({ languageId, start, end, decoded }) => `${languageId}|${decoded?.text ?? text.slice(start, end)}`);

test.each<[string, string, string, string[]]>([
  ['script', 'a.html', '<p>x</p><script>a = 1;</script>', ['javascript|a = 1;']],
  ['script with attributes', 'a.html', "<SCRIPT type='module' defer>\na();\n</SCRIPT >", ['javascript|\na();\n']],
  ['data', 'a.html', '<script type="application/ld+json">{"a": 1}</script><script type=importmap>{}</script>', ['json|{"a": 1}', 'json|{}']],
  ['template', 'a.html', '<script type="text/template"><b>{{ x }}</b></script>', []],
  ['a script in a comment', 'a.html', '<!-- <script>a()</script> -->', []],
  ['a script that is never closed', 'a.html', '<script>a()\n', ['javascript|a()\n']],
  ['a comment that is never closed', 'a.html', '<!-- <script>a()</script>', []],
  ['a tag inside of a string', 'a.html', '<p title="<script>x</script>">', []],
  ['a script without code', 'a.html', '<script src="a.js"></script>', []],
  ['handlers', 'a.html', '<a onclick="go(&quot;x&quot;)" onload=run()>', ['javascript|go("x")', 'javascript|run()']],
  ['a tag that is not closed', 'a.html', '<div class="a"\n<script>a()</script>', ['javascript|a()']],
  ['text areas', 'a.html', '<textarea><script>a()</script></textarea>', []],
  ['type script', 'a.vue', '<script setup lang="ts">\nconst a = 1;\n</script>\n<script>b()</script>', ['typescript|\nconst a = 1;\n', 'javascript|b()']],
  ['bound', 'a.vue', '<A :key-of="f(1)" v-bind:b="g()" @c.once="h(\'x\')" v-if="a && f()" plain="f()" />', ['vue-expression|f(1)', 'vue-expression|g()', "vue-expression|h('x')", 'vue-expression|a && f()']],
  ['bound objects', 'a.vue', '<A v-bind="{ a: f() }" />', ['vue-expression|({ a: f() })']],
  ['double braces', 'a.vue', '<p>{{ f("}") }} { no } {{ user.name }}</p>', ['vue-expression| f("}") ']],
  ['environment', 'a.vue', '<p>{{ process.env.KEY }}</p>', ['vue-expression| process.env.KEY ']],
  ['pug', 'a.vue', '<template lang="pug">\ndiv(:a="f()")\n</template>', []],
  ['slots', 'a.vue', '<A v-slot:x="{ a: b }" #y="{ c }" />', []],
  ['blocks', 'a.svelte', '{#if f("}")}<p a="{g()} b" c={h({ d: 1 })} {...k()}>{@html m()}</p>{:else if n()}{/if}', ['typescript|f("}")', 'typescript|g()', 'typescript|h({ d: 1 })', 'typescript|k()', 'typescript|m()', 'typescript|n()']],
  ['module scripts', 'a.svelte', '<script context="module" lang="ts">a()</script><script>b()</script>', ['typescript|a()', 'javascript|b()']],
  ['apostrophes', 'a.svelte', "<p>Don't {f(`}`)} it's</p>", ['typescript|f(`}`)']],
  ['open braces', 'a.svelte', '<p>{ {f()}</p>', ['typescript|f()']],
  ['frontmatter', 'a.astro', '---\nconst a = 1;\n---\n<p>{f(<b>{a}</b>)}</p><script>g()</script>', ['typescript|const a = 1;\n', 'typescriptreact|f(<b>{a}</b>)', 'typescript|g()']],
  ['frontmatter that is never closed', 'a.astro', '---\nconst a = 1;', ['typescript|const a = 1;']],
  ['addresses in markup', 'a.astro', '<p>{x && <a href="//b">https://c</a>}</p>', ['typescriptreact|x && <a href="//b">https://c</a>']],
  ['fences', 'a.md', '# A\n\n```ts\na();\n```\n\n~~~~ bash\nb\n```\n~~~~\n', ['typescript|a();\n', 'shellscript|b\n```\n']],
  ['CRLF', 'a.md', '```ts\r\na();\r\n```\r\n', ['typescript|a();\r\n']],
  ['a fence that is never closed', 'a.md', '```py\na = 1', ['python|a = 1']],
  ['an empty fence', 'a.md', '```ts\n```\n', []],
  ['languages nobody knows', 'a.md', '```\na\n```\n```klingon\nb\n```\n', []],
  ['words behind the language', 'a.md', '```ts title="x" {1,3}\na\n```\n```{.python}\nb\n```\n```tsx:src/a.tsx\nc\n```', ['typescript|a\n', 'python|b\n', 'typescriptreact|c\n']],
  ['lists', 'a.md', '1. First:\n\n   ```python\n   a:\n     b\n   ```\n- ```yaml\n  c:\n    d\n  ```\n', ['python|a:\n  b\n', 'yaml|c:\n  d\n']],
  ['lists of other languages', 'a.md', '- x\n  ```js\n  a()\n  ```\n', ['javascript|  a()\n']],
  ['quotations', 'a.md', '> ```js\n> a()\n>\n> b()\n> ```\n> c\n\n> ```js\n> d()\n\ne\n', ['javascript|a()\n\nb()\n', 'javascript|d()\n']],
  ['prompts', 'a.md', '```console\n$ a\nout\n$ b\n```\n```python\n>>> c\n```\n', ['shellscript|a\nout\nb\n', 'python|c\n']],
  ['frontmatter', 'a.md', '---\na: b\n---\n\n---\n\n```js\nc\n```', ['yaml|a: b\n', 'javascript|c\n']],
  ['fences in comments', 'a.md', '<!--\n```js\na\n```\n-->\n```js\nb\n```', ['javascript|b\n']],
  ['comments in code spans', 'a.md', '`<!--` opens\n```js\nb\n```', ['javascript|b\n']],
  ['fences in a line', 'a.md', 'Use ``` or ~~~ as in ```ts\na\n', []],
  ['MDX', 'a.mdx', 'import A from "a";\n\n```tsx\nb\n```', ['typescriptreact|b\n']],
  ['cells', 'a.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source: ['a = "x"\n', 'b\n'] }, { cell_type: 'raw', source: 'r' }, { cell_type: 'markdown', source: '# é\n' }], metadata: { language_info: { name: 'python' } } }), ['python|a = "x"\nb\n', 'markdown|# é\n']],
  ['the kernel', 'a.ipynb', JSON.stringify({ metadata: { kernelspec: { language: 'TypeScript' } }, cells: [{ cell_type: 'code', source: 'a()' }, { cell_type: 'code', metadata: { vscode: { languageId: 'csharp' } }, source: 'b()' }] }), ['typescript|a()', 'csharp|b()']],
  ['magics', 'a.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source: ['%%bash -e\n', 'curl x\n'] }, { cell_type: 'code', source: ['%%time\n', 'a'] }, { cell_type: 'code', source: '!pip a\n!b' }, { cell_type: 'code', source: '%%latex\nx' }] }), ['shellscript|curl x\n', 'python|a', 'shellscript|pip a\nb']],
  ['imports of earlier cells', 'a.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source: ['import os\n', 'from stigg import Stigg\n'] }, { cell_type: 'code', source: 'Stigg()' }] }), ['python|import os\nfrom stigg import Stigg\n', 'python|from stigg import Stigg\nStigg()']],
  ['a notebook that is cut off', 'a.ipynb', '{"cells": [{"cell_type": "code", "source": ["a\\n", "b', ['python|a\nb']],
])('regions: %s (%s)', (_, path, text, expected) => {
  expect(told(path, text)).toEqual(expected);
  // A byte order mark belongs to nobody.
  if (!path.endsWith('.ipynb')) expect(told(path, `\uFEFF${text}`)).toEqual(expected);
});

test('where code of a region runs', () => {
  const sides = (path: string, text: string): (string | undefined)[] => regions(path, text).map(({ side }) => side?.side);
  expect(sides('src/a.html', '<script>a()</script><p onclick="b()">')).toEqual(['browser', 'browser']);
  expect(sides('src/a.vue', '<script>a()</script><p :a="b()">{{ c() }}</p>')).toEqual(['browser', 'browser', 'browser']);
  expect(sides('src/a.svelte', '<script>a()</script>{b()}')).toEqual(['browser', 'browser']);
  expect(sides('src/a.astro', '---\na()\n---\n{b()}<script>c()</script>')).toEqual(['server', 'server', 'browser']);
  expect(sides('test/a.vue', '<script>a()</script>')).toEqual(['server']);
  expect(sides('src/components/README.md', "```tsx\n'use client';\n```\n```tsx\na()\n```\n```html\n<p>\n```")).toEqual(['browser', 'unknown', 'unknown']);
});
