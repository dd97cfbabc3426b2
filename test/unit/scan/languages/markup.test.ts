import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import type { Finding } from '../../../../src/scan/finding.js';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import type { SdkInit } from '../../../../src/scan/languages/language.js';
import { apply, clientKey, contextOf, legacyKey, preparedEngine, serverKey } from '../support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const VITE = 'import.meta.env.VITE_STIGG_CLIENT_API_KEY';
const NAME = 'stiggClientApiKey';
const FRONTEND = 'server-key-in-frontend';
const PROVIDER = 'server-key-in-frontend-sdk';
const HARDCODED = 'hardcoded-server-key';

function scan(path: string, text: string, dependencies?: readonly string[]): Finding[] {
  const findings = engine.scan({ path, languageId: languageIdFor(path), text }, contextOf(dependencies === undefined ? {} : { dependencies }));
  for (const { start, end, mask } of findings) if (mask !== undefined) expect(text.slice(start, end)).toBe(K);
  return findings;
}

const embed = (key: string): string => `<script src="https://assets.stigg.io/npm/@stigg/embed-sdk@latest/dist/embed-sdk.js"></script>\n<script>\n  Stigg({ apiKey: ${key} }).renderPaywall('#paywall');\n</script>\n`;

const json = (cells: readonly (readonly string[])[], language = 'python'): string =>
  `${JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source })), metadata: { kernelspec: { language } } }, null, 1)}\n`;

