import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import type { ParsedSource, Span } from '../../../../src/scan/languages/language.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { host } from '../support.js';
import { cpuNow } from '../../../tools/cpu.js';

type Parser = Awaited<ReturnType<typeof createParser>>;
const parsers = new Map<string, Parser>();
const WORKFLOW = '.github/workflows/ci.yml';

const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['.env', 'A=1\nexport B="two\nlines" # c\nC=\'${D}\'\nE=$F\n# G=1\n'],
  ['a.ini', '[s]\na = "b" ; c\n# d\n'],
  ['src/main/resources/application.properties', 'a.b=${C:d}\n'],
  ['Dockerfile', '# escape=`\nFROM a\nARG B=1\nENV C="d" E=f `\n  G=h\nRUN <<EOF\ni\nEOF\nRUN j && `\n k\nCMD ["l"]\n'],
  ['Makefile', 'A := $(B) # c\nall: D = 1\nall:\n\t@e $$F $(G) \\\n  h\n'],
  ['a.http', '@a = {{$processEnv B}}\n### c\nPOST https://d\nE: f\n\n{"g": "h"}\n\n###\n'],
  ['package.json', '{"scripts": {"a": "b \\"c\\" \\u0041"}, "env": {"D": "e"}, "environment": [{"name": "F", "value": "g"}]} // h\n'],
  ['.mcp.json', '{"mcpServers": {"a": {"url": "https://mcp.stigg.io", "headers": {"X-API-KEY": "${B}"}}}}'],
  ['a.toml', 'a = "b"\n[c.d]\ne.f = """\ng"""\nh = { i = [\'j\'] } # k\n'],
  ['a.tf', 'a "b" "c" {\n  d = "e ${var.f}"\n  g = {\n    "H" = var.i\n  }\n  j = <<-EOT\n    k\n  EOT\n} # l\n'],
  [WORKFLOW, 'env: {A: "b"}\njobs:\n  c:\n    steps:\n      - run: >-\n          d\n          e\n        shell: pwsh\n        env:\n          F: ${{ secrets.G }} # h\n      - run: "i \\"j\\""\n'],
  ['compose.yaml', 'services:\n  a:\n    image: stigg/sidecar\n    environment:\n      - SERVER_API_KEY=${B:-c}\n    x: &d !!str e\n'],
];

beforeAll(async () => {
  const readWasm = (name: string): Promise<Uint8Array> => host.readWasm(name);
  for (const name of ['json', 'yaml', 'toml', 'hcl']) parsers.set(name, await createParser(await loadGrammar(name, readWasm), readWasm));
});
afterAll(() => {
  for (const parser of parsers.values()) parser.delete();
});

/** Asks everything of the language, and holds that all spans are inside the text. */
function ask(path: string, text: string, places: readonly number[], isParsed = true): void {
  const languageId = languageIdFor(path);
  const language = languageFor(languageId);
  const name = language.grammar(languageId);
  const parser = name === undefined ? undefined : parsers.get(name);
  const syntax = parser === undefined || !isParsed ? undefined : SyntaxTree.parse(parser, text);
  const source: ParsedSource = { path, languageId, text, syntax, imports: [] };
  const inside = ({ start, end }: Span): void => {
    if (start < 0 || start > end || end > text.length) throw new Error(`${start}–${end} of ${text.length}`);
  };
  try {
    for (const { nameSpan, valueSpan } of language.definitions(source)) {
      inside(nameSpan);
      if (valueSpan !== undefined) inside(valueSpan);
    }
    for (const read of language.variableReads(source)) inside(read);
    let last = 0;
    for (const region of language.regions(source)) {
      inside(region);
      if (region.start < last) throw new Error('Regions overlap');
      last = region.end;
      region.decoded?.encode(region.decoded.text);
    }
    const lookup = language.serverLookup('STIGG_SERVER_API_KEY', source);
    for (const start of places) {
      const token = { start, end: Math.min(text.length, start + 80) };
      language.inComment(source, start);
      for (const edit of language.holderOf(source, token).replaceBy(lookup?.expression ?? 'x') ?? []) inside(edit);
    }
  } finally {
    syntax?.dispose();
  }
}

