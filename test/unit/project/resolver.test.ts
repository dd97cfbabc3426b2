import { describe, expect, test } from 'vitest';
import { manifestIn, PackageJsons, type Manifest } from '../../../src/project/packageJson.js';
import { resolve, type ResolverFacts } from '../../../src/project/resolve/resolver.js';
import { TsConfigs, type PathAliases } from '../../../src/project/resolve/tsConfig.js';
import { packagesInPnpm, workspaceAround } from '../../../src/project/resolve/workspace.js';
import { MemoryFiles } from './support.js';

const NO_ALIASES: PathAliases = { baseUrl: undefined, paths: [] };

function facts(files: readonly string[], own: object = {}, aliases = NO_ALIASES, packages: readonly Manifest[] = []): ResolverFacts {
  const manifest = manifestIn(JSON.stringify(own), '/r');
  return { files: new Set(files), packages: new Map(packages.map((one) => [one.name ?? '', one])), packageOf: () => manifest, aliasesOf: () => aliases };
}

describe('specifiers', () => {
  test.each<[string, string, readonly string[], string | undefined]>([
    ['as written', './b.ts', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['without ending', './b', ['/r/src/b.jsx'], '/r/src/b.jsx'],
    ['TypeScript first', './b', ['/r/src/b.js', '/r/src/b.ts'], '/r/src/b.ts'],
    ['.js for .ts', './b.js', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['.js for .tsx', './b.js', ['/r/src/b.tsx'], '/r/src/b.tsx'],
    ['.jsx for .tsx', './b.jsx', ['/r/src/b.tsx'], '/r/src/b.tsx'],
    ['.mjs for .mts', './b.mjs', ['/r/src/b.mts'], '/r/src/b.mts'],
    ['.cjs for .cts', './b.cjs', ['/r/src/b.cts'], '/r/src/b.cts'],
    ['a folder', './b', ['/r/src/b/index.tsx'], '/r/src/b/index.tsx'],
    ['the folder itself', '.', ['/r/src/index.ts'], '/r/src/index.ts'],
    ['the folder above', '..', ['/r/index.ts'], '/r/index.ts'],
    ['upwards', '../lib/b', ['/r/lib/b.ts'], '/r/lib/b.ts'],
    ['a file before its folder', './b', ['/r/src/b.ts', '/r/src/b/index.ts'], '/r/src/b.ts'],
    ['names with dots', './b.service', ['/r/src/b.service.ts'], '/r/src/b.service.ts'],
    ['components', './B.vue', ['/r/src/B.vue'], '/r/src/B.vue'],
    ['queries', './b?worker', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['loaders', '!!raw-loader!./b', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['from the site', '/src/b.ts', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['@', '@/b', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['@ at the root', '@/lib/b', ['/r/lib/b.ts'], '/r/lib/b.ts'],
    ['~', '~/b', ['/r/app/b.ts'], '/r/app/b.ts'],
    ['a package', 'b', ['/r/src/b.ts', '/r/b.ts'], undefined],
    ['other files', './b.css', ['/r/src/b.ts'], undefined],
    ['nothing there', './c', ['/r/src/b.ts'], undefined],
    ['nothing', '', ['/r/src/b.ts'], undefined],
    ['out of everything', '../../../../b', ['/b.ts'], '/b.ts'],
  ])('%s', (_, specifier, files, expected) => {
    expect(resolve('/r/src/a.ts', specifier, facts(files))).toBe(expected);
  });

  test('$lib is of SvelteKit', () => {
    const files = ['/r/src/lib/index.ts', '/r/src/lib/b.ts'];
    const kit = facts(files, { dependencies: { '@sveltejs/kit': '2' } });
    expect([resolve('/r/src/a.ts', '$lib', kit), resolve('/r/src/a.ts', '$lib/b', kit), resolve('/r/src/a.ts', '$lib/b', facts(files))]).toEqual([...files, undefined]);
  });

  test('#imports', () => {
    const own = { imports: { '#b': './src/b.js', '#lib/*': { node: './dist/lib/*.js', default: './lib/*.js' }, '#lib/special': './src/special.ts', '#none': null } };
    const found = (specifier: string): string | undefined => resolve('/r/src/a.ts', specifier, facts(['/r/src/b.ts', '/r/src/lib/c.ts', '/r/src/special.ts'], own));
    expect(['#b', '#lib/c', '#lib/special', '#none', '#x'].map(found)).toEqual(['/r/src/b.ts', '/r/src/lib/c.ts', '/r/src/special.ts', undefined, undefined]);
  });

  test('packages of the workspace', () => {
    const one = (name: string, text: object): Manifest => {
      const manifest = manifestIn(JSON.stringify({ name, ...text }), `/r/packages/${name.replace(/^@acme\//, '')}`);
      if (manifest === undefined) throw new Error('no manifest');
      return manifest;
    };
    const files = ['/r/packages/main/src/index.ts', '/r/packages/main/src/deep/b.tsx', '/r/packages/bare/index.js', '/r/packages/source/code/main.ts', '/r/packages/exports/src/entry.ts', '/r/packages/exports/src/sub/c.ts', '/r/packages/text/src/x.ts'];
    const all = facts(files, {}, NO_ALIASES, [
      one('@acme/main', { main: './dist/index.js' }), one('bare', {}), one('source', { source: 'code/main.ts', main: 'dist/x.js' }),
      one('exports', { exports: { '.': { import: { types: './dist/entry.d.ts', default: './dist/entry.mjs' } }, './*': ['./dist/sub/*.js'], './package.json': './package.json' } }),
      one('text', { exports: './src/x.ts' }),
    ]);
    const found = (specifier: string): string | undefined => resolve('/r/apps/a.ts', specifier, all);
    expect(['@acme/main', '@acme/main/src/deep/b', '@acme/main/deep/b', 'bare', 'source', 'exports', 'exports/c', 'text', 'text/y', 'react', '@acme/none'].map(found)).toEqual([
      files[0], files[1], files[1], files[2], files[3], files[4], files[5], files[6], undefined, undefined, undefined,
    ]);
  });
});

describe('tsconfig.json', () => {
  const aliases = async (files: Readonly<Record<string, string>>, folder = '/r/src'): Promise<PathAliases> =>
    new TsConfigs(new MemoryFiles(files), (name) => (name.startsWith('@acme/config') ? name.replace('@acme/config', '/r/config') : undefined)).nearest(folder);

  test.each<[string, Readonly<Record<string, string>>, string, readonly string[], string | undefined]>([
    ['paths without baseUrl', { '/r/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }' }, '@/b', ['/r/lib/b.ts'], '/r/lib/b.ts'],
    ['paths with baseUrl', { '/r/tsconfig.json': '{ // x\n "compilerOptions": { "baseUrl": "./src", "paths": { "~/*": ["x/*", "y/*"], }, }, }' }, '~/b', ['/r/src/y/b.ts'], '/r/src/y/b.ts'],
    ['baseUrl alone', { '/r/jsconfig.json': '\uFEFF{ "compilerOptions": { "baseUrl": "src" } }' }, 'lib/b', ['/r/src/lib/b.js'], '/r/src/lib/b.js'],
    ['the longest pattern', { '/r/tsconfig.json': '{ "compilerOptions": { "paths": { "*": ["./any/*"], "@x/*": ["./x/*"], "@x/y/*": ["./y/*"] } } }' }, '@x/y/b', ['/r/any/@x/y/b.ts', '/r/x/y/b.ts', '/r/y/b.ts'], '/r/y/b.ts'],
    ['exact patterns', { '/r/tsconfig.json': '{ "compilerOptions": { "paths": { "@b": ["./src/b"] } } }' }, '@b', ['/r/src/b/index.ts'], '/r/src/b/index.ts'],
    ['extends', { '/r/tsconfig.json': '{ "extends": "./base" }', '/r/base.json': '{ "extends": ["./none.json", "./deep/tsconfig.json"] }', '/r/deep/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }' }, '@/b', ['/r/deep/b.ts'], '/r/deep/b.ts'],
    ['extends of a package', { '/r/tsconfig.json': '{ "extends": "@acme/config/base.json" }', '/r/config/base.json': '{ "compilerOptions": { "paths": { "@/*": ["${configDir}/z/*"] } } }' }, '@/b', ['/r/config/z/b.ts'], '/r/config/z/b.ts'],
    ['references', { '/r/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" }] }', '/r/tsconfig.node.json': '{}', '/r/tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' }, '@/b', ['/r/src/b.ts'], '/r/src/b.ts'],
    ['in circles', { '/r/tsconfig.json': '{ "extends": "./tsconfig.json", "references": [{ "path": "./tsconfig.json" }] }' }, '@y/b', ['/r/src/b.ts'], undefined],
    ['nonsense', { '/r/tsconfig.json': '{ "extends": 1, "compilerOptions": { "paths": [], "baseUrl": {} }, "references": "x" }' }, '@y/b', ['/r/src/b.ts'], undefined],
    ['no JSON', { '/r/tsconfig.json': 'nonsense' }, '@y/b', ['/r/src/b.ts'], undefined],
  ])('%s', async (_, config, specifier, files, expected) => {
    expect(resolve('/r/src/a.ts', specifier, facts(files, {}, await aliases(config)))).toBe(expected);
  });

  test('the nearest one alone', async () => {
    const files = { '/r/tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }', '/r/app/tsconfig.json': '{}' };
    expect(await aliases(files, '/r/app/src')).toEqual(NO_ALIASES);
    expect(await aliases(files, '/r/lib/src')).toEqual({ baseUrl: '/r', paths: [] });
  });
});

describe('workspaces', () => {
  test('pnpm', () => {
    expect(packagesInPnpm("# a\npackages:\n  - 'apps/*'\n\n  # b\n  - \"packages/**\" # c\n  - tools\n  - '!x'\ncatalog:\n  - no\n")).toEqual(['apps/*', 'packages/**', 'tools', '!x']);
    expect(packagesInPnpm('packages: ["a", \'b/*\']\r\n')).toEqual(['a', 'b/*']);
    expect(packagesInPnpm('')).toEqual([]);
  });

  test('folders by their patterns', async () => {
    const manifest = '{ "name": "x" }';
    const files = new MemoryFiles({
      '/r/package.json': '{ "workspaces": ["apps/*", "packages/**", "tools", "!packages/old/**"] }',
      '/r/apps/a/package.json': manifest, '/r/apps/a/deep/package.json': manifest, '/r/packages/b/c/package.json': manifest, '/r/packages/old/d/package.json': manifest,
      '/r/packages/b/node_modules/e/package.json': manifest, '/r/tools/package.json': manifest, '/r/other/package.json': manifest,
    });
    const found = await workspaceAround('/r/apps/a', '/r', files, new PackageJsons(files));
    expect(found?.root).toBe('/r');
    expect(found?.packages.map(({ folder }) => folder)).toEqual(['/r', '/r/apps/a', '/r/packages/b/c', '/r/tools']);
    expect(await workspaceAround('/r/apps/a', '/r/apps', files, new PackageJsons(files))).toBeUndefined();
  });
});
