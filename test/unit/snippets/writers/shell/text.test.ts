import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../../src/scan/engine.js';
import { SyntaxTree } from '../../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../../src/scan/syntax/treeSitter.js';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import { toPlainText, toSnippetText, type SnippetParts } from '../../../../../src/snippets/snippet.js';
import type { Writer } from '../../../../../src/snippets/writer.js';
import { SHELL_WRITERS } from '../../../../../src/snippets/writers/shell/index.js';
import { contextOf, preparedEngine } from '../../../scan/support.js';
import { batchArguments } from './batchReader.js';
import { readHttpFile } from './httpFileReader.js';
import { readRestMethod } from './powershellReader.js';
import { HOSTILE, hostile, KEY_VARIABLE, options, placeholders, SAMPLES } from './samples.js';
import { hasCurl } from './send.js';
import { readSnippet } from './snippetReader.js';

const grammars = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');
const readWasm = (name: string): Promise<Uint8Array> => readFile(path.join(grammars, name));
const GRAMMARS: Readonly<Record<string, string>> = { shellscript: 'bash', powershell: 'powershell' };
/** What the file would be called. */
const NAMES: Readonly<Record<string, string>> = { shellscript: 'request.sh', plaintext: 'notes.txt', markdown: 'README.md', mdx: 'guide.mdx', powershell: 'request.ps1', bat: 'request.bat', http: 'requests.http' };

let engine: Engine;
beforeAll(async () => { engine = await preparedEngine(); });
afterAll(() => { engine.dispose(); });

async function hasError(languageId: string, text: string): Promise<boolean> {
  const grammar = GRAMMARS[languageId];
  if (grammar === undefined) return false;
  const parser = await createParser(await loadGrammar(grammar, readWasm), readWasm);
  const tree = SyntaxTree.parse(parser, text);
  try {
    return tree?.root.hasError ?? true;
  } finally {
    tree?.dispose();
    parser.delete();
  }
}

const isSyntax = (text: string): { status: number | null; stderr: string } => spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
const merged = (parts: SnippetParts): SnippetParts => readSnippet(toSnippetText(parts));
const every = [...requests(), ...SAMPLES, ...HOSTILE.map((text) => hostile(text, !/\p{Surrogate}/u.test(text)))];
const forms = SHELL_WRITERS.flatMap((writer) => writer.languageIds.flatMap((languageId) => (['docs', 'hidden'] as const).map((keyHeader) => [writer.id, languageId, keyHeader, writer] as const)));

/** A text as it stands in a document of that language. */
const document = (languageId: string, text: string): string => (/^mdx?$|^markdown$/.test(languageId) ? `# Requests\n\n\`\`\`sh\n${text}\n\`\`\`\n` : `${text}\n`);

