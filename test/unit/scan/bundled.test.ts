import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { apply, clientKey, contextOf, preparedEngine, serverKey } from './support.js';
import { cpuNow } from '../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const V = 'STIGG_SERVER_API_KEY';
const ENV = `process.env.${V}`;

function scan(path: string, text: string): Finding[] {
  return engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({}));
}

/** Where the rule speaks; nothing else may speak at all. */
function places(path: string, text: string): string[] {
  return scan(path, text).map(({ rule, start, end }) => (rule === 'server-key-bundled' ? text.slice(start, end) : rule));
}

describe('a setting that inlines the server variable', () => {
  test.each([
    ['Next env', 'next.config.js', `module.exports = { env: { ${V}: ${ENV} } };`, V],
    ['Next env under another name', 'next.config.mjs', `export default { reactStrictMode: true, env: { billing: ${ENV} } };`, 'billing'],
    ['Next env in a wrapper', 'apps/web/next.config.ts', `const config: NextConfig = { env: { '${V}': ${ENV}! } };\nexport default withMDX(config);`, `'${V}'`],
    ['Next env in a function', 'next.config.js', `module.exports = (phase) => ({ env: { ${V}: ${ENV} ?? '' } });`, V],
    ['Next env, constant', 'next.config.js', `const env = { ${V}: ${ENV} };\nmodule.exports = { env };`, V],
    ['Next env, destructured', 'next.config.js', `const { ${V} } = process.env;\nmodule.exports = { env: { ${V} } };`, V],
    ['Next env, spread', 'next.config.js', `const keys = { ${V}: ${ENV} };\nmodule.exports = { env: { ...keys, A: '1' } };`, V],
    ['Next env, unknown value', 'next.config.js', `module.exports = { env: { ${V}: secrets.stigg } };`, V],
    ['Next publicRuntimeConfig', 'next.config.js', `module.exports = { publicRuntimeConfig: { stigg: { key: ${ENV} } } };`, 'key'],
    ['Next compiler.define', 'next.config.js', `module.exports = { compiler: { define: { STIGG: JSON.stringify(${ENV}) } } };`, 'STIGG'],
    ['Next DefinePlugin', 'next.config.js', `module.exports = { webpack: (config, { webpack }) => { config.plugins.push(new webpack.DefinePlugin({ K: JSON.stringify(${ENV}) })); return config; } };`, 'K'],
    ['Vite define', 'vite.config.ts', `export default defineConfig({ define: { 'process.env.${V}': JSON.stringify(${ENV}) } });`, `'process.env.${V}'`],
    ['Vite loadEnv', 'vite.config.ts', `export default defineConfig(({ mode }) => { const env = loadEnv(mode, process.cwd(), ''); return { define: { 'process.env.${V}': JSON.stringify(env.${V}) } }; });`, `'process.env.${V}'`],
    ['Vite loadEnv, subscript', 'vite.config.ts', `const env = loadEnv(mode, '.', '');\nexport default { define: { __K__: \`"\${env['${V}']}"\` } };`, '__K__'],
    ['Vite define, nested', 'vite.config.ts', `export default { define: { 'process.env': { ${V}: JSON.stringify(${ENV}) } } };`, V],
    ['Vite define, text of an object', 'vite.config.ts', `export default { define: { __ENV__: JSON.stringify({ key: ${ENV} }) } };`, 'key'],
    ['Vite client environment', 'vite.config.ts', `export default { environments: { client: { define: { K: ${ENV} } } } };`, 'K'],
    ['Astro', 'astro.config.mjs', `export default defineConfig({ vite: { define: { K: JSON.stringify(${ENV}) } } });`, 'K'],
    ['Nuxt runtimeConfig.public', 'nuxt.config.ts', `export default defineNuxtConfig({ runtimeConfig: { public: { stigg: { serverKey: ${ENV} } } } });`, 'serverKey'],
    ['Nuxt 2 env', 'nuxt.config.js', `export default { env: { key: ${ENV} } };`, 'key'],
    ['webpack DefinePlugin', 'config/webpack.prod.js', `module.exports = { plugins: [new webpack.DefinePlugin({ 'process.env.${V}': JSON.stringify(${ENV}) })] };`, `'process.env.${V}'`],
    ['webpack EnvironmentPlugin, list', 'webpack.config.js', `module.exports = { plugins: [new EnvironmentPlugin(['A', '${V}'])] };`, `'${V}'`],
    ['webpack EnvironmentPlugin, defaults', 'webpack.config.js', `module.exports = { plugins: [new webpack.EnvironmentPlugin({ ${V}: '' })] };`, V],
    ['webpack target web', 'webpack.config.js', `module.exports = { target: 'web', plugins: [new DefinePlugin({ K: ${ENV} })] };`, 'K'],
    ['the client of two builds', 'webpack.config.js', `module.exports = [{ target: 'node' }, { entry: './client', plugins: [new DefinePlugin({ K: ${ENV} })] }];`, 'K'],
    ['the client part of a Next build', 'next.config.js', `module.exports = { webpack(config, { isServer }) { if (!isServer) { config.plugins.push(new DefinePlugin({ K: ${ENV} })); } return config; } };`, 'K'],
    ['Rspack', 'rspack.config.js', `export default { plugins: [new rspack.DefinePlugin({ K: JSON.stringify(${ENV}) })] };`, 'K'],
    ['Rsbuild', 'rsbuild.config.ts', `export default defineConfig({ source: { define: { K: JSON.stringify(${ENV}) } } });`, 'K'],
    ['esbuild', 'scripts/build.mjs', `import * as esbuild from 'esbuild';\nawait esbuild.build({ entryPoints: ['app.tsx'], bundle: true, define: { K: JSON.stringify(${ENV}) } });`, 'K'],
    ['Rollup', 'rollup.config.js', `import replace from '@rollup/plugin-replace';\nexport default { plugins: [replace({ preventAssignment: true, values: { __K__: JSON.stringify(${ENV}) } })] };`, '__K__'],
    ['Docusaurus', 'docs/docusaurus.config.ts', `const config: Config = { customFields: { stiggServerKey: ${ENV} } };\nexport default config;`, 'stiggServerKey'],
    ['Docusaurus, the theme', 'docusaurus.config.js', `module.exports = { themeConfig: { stigg: { key: ${ENV} } } };`, 'key'],
    ['Expo, JSON', 'app.json', `{ "expo": { "name": "a", "extra": { "billing": "${K}" } } }`, K],
    ['Expo, JSON in a list', 'apps/mobile/app.json', `{ "expo": { "extra": { "eas": { "keys": ["${K}"] } } } }`, K],
    ['Expo', 'app.config.ts', `export default ({ config }) => ({ ...config, extra: { stigg: ${ENV} } });`, 'stigg'],
    ['Expo, nested', 'app.config.js', `module.exports = { expo: { extra: { stigg: ${ENV} } } };`, 'stigg'],
    ['Gatsby', 'gatsby-config.js', `module.exports = { plugins: [{ resolve: 'gatsby-plugin-env-variables', options: { allowList: ['${V}'] } }] };`, `'${V}'`],
    ['Babel', 'babel.config.js', `module.exports = { plugins: [['transform-inline-environment-variables', { include: ['${V}'] }]] };`, `'${V}'`],
    ['a Next app in a folder of that name', 'server/next.config.js', `module.exports = { env: { A: ${ENV} } };`, 'A'],
    ['Storybook', '.storybook/main.ts', `export default { env: (config) => ({ ...config, ${V}: ${ENV} }) };`, V],
    ['a prefix of ours', 'vite.config.ts', "export default { envPrefix: 'STIGG_' };", "'STIGG_'"],
    ['a prefix among others', 'vite.config.ts', "export default { envPrefix: ['VITE_', 'STIGG_SERVER_'] };", "'STIGG_SERVER_'"],
    ['SvelteKit', 'svelte.config.js', "// stigg\nexport default { kit: { env: { publicPrefix: 'STIGG' } } };", "'STIGG'"],
    ['all of the environment', 'vite.config.ts', "// Stigg\nexport default { define: { 'process.env': process.env } };", "'process.env'"],
    ['all of the environment as text', 'webpack.config.js', "// Stigg\nmodule.exports = { plugins: [new DefinePlugin({ 'process.env': JSON.stringify(process.env) })] };", "'process.env'"],
    ['all of the environment, loaded', 'vite.config.ts', "// Stigg\nexport default ({ mode }) => { const env = loadEnv(mode, '.', ''); return { define: { 'process.env': env } }; };", "'process.env'"],
    ['all of the environment of dotenv', 'webpack.config.js', "// Stigg\nmodule.exports = { plugins: [new DefinePlugin({ 'process.env': JSON.stringify(require('dotenv').config().parsed) })] };", "'process.env'"],
    ['all of the environment, spread', 'next.config.js', '// Stigg\nmodule.exports = { env: { ...process.env } };', '...process.env'],
    ['a key', 'app.config.ts', `export default { extra: { billing: '${K}' } };`, K],
    ['a key as a default', 'vite.config.ts', `export default { define: { K: JSON.stringify(${ENV} || '${K}') } };`, K],
  ])('%s', (_, path, text, place) => {
    expect(places(path, `${text}\n`)).toEqual([place]);
    expect(places(path, `${text}\n`.replaceAll('\n', '\r\n'))).toEqual([place]);
  });

  test.each([
    ['the publishable key', 'next.config.js', 'module.exports = { env: { STIGG_CLIENT_API_KEY: process.env.STIGG_CLIENT_API_KEY } };'],
    ['the server name with the publishable key', 'next.config.js', `module.exports = { env: { ${V}: process.env.STIGG_CLIENT_API_KEY } };`],
    ['a name that says neither', 'next.config.js', 'module.exports = { env: { STIGG_API_KEY: process.env.STIGG_API_KEY } };'],
    ['a publishable key for Docusaurus', 'docusaurus.config.js', 'module.exports = { customFields: { stiggKey: process.env.STIGG_CLIENT_API_KEY } };'],
    ['a publishable key for Expo', 'app.json', `{ "expo": { "extra": { "stigg": "${clientKey()}" } } }`],
    ['serverRuntimeConfig', 'next.config.js', `module.exports = { serverRuntimeConfig: { key: ${ENV} } };`],
    ['defineServer', 'next.config.js', `module.exports = { compiler: { defineServer: { K: ${ENV} } } };`],
    ['no value', 'vite.config.ts', `export default { define: { 'process.env.${V}': 'undefined', '${V}': JSON.stringify('') } };`],
    ['whether it is there', 'vite.config.ts', `export default { define: { A: Boolean(${ENV}), B: !!${ENV}, C: JSON.stringify(typeof ${ENV}), D: ${ENV} ? 'true' : 'false' } };`],
    ['the private part of runtimeConfig', 'nuxt.config.ts', `export default defineNuxtConfig({ runtimeConfig: { stiggServerKey: ${ENV}, public: { a: 1 } } });`],
    ['a build for Node', 'webpack.config.js', `module.exports = { target: 'node18', plugins: [new DefinePlugin({ K: ${ENV} })] };`],
    ['a build for Node, assigned', 'webpack.config.js', `const config = { target: 'node' };\nconfig.plugins = [new DefinePlugin({ K: ${ENV} })];\nmodule.exports = config;`],
    ['esbuild for Node', 'build.mjs', `import { build } from 'esbuild';\nawait build({ platform: 'node', define: { K: JSON.stringify(${ENV}) } });`],
    ['esbuild for Node, shared options', 'build.mjs', `import { build } from 'esbuild';\nconst common = { platform: 'node' };\nawait build({ ...common, define: { K: JSON.stringify(${ENV}) } });`],
    ['a server bundle of Vite', 'vite.config.ts', `export default { build: { ssr: 'src/server.ts' }, define: { K: JSON.stringify(${ENV}) } };`],
    ['a server configuration by name', 'webpack.server.js', `module.exports = { plugins: [new DefinePlugin({ K: ${ENV} })] };`],
    ['a server folder', 'server/webpack.config.js', `module.exports = { plugins: [new DefinePlugin({ K: ${ENV} })] };`],
    ['the server part of a Next build', 'next.config.js', `module.exports = { webpack: (config, { isServer }) => { if (isServer) { config.plugins.push(new DefinePlugin({ K: ${ENV} })); } return config; } };`],
    ['the server part, short', 'next.config.js', `module.exports = { webpack: (config, { isServer }) => ({ ...config, plugins: [isServer && new DefinePlugin({ K: ${ENV} })] }) };`],
    ['tests', 'vitest.config.ts', `export default { define: { K: ${ENV} }, test: { env: { ${V}: 'x' } } };`],
    ['the environment of tests', 'vite.config.ts', `export default { test: { env: { ${V}: ${ENV} } } };`],
    ['a proxy', 'vite.config.ts', `export default { server: { proxy: { '/stigg': { headers: { 'X-API-KEY': ${ENV} } } } } };`],
    ['the usual prefixes', 'vite.config.ts', "// Stigg\nexport default { envPrefix: ['VITE_', 'PUBLIC_'] };"],
    ['the environment without Stigg', 'vite.config.ts', "export default { define: { 'process.env': process.env } };"],
    ['only variables with the prefix', 'vite.config.ts', "// Stigg\nconst env = loadEnv(mode, '.');\nexport default { define: { 'process.env': env } };"],
    ['a function of that name', 'src/text.ts', `// Stigg\nexport const a = replace({ key: ${ENV} });`],
    ['no configuration', 'src/config.ts', `export default { define: { K: ${ENV} }, env: { ${V}: ${ENV} } };`],
    ['headers of Next', 'next.config.js', `module.exports = { webpack: () => start({ env: { ${V}: ${ENV} } }) };`],
    ['a comment', 'next.config.js', `module.exports = { env: { /* ${V}: ${ENV} */ A: 'stigg' } };`],
    ['somebody else', 'next.config.js', '// Stigg\nmodule.exports = { env: { CLERK_SECRET_KEY: process.env.CLERK_SECRET_KEY, SERVER_URL: process.env.SERVER_URL } };'],
  ])('silent: %s', (_, path, text) => {
    expect(places(path, `${text}\n`)).toEqual([]);
  });

  test('a file full of calls of that name costs nothing', () => {
    const text = `// stigg\n${"const a = 'x'.replace('env', 'define');\n".repeat(15_000)}`;
    const started = cpuNow();
    expect(scan('src/a.ts', text)).toEqual([]);
    expect(cpuNow() - started).toBeLessThan(10_000);
  });

  test('one finding for each entry', () => {
    const text = `module.exports = { env: { ${V}: ${ENV}, STIGG_FULL_ACCESS_KEY: process.env.STIGG_FULL_ACCESS_KEY, A: process.env.A } };\n`;
    expect(places('next.config.js', text)).toEqual([V, 'STIGG_FULL_ACCESS_KEY']);
  });

  test('the message names the setting and the variable', () => {
    expect(scan('next.config.js', `module.exports = { env: { billing: ${ENV} } };`)[0]?.message).toBe(`env puts the value of ${V} into browser code.`);
  });

  test('broken and endless configurations', () => {
    const text = `export default { define: { a: ${ENV}, b: {`;
    for (let end = 0; end <= text.length; end++) expect(() => scan('vite.config.ts', `// stigg\n${text.slice(0, end)}`)).not.toThrow();
    const cycle = 'const a = b;\nconst b = a;\nconst o = { ...o, x: o };\nexport default { define: { a, o, stigg: a + b } };\n';
    expect(scan('vite.config.ts', cycle)).toEqual([]);
    const large = `export default { define: {\n${`  K: JSON.stringify(${ENV}),\n`.repeat(3_000)}} };\n`;
    const started = cpuNow();
    expect(scan('vite.config.ts', large).length).toBeGreaterThan(0);
    expect(cpuNow() - started).toBeLessThan(10_000);
  });
});

