import { describe, expect, test } from 'vitest';
import { Project } from '../../../src/project/project.js';
import { MemoryFiles } from './support.js';

const NEXT = '{ "name": "web", "dependencies": { "next": "15", "react": "19" } }';
const VITE = '{ "name": "web", "dependencies": { "react": "19", "vite": "6" } }';

function projectOf(files: Readonly<Record<string, string>>): { files: MemoryFiles; project: Project; chain: (path: string) => Promise<readonly string[] | undefined> } {
  const memory = new MemoryFiles({ '/r/.git/HEAD': 'x', ...files });
  const project = new Project(memory);
  return { files: memory, project, chain: async (path) => (await project.contextFor(path)).browserImportChain(path) };
}

describe('a Next.js app', () => {
  const app = {
    '/r/package.json': NEXT,
    '/r/app/page.tsx': `import { key } from '../lib/stigg';\nexport default () => null;`,
    '/r/app/paywall.tsx': `'use client';\nexport const Paywall = () => null;`,
    '/r/lib/stigg.ts': `export const key = 1;`,
  };

  test('a server component ships nothing, a client component does, for as long as it imports', async () => {
    const { files, project, chain } = projectOf(app);
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
    files.files.set('/r/app/paywall.tsx', `'use client';\nimport { key } from '../lib/stigg';\nexport const Paywall = () => key;`);
    project.sourceChanged('/r/app/paywall.tsx', false);
    expect(await project.refresh()).toBe(true);
    expect(await chain('/r/lib/stigg.ts')).toEqual(['app/paywall.tsx']);
    files.files.set('/r/app/paywall.tsx', `'use client';\nexport const Paywall = () => null;`);
    project.sourceChanged('/r/app/paywall.tsx', false);
    expect(await project.refresh()).toBe(true);
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
    project.sourceChanged('/r/app/paywall.tsx', false);
    expect(await project.refresh()).toBe(false);
  });

  test('the shortest way is shown, the entry first', async () => {
    const { chain } = projectOf({
      ...app,
      '/r/app/paywall.tsx': `'use client';\nimport '../lib/a';`,
      '/r/lib/a.ts': `export * from './b'; export * from './c'`,
      '/r/lib/b.ts': `import './c'; import './a'`,
      '/r/lib/c.ts': `const { key } = require('./stigg'); import './b'`,
    });
    expect(await chain('/r/lib/stigg.ts')).toEqual(['app/paywall.tsx', 'lib/a.ts', 'lib/c.ts']);
    expect(await chain('/r/app/paywall.tsx')).toBeUndefined();
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['types', `import type { key } from '../lib/stigg';`, {}],
    ['interfaces without the word type', `import { Plan } from '../lib/stigg';`, { '/r/lib/stigg.ts': `export interface Plan {}\nexport const key = 1;` }],
    ['types that another module hands on', `import { Plan } from '../lib';`, { '/r/lib/index.ts': `export * from './stigg'`, '/r/lib/stigg.ts': 'export type Plan = 1;' }],
    ['a module of server actions', `import { save } from './actions';`, { '/r/app/actions.ts': `'use server';\nimport { key } from '../lib/stigg';` }],
    ['a module that says server-only', `import { save } from '../lib/db';`, { '/r/lib/db.ts': `import 'server-only';\nimport { key } from './stigg';` }],
    ['*.server.ts', `import { save } from '../lib/db.server';`, { '/r/lib/db.server.ts': `import { key } from './stigg';` }],
    ['a module that needs a server', `import { save } from '../lib/db';`, { '/r/lib/db.ts': `import fs from 'node:fs';\nimport { key } from './stigg';` }],
    ['a test', '', { '/r/app/paywall.test.tsx': `'use client';\nimport '../lib/stigg';` }],
    ['a file of the settings', `import { save } from '../lib/db';`, { '/r/lib/db.ts': `import { key } from './stigg';`, '/r/.stigg-keys.json': '{ "sides": { "server": ["lib/db.ts"] } }' }],
    ['what a folder of packages holds', '', { '/r/node_modules/x/index.js': `'use client';\nimport '../../lib/stigg'` }],
    ['a comment', `// import '../lib/stigg'`, {}],
  ])('no way: %s', async (_, imports, others) => {
    const { chain } = projectOf({ ...app, '/r/app/paywall.tsx': `'use client';\n${imports}\nexport const Paywall = () => null;`, ...others });
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
  });

  test('a server component that a client component imports is one no more', async () => {
    const { chain } = projectOf({ ...app, '/r/app/paywall.tsx': `'use client';\nimport Card from './card';`, '/r/app/card.tsx': `import { key } from '../lib/stigg';` });
    expect(await chain('/r/app/card.tsx')).toEqual(['app/paywall.tsx']);
    expect(await chain('/r/lib/stigg.ts')).toEqual(['app/paywall.tsx', 'app/card.tsx']);
  });

  test('the pages router ships pages, but not what only their loaders use', async () => {
    const page = (use: string): string => `import { key } from '../lib/stigg';\nexport async function getServerSideProps() {\n  return { props: { a: key } };\n}\nexport default function Page() {\n  return ${use};\n}\n`;
    expect(await projectOf({ ...app, '/r/pages/index.tsx': page('null') }).chain('/r/lib/stigg.ts')).toBeUndefined();
    expect(await projectOf({ ...app, '/r/pages/index.tsx': page('key') }).chain('/r/lib/stigg.ts')).toEqual(['pages/index.tsx']);
  });

  test('files that come and go', async () => {
    const { files, project, chain } = projectOf(app);
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
    files.files.set('/r/app/new.tsx', `'use client';\nimport '../lib/stigg';`);
    project.sourceChanged('/r/app/new.tsx', true);
    expect(await project.refresh()).toBe(true);
    expect(await chain('/r/lib/stigg.ts')).toEqual(['app/new.tsx']);
    files.files.delete('/r/app/new.tsx');
    project.sourceChanged('/r/app/new.tsx', true);
    expect(await project.refresh()).toBe(true);
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
  });

  test('a manifest that changes', async () => {
    const { files, project, chain } = projectOf({ ...app, '/r/pages/index.tsx': `import '../lib/stigg';` });
    expect(await chain('/r/lib/stigg.ts')).toEqual(['pages/index.tsx']);
    files.files.set('/r/package.json', '{ "dependencies": { "react": "19" } }');
    project.forget('/r/package.json');
    expect(await chain('/r/lib/stigg.ts')).toBeUndefined();
  });
});