describe('a key in every kind of place', () => {
  test.each<[string, string, string, string]>([
    ['script', 'a.html', `<script>\nconst k = "${K}";\n</script>`, FRONTEND],
    ['a script that is never closed', 'a.html', `<script>\nconst k = "${K}";\n`, FRONTEND],
    ['handler', 'a.html', `<a onclick="go('${K}')">`, FRONTEND],
    ['attribute', 'a.html', `<script src="x" data-stigg-api-key=${K}></script>`, FRONTEND],
    ['meta', 'a.html', `<meta name="stigg" content='${K}'>`, FRONTEND],
    ['text', 'a.html', `<code>${K}</code>`, FRONTEND],
    ['comment', 'a.html', `<!-- ${K} -->`, FRONTEND],
    ['data', 'a.html', `<script type="application/json">{"key": "${K}"}</script>`, FRONTEND],
    ['style', 'a.html', `<style>a::before { content: "${K}" }</style>`, FRONTEND],
    ['template', 'views/a.ejs', `<p>${K}</p>`, FRONTEND],
    ['template, written out', 'views/a.ejs', `<p><%= "${K}" %></p>`, FRONTEND],
    ['template, code of the server', 'views/a.ejs', `<% const k = "${K}"; %>\n<p></p>`, HARDCODED],
    ['template of Blade, code of the server', 'a.blade.php', `@php\n$k = "${K}";\n@endphp\n<p></p>`, HARDCODED],
    ['template of other code', 'templates/a.ts.hbs', `const k = "${K}";`, HARDCODED],
    ['a page of a test', 'test/a.html', `<code>${K}</code>`, HARDCODED],
    ['attribute', 'a.vue', `<template><StiggProvider apiKey="${K}" /></template>`, PROVIDER],
    ['bound literal', 'a.vue', `<template><StiggProvider :api-key="'${K}'" /></template>`, PROVIDER],
    ['bound object', 'a.vue', `<template><StiggProvider v-bind="{ apiKey: '${K}', theme }" /></template>`, PROVIDER],
    ['other object', 'a.vue', `<template><A v-bind="{ headers: { 'X-API-KEY': '${K}' } }" /></template>`, FRONTEND],
    ['handler', 'a.vue', `<template><a @click="go(&quot;${K}&quot;)" /></template>`, FRONTEND],
    ['braces', 'a.vue', `<template><p>{{ f('${K}') }}</p></template>`, FRONTEND],
    ['script', 'a.vue', `<script setup lang="ts">\nconst k: string = '${K}';\n</script>`, FRONTEND],
    ['pug', 'a.vue', `<template lang="pug">\np ${K}\n</template>`, FRONTEND],
    ['a component for servers', 'a.server.vue', `<script setup>\nconst k = '${K}';\n</script>`, HARDCODED],
    ['attribute', 'a.svelte', `<StiggProvider apiKey={'${K}'} />`, PROVIDER],
    ['text', 'a.svelte', `{#if ok}<p>{f("${K}")}</p>{/if}`, FRONTEND],
    ['module script', 'a.svelte', `<script module>\nexport const k = "${K}";\n</script>`, FRONTEND],
    ['frontmatter', 'a.astro', `---\nconst k = "${K}";\n---\n<p />`, HARDCODED],
    ['expression', 'a.astro', `---\n---\n<p>{load("${K}")}</p>`, HARDCODED],
    ['element in an expression', 'a.astro', `---\n---\n{ok && <StiggProvider apiKey="${K}" client:load />}`, PROVIDER],
    ['provider', 'a.astro', `<StiggProvider apiKey="${K}" client:load />`, PROVIDER],
    ['a component on the server', 'a.astro', `<Plans stiggKey="${K}" />`, HARDCODED],
    ['a component in the browser', 'a.astro', `<Plans stiggKey="${K}" client:idle />`, FRONTEND],
    ['text', 'a.astro', `<p>${K}</p>`, FRONTEND],
    ['script', 'a.astro', `<script>const k: string = "${K}";</script>`, FRONTEND],
    ['prose', 'a.md', `Use \`${K}\`.`, HARDCODED],
    ['fence', 'src/components/README.md', `\`\`\`ts\nconst k = "${K}";\n\`\`\``, HARDCODED],
    ['fence for the browser', 'a.md', `\`\`\`tsx\n'use client';\nconst k = "${K}";\n\`\`\``, FRONTEND],
    ['provider in a fence', 'a.md', `\`\`\`tsx\n<StiggProvider apiKey="${K}" />\n\`\`\``, PROVIDER],
    ['page in a fence', 'a.md', `\`\`\`html\n<script>const k = "${K}";</script>\n\`\`\``, HARDCODED],
    ['quoted list', 'a.md', `> - x\n>   \`\`\`yaml\n>   a:\n>     b: ${K}\n>   \`\`\`\n`, HARDCODED],
    ['unknown fence', 'a.md', `\`\`\`klingon\n${K}\n\`\`\``, HARDCODED],
    ['provider in MDX', 'a.mdx', `# A\n\n<StiggProvider apiKey="${K}">\n`, FRONTEND],
    ['comment', 'a.md', `<!-- ${K} -->`, HARDCODED],
    ['cell', 'a.ipynb', json([['import os\n', `key = "${K}"\n`]]), HARDCODED],
    ['shell cell', 'a.ipynb', json([['%%bash\n', `curl -H "X-API-KEY: ${K}" https://api.stigg.io`]]), HARDCODED],
    ['cell of another kernel', 'a.ipynb', json([[`console.log("${K}")`]], 'typescript'), HARDCODED],
    ['output', 'a.ipynb', `{"cells": [{"cell_type": "code", "source": [], "outputs": [{"text": ["${K}\\n"]}]}]}`, HARDCODED],
  ])('%s (%s)', (_, path, text, rule) => {
    expect(scan(path, text).map((finding) => finding.rule)).toEqual([rule]);
    const windows = text.replaceAll('\n', '\r\n');
    expect(scan(path, windows).map((finding) => finding.rule)).toEqual([rule]);
  });

  test.each(['a.html', 'a.vue', 'a.svelte', 'a.astro', 'a.md', 'a.mdx'])('nothing to say about publishable keys and masks (%s)', (path) => {
    const text = `<script>\nconst a = "${clientKey()}";\n</script>\n<StiggProvider apiKey="${clientKey()}" b="server-6a4b…fe26" c={"<YOUR-SERVER-KEY>"} />\n<p>server-side, server-key</p>\n`
      + `<StiggProvider apiKey="${legacyKey()}" customerToken="t" />\n\n\`\`\`ts\nconst k = "${clientKey()}"; // server-6a4b...fe26\n\`\`\`\n`;
    expect(scan(path, text)).toEqual([]);
  });
});

