import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanPaths } from '../../../src/node/scanPaths.js';
import { Engine } from '../../../src/scan/engine.js';
import { host, serverKey } from '../scan/support.js';

let root = '';
let engine: Engine;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stigg-project-cli-'));
  engine = new Engine(host);
});
afterEach(() => {
  engine.dispose();
  rmSync(root, { recursive: true, force: true });
});

const KEY = `export const key = '${serverKey()}';\n`;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

async function scan(folder: string, ...paths: string[]): Promise<string[]> {
  const { findings } = await scanPaths(paths, () => Promise.resolve(engine), { cwd: join(root, folder), onSkipped: () => undefined });
  return findings.map(({ rule, path, message }) => `${path} ${rule} ${/: (.*)\.$/.exec(message)?.[1] ?? ''}`.trim());
}

test('the path inside the repository is evidence, wherever the command is started', async () => {
  write({ '.git/HEAD': 'ref: refs/heads/main\n', 'frontend/src/x.ts': KEY });
  const evidence = 'server-key-in-frontend the folder frontend/';
  expect(await scan('.', '.')).toEqual([`frontend/src/x.ts ${evidence}`]);
  expect(await scan('frontend', '.')).toEqual([`src/x.ts ${evidence}`]);
  expect(await scan('frontend/src', 'x.ts')).toEqual([`x.ts ${evidence}`]);
});

test('without a repository the topmost package counts, and without one where the command is started', async () => {
  write({ 'package.json': '{}', 'frontend/package.json': '{}', 'frontend/x.ts': KEY });
  expect(await scan('frontend', '.')).toEqual(['x.ts server-key-in-frontend the folder frontend/']);
  rmSync(join(root, 'package.json'));
  rmSync(join(root, 'frontend/package.json'));
  expect(await scan('frontend', '.')).toEqual(['x.ts hardcoded-server-key']);
  expect(await scan('.', '.')).toEqual(['frontend/x.ts server-key-in-frontend the folder frontend/']);
});

test('a library of a Next.js app is browser code once a client component imports it', async () => {
  const client = (imports: string): string => `'use client';\n${imports}\nexport const A = () => null;\n`;
  write({
    'package.json': '{ "dependencies": { "next": "15", "react": "19" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    'app/page.tsx': "import { key } from '@/lib/stigg';\nexport default () => null;\n",
    'app/a.tsx': client(''),
    'lib/stigg.ts': KEY,
  });
  expect(await scan('lib', '.')).toEqual(['stigg.ts hardcoded-server-key']);
  write({ 'app/a.tsx': client("import { key } from '@/lib/stigg';") });
  expect(await scan('lib', '.')).toEqual(['stigg.ts server-key-in-frontend by way of app/a.tsx → this file']);
  write({ 'app/a.tsx': client("import type { key } from '@/lib/stigg';") });
  expect(await scan('.', 'lib/stigg.ts')).toEqual(['lib/stigg.ts hardcoded-server-key']);
});
