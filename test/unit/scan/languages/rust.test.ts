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
const E = 'std::env::var("STIGG_SERVER_API_KEY").expect("STIGG_SERVER_API_KEY is not set")';
const inMain = (body: string): string => `fn main() {\n    ${body}\n}\n`;

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['variable', inMain(`let key = "${K}";`), inMain(`let key = &*${E};`)],
    ['variable of a type, CRLF', inMain(`let key: &str = "${K}";`).replaceAll('\n', '\r\n'), inMain(`let key: &str = &*${E};`).replaceAll('\n', '\r\n')],
    ['raw', inMain(`let key = r#"${K}"#;`), inMain(`let key = &*${E};`)],
    ['owned', inMain(`let key = "${K}".to_string();`), inMain(`let key = ${E}.to_string();`)],
    ['owned by a function', inMain(`let key = String::from("${K}");`), inMain(`let key = String::from(${E});`)],
    ['owned in a structure', inMain(`let c = Config { api_key: "${K}".into(), a: 1 };`), inMain(`let c = Config { api_key: ${E}.into(), a: 1 };`)],
    ['borrowed in a structure', inMain(`let c = Config { api_key: "${K}" };`), inMain(`let c = Config { api_key: &*${E} };`)],
    ['argument', inMain(`connect("${K}");`), inMain(`connect(&*${E});`)],
    ['header', inMain(`let r = client.get(url).header("X-API-KEY", "${K}").send();`), inMain(`let r = client.get(url).header("X-API-KEY", &*${E}).send();`)],
    ['legacy header', `// Stigg\n${inMain(`client.header("X-API-KEY", "${L}");`)}`, `// Stigg\n${inMain(`client.header("X-API-KEY", &*${E});`)}`],
    ['legacy header that is parsed', `// Stigg\n${inMain(`headers.insert("X-API-KEY", "${L}".parse().unwrap());`)}`, `// Stigg\n${inMain(`headers.insert("X-API-KEY", ${E}.parse().unwrap());`)}`],
    ['legacy header made by a function', `// Stigg\n${inMain(`headers.insert("X-API-KEY", HeaderValue::from_str("${L}")?);`)}`, `// Stigg\n${inMain(`headers.insert("X-API-KEY", HeaderValue::from_str(&*${E})?);`)}`],
    ['legacy key named for a server', inMain(`let stigg_server_key = "${L}".to_owned();`), inMain(`let stigg_server_key = ${E}.to_owned();`)],
    ['pairs that are borrowed', inMain(`client.query(&[("key", "${K}")]);`), inMain(`client.query(&[("key", &*${E})]);`)],
    ['part', inMain(`let h = "Bearer ${K}!";`), inMain(`let h = &*format!("Bearer {}!", ${E});`)],
    ['part that is owned', inMain(`let h = "Bearer ${K}".to_string();`), inMain(`let h = format!("Bearer {}", ${E}).to_string();`)],
    ['part with braces', inMain(`let h = r#"{"key": "${K}"}"#;`), undefined],
    ['fallback', inMain(`let k = std::env::var("STIGG_API_KEY").unwrap_or_else(|_| "${K}".to_string());`), inMain(`let k = std::env::var("STIGG_API_KEY").unwrap_or_else(|_| ${E}.to_string());`)],
    ['comparison', inMain(`if key == "${K}" {}`), inMain(`if key == &*${E} {}`)],
    ['constant', `const KEY: &str = "${K}";\n`, undefined],
    ['static', `static KEY: &str = "${K}";\n`, undefined],
    ['static that is made later', `static KEY: LazyLock<String> = LazyLock::new(|| "${K}".to_string());\n`, `static KEY: LazyLock<String> = LazyLock::new(|| ${E}.to_string());\n`],
    ['constant function', `const fn key() -> usize { "${K}".len() }\n`, undefined],
    ['macro', inMain(`println!("{}", "${K}");`), undefined],
    ['attribute', `#[key("${K}")]\nstruct A;\n`, undefined],
    ['pattern', inMain(`match key { "${K}" => 1, _ => 2 };`), undefined],
    ['bytes', inMain(`let key = b"${K}";`), undefined],
    ['result', `fn key() -> &'static str {\n    "${K}"\n}\n`, undefined],
    ['assignment', inMain(`key = "${K}";`), undefined],
    ['kept by a map', inMain(`map.insert("X-API-KEY", "${K}");`), undefined],
    ['kept by a variant', inMain(`let key = Some("${K}");`), undefined],
    ['static header', inMain(`HeaderValue::from_static("${K}");`), undefined],
    ['comment', `// ${K}\n`, '// <STIGG_SERVER_API_KEY>\n'],
    ['documentation', `/// ${K}\nfn f() {}\n`, '/// <STIGG_SERVER_API_KEY>\nfn f() {}\n'],
    ['broken code around', `fn main() {\n    let key = "${K}";\n    f(`, `fn main() {\n    let key = &*${E};\n    f(`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'src/main.rs', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('a.rs', `use std::env;
const STIGG_SERVER_KEY: &str = env!("STIGG_SERVER_API_KEY");
fn main() {
    let stigg_key = env::var("STIGG_API_KEY").unwrap();
    let other = std::env::var("STIGG_CLIENT_KEY").unwrap_or_default();
    let last = option_env!("STIGG_KEY");
    // env::var("NOT_READ")
    let key = concat!("server-", "a", ":", r"b");
}
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['STIGG_SERVER_KEY', false], ['stigg_key', false]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY', 'STIGG_API_KEY', 'STIGG_CLIENT_KEY', 'STIGG_KEY']);
  expect(inits).toEqual([]);
  expect(texts.map(({ value }) => value)).toContain('server-a:b');
});
