import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const L = legacyKey();
const E = 'Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY")';
const inClass = (body: string): string => `using System;\nusing Stigg;\n\nclass Billing\n{\n    ${body}\n}\n`;
const inMethod = (body: string): string => inClass(`void F()\n    {\n        ${body}\n    }`);

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['field', inClass(`string key = "${K}";`), inClass(`string key = ${E};`)],
    ['without the namespace', `class A\n{\n    string key = "${K}";\n}\n`, `class A\n{\n    string key = System.${E};\n}\n`],
    ['constant', inClass(`private const string Key = "${K}";`), inClass(`private static readonly string Key = ${E};`)],
    ['constant, CRLF', inClass(`const string Key = "${K}", Other = "x";`).replaceAll('\n', '\r\n'), inClass(`static readonly string Key = ${E}, Other = "x";`).replaceAll('\n', '\r\n')],
    ['constant of a method', inMethod(`const string key = "${K}";`), inMethod(`string key = ${E};`)],
    ['constant of which another is made', inClass(`const string Key = "${K}";\n    const string Header = "Bearer " + Key;`), undefined],
    ['constant that an attribute uses', inClass(`const string Key = "${K}";\n    [Header(Key)] int x;`), undefined],
    ['constant that a case uses', inClass(`const string Key = "${K}";\n    int F(string s) => s switch { Key => 1, _ => 2 };`), undefined],
    ['constant that a parameter uses', inClass(`const string Key = "${K}";\n    void F(string s = Key) { }`), undefined],
    ['attribute', `[Header("X-API-KEY", "${K}")]\nclass A { }\n`, undefined],
    ['named value of an attribute', `[Header(Value = "${K}")]\nclass A { }\n`, undefined],
    ['default of a parameter', inClass(`void F(string key = "${K}") { }`), undefined],
    ['case', inMethod(`switch (s) { case "${K}": break; }`), undefined],
    ['bytes', inMethod(`var b = "${K}"u8;`), undefined],
    ['property', inClass(`public string Key { get; set; } = "${K}";`), inClass(`public string Key { get; set; } = ${E};`)],
    ['property that is an expression', inClass(`public string Key => "${K}";`), inClass(`public string Key => ${E};`)],
    ['verbatim', inMethod(`var k = @"${K}";`), inMethod(`var k = ${E};`)],
    ['part', inMethod(`var h = "Bearer ${K}!";`), inMethod(`var h = "Bearer " + ${E} + "!";`)],
    ['part of a verbatim text', inMethod(`var h = @"{""key"": ""${K}""}";`), inMethod(`var h = @"{""key"": """ + ${E} + @"""}";`)],
    ['part of an interpolated text', inMethod(`var h = $"{scheme} ${K}";`), inMethod(`var h = $"{scheme} {${E}}";`)],
    ['part of an interpolated verbatim text', inMethod(`var h = $@"{scheme} ${K}";`), inMethod(`var h = $@"{scheme} {${E}}";`)],
    ['part of a raw text', inMethod(`var h = """Bearer "${K}" """;`), inMethod(`var h = $"""Bearer "{${E}}" """;`)],
    ['part of a raw text with braces', inMethod(`var h = """\n            {"key": "${K}"}\n            """;`), inMethod(`var h = $$"""\n            {"key": "{{${E}}}"}\n            """;`)],
    ['part of an interpolated raw text', inMethod(`var h = $$"""{"key": "${K}", "a": {{a}}}""";`), inMethod(`var h = $$"""{"key": "{{${E}}}", "a": {{a}}}""";`)],
    ['part of a receiver', inMethod(`var h = "Bearer ${K}".Trim();`), inMethod(`var h = ("Bearer " + ${E}).Trim();`)],
    ['header', inMethod(`client.DefaultRequestHeaders.Add("X-API-KEY", "${K}");`), inMethod(`client.DefaultRequestHeaders.Add("X-API-KEY", ${E});`)],
    ['legacy header', inMethod(`client.DefaultRequestHeaders.Add("X-API-KEY", "${L}");`), inMethod(`client.DefaultRequestHeaders.Add("X-API-KEY", ${E});`)],
    ['legacy header by index', inMethod(`var h = new Dictionary<string, string> { ["X-API-KEY"] = "${L}" };`), inMethod(`var h = new Dictionary<string, string> { ["X-API-KEY"] = ${E} };`)],
    ['legacy header as a pair', inMethod(`var h = new Dictionary<string, string> { { "X-API-KEY", "${L}" } };`), inMethod(`var h = new Dictionary<string, string> { { "X-API-KEY", ${E} } };`)],
    ['named argument', inMethod(`Connect(serverKey: "${L}");`), inMethod(`Connect(serverKey: ${E});`)],
    ['client', inMethod(`StiggClient client = new() { ApiKey = "${L}" };`), inMethod(`StiggClient client = new() { ApiKey = ${E} };`)],
    ['client by its type', inMethod(`var client = new StiggClient { ApiKey = "${L}" };`), inMethod(`var client = new StiggClient { ApiKey = ${E} };`)],
    ['old client', `using System;\nusing Stigg.Api.Client;\n\nvar client = Stigg.createClient("${L}");\n`, `using System;\nusing Stigg.Api.Client;\n\nvar client = Stigg.createClient(${E});\n`],
    ['fallback', inMethod(`var k = Environment.GetEnvironmentVariable("STIGG_API_KEY") ?? "${K}";`), inMethod(`var k = Environment.GetEnvironmentVariable("STIGG_API_KEY") ?? ${E};`)],
    ['comment', `/// <summary>${K}</summary>\nclass A { }\n`, '/// <summary><STIGG_SERVER_API_KEY></summary>\nclass A { }\n'],
    ['broken code around', inMethod(`F("${K}"`), inMethod(`F(${E}`)],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'Billing/Client.cs', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('A.csx', `using Stigg.Client;

var stiggServerKey = Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY");
var stiggKey = System.Environment.GetEnvironmentVariable("STIGG_API_KEY", EnvironmentVariableTarget.Process);
StiggClient a = new() { ApiKey = stiggServerKey, BaseUrl = "u" };
var b = new StiggClient();
var c = new StiggClient(options);
const string Prefix = "server-";
const string Key = $"{Prefix}a" + ":" + @"b";
class A { StiggClient D { get; } = new() { ApiKey = "x" }; HttpClient E = new(); }
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['stiggServerKey', false], ['stiggKey', false]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY', 'STIGG_API_KEY']);
  expect(inits.map(({ arguments: named, isOpen }) => [[...named.keys()], isOpen])).toEqual([
    [[], false],
    [[], true],
    [['ApiKey', 'BaseUrl'], false],
    [['ApiKey'], false],
  ]);
  expect(inits[2]).toMatchObject({ module: 'Stigg.Client', side: 'backend', key: { variable: 'STIGG_SERVER_API_KEY' } });
  expect(texts.map(({ value }) => value)).toContain('server-a:b');
});
