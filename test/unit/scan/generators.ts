import fc from 'fast-check';
import { languageIdFor, languageIds } from '../../../src/scan/languages/index.js';
import { RULES } from '../../../src/scan/rules/index.js';
import type { Source } from '../../../src/scan/source.js';
import { KEYS, legacyKey, serverKey } from './support.js';

/** The secrets that generated documents hold, besides those of the rules' examples. */
export const KEY = serverKey('hostile');
export const LEGACY = legacyKey('hostile');
export const SECRETS: readonly string[] = [KEY, LEGACY, KEYS.server, KEYS.legacy];

const EXAMPLES: readonly Source[] = RULES.flatMap(({ bad, good }) => [...bad, ...good])
  .map((example) => ({ path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text: example.text(KEYS) }));

/** What no example of a rule is written in, or too few are. */
const SEEDS: readonly Source[] = [
  ['a.toml', `[stigg]\nserver_api_key = "${KEY}" # x\nlist = ["a", '''b''', { c = "${KEY}" }]\n`],
  ['a.tf', `variable "stigg_key" {\n  default = "${KEY}"\n}\nresource "x" "y" {\n  env = { STIGG_SERVER_API_KEY = var.stigg_key }\n  text = <<-EOT\n    ${KEY}\n  EOT\n}\n`],
  ['Makefile', `STIGG_SERVER_API_KEY := ${KEY}\nrun:\n\t@curl -H "X-API-KEY: $(STIGG_SERVER_API_KEY)" https://api.stigg.io\n`],
  ['Dockerfile', `FROM node\nENV STIGG_SERVER_API_KEY="${KEY}" A=b\nRUN echo ${KEY} \\\n  && true\nCMD ["node", "a.js", "--api-key", "${KEY}"]\n`],
  ['a.http', `@key = ${KEY}\n### a\nPOST https://api.stigg.io/graphql\nX-API-KEY: {{key}}\n\n{"a": "${KEY}"}\n`],
  ['a.ini', `[stigg]\nserver_api_key = "${KEY}" ; c\n`],
  ['compose.yaml', `x: &a\n  STIGG_SERVER_API_KEY: "${KEY}"\nservices:\n  b:\n    image: stigg/sidecar\n    environment: *a\n    command: >-\n      sh -c "${KEY}"\n`],
  ['.github/workflows/a.yml', `env: { STIGG_SERVER_API_KEY: '${KEY}' }\njobs:\n  a:\n    steps:\n      - run: |\n          export K=${KEY}\n          stigg --api-key $K\n        shell: bash\n`],
  ['a.json', `{"stigg": {"serverApiKey": "${KEY}", "u": "\\u0073erver", "list": [1, "${KEY}"]}}\n`],
  ['.mcp.json', `{"mcpServers": {"stigg": {"command": "npx", "args": ["-y", "@stigg/mcp", "--key=${KEY}"], "env": {"STIGG_API_KEY": "${KEY}"}}}}\n`],
  ['a.ipynb', `{"cells": [{"cell_type": "code", "source": ["import stigg\\n", "client = stigg.Stigg(api_key=\\"${KEY}\\")\\n"]}, {"cell_type": "code", "source": "%%bash\\nexport K=${KEY}"}, {"cell_type": 1, "source": {}}], "metadata": {"kernelspec": {"language": "python"}}}\n`],
  ['a.vue', `<script setup lang="ts">\nconst k = '${KEY}';\n</script>\n<template><StiggProvider :api-key="k" api="${KEY}">{{ k }}</StiggProvider></template>\n`],
  ['a.svelte', `<script>\n  let k = '${KEY}';\n</script>\n{#if k}<StiggProvider apiKey={k} b="${KEY}" />{/if}\n`],
  ['a.astro', `---\nconst k = '${KEY}';\n---\n<StiggProvider apiKey={k} /><script>window.k = '${KEY}';</script>\n`],
  ['a.html', `<!doctype html>\n<script>const k = "${KEY}";</script><button onclick="f('${KEY}')" data-key=${KEY}>x</button><!-- ${KEY} -->\n`],
  ['a.md', `# Stigg\n\n\`\`\`ts\nconst k = '${KEY}';\n\`\`\`\n\n> ~~~sh\n> export K=${KEY}\n> ~~~\n\nK=${KEY}\n`],
  ['a.go', `package a\n\nimport stigg "github.com/stiggio/api-client-go"\n\nvar k = "${KEY}"\n\nfunc f() { stigg.NewStiggClient("${KEY.slice(0, 50)}" + "${KEY.slice(50)}", nil, nil) }\n`],
  ['a.py', `import stigg\n\nK = f"{'server'}-${KEY.slice(7)}"\nclient = stigg.Stigg(api_key="${KEY}")  # x\n`],
  ['A.java', `class A {\n  static final String K = "${KEY}";\n  Object c = StiggOkHttpClient.builder().apiKey("${KEY.slice(0, 40)}" + "${KEY.slice(40)}").build();\n}\n`],
  ['a.kt', `val k = "${KEY}"\nval c = StiggOkHttpClient.builder().apiKey("\${k}").build()\n`],
  ['A.cs', `using Stigg.Client;\nvar c = new StiggClient { ApiKey = "${KEY}" };\nconst string K = $"{nameof(K)}${KEY}";\n`],
  ['a.rs', `const K: &str = "${KEY}";\nfn f() { let k = String::from(concat!("${KEY.slice(0, 20)}", "${KEY.slice(20)}")); }\n`],
  ['a.rb', `require 'stigg'\nK = "${KEY}"\nStigg::Client.new(api_key: "#{K}")\n`],
  ['a.php', `<?php\n$k = "${KEY}";\nconst K = '${KEY.slice(0, 20)}' . '${KEY.slice(20)}';\n`],
  ['a.sh', `export STIGG_SERVER_API_KEY="${KEY}"\ncurl -H "X-API-KEY: \${STIGG_SERVER_API_KEY}" https://api.stigg.io <<EOF\n${KEY}\nEOF\n`],
  ['a.ps1', `$env:STIGG_SERVER_API_KEY = "${KEY}"\n$k = @"\n${KEY}\n"@\nstigg --api-key '${KEY}' # x\n`],
].map(([path = '', text = '']) => ({ path, languageId: languageIdFor(path), text }));

