import { head, lines, SIGNING_SECRET_VARIABLE as NAME, WHAT_IT_IS, type HeadLine, type TokenCode } from './code.js';

const GO_HEAD = ['crypto/hmac', 'crypto/sha256', 'encoding/hex', 'errors', 'os'].map((path) => head(`import "${path}"`, new RegExp(`"${path}"`)));
const GO = lines(
  ...WHAT_IT_IS.map((text, index) => (index === 0 ? `// customerToken: ${text}` : `// ${text}`)),
  'func customerToken(customerID string) (string, error) {',
  `\tsecret := os.Getenv("${NAME}")`,
  '\tif secret == "" {',
  `\t\treturn "", errors.New("${NAME} is not set")`,
  '\t}',
  '\tmac := hmac.New(sha256.New, []byte(secret))',
  '\tmac.Write([]byte(customerID))',
  '\treturn "HMAC-SHA256 " + customerID + ":" + hex.EncodeToString(mac.Sum(nil)), nil',
  '}',
);
const go: TokenCode = {
  id: 'go', side: 'server', title: 'Go', languageIds: ['go'], before: /^package\b/, head: GO_HEAD, member: [GO],
  file: [`${lines('package billing', '', 'import (', ...GO_HEAD.map(({ text }) => `\t${text.slice('import '.length)}`), ')', '')}${GO}`],
};

const jvmHead = (end: string, ...names: readonly string[]): readonly HeadLine[] => names.map((name) => head(`import ${name}${end}`, new RegExp(`\\bimport[ \\t]{1,4}${name.replaceAll('.', '\\.')}\\b`)));
const JAVA_HEAD = jvmHead(';', 'java.math.BigInteger', 'java.nio.charset.StandardCharsets', 'java.security.GeneralSecurityException', 'javax.crypto.Mac', 'javax.crypto.spec.SecretKeySpec');
const JAVA = lines(
  '/**', ...WHAT_IT_IS.map((text) => ` * ${text}`), ' */',
  'public static String customerToken(String customerId) {',
  `  String secret = System.getenv("${NAME}");`,
  '  if (secret == null || secret.isEmpty()) {',
  `    throw new IllegalStateException("${NAME} is not set");`,
  '  }',
  '  try {',
  '    Mac mac = Mac.getInstance("HmacSHA256");',
  '    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));',
  '    byte[] signature = mac.doFinal(customerId.getBytes(StandardCharsets.UTF_8));',
  '    return "HMAC-SHA256 " + customerId + ":" + String.format("%064x", new BigInteger(1, signature));',
  '  } catch (GeneralSecurityException e) {',
  '    throw new IllegalStateException(e);',
  '  }',
  '}',
);
const java: TokenCode = {
  id: 'java', side: 'server', title: 'Java', languageIds: ['java'], before: /^package\b/, head: JAVA_HEAD, member: [JAVA],
  file: [`${lines(...JAVA_HEAD.map(({ text }) => text), '', 'public final class CustomerTokens {')}${indented(JAVA, '  ')}}\n`],
};

const KOTLIN_HEAD = jvmHead('', 'javax.crypto.Mac', 'javax.crypto.spec.SecretKeySpec');
const KOTLIN = lines(
  '/**', ...WHAT_IT_IS.map((text) => ` * ${text}`), ' */',
  'fun customerToken(customerId: String): String {',
  `    val secret = System.getenv("${NAME}")`,
  `    check(!secret.isNullOrEmpty()) { "${NAME} is not set" }`,
  '    val mac = Mac.getInstance("HmacSHA256")',
  '    mac.init(SecretKeySpec(secret.toByteArray(), "HmacSHA256"))',
  '    val signature = mac.doFinal(customerId.toByteArray()).joinToString("") { "%02x".format(it) }',
  '    return "HMAC-SHA256 $customerId:$signature"',
  '}',
);
const kotlin: TokenCode = {
  id: 'kotlin', side: 'server', title: 'Kotlin', languageIds: ['kotlin'], before: /^(?:package\b|@file:)/, head: KOTLIN_HEAD, member: [KOTLIN],
  file: [`${lines(...KOTLIN_HEAD.map(({ text }) => text), '')}${KOTLIN}`],
};

const CSHARP_HEAD = ['System', 'System.Security.Cryptography', 'System.Text'].map((name) => head(`using ${name};`, new RegExp(`\\busing[ \\t]{1,4}${name.replaceAll('.', '\\.')}[ \\t]{0,4};`)));
const CSHARP = lines(
  ...WHAT_IT_IS.map((text) => `// ${text}`),
  'public static string CustomerToken(string customerId)',
  '{',
  `    var secret = Environment.GetEnvironmentVariable("${NAME}");`,
  `    if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException("${NAME} is not set");`,
  '    using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));',
  '    var signature = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes(customerId))).ToLowerInvariant();',
  '    return $"HMAC-SHA256 {customerId}:{signature}";',
  '}',
);
const csharp: TokenCode = {
  id: 'csharp', side: 'server', title: 'C#', languageIds: ['csharp'], head: CSHARP_HEAD, member: [CSHARP],
  file: [`${lines(...CSHARP_HEAD.map(({ text }) => text), '', 'public static class CustomerTokens', '{')}${indented(CSHARP, '    ')}}\n`],
};

const RUST_HEAD = [head('use hmac::{Hmac, Mac};', /\buse[ \t]{1,4}hmac::/), head('use sha2::Sha256;', /\buse[ \t]{1,4}sha2::/)];
const RUST = lines(
  ...WHAT_IT_IS.map((text) => `/// ${text}`),
  '///',
  '/// Needs the crates hmac, sha2 and hex.',
  'fn customer_token(customer_id: &str) -> Result<String, std::env::VarError> {',
  `    let secret = std::env::var("${NAME}")?;`,
  `    assert!(!secret.is_empty(), "${NAME} is empty");`,
  '    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");',
  '    mac.update(customer_id.as_bytes());',
  '    let signature = hex::encode(mac.finalize().into_bytes());',
  '    Ok(format!("HMAC-SHA256 {customer_id}:{signature}"))',
  '}',
);
const rust: TokenCode = {
  id: 'rust', side: 'server', title: 'Rust', languageIds: ['rust'], before: /^#!\[/, head: RUST_HEAD, member: [RUST],
  file: [`${lines(...RUST_HEAD.map(({ text }) => text), '')}${RUST.replace('\nfn ', '\npub fn ')}`],
};

export const COMPILED: readonly TokenCode[] = [go, java, kotlin, csharp, rust];

function indented(code: string, by: string): string {
  return code.replaceAll(/^(?=.)/gm, by);
}