describe('a bundle that has the key', () => {
  const chunk = `(()=>{var e="${K}";fetch("/x",{headers:{k:e}})})();\n`;
  const minified = `${'function a(b){return b+1};'.repeat(60)}document.createElement("p");var e="${K}";\n`;

  test.each([
    ['assets of Vite', 'dist/assets/index-B2c4.js', chunk],
    ['a source map', 'dist/assets/index-B2c4.js.map', `{"version":3,"sources":["a.ts"],"sourcesContent":["const k = '${K}'"]}\n`],
    ['a bundle by name', 'lib/app.bundle.js', chunk],
    ['a minified file', 'vendor/app.min.js', chunk],
    ['static files of Next', '.next/static/chunks/pages/index-77.js', chunk],
    ['Create React App', 'build/static/js/main.8c1f.js', chunk],
    ['what is served as it is, built', 'app/static/js/main.8c1f02.js', chunk],
    ['what is served as it is, minified', 'public/js/app.js', minified],
    ['Nuxt', '.output/public/_nuxt/entry.4f.js', chunk],
    ['SvelteKit', '.svelte-kit/output/client/_app/immutable/chunks/a.js', chunk],
    ['a page', 'dist/assets/index.html', `<script>${chunk}</script>\n`],
  ])('%s', (_, path, text) => {
    const found = scan(path, text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([K]);
    expect(found[0]?.severity).toBe('error');
    expect(found[0]?.rule).toBe('server-key-bundled');
    expect(found[0]?.fixes).toEqual([]);
  });

  test.each([
    ['a server of Next', '.next/server/app/page.js', chunk],
    ['a server of a build', 'dist/server/assets/index.js', chunk],
    ['a package for Node', 'dist/index.js', chunk],
    ['source', 'src/assets/key.js', chunk],
  ])('no bundle for browsers: %s', (_, path, text) => {
    expect(scan(path, text).map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
  });

  test.each([
    ['what is served as it is', 'public/js/billing.js'],
    ['static files of a server', 'src/main/resources/static/js/app.js'],
    ['static files of an application', 'crm/static/crm/billing.js'],
  ])('written by hand: %s', (_, path) => {
    expect(scan(path, `const key = '${K}';\n`).map(({ rule }) => rule)).toEqual(['server-key-in-frontend']);
  });

  test('minified and made for browsers', () => {
    expect(scan('dist/main.js', minified).map(({ severity }) => severity)).toEqual(['error']);
  });

  test('the publishable key may be there', () => {
    expect(scan('dist/assets/index.js', chunk.replaceAll(K, clientKey()))).toEqual([]);
  });

  test('no fix edits a bundle', () => {
    const [finding] = scan('dist/assets/index.js', chunk);
    expect(finding?.rule).toBe('server-key-bundled');
    expect(apply(chunk, finding?.fixes.flatMap(({ edits }) => edits) ?? [])).toBe(chunk);
  });
});
