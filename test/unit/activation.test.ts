import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import ts from 'typescript';

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
    'project/modules/paths.ts', 'project/projectFiles.ts', 'project/settings.ts',
    'scan/context.ts', 'scan/lines.ts', 'scan/money/centShape.ts', 'scan/safeFix.ts', 'scan/side/tests.ts', 'scan/stigg/payload/trigger.ts', 'scan/tokens/base64Beginnings.ts', 'scan/tokens/trace.ts',
  ]);
});
