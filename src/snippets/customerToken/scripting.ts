import { head, lines, SIGNING_SECRET_VARIABLE as NAME, WHAT_IT_IS, type TokenCode } from './code.js';

const javascript = (type: string, result: string): string => lines(
  '/**', ...WHAT_IT_IS.map((text) => ` * ${text}`), ' */',
  `function customerToken(customerId${type})${result} {`,
  `  const secret = process.env.${NAME};`,
  `  if (!secret) throw new Error('${NAME} is not set');`,
  "  const signature = createHmac('sha256', secret).update(customerId).digest('hex');",
  '  return `HMAC-SHA256 ${customerId}:${signature}`;',
  '}',
);
const MODULE = head("import { createHmac } from 'node:crypto';", /\bcreateHmac\b/);
const DIRECTIVE = /^['"]use [a-z]+['"];?$/;

const typescript: TokenCode = {
  id: 'typescript', side: 'server', title: 'TypeScript (Node.js)', languageIds: ['typescript'], before: DIRECTIVE, head: [MODULE],
  member: [javascript(': string', ': string')],
  file: [lines(MODULE.text, '') + exported(javascript(': string', ': string'))],
};

const modules: TokenCode = {
  id: 'javascript', side: 'server', title: 'JavaScript (Node.js)', languageIds: ['javascript'], before: DIRECTIVE, head: [MODULE],
  member: [javascript('', '')],
  file: [lines(MODULE.text, '') + exported(javascript('', ''))],
};

const REQUIRE = head("const { createHmac } = require('node:crypto');", MODULE.present);
const commonjs: TokenCode = {
  ...modules, id: 'commonjs', title: 'JavaScript (Node.js, CommonJS)', head: [REQUIRE],
  file: [`${lines(REQUIRE.text, '')}${javascript('', '')}\nmodule.exports = { customerToken };\n`],
};

const PYTHON_HEAD = ['hashlib', 'hmac', 'os'].map((name) => head(`import ${name}`, (text) => importsPython(text, name)));
const PYTHON = lines(
  'def customer_token(customer_id: str) -> str:',
  `    """${WHAT_IT_IS.join('\n\n    ')}"""`,
  `    secret = os.environ.get("${NAME}")`,
  '    if not secret:',
  `        raise RuntimeError("${NAME} is not set")`,
  '    signature = hmac.new(secret.encode(), customer_id.encode(), hashlib.sha256).hexdigest()',
  '    return f"HMAC-SHA256 {customer_id}:{signature}"',
);
const python: TokenCode = {
  id: 'python', side: 'server', title: 'Python', languageIds: ['python'], before: /^from __future__ /, head: PYTHON_HEAD,
  member: [PYTHON], file: [`${lines(...PYTHON_HEAD.map(({ text }) => text), '', '')}${PYTHON}`],
};

const OPENSSL = head('require "openssl"', /\brequire[ (]{1,2}["']openssl["']/);
const RUBY = lines(
  ...WHAT_IT_IS.map((text) => `# ${text}`),
  'def customer_token(customer_id)',
  `  secret = ENV.fetch("${NAME}")`,
  `  raise "${NAME} is empty" if secret.empty?`,
  '  signature = OpenSSL::HMAC.hexdigest("SHA256", secret, customer_id)',
  '  "HMAC-SHA256 #{customer_id}:#{signature}"',
  'end',
);
const ruby: TokenCode = {
  id: 'ruby', side: 'server', title: 'Ruby', languageIds: ['ruby'], head: [OPENSSL],
  member: [RUBY], file: [`${lines(OPENSSL.text, '')}${RUBY}`],
};

const PHP = lines(
  '/**', ...WHAT_IT_IS.map((text) => ` * ${text}`), ' */',
  'function customerToken(string $customerId): string',
  '{',
  `    $secret = getenv('${NAME}');`,
  "    if ($secret === false || $secret === '') {",
  `        throw new \\RuntimeException('${NAME} is not set');`,
  '    }',
  "    return 'HMAC-SHA256 ' . $customerId . ':' . hash_hmac('sha256', $customerId, $secret);",
  '}',
);
const php: TokenCode = {
  id: 'php', side: 'server', title: 'PHP', languageIds: ['php'], head: [], member: [PHP], file: [`${lines('<?php', '')}${PHP}`],
};

export const SCRIPTING: readonly TokenCode[] = [typescript, modules, commonjs, python, ruby, php];

/** `import os, hmac`: by its own name, and of the module itself rather than a part of it. */
function importsPython(text: string, name: string): boolean {
  return text.split('\n').some((line) => line.startsWith('import ') && line.slice('import '.length).split(',').some((part) => part.trim() === name));
}

function exported(code: string): string {
  return code.replace('\nfunction ', '\nexport function ');
}
