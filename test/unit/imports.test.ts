import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';

/** DESIGN: who may import whom. A room may import itself, the shared words (files right under src/) and what is listed. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  scan: [],
  keys: [],
  snippets: [],
  // What agents get to see: servers, keys and findings.
  agents: ['keys', 'scan'],
  diagnose: ['keys', 'snippets'],
  project: ['scan', 'inject'],
  report: ['scan'],
  git: [],
  // Env files as text: which keys they hold, and the text without them.
  envFiles: ['scan'],
  // What a process gets to see of the keys, the same in the editor and on the command line.
  inject: ['scan'],
  // Reads requests as they are written, and shows what Stigg answers; `scan` for what scripts say.
  runRequest: ['scan', 'keys', 'inject'],
  node: ['scan', 'project', 'report', 'keys', 'inject', 'git'],
  // Runs in a webview: no Node, no vscode, and of the other rooms only what is erased when it is built.
  webview: [],
  editor: ['scan', 'keys', 'snippets', 'diagnose', 'project', 'report', 'git', 'inject', 'agents', 'webview', 'runRequest', 'envFiles'],
};
/** Composition roots: they know everything but each other. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  'extension.ts': ['scan', 'keys', 'snippets', 'project', 'report', 'git', 'inject', 'editor', 'envFiles'],
  'extension.web.ts': ['scan', 'keys', 'snippets', 'project', 'report', 'inject', 'editor'],
  // What the editor and its scan say to each other: types alone.
  'scanMessages.ts': ['scan', 'report'],
  'scanWorker.ts': ['scan', 'project', 'report', 'node'],
  'readWorker.ts': ['node'],
  'cli.ts': ['scan', 'keys', 'snippets', 'project', 'report', 'git', 'inject', 'node', 'cli'],
};
const PURE = ['scan', 'snippets', 'envFiles', 'webview'];
const source = path.resolve(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => name.endsWith('.ts'));

function importsOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(path.join(source, file), 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);
}

/** What is imported, as a path under src/, or undefined for a package. */
function target(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)) : undefined;
}

describe('import rules', () => {
  it('sees the sources', () => {
    expect(files).toContain('scan/finding.ts');
    expect(importsOf('keys/rotation.ts')).toContain('./journal.js');
  });

  it.each(files)('%s', (file) => {
    const room = file.includes('/') ? (file.split('/')[0] ?? '') : '';
    for (const specifier of importsOf(file)) {
      const to = target(file, specifier);
      if (specifier === 'vscode') {
        expect(room === 'editor' || file === 'extension.ts' || file === 'extension.web.ts', `${file} imports vscode`).toBe(true);
      }
      if (PURE.includes(room)) expect(specifier, `${file} is pure`).not.toMatch(/^node:/);
      if (to === undefined) continue;
      expect(to.startsWith('..'), `${file} leaves src/: ${specifier}`).toBe(false);
      const other = to.includes('/') ? (to.split('/')[0] ?? '') : '';
      if (other === '' || other === room) {
        expect(['extension.js', 'extension.web.js', 'cli.js', 'scanWorker.js', 'readWorker.js'], `${file} imports a composition root`).not.toContain(to);
        continue;
      }
      const allowed = ROOMS[room] ?? ROOTS[file] ?? (room === 'cli' ? ROOTS['cli.ts'] : []) ?? [];
      expect(allowed, `${file} imports ${specifier}`).toContain(other);
    }
  });
});