describe('what the markup hands over and a script holds is said once', () => {
  test.each<[string, string, [rule: string, place: string][]]>([
    ['a.vue', '<template><StiggProvider :apiKey="import.meta.env.VITE_STIGG_SERVER_API_KEY" /></template>', [['server-key-in-public-env', 'VITE_STIGG_SERVER_API_KEY']]],
    ['a.vue', '<script setup>\nconst apiKey = import.meta.env.VITE_STIGG_SERVER_API_KEY;\n</script>\n<template><StiggProvider v-bind="{ apiKey }" /></template>', [['server-key-in-public-env', 'VITE_STIGG_SERVER_API_KEY']]],
    ['a.svelte', "<script>\nimport { A, STIGG_SERVER_API_KEY as key } from '$env/static/private';\n</script>\n<StiggProvider apiKey={key} />", [[PROVIDER, 'key']]],
    ['a.astro', '---\nconst key = import.meta.env.STIGG_SERVER_API_KEY;\n---\n<StiggProvider apiKey={key} client:load />', [[PROVIDER, 'key']]],
    ['a.astro', '<StiggProvider apiKey={import.meta.env.STIGG_SERVER_API_KEY} client:load />', [[PROVIDER, 'import.meta.env.STIGG_SERVER_API_KEY']]],
    ...['<script define:vars={{ key: import.meta.env.STIGG_SERVER_API_KEY }}>f(key)</script>', '<script is:inline define:vars={{ a: 1, key: process.env.STIGG_SERVER_API_KEY ?? "" }}>f(key)</script>', '<p data-key={import.meta.env.STIGG_SERVER_API_KEY}>', '<p>{import.meta.env.STIGG_SERVER_API_KEY}</p>', '<Plans client:load key={import.meta.env.STIGG_SERVER_API_KEY} />']
      .map((text): [string, string, [string, string][]] => ['a.astro', text, [['server-sdk-in-frontend', '.env.STIGG_SERVER_API_KEY']]]),
    ...['<script define:vars={{ ok: Boolean(import.meta.env.STIGG_SERVER_API_KEY) }}>f(ok)</script>', '<script define:vars={{ key: import.meta.env.STIGG_CLIENT_API_KEY }}>f(key)</script>', '<p>{import.meta.env.STIGG_SERVER_API_KEY ? 1 : 2}</p>', '<p>{await load(import.meta.env.STIGG_SERVER_API_KEY)}</p>', '<Plans stiggKey={import.meta.env.STIGG_SERVER_API_KEY} />', '<p>{import.meta.env.STIGG_SERVER_API_KEY && <a />}</p>']
      .map((text): [string, string, [string, string][]] => ['a.astro', text, []]),
    ...['{{ config.STIGG_SERVER_API_KEY }}', '{{config.STIGG_SERVER_API_KEY|e}}', '{{{ stiggServerKey }}}', '{!! $stiggServerKey !!}', "{{ env('STIGG_SERVER_API_KEY') }}", '<%= process.env.STIGG_SERVER_API_KEY %>', "<%= ENV['STIGG_SERVER_API_KEY'] %>", '{{ config.STIGG_API_KEY }}']
      .map((code): [string, string, [string, string][]] => ['templates/a.html', embed(`'${code}'`), [[PROVIDER, code]]]),
    ['a.html', embed('{{ stigg_server_key|tojson }}'), [[PROVIDER, '{{ stigg_server_key|tojson }}']]],
    ...['views/a.ejs', 'views/a.hbs', 'views/a.njk', 'resources/views/a.blade.php', 'app/views/plans/index.html.erb', 'templates/a.html.j2']
      .map((path): [string, string, [string, string][]] => [path, embed('"{{ config.STIGG_SERVER_API_KEY }}"'), [[PROVIDER, '{{ config.STIGG_SERVER_API_KEY }}']]]),
    ['a.html', '<stigg-provider api-key="{{ config.STIGG_SERVER_API_KEY }}">', [[PROVIDER, '{{ config.STIGG_SERVER_API_KEY }}']]],
    ...["'{{ config.STIGG_CLIENT_API_KEY }}'", "'{{ key }}'", "'{{ STIGG_SERVER_API_KEY }}-{{ x }}'", "'STIGG_SERVER_API_KEY'", "'{% STIGG_SERVER_API_KEY %}'", "'<% STIGG_SERVER_API_KEY %>'"]
      .map((code): [string, string, [string, string][]] => ['a.html', embed(code), []]),
    ['a.vue', '<template><StiggProvider :apiKey="key" :customerId="id" /></template>', [['unsigned-customer', 'id']]],
    ['a.vue', '<template><StiggProvider :apiKey="key" :customer-id="id" :customer-token="token" /></template>', []],
  ])('%s %s', (path, text, expected) => {
    expect(scan(path, text).map(({ rule, start, end }) => [rule, text.slice(start, end)])).toEqual(expected.map(([rule, place]) => [rule, expect.stringContaining(place) as unknown]));
  });
});