describe('other applications', () => {
  test.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    ['Vite by its page', { '/r/package.json': VITE, '/r/index.html': '<script type="module" src="/src/main.ts"></script>', '/r/src/main.ts': `import './lib'`, '/r/src/lib/index.ts': '' }, '/r/src/lib/index.ts', ['index.html', 'src/main.ts']],
    ['React by its root', { '/r/package.json': VITE, '/r/src/main.tsx': `import { createRoot } from 'react-dom/client';\nimport App from './App.js';`, '/r/src/App.tsx': `import x from '@/x';`, '/r/src/x.ts': '' }, '/r/src/x.ts', ['src/main.tsx', 'src/App.tsx']],
    ['a Vue component', { '/r/package.json': '{ "dependencies": { "vue": "3" } }', '/r/src/A.vue': `<script setup lang="ts">import { key } from './x'</script>`, '/r/src/x.ts': '' }, '/r/src/x.ts', ['src/A.vue']],
    ['a Svelte component', { '/r/package.json': '{ "dependencies": { "@sveltejs/kit": "2" } }', '/r/src/routes/+page.svelte': `<script>import { key } from '$lib/x'</script>`, '/r/src/lib/x.ts': '' }, '/r/src/lib/x.ts', ['src/routes/+page.svelte']],
    ['an island of Astro', { '/r/package.json': '{ "dependencies": { "astro": "5" } }', '/r/src/pages/a.astro': `---\nimport A from '../A';\n---\n<A client:load />`, '/r/src/A.tsx': `import './x'`, '/r/src/x.ts': '' }, '/r/src/x.ts', ['src/pages/a.astro', 'src/A.tsx']],
    ['Nuxt', { '/r/package.json': '{ "dependencies": { "nuxt": "4" } }', '/r/app/pages/a.vue': `<script setup>import x from '~~/lib/x'</script>`, '/r/lib/x.ts': '' }, '/r/lib/x.ts', ['app/pages/a.vue']],
    ['a Remix route', { '/r/package.json': '{ "dependencies": { "@remix-run/react": "2" } }', '/r/app/routes/a.tsx': `import x from '~/x';\nexport default () => x;`, '/r/app/x.ts': '' }, '/r/app/x.ts', ['app/routes/a.tsx']],
    ['React Native', { '/r/package.json': '{ "dependencies": { "react-native": "1" } }', '/r/index.js': `import { AppRegistry } from 'react-native';\nimport './x';`, '/r/x.ts': '' }, '/r/x.ts', ['index.js']],
  ])('%s', async (_, files, path, expected) => {
    expect(await projectOf(files).chain(path)).toEqual(expected);
  });

  test('a frontmatter stays on the server', async () => {
    const { chain } = projectOf({ '/r/package.json': '{ "dependencies": { "astro": "5" } }', '/r/src/pages/a.astro': `---\nimport { key } from '../x';\nimport A from '../A';\n---\n<A />`, '/r/src/A.tsx': `import './x'`, '/r/src/x.ts': '' });
    expect(await chain('/r/src/x.ts')).toBeUndefined();
    expect(await chain('/r/src/A.tsx')).toBeUndefined();
  });
});

