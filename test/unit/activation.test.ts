import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import ts from 'typescript';
import { withLargeChunks } from '../../esbuild.chunks.mjs';
import { COMMAND_LINE, EXTENSION, nodePrograms } from '../../esbuild.node.mjs';

const source = path.resolve(import.meta.dirname, '../../src');

/** The modules of ours that a module loads together with itself: what is imported for types, or when it is needed, does not count. */
function loadedWith(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(path.join(source, file), 'utf8'), ts.ScriptTarget.Latest);
  return tree.statements.flatMap((statement) => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || isOfTypes(statement)) return [];
    const specifier = statement.moduleSpecifier;
    if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return [];
    return [path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier.text)).replace(/\.js$/, '.ts')];
  });
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (clause === undefined) return false;
  const named = clause.namedBindings;
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword
    || (clause.name === undefined && named !== undefined && ts.isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly));
}

it('starts the extension without anything that scans, looks at the project, or diagnoses', () => {
  const loaded = new Set(['extension.ts']);
  // Sets visit what is added meanwhile.
  for (const file of loaded) for (const other of loadedWith(file)) loaded.add(other);
  expect(loaded).toContain('editor/diagnostics/controller.ts');
  expect([...loaded].filter((file) => /^(?:scan|project|diagnose)\//.test(file)).sort()).toEqual([
    'scan/stigg/payload/trigger.ts', 'scan/tokens/base64Beginnings.ts', 'scan/tokens/trace.ts',
  ]);
});

/** What no window needs that has just opened: all of it is in the build, and none of it may be loaded at the start. */
const HEAVY: readonly (readonly [string, RegExp])[] = [
  ['tree-sitter', /^node_modules\/@vscode\/tree-sitter-wasm\//],
  ['JSON with comments', /^node_modules\/jsonc-parser\//],
  ['languages', /^src\/scan\/languages\//],
  ['rules', /^src\/scan\/rules\//],
  ['documents and client of Stigg', /^src\/keys\/(?:graphqlApi|graphql\/(?:documents|transport|decode))\.ts$/],
  ['keychain', /^src\/keys\/(?:key(?:tar(?:Loader|Process)|chainVault|chainCalls)|secretStorageVault)\.ts$/],
  ['protocols', /^src\/keys\/(?:rotation|creation|remediation|enrol)\.ts$/],
  ['catalogue of requests', /^src\/snippets\/(?:catalogue|writers|starters|customerToken)\//],
  ['details panel', /^src\/editor\/keyDetails\/(?:panels|html|keyDetails)\.ts$/],
  ['rows of the sidebar', /^src\/editor\/environments\/(?:tree|items|keyViewStore|wording)\.ts$/],
  ['words of the status bar', /^src\/editor\/statusBar\/(?:look|health)\.ts$/],
  ['reminders', /^src\/(?:keys\/reminders|editor\/reminders\/(?:feature|watch))/],
  ['surroundings of documents', /^src\/(?:project\/|editor\/diagnostics\/workspaceFacts\.ts)/],
  ['words about permissions', /^src\/keys\/(?:permissionWords|scopeWords|scopes|unverified)\.ts$/],
  ['digests', /^node_modules\/@noble\/hashes\//],
  ['commands', /^src\/editor\/keyCommands\/(?:rotateKey|editKey|addEnvironment|pick|forgetEverything)\.ts$/],
];

describe('the release build', () => {
  let outputs: esbuild.Metafile['outputs'];
  /** Of extension.js and of what it imports; not what it may import later. */
  const atStart = new Set<string>();
  beforeAll(async () => {
    const root = path.resolve(source, '..');
    const options = await withLargeChunks(nodePrograms({ root, dist: path.join(root, 'dist'), release: true }), EXTENSION, COMMAND_LINE);
    ({ outputs } = (await esbuild.build({ ...options, metafile: true, write: false })).metafile);
    atStart.add('dist/extension.js');
    for (const file of atStart) {
      for (const { path: imported, kind, external } of outputs[file]?.imports ?? []) if (kind === 'import-statement' && external !== true) atStart.add(imported);
    }
  }, 180_000);

  const inputsOf = (files: Iterable<string>): string[] => [...files].flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])));

  it('loads less than 100 kB at the start, in a few files', () => {
    const bytes = [...atStart].reduce((sum, file) => sum + (outputs[file]?.bytes ?? NaN), 0);
    expect(bytes).toBeLessThan(100_000);
    // Each file costs as much as the code in it.
    expect(atStart.size).toBeLessThanOrEqual(6);
  });

  it.each(HEAVY)('leaves for later: %s', (_what, pattern) => {
    expect(inputsOf(atStart).filter((input) => pattern.test(input))).toEqual([]);
    expect(inputsOf(Object.keys(outputs)).some((input) => pattern.test(input))).toBe(true);
  });

  it('asks Node for nothing that starts programs or threads', () => {
    const asked = [...atStart].flatMap((file) => outputs[file]?.imports ?? []).filter(({ external, kind }) => external === true && kind === 'import-statement').map(({ path: name }) => name.replace(/^node:/, ''));
    expect([...new Set(asked)].sort()).toEqual(['fs', 'fs/promises', 'os', 'path', 'vscode']);
  });
});