describe('cut off anywhere', () => {
  test.each(DOCUMENTS)('%s', (path, text) => {
    for (let end = 0; end <= text.length; end++) {
      for (const cut of [text.slice(0, end), text.slice(end)]) {
        ask(path, cut, [0, cut.length >> 1, Math.max(0, cut.length - 1)]);
        ask(path, cut.replaceAll('\n', '\r\n'), [cut.length >> 1], false);
      }
    }
  });
});

test('mixed up', () => {
  const piece = fc.oneof(
    fc.constantFrom('"', "'", '`', '\\', '{', '}', '[', ']', ':', '=', ',', '#', '//', '/*', '*/', '|', '>', '- ', '$', '${', '$(', '{{', '}}', '"""', "'''", '<<EOF', '\n', '\r\n', '\r', '\t', '  ', '&a', '*a', '!b'),
    fc.constantFrom('\uFEFF', '\uD800', '\uDC00', '\u2028', '\0', 'run: |', 'script:', 'ENV ', 'RUN ', 'A=', 'env:', 'name: ', 'value: ', '"env": {', 'variable "x" {', '### ', 'POST x\n\n{'),
    fc.string({ maxLength: 6 }),
  );
  const cuts = fc.array(fc.tuple(fc.nat(200), fc.nat(8), piece), { maxLength: 8 });
  fc.assert(fc.property(fc.constantFrom(...DOCUMENTS), cuts, fc.array(fc.nat(200), { maxLength: 3 }), ([path, text], edits, places) => {
    const mixed = edits.reduce((result, [at, length, insert]) => result.slice(0, at) + insert + result.slice(at + length), text);
    ask(path, mixed, places.map((place) => Math.min(place, mixed.length)));
  }), { numRuns: 1_500 });
});

describe('large documents are read in linear time', () => {
  const shapes: readonly (readonly [string, (size: number) => string])[] = [
    ['one line', (size) => 'a'.repeat(size)],
    ['one line of assignments', (size) => 'A=$B '.repeat(size / 5)],
    ['quotes that never close', (size) => 'A="\n'.repeat(size / 4)],
    ['spaces', (size) => `a${' '.repeat(size)}`],
    ['spaces in every line', (size) => `a b${' '.repeat(996)}\n`.repeat(size / 1_000)],
    ['nesting', (size) => '{"a":['.repeat(size / 6)],
    ['items', (size) => '- '.repeat(size / 2)],
    ['indentation', (size) => Array.from({ length: Math.floor(Math.sqrt(size * 2)) }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['dollars', (size) => '$'.repeat(size)],
    ['braces', (size) => '${A:'.repeat(size / 4)],
    ['steps', (size) => 'steps:\n'.concat('- run: a\n'.repeat(size / 9))],
    ['commands', (size) => 'RUN a \\\n'.repeat(size / 8)],
    ['recipes', (size) => 'a:\n\tb\n'.repeat(size / 6)],
    ['requests', (size) => 'POST x\n\n{}\n###\n'.repeat(size / 15)],
    ['backslashes', (size) => `"${'\\'.repeat(size)}`],
    ['here-documents', (size) => 'RUN <<EOF\n'.repeat(size / 10)],
  ];
  const paths = [...new Set(DOCUMENTS.map(([path]) => path))];
  test.each(shapes)('%s', { timeout: 60_000, retry: 2 }, (_, shape) => {
    const text = shape(300_000);
    const places = Array.from({ length: 100 }, (_place, at) => Math.floor((text.length * at) / 100));
    for (const path of paths) {
      const started = cpuNow();
      ask(path, text, places, false);
      expect(cpuNow() - started, path).toBeLessThan(10_000);
    }
  });
});
