import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, type BuildResult } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { webExtension, WEB_ENTRY } from '../../../esbuild.web.mjs';
import { fingerprint } from '../../../src/fingerprint.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';

const root = path.resolve(import.meta.dirname, '../../..');
/** What Node has and a browser's worker has not. */
const NODE = new Set(['Buffer', 'process', 'setImmediate', 'clearImmediate', '__dirname', '__filename', 'global']);

describe('the extension for browsers', () => {
  let result: BuildResult<{ metafile: true; write: false }>;
  let text = '';
  beforeAll(async () => {
    result = await build({ ...webExtension({ root, dist: path.join(root, 'dist'), release: true, logLevel: 'silent' }), metafile: true, write: false });
    text = result.outputFiles[0]?.text ?? '';
  });

  it('is one CommonJS file that asks for vscode alone', () => {
    expect(result.outputFiles.map((file) => path.basename(file.path))).toEqual([WEB_ENTRY]);
    const outputs = Object.values(result.metafile.outputs);
    expect(new Set(outputs.flatMap(({ imports }) => imports.map((one) => one.path)))).toEqual(new Set(['vscode']));
    expect(outputs[0]?.exports).toEqual([]);
    expect(text).toContain('module.exports=');
  });

  it('holds nothing that is of Node alone', () => {
    const files = Object.keys(result.metafile.inputs);
    expect(files.filter((file) => /^src\/(?:git|node|cli|keys\/(?:keytar|keychainVault|folderState))/.test(file))).toEqual([]);
    expect(files).toContain('src/editor/web/historyPort.ts');
    expect(files).toContain('src/scan/engine.ts');
  });

  it('uses no name that only Node has, but to ask whether it is there', () => {
    const used = new Map<string, string>();
    const file = ts.createSourceFile('extension.js', text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && NODE.has(node.text) && isUse(node)) used.set(node.text, text.slice(Math.max(0, node.pos - 60), node.end + 60));
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(Object.fromEntries(used)).toEqual({});
  }, 120_000);
});

/** A name that is read: not a property's, not declared, and not asked for by `typeof`. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node) return false;
  if (ts.isTypeOfExpression(parent)) return false;
  // `typeof process < "u" && process.versions`: read only where it is there.
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isBinaryExpression(at.parent) && at.parent.right === at && at.parent.left.getText().includes(`typeof ${node.text}`)) return false;
    if (ts.isConditionalExpression(at.parent) && at.parent.condition !== at && at.parent.condition.getText().includes(`typeof ${node.text}`)) return false;
    if (ts.isIfStatement(at.parent) && at.parent.expression !== at && at.parent.expression.getText().includes(`typeof ${node.text}`)) return false;
  }
  return true;
}

it.each([newToken('server', crypto.randomUUID()), newToken('client', crypto.randomUUID()), newLegacyToken(crypto.randomUUID()), 'ä€😀', ''])('a fingerprint is the same in a browser as of Node\'s own digest (%#)', (token) => {
  expect(fingerprint(token)).toBe(createHash('sha256').update(`stigg-key-hygiene/fingerprint/v1\0${token}`).digest('hex').slice(0, 32));
});
