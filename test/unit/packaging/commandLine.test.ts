import { describe, expect, it } from 'vitest';
import { commandLineFiles, packageReadme } from '../../tools/packaging/commandLine.mjs';
import type { Bundles } from '../../tools/packaging/components.mjs';

/** Outputs by name: what each imports, and whether from outside. */
function bundles(outputs: Readonly<Record<string, readonly string[]>>): Bundles {
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, imports]) => [name, {
      bytes: 1, inputs: {}, exports: [], imports: imports.map((path) => ({ path, kind: 'dynamic-import' as const, ...(path.startsWith('dist/') ? {} : { external: true }) })),
    }])),
  };
}

describe('commandLineFiles', () => {
  const account = bundles({
    'dist/cli.js': ['dist/chunks/a.js', 'node:fs'], 'dist/chunks/a.js': ['dist/chunks/b.js'], 'dist/chunks/b.js': ['dist/chunks/a.js'], 'dist/chunks/c.js': [],
    'dist/extension.js': ['dist/chunks/editor.js', 'vscode'], 'dist/chunks/editor.js': [], 'dist/poolWorker.js': ['dist/chunks/c.js'], 'dist/scanWorker.js': [], 'dist/webview/page.js': [],
  });

  it('are what the program and the workers that it names lead to', async () => {
    const code: Readonly<Record<string, string>> = { 'dist/chunks/b.js': 'new Worker(new URL("../poolWorker.js", import.meta.url))' };
    expect(await commandLineFiles(account, (file) => Promise.resolve(code[file] ?? ''))).toEqual(['dist/chunks/a.js', 'dist/chunks/b.js', 'dist/chunks/c.js', 'dist/cli.js', 'dist/poolWorker.js']);
  });

  it('never need the editor', async () => {
    await expect(commandLineFiles(bundles({ 'dist/cli.js': ['dist/chunks/a.js'], 'dist/chunks/a.js': ['vscode'] }), () => Promise.resolve(''))).rejects.toThrow('dist/chunks/a.js imports vscode');
  });
});

describe('packageReadme', () => {
  it('says what the section about the command line says, with the name that is installed', () => {
    const text = packageReadme('# Title\n\n## Command line\n\nHow it is built.\n\n```sh\nnode dist/cli.js scan\n```\n\nMore.\n\n### Part\n\n`node dist/cli.js run`\n\n## Next\n\nNo.\n', 'https://example.com/x');
    expect(text).toContain('\n```sh\nstigg-keys scan\n```\n\nMore.\n\n### Part\n\n`stigg-keys run`\n');
    expect(text).not.toMatch(/How it is built|Next|dist\/cli/);
  });

  it.each(['# Title\n', '## Command line\n\nNo example.\n\n## Next\n\n```sh\n```\n'])('refuses a README without it', (readme) => {
    expect(() => packageReadme(readme, 'https://example.com/x')).toThrow('Command line');
  });
});
