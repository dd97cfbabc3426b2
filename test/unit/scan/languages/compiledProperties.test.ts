import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, hasSyntaxError, legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf } from './repair.js';
import { cpuNow } from '../../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const L = legacyKey();
const context = contextOf({});

/** One document of each language with most of what is understood of it. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['a.go', `package a\n\nimport (\n\t"fmt"\n\n\t"github.com/stiggio/stigg-go"\n)\n\nconst key = "${K}"\n\nfunc f() {\n\treq.Header.Set("X-API-KEY", "Bearer ${K}")\n\tc := stigg.NewClient(option.WithAPIKey("${L}"))\n\tm := map[string]string{"k": \`a ${K}\`}\n}\n`],
  ['A.java', `import io.stigg.client.okhttp.StiggOkHttpClient;\n\n@Named("a")\nclass A {\n  static final String KEY = "server-" + "${K}";\n  Object c = StiggOkHttpClient.builder().apiKey(KEY).build();\n  void f(String s) {\n    h = """\n      "${K}"\n      """;\n    switch (s) { case "${K}": g("Bearer ${K}"); }\n  }\n}\n`],
  ['a.kt', `import io.stigg.client.okhttp.StiggOkHttpClient\n\nconst val KEY = "${K}"\nval c = StiggOkHttpClient.builder().apiKey("\${KEY} ${K} $KEY").build()\nval m = mapOf("X-API-KEY" to """${K}""")\n`],
  ['A.cs', `using Stigg;\n\nclass A\n{\n    const string Key = "${K}";\n    StiggClient c = new() { ApiKey = $"a {Key} ${K}" };\n    void F(string s = "${K}") { var r = """{"a": "${K}"}"""; h["X-API-KEY"] = @"a ""${K}"""; }\n}\n`],
  ['a.rs', `use std::env;\nconst KEY: &str = "${K}";\nfn main() {\n    let a = "Bearer ${K}".to_string();\n    let b = r#"${K}"#;\n    client.header("X-API-KEY", "${K}");\n    println!("{}", concat!("server-", "${K}"));\n}\n`],
];
const piece = fc.oneof(
  fc.constantFrom(K, `"${K}"`, '"', '"""', "'", '`', '\\', '{', '}', '(', ')', '[', ']', '$', '@', '#', '=', ':', ';', ',', '.', '\n', '\r\n', '//', '/*', '*/', 'const ', 'new', 'r#', '+'),
  fc.constantFrom('\uFEFF', '\uD800', '😀', '\0'),
);
const mutated = fc.tuple(fc.constantFrom(...DOCUMENTS), fc.array(fc.tuple(fc.nat(500), fc.nat(6), piece), { maxLength: 4 })).map(([[path, text], edits]) =>
  [path, edits.reduce((result, [at, length, insert]) => result.slice(0, at) + insert + result.slice(at + length), text)] as const);

test('a fix removes its finding and breaks no code that was whole', async () => {
  await fc.assert(fc.asyncProperty(mutated, async ([path, text]) => {
    const source = { path, languageId: languageIdFor(path), text };
    const whole = !await hasSyntaxError(source);
    for (const finding of engine.scan(source, context)) {
      const { fixes, ...said } = finding;
      expect(JSON.stringify(said).includes(K.slice(8, 44))).toBe(false);
      for (const { edits, title, action } of fixes) {
        if (action !== undefined) continue;
        expect(`${title}${edits.map((edit) => edit.text).join('')}`.includes(K.slice(8, 44))).toBe(false);
        const fixed = { ...source, text: apply(text, edits) };
        expect(engine.scan(fixed, context).filter(({ rule, start, mask }) => rule === finding.rule && start === finding.start && mask === finding.mask)).toEqual([]);
        if (whole) expect([fixed.text, await hasSyntaxError(fixed)]).toEqual([fixed.text, false]);
      }
    }
  }), { numRuns: 150 });
});

test.each(DOCUMENTS)('%s, cut off anywhere', async (path, text) => {
  for (let end = 0; end < text.length; end += 7) {
    engine.scan({ path, languageId: languageIdFor(path), text: text.slice(0, end) }, context);
    await factsOf(path, text.slice(0, end));
  }
});

test.each(DOCUMENTS)('%s, large and deep', async (path, text) => {
  const started = cpuNow();
  const line = text.split('\n').find((one) => one.includes(K)) ?? '';
  for (const document of [text.repeat(100), `${line}\n`.repeat(500), `${text}${'('.repeat(5_000)}`, `${text}${`"${K}" + `.repeat(300)}`, `${text}${'f("a", '.repeat(1_500)}`]) {
    engine.scan({ path, languageId: languageIdFor(path), text: document }, context);
    await factsOf(path, document);
  }
  expect(cpuNow() - started).toBeLessThan(20_000);
}, 60_000);
