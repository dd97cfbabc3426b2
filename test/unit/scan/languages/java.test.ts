import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { apply, legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf, parsed, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const L = legacyKey();
const E = 'System.getenv("STIGG_SERVER_API_KEY")';
const inClass = (body: string): string => `import io.stigg.client.okhttp.StiggOkHttpClient;\n\nclass Billing {\n  ${body}\n}\n`;
const inMethod = (body: string): string => inClass(`void f() {\n    ${body}\n  }`);

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['field', inClass(`String key = "${K}";`), inClass(`String key = ${E};`)],
    ['constant', inClass(`private static final String KEY = "${K}", OTHER = "x";`), inClass(`private static final String KEY = ${E}, OTHER = "x";`)],
    ['constant, CRLF', inClass(`static final String KEY = "${K}";`).replaceAll('\n', '\r\n'), inClass(`static final String KEY = ${E};`).replaceAll('\n', '\r\n')],
    ['constant of an interface', `interface Keys {\n  String STIGG = "${K}";\n}\n`, `interface Keys {\n  String STIGG = ${E};\n}\n`],
    ['constant that an annotation uses', inClass(`static final String KEY = "${K}";\n  @Named(KEY) int x;`), undefined],
    ['constant that a case uses', inClass(`static final String KEY = "${K}";\n  void f(String s) { switch (s) { case KEY: break; } }`), undefined],
    ['annotation', `@Header("${K}")\nclass A {}\n`, undefined],
    ['named value of an annotation', `@Header(name = "X-API-KEY", value = "${K}")\nclass A {}\n`, undefined],
    ['default of an annotation', `@interface A {\n  String key() default "${K}";\n}\n`, undefined],
    ['case', inMethod(`switch (s) {\n      case "${K}": break;\n    }`), undefined],
    ['case that is an expression', inMethod(`int a = switch (s) {\n      case "${K}" -> 1;\n      default -> 2;\n    };`), undefined],
    ['result of a case', inMethod(`String a = switch (s) {\n      default -> "${K}";\n    };`), inMethod(`String a = switch (s) {\n      default -> ${E};\n    };`)],
    ['method of an annotated class', `@Named("a")\nclass A {\n  @Override String key() { return "${K}"; }\n}\n`, `@Named("a")\nclass A {\n  @Override String key() { return ${E}; }\n}\n`],
    ['part', inMethod(`h = "Bearer ${K}!";`), inMethod(`h = "Bearer " + ${E} + "!";`)],
    ['part of a receiver', inMethod(`h = "Bearer ${K}".trim();`), inMethod(`h = ("Bearer " + ${E}).trim();`)],
    ['text block', inMethod(`h = """\n      {"key": "${K}"}\n      """;`), inMethod(`h = """\n      {"key": "%s"}\n      """.formatted(${E});`)],
    ['text block that is a format already', inMethod(`h = """\n      ${K} %d\n      """.formatted(1);`), undefined],
    ['header', inMethod(`request.header("X-API-KEY", "${K}").GET();`), inMethod(`request.header("X-API-KEY", ${E}).GET();`)],
    ['legacy header', inMethod(`request.setHeader("X-API-KEY", "${L}");`), inMethod(`request.setHeader("X-API-KEY", ${E});`)],
    ['legacy header in a map', inMethod(`var h = Map.of("accept", "*/*", "X-API-KEY", "${L}");`), inMethod(`var h = Map.of("accept", "*/*", "X-API-KEY", ${E});`)],
    ['legacy header of several', inMethod(`request.headers("accept", "*/*", "X-API-KEY", "${L}");`), inMethod(`request.headers("accept", "*/*", "X-API-KEY", ${E});`)],
    ['builder with a legacy key', inMethod(`var c = StiggOkHttpClient.builder()\n      .apiKey("${L}")\n      .baseUrl("https://api.stigg.io")\n      .build();`), inMethod(`var c = StiggOkHttpClient.builder()\n      .apiKey(${E})\n      .baseUrl("https://api.stigg.io")\n      .build();`)],
    ['builder through a constant', inClass(`static final String K = "${L}";\n  Object c = StiggOkHttpClient.builder().apiKey(K).baseUrl("https://api.stigg.io").build();`), inClass(`static final String K = ${E};\n  Object c = StiggOkHttpClient.builder().apiKey(K).baseUrl("https://api.stigg.io").build();`)],
    ['old client', `import io.stigg.api.client.Stigg;\nclass A {\n  Object c = Stigg.createClient("${L}");\n}\n`, `import io.stigg.api.client.Stigg;\nclass A {\n  Object c = Stigg.createClient(${E});\n}\n`],
    ['comment', `/* ${K} */\n`, '/* <STIGG_SERVER_API_KEY> */\n'],
    ['documentation', `/**\n * ${K}\n */\nclass A {}\n`, '/**\n * <STIGG_SERVER_API_KEY>\n */\nclass A {}\n'],
    ['fallback', inMethod(`var k = k0 != null ? k0 : "${K}";`), inMethod(`var k = k0 != null ? k0 : ${E};`)],
    ['broken code around', `class A {\n  void f() {\n    g("${K}"\n`, `class A {\n  void f() {\n    g(${E}\n`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'src/main/java/Billing.java', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('A.java', inClass(`
  static final String STIGG_SERVER_KEY = System.getenv("STIGG_SERVER_API_KEY");
  static final String PREFIX = "server-", KEY = PREFIX + "abc" + ":" + "d";
  Object a = StiggOkHttpClient.builder().apiKey(STIGG_SERVER_KEY).baseUrl("u").build();
  Object b = StiggOkHttpClient.fromEnv();
  Object c = StiggOkHttpClientAsync.builder().fromEnv().build();
  Object d = StiggOkHttpClient.builder().apiKey(System.getenv().get("STIGG_API_KEY"));
`));
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['STIGG_SERVER_KEY', false]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY', 'STIGG_API_KEY']);
  expect(inits.map(({ arguments: named, isOpen }) => [[...named.keys()], isOpen])).toEqual([
    [['builder', 'apiKey', 'baseUrl', 'build'], false],
    [['fromEnv'], false],
    [['builder', 'fromEnv', 'build'], false],
    [['builder', 'apiKey'], true],
  ]);
  expect(inits[0]).toMatchObject({ module: 'io.stigg:stigg-java', side: 'backend', key: { variable: 'STIGG_SERVER_API_KEY' } });
  expect(texts.map(({ value }) => value)).toContain('server-abc:d');
});

test.each([
  ['one line', 'StiggOkHttpClient.builder().apiKey(k).build()', 'StiggOkHttpClient.builder().apiKey(k).baseUrl("u").build()'],
  ['several lines', 'StiggOkHttpClient.builder()\n      .apiKey(k)\n      .build()', 'StiggOkHttpClient.builder()\n      .apiKey(k)\n      .baseUrl("u")\n      .build()'],
  ['no chain', 'StiggOkHttpClient.fromEnv()', undefined],
])('an argument is added to a chain: %s', async (_, before, after) => {
  const text = inMethod(`var c = ${before};`);
  const edits = await parsed('A.java', text, (source, language) => [...language.sdkInits(source)][0]?.addArgument('baseUrl', '"u"'));
  expect(edits === undefined ? undefined : apply(text, edits)).toBe(after === undefined ? undefined : inMethod(`var c = ${after};`));
});