describe.each(forms)('%s in %s (%s)', (_id, languageId, keyHeader, writer) => {
  const write = (index: number, host = 'https://api.stigg.io') => {
    const request = every[index];
    const written = request === undefined ? undefined : writer.write(request, options(host, { keyHeader, languageId }));
    if (request === undefined || written === undefined) throw new Error('Nothing was written');
    return { request, written };
  };
  const indexes = every.map((_, index) => index);

  it('goes through the snippet parser of VS Code as it is, with the tab stops of the request', () => {
    for (const index of indexes) {
      const { request, written } = write(index);
      for (const parts of [written.parts, writer.file(written)]) {
        expect(merged(parts).map((part) => (typeof part === 'string' ? part : part.text)).join(''), request.id).toBe(toPlainText(parts));
        const stops = merged(parts).flatMap((part) => (typeof part === 'string' ? [] : [part.stop]));
        expect(stops, request.id).toEqual(placeholders(request).map(({ stop }) => stop));
      }
    }
  });

  it('starts in column 0, ends without a line break, and names the key by its variable', () => {
    for (const index of indexes) {
      const { request, written } = write(index);
      const text = toPlainText(written.parts);
      expect(text, request.id).toMatch(/^\S[\s\S]*\S$/);
      expect(text, request.id).toContain(KEY_VARIABLE);
      expect(toPlainText(writer.file(written)), request.id).toMatch(/\S\n$/);
    }
  });

  it('parses', async () => {
    for (const index of indexes) {
      const { request, written } = write(index);
      for (const parts of [written.parts, writer.file(written)]) expect(await hasError(languageId, `${toPlainText(parts)}\n`), `${request.id}\n${toPlainText(parts)}`).toBe(false);
    }
  });

  it('is clean by our own rules', () => {
    for (const [index, { id }] of every.entries()) {
      const { written } = write(index);
      const name = NAMES[languageId] ?? '';
      const texts = [document(languageId, toPlainText(written.parts)), ...(languageId === writer.languageIds[0] ? [toPlainText(writer.file(written))] : [])];
      for (const text of texts) expect(engine.scan({ path: name, languageId, text }, contextOf({ dependencies: [] })).map(({ message }) => message), `${id}\n${text}`).toEqual([]);
    }
  });

  it.runIf(hasCurl && languageId === 'shellscript')('bash reads it without complaint', () => {
    // All in one script: each is a statement.
    const script = indexes.map((index) => toPlainText(write(index).written.parts)).join('\n');
    expect(isSyntax(script)).toMatchObject({ status: 0, stderr: '' });
    const [first] = indexes.map((index) => toPlainText(writer.file(write(index).written)));
    expect(isSyntax(first ?? '')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('the readers of these tests', () => {
  it.each(['a $STIGG b', '${1:a${2:b}}', '${1|a,b|}', '${1:a', '$1', '${TM_FILENAME}', '${1/x/y/}'])('the snippet reader refuses %s', (text) => {
    expect(() => readSnippet(text)).toThrow();
  });

  it.each(['curl.exe & del', 'curl.exe "a', 'curl.exe -d "{""a"": 1}"', 'curl.exe\n-X GET', 'curl.exe "\u00e9"', 'curl.exe -d "a!"', 'curl.exe -d "{\\"a\\": \\"b & c\\"}"'])('the batch reader refuses %s', (text) => {
    expect(() => batchArguments(text, { environment: {}, fresh: '' })).toThrow();
  });

  it.each<[string, string[]]>([
    ['curl.exe ^\n  -d ^"{ \\"a\\": \\"b & c | d\\" }^"', ['curl.exe', '-d', '{ "a": "b & c | d" }']],
    ['curl.exe "%KEY%" 100%% "%%41" %NONE%x', ['curl.exe', 'v', '100%', '%41', 'x']],
    ['curl.exe "a\\\\" b\\c ^"d\\\\\\"e"', ['curl.exe', 'a\\', 'b\\c', 'd\\"e']],
    ['curl.exe "" ^^', ['curl.exe', '', '^']],
  ])('the batch reader takes %s apart', (text, words) => {
    expect(batchArguments(text, { environment: { KEY: 'v' }, fresh: '' })).toEqual(words);
  });

  const rest = (value: string): unknown => (readRestMethod(`$request = @{\n  Body = ${value}\n}\nInvoke-RestMethod @request | ConvertTo-Json -Depth 20`, { A: 'b' }) as { Body?: unknown }).Body;
  it.each<[string, unknown]>([
    ["'it''s'", "it's"], ["'a\u2019\u2019b'", 'a\u2019b'], ['"a`$b$([char]0xe9)"', 'a$b\u00e9'], ['@(\n@(1,\n2)\n)', [1, 2]], ['@(\n, @(1)\n)', [[1]]], ['@()', []], ['$env:A', 'b'], ['-1.5e3', -1500], ['@{\na = $null\n} | ConvertTo-Json -Depth 1', '{"a":null}'],
  ])('the PowerShell reader evaluates %s', (text, value) => {
    expect(rest(text)).toEqual(value);
  });

  it.each(["'a' b", "'a\u2019b'", '"a$b"', '@{\na = 1\nA = 2\n}', '@{\na = @{\nb = @{}\n}\n} | ConvertTo-Json -Depth 1', '1x', 'Get-Date', '$other'])('the PowerShell reader refuses %s', (text) => {
    expect(() => rest(text)).toThrow();
  });

  it.each(['GET /x\nA: {{nobody}}', 'GET http://a\n\n< ./file', 'GET http://a\n### b\nGET http://b', 'GET http://a\nnonsense'])('the reader of request files refuses %s', (text) => {
    expect(() => readHttpFile(text, {})).toThrow();
  });
});

it('every writer has an id and a title of its own', () => {
  const unique = (of: (writer: Writer) => string): number => new Set(SHELL_WRITERS.map(of)).size;
  expect([unique(({ id }) => id), unique((writer) => writer.title())]).toEqual([5, 5]);
});