describe('fixes', () => {
  test.each<[string, string, string, string | undefined, string[]?]>([
    ['comment', 'a.html', `<!-- ${K} -->`, '<!-- <STIGG_SERVER_API_KEY> -->'],
    ['attribute', 'a.html', `<p a="${K}">`, undefined],
    ['script', 'a.html', `<script>const k = "${K}";</script>`, undefined, ['vite']],
    ['script without a known build', 'a.svelte', `<script>const k = "${K}";</script>`, `<script>const k = ${VITE};</script>`],
    ['script with another build', 'a.vue', `<script>const k = "${K}";</script>`, undefined, ['vue', 'webpack']],
    ['frontmatter', 'a.astro', `---\nconst k = "${K}";\n---\n`, '---\nconst k = import.meta.env.STIGG_SERVER_API_KEY;\n---\n'],
    ['attribute without a script', 'a.vue', `<template>\n  <StiggProvider apiKey="${K}" />\n</template>\n`, `<script setup>\nconst ${NAME} = ${VITE};\n</script>\n\n<template>\n  <StiggProvider :apiKey="${NAME}" />\n</template>\n`],
    ['attribute', 'a.vue', `<template>\n  <A h='Bearer ${K}' />\n</template>\n\n<script setup>\nimport A from './A.vue'\n</script>\n`, `<template>\n  <A :h='\`Bearer \${${NAME}}\`' />\n</template>\n\n<script setup>\nimport A from './A.vue'\nconst ${NAME} = ${VITE}\n</script>\n`],
    ['bound literal', 'a.vue', `<script setup lang="ts">\n  import A from './A.vue';\n</script>\n<template><StiggProvider :api-key="'${K}'" /></template>`, `<script setup lang="ts">\n  import A from './A.vue';\n  const ${NAME} = ${VITE};\n</script>\n<template><StiggProvider :api-key="${NAME}" /></template>`],
    ['bound object', 'a.vue', `<script setup>\nconst a = ${VITE};\n</script>\n<template><StiggProvider v-bind="{ apiKey: '${K}' }" /></template>`, `<script setup>\nconst a = ${VITE};\n</script>\n<template><StiggProvider v-bind="{ apiKey: a }" /></template>`],
    ['text', 'a.vue', `<script setup>\n</script>\n<template><p>${K}</p></template>`, `<script setup>\nconst ${NAME} = ${VITE};\n</script>\n<template><p>{{ ${NAME} }}</p></template>`],
    ['options', 'a.vue', `<script>\nexport default {};\n</script>\n<template><p>${K}</p></template>`, undefined],
    ['an expression', 'a.vue', `<template><p>{{ f('${K}') }}</p></template>`, undefined],
    ['script', 'a.vue', `<script setup>\nconst k = '${K}';\n</script>\n`, `<script setup>\nconst k = ${VITE};\n</script>\n`, ['vue', 'vite']],
    ['Nuxt', 'a.vue', `<template><StiggProvider apiKey="${K}" /></template>\n`, `<script setup>\nconst ${NAME} = useRuntimeConfig().public.stiggClientApiKey;\n</script>\n\n<template><StiggProvider :apiKey="${NAME}" /></template>\n`, ['nuxt', 'vue']],
    ['attribute', 'a.svelte', `<StiggProvider apiKey="${K}" />`, `<StiggProvider apiKey={${VITE}} />`],
    ['attribute without quotes', 'a.svelte', `<StiggProvider apiKey=${K} />`, `<StiggProvider apiKey={${VITE}} />`],
    ['attribute in braces', 'a.svelte', `<StiggProvider apiKey={'${K}'} />`, `<StiggProvider apiKey={${VITE}} />`],
    ['part of an attribute', 'a.svelte', `<A h="Bearer ${K}" />`, `<A h="Bearer {${VITE}}" />`],
    ['text', 'a.svelte', `<p>${K}</p>`, `<p>{${VITE}}</p>`],
    ['expression', 'a.svelte', `<p>{f('${K}')}</p>`, `<p>{f(${VITE})}</p>`, ['@sveltejs/kit', 'vite']],
    ['attribute', 'a.astro', `<StiggProvider apiKey="${K}" client:load />`, '<StiggProvider apiKey={import.meta.env.PUBLIC_STIGG_CLIENT_API_KEY} client:load />'],
    ['part of an attribute', 'a.astro', `<p h="Bearer ${K}" />`, '<p h={`Bearer ${import.meta.env.PUBLIC_STIGG_CLIENT_API_KEY}`} />'],
    ['component on the server', 'a.astro', `<Plans h="${K}" />`, '<Plans h={import.meta.env.STIGG_SERVER_API_KEY} />'],
    ['fence', 'a.md', `\`\`\`ts\nconst k = "${K}";\n\`\`\`\n`, '```ts\nconst k = process.env.STIGG_SERVER_API_KEY;\n```\n'],
    ['quoted fence', 'a.md', `> \`\`\`ts\n> const k = "${K}";\n> \`\`\`\n`, '> ```ts\n> const k = process.env.STIGG_SERVER_API_KEY;\n> ```\n'],
    ['comment', 'a.md', `<!-- ${K} -->\n`, '<!-- <STIGG_SERVER_API_KEY> -->\n'],
    ['prose', 'a.md', `Use ${K}.\n`, undefined],
    ['cell of TypeScript', 'a.ipynb', json([['// é\n', `const k = "${K}";`]], 'typescript'), json([['// é\n', 'const k = process.env.STIGG_SERVER_API_KEY;']], 'typescript')],
    ['cell with quotes', 'a.ipynb', json([[`const k = \`a "\${b}" ${K}\`;`]], 'typescript'), json([['const k = `a "${b}" ${process.env.STIGG_SERVER_API_KEY}`;']], 'typescript')],
  ])('%s (%s)', (_, path, text, expected, dependencies) => {
    for (const newline of ['\n', '\r\n']) {
      // Line ends inside of a notebook's strings are not those of the file.
      const written = text.replaceAll('\n', newline);
      const [finding] = scan(path, written, dependencies);
      const edits = finding?.fixes[0]?.edits;
      expect(edits === undefined ? undefined : apply(written, edits)).toBe(expected?.replaceAll('\n', newline));
      if (edits !== undefined) expect(scan(path, apply(written, edits), dependencies)).toEqual([]);
    }
  });

  test('Python cells read the environment', () => {
    const text = json([['import os\n', 'from stigg import Stigg\n'], [`client = Stigg(api_key="${K}")\n`]]);
    const [finding] = scan('a.ipynb', text);
    const fixed = apply(text, finding?.fixes[0]?.edits ?? []);
    expect(() => { JSON.parse(fixed); }).not.toThrow();
    expect(fixed).toContain('STIGG_SERVER_API_KEY');
    expect(scan('a.ipynb', fixed)).toEqual([]);
  });
});