/** Whole documents of every language. */
export const DOCUMENTS: readonly Source[] = [...EXAMPLES, ...SEEDS];

export const LANGUAGE_IDS: readonly string[] = [...languageIds(), 'plaintext'];

/** Pieces that begin, end or break something in one language or another. */
export const piece: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(KEY, `"${KEY}"`, `'${KEY}'`, `\`${KEY}\``, `"${KEY.slice(0, 44)}" + "${KEY.slice(44)}"`, LEGACY, Buffer.from(`x:${KEY}`).toString('base64'), encodeURIComponent(KEY)),
  fc.constantFrom('`', '"', "'", '\\', '{', '}', '(', ')', '[', ']', '<', '/>', '>', '=', ':', ',', ';', '$', '${', '#{', '{{', '}}', '$(', '"""', "'''", '|', '&a ', '*a', '- ', '#', '//', '/*', '*/', '{/*', '*/}', '<!--', '-->', '@"', '"@', '<#', '#>', '<<EOF\n', 'EOF\n', '<?php ', '?>'),
  fc.constantFrom('\n', '\r\n', '\r', '\t', '  ', '\uFEFF', '\uD800', '\uDC00', '\u2028', '😀', '\0', 'é', '&quot;', '\\u0022', '%24'),
  fc.constantFrom("'use client';\n", 'import Stigg from "@stigg/typescript";', 'process.env.STIGG_SERVER_API_KEY', 'NEXT_PUBLIC_STIGG_SERVER_API_KEY=', 'STIGG_SERVER_KEY = ', 'X-API-KEY: ', 'apiKey=', 'run: |\n', 'env:\n', 'ENV ', 'RUN ', '```ts\n', '```\n', '~~~', '<script>', '</script>', '---\n', '<StiggProvider ', '{"cell_type": "code", "source": [', '{ amountsOff: [{ amount: ', 'x * 100', 'stigg'),
  fc.constantFrom('// stigg-keys-ignore-next-line hardcoded-server-key\n', '# stigg-keys-ignore-file\n', 'stigg-keys-ignore-next-line server-key-in-frontend, ', '<!-- stigg-keys-ignore-file unknown-rule -- x -->'),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

/** Text of no language. */
export const soup: fc.Arbitrary<string> = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

type Mutation = (text: string) => string;
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, share: number): number => Math.floor(share * text.length);

/** Things that happen to sources: cut off, torn apart, repeated, mixed up, saved by another editor. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(place, fc.nat(8), piece).map(([share, length, insert]): Mutation => (text) => text.slice(0, at(text, share)) + insert + text.slice(at(text, share) + length)) },
  { weight: 1, arbitrary: place.map((share): Mutation => (text) => text.slice(0, at(text, share))) },
  { weight: 1, arbitrary: place.map((share): Mutation => (text) => text.slice(at(text, share))) },
  { weight: 1, arbitrary: fc.tuple(place, place, fc.integer({ min: 2, max: 5 })).map(([a, b, count]): Mutation => (text) => {
    const [from, to] = [at(text, Math.min(a, b)), at(text, Math.max(a, b))];
    return text.slice(0, from) + text.slice(from, to).repeat(count) + text.slice(to);
  }) },
  { weight: 1, arbitrary: fc.constantFrom<Mutation>(
    (text) => text.replaceAll('\n', '\r\n'), (text) => text.replaceAll('\n', '\r'), (text) => text.replaceAll('\n', ' '), (text) => `\uFEFF${text}`, (text) => `\uFEFF\uFEFF${text}`,
    (text) => text.replaceAll('"', "'"), (text) => text.replaceAll("'", '"'), (text) => text.replaceAll('"', '`'), (text) => text.replaceAll(' ', '\t'), (text) => text.replaceAll(/[})\]]/g, ''),
    (text) => text.replaceAll('e', '\uD800'), (text) => text.replaceAll(' ', '\0'), (text) => text.split('\n').reverse().join('\n'),
  ) },
);

/** A document and what became of it; one in six under the name of another language. */
export const mutated: fc.Arbitrary<Source> = fc.tuple(
  fc.constantFrom(...DOCUMENTS), fc.array(mutation, { maxLength: 4 }), fc.option(fc.constantFrom(...LANGUAGE_IDS), { freq: 5, nil: undefined }),
).map(([{ path, languageId, text }, mutations, other]) => ({ path, languageId: other ?? languageId, text: mutations.reduce((result, mutate) => mutate(result), text) }));

/** Any hostile document of a size that a person could write. */
export const document: fc.Arbitrary<Source> = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...DOCUMENTS), fc.constantFrom(...LANGUAGE_IDS), soup).map(([{ path }, languageId, text]) => ({ path, languageId, text })) },
  { weight: 3, arbitrary: mutated },
);

/** What a person does to a document: a place, how much goes, and what comes. */
export const edits: fc.Arbitrary<readonly (readonly [number, number, string])[]> = fc.array(fc.tuple(place, fc.nat(20), piece), { minLength: 1, maxLength: 6 });

export function edited(text: string, [share, length, insert]: readonly [number, number, string]): string {
  const from = at(text, share);
  return text.slice(0, from) + insert + text.slice(from + length);
}