describe('monorepos', () => {
  const client = (module: string): string => `'use client';\nimport { key } from '${module}';\nexport const A = () => key;`;
  const packages = {
    '/r/apps/web/package.json': '{ "name": "web", "dependencies": { "next": "15", "@acme/billing": "workspace:*" } }',
    '/r/apps/web/app/a.tsx': client('@acme/billing'),
    '/r/packages/billing/package.json': '{ "name": "@acme/billing", "main": "dist/index.js", "dependencies": { "@acme/stigg": "*" } }',
    '/r/packages/billing/src/index.ts': `export * from '@acme/stigg/keys';`,
    '/r/packages/stigg/package.json': '{ "name": "@acme/stigg", "exports": { ".": "./dist/index.js", "./*": { "types": "./dist/*.d.ts", "import": "./dist/*.js" } } }',
    '/r/packages/stigg/src/keys.ts': '',
    '/r/packages/stigg/src/other.ts': '',
  };

  test.each<[string, Readonly<Record<string, string>>]>([
    ['pnpm', { '/r/package.json': '{}', '/r/pnpm-workspace.yaml': "# x\npackages:\n  - 'apps/*'\n  - \"packages/**\"\n  - '!packages/old'\ncatalog:\n  - x\n" }],
    ['npm', { '/r/package.json': '{ "workspaces": ["apps/*", "./packages/*"] }' }],
    ['yarn', { '/r/package.json': '{ "workspaces": { "packages": ["{apps,packages}/*"] } }' }],
  ])('%s', async (_, root) => {
    const { chain } = projectOf({ ...root, ...packages });
    expect(await chain('/r/packages/stigg/src/keys.ts')).toEqual(['apps/web/app/a.tsx', 'packages/billing/src/index.ts']);
    expect(await chain('/r/packages/stigg/src/other.ts')).toBeUndefined();
  });

  test('packages that depend on nothing here are not read', async () => {
    const { chain, files } = projectOf({ '/r/package.json': '{ "workspaces": ["*/*"] }', ...packages, '/r/apps/other/package.json': '{ "name": "other" }', '/r/apps/other/src/a.ts': `import '../../../packages/stigg/src/keys'` });
    await chain('/r/packages/stigg/src/keys.ts');
    expect(files.reads.filter((path) => path.startsWith('/r/apps/other/src'))).toEqual([]);
  });

  test('aliases of one TypeScript configuration for all, as Nx has them', async () => {
    const { chain } = projectOf({
      '/r/package.json': '{ "dependencies": { "next": "15" } }',
      '/r/tsconfig.base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@acme/stigg": ["libs/stigg/src/index.ts"], "@acme/*": ["libs/*/src"], } } } // x',
      '/r/apps/web/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
      '/r/apps/web/app/a.tsx': client('@acme/stigg'),
      '/r/libs/stigg/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
      '/r/libs/stigg/src/index.ts': `export * from './lib/keys.js'; export * from '@acme/util';`,
      '/r/libs/stigg/src/lib/keys.ts': '',
      '/r/libs/util/src/index.ts': '',
    });
    expect(await chain('/r/libs/stigg/src/lib/keys.ts')).toEqual(['apps/web/app/a.tsx', 'libs/stigg/src/index.ts']);
  });
});

test('nothing is read without need', async () => {
  const service = projectOf({ '/r/package.json': '{ "dependencies": { "express": "5" } }', '/r/src/a.ts': '', '/r/src/b.ts': '' });
  expect(await service.chain('/r/src/a.ts')).toBeUndefined();
  expect(service.files.reads).not.toContain('/r/src/b.ts');
  const other = projectOf({ '/r/package.json': NEXT, '/r/src/a.ts': '', '/r/deploy.yaml': '' });
  for (const path of ['/r/deploy.yaml', '/r/src/a.test.ts', '/r/src/a.d.ts', '/r/src/a.py']) await other.chain(path);
  expect(other.files.reads).not.toContain('/r/src/');
  const twice = projectOf({ '/r/package.json': NEXT, '/r/src/a.ts': '', '/r/src/b.ts': '' });
  await Promise.all([twice.chain('/r/src/a.ts'), twice.chain('/r/src/b.ts')]);
  await twice.chain('/r/src/a.ts');
  expect(twice.files.reads.filter((path) => path === '/r/src/b.ts')).toHaveLength(1);
});

test('a project without end leaves the question open', async () => {
  const files: Record<string, string> = { '/r/package.json': NEXT, '/r/app/a.tsx': `'use client';\nimport '../lib/x'`, '/r/lib/x.ts': '' };
  for (let n = 0; n <= 20_000; n++) files[`/r/gen/${String(n % 100)}/${String(n)}.ts`] = '';
  const { chain } = projectOf(files);
  expect(await chain('/r/lib/x.ts')).toBeUndefined();
});

test('who cannot wait is told later', async () => {
  const memory = new MemoryFiles({ '/r/package.json': NEXT, '/r/app/a.tsx': `'use client';\nimport '../lib/x'`, '/r/lib/x.ts': '' });
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => { open = resolve; });
  let told: () => void = () => undefined;
  const late = new Promise<void>((resolve) => { told = resolve; });
  const project = new Project({ read: memory.read, list: async (folder) => { await gate; return memory.list(folder); } }, { patienceMs: 5, onLateChain: () => { told(); } });
  expect((await project.contextFor('/r/lib/x.ts')).browserImportChain('')).toBeUndefined();
  open();
  await late;
  expect((await project.contextFor('/r/lib/x.ts')).browserImportChain('')).toEqual(['app/a.tsx']);
});