describe('suppressions', () => {
  test.each([
    ['a.html', `<!-- stigg-keys-ignore-next-line ${FRONTEND} -- sample -->\n<p>${K}</p>`],
    ['a.html', `<script>\n// stigg-keys-ignore-next-line ${FRONTEND} -- sample\nconst k = "${K}";\n</script>`],
    ['a.vue', `<template>\n<!-- stigg-keys-ignore-next-line ${FRONTEND} -->\n<p>${K}</p></template>`],
    ['a.md', `\`\`\`py\n# stigg-keys-ignore-next-line ${HARDCODED}\nk = "${K}"\n\`\`\``],
    ['a.md', `<!-- stigg-keys-ignore-next-line ${HARDCODED} -->\nUse ${K}.`],
    ['a.md', `\`\`\`klingon\n# stigg-keys-ignore-next-line ${HARDCODED}\n${K}\n\`\`\``],
  ])('%s: %s', (path, text) => {
    expect(scan(path, text)).toEqual([]);
  });

  test('words in text are none', () => {
    expect(scan('a.html', `<p>stigg-keys-ignore-file</p>${K}`)).toHaveLength(1);
  });
});

describe('providers', () => {
  const inits = (path: string, text: string): SdkInit[] => {
    const languageId = languageIdFor(path);
    return [...languageFor(languageId).sdkInits({ path, languageId, text, syntax: undefined, imports: [] })];
  };
  const texts = (init: SdkInit | undefined, text: string): Record<string, string> =>
    Object.fromEntries(Array.from(init?.arguments ?? [], ([name, { start, end }]) => [name, text.slice(start, end)]));

  test.each<[string, string, { key?: object; arguments: Record<string, string>; module?: string; isOpen?: boolean }]>([
    ['a.vue', '<StiggProvider :apiKey="import.meta.env.VITE_A" customer-id="c1" :customer-token="t" />', { key: { variable: 'VITE_A' }, arguments: { apiKey: 'import.meta.env.VITE_A', customerId: 'c1', customerToken: 't' } }],
    ['a.vue', "<script setup>\nimport { StiggProvider } from '@stigg/vue-2-sdk';\nconst k = process.env.VUE_APP_A;\n</script>\n<stigg-provider v-bind=\"{ apiKey: k, customerId, ...more }\"></stigg-provider>", { key: { variable: 'VUE_APP_A' }, arguments: { apiKey: 'k', customerId: 'customerId' }, module: '@stigg/vue-2-sdk', isOpen: true }],
    ['a.vue', '<StiggProvider v-bind="props">', { arguments: {}, isOpen: true }],
    ['a.vue', '<StiggProvider :api-key="config.stigg.key">', { key: { name: 'key' }, arguments: { apiKey: 'config.stigg.key' } }],
    ['a.svelte', "<script>\nimport { PUBLIC_A, PUBLIC_B as b } from '$env/static/public';\n</script>\n<StiggProvider apiKey={b} {customerId} {...rest} />", { key: { variable: 'PUBLIC_B' }, arguments: { apiKey: 'b', customerId: 'customerId' }, isOpen: true }],
    ['a.astro', "---\nimport { StiggProvider } from '@stigg/react-sdk';\nconst key = import.meta.env.STIGG_SERVER_API_KEY;\n---\n<StiggProvider apiKey={key} customerId=\"c\" client:load>", { key: { variable: 'STIGG_SERVER_API_KEY' }, arguments: { apiKey: 'key', customerId: 'c', 'client:load': '' }, module: '@stigg/react-sdk' }],
    ['a.html', '<stigg-provider api-key="x">', { key: {}, arguments: { apiKey: 'x' }, module: '@stigg/embed-sdk' }],
  ])('%s %s', (path, text, expected) => {
    const [init, ...more] = inits(path, text);
    expect(more).toEqual([]);
    expect(init?.side).toBe('frontend');
    expect(init?.isOpen).toBe(expected.isOpen ?? false);
    if (expected.module !== undefined) expect(init?.module).toBe(expected.module);
    const { 'client:load': _, ...args } = expected.arguments;
    expect(texts(init, text)).toEqual(args);
    if (expected.key === undefined) expect(init?.key).toBeUndefined();
    else expect(init?.key).toMatchObject(expected.key);
  });

  test.each<[string, string, string | undefined]>([
    ['a.vue', '<StiggProvider :apiKey="k" :customerId="c" />', '<StiggProvider :apiKey="k" :customerId="c" :customerToken="f(&quot;x&quot;)" />'],
    ['a.vue', '<StiggProvider :api-key="k">', '<StiggProvider :api-key="k" :customer-token="f(&quot;x&quot;)">'],
    ['a.svelte', '<StiggProvider {apiKey} />', '<StiggProvider {apiKey} customerToken={f("x")} />'],
    ['a.astro', '<StiggProvider/>', '<StiggProvider customerToken={f("x")}/>'],
    ['a.html', '<stigg-provider>', undefined],
  ])('takes one more argument: %s %s', (path, text, expected) => {
    const edits = inits(path, text)[0]?.addArgument('customerToken', 'f("x")');
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(expected);
  });

  test.each<[string, string, string | undefined]>([
    ['a.vue', '<script setup>\n</script>\n<StiggProvider :apiKey="serverKey" />', '<script setup>\nconst stiggClientApiKey = X.Y;\n</script>\n<StiggProvider :apiKey="stiggClientApiKey" />'],
    ['a.vue', '<script setup>\n</script>\n<StiggProvider v-bind="{ apiKey, customerId }" />', '<script setup>\nconst stiggClientApiKey = X.Y;\n</script>\n<StiggProvider v-bind="{ apiKey: stiggClientApiKey, customerId }" />'],
    ['a.svelte', '<StiggProvider apiKey={serverKey} />', '<StiggProvider apiKey={X.Y} />'],
    ['a.svelte', '<StiggProvider {apiKey} />', '<StiggProvider apiKey={X.Y} />'],
    ['a.astro', '<StiggProvider apiKey={`a${b}`} />', '<StiggProvider apiKey={X.Y} />'],
    ['a.html', '<stigg-provider api-key="x">', undefined],
  ])('takes another key: %s %s', (path, text, expected) => {
    const edits = inits(path, text)[0]?.key?.replaceBy('X.Y');
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(expected);
  });
});
