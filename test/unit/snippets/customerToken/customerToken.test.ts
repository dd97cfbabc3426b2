import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { missingHead, SIGNING_SECRET_VARIABLE, TOKEN_CODES, tokenCodeFor, type TokenCode } from '../../../../src/snippets/customerToken.js';
import { toPlainText, toSnippetText } from '../../../../src/snippets/snippet.js';
import { contextOf, hasSyntaxError, preparedEngine } from '../../scan/support.js';

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await preparedEngine();
  folder = mkdtempSync(path.join(tmpdir(), 'customer-token-'));
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Where each code lives, and a file of somebody's into which its member is put at `CURSOR`. */
const FILES: Readonly<Record<string, readonly [name: string, host: string]>> = {
  typescript: ['server/token.ts', "// Sessions.\n\nimport { session } from './session';\n\nCURSOR\nexport const token = () => customerToken(session.customerId);\n"],
  javascript: ['server/token.mjs', "'use strict';\nexport const a = 1;\nCURSOR\n"],
  commonjs: ['server/token.cjs', "#!/usr/bin/env node\n'use strict';\nconst { session } = require('./session');\nCURSOR\nmodule.exports = { token: () => customerToken(session.customerId) };\n"],
  python: ['server/token.py', '#!/usr/bin/env python3\n"""Sessions.\n\nAnd more.\n"""\nfrom __future__ import annotations\nimport os, sys\n\nCURSOR\n'],
  ruby: ['server/token.rb', '# frozen_string_literal: true\n\nclass Sessions\n  CURSOR\nend\n'],
  php: ['server/Token.php', '<?php\n\nnamespace App;\n\nclass Sessions\n{\n    CURSOR\n}\n'],
  go: ['server/token.go', '// Package server serves.\npackage server\n\nimport (\n\t"os"\n)\n\nvar home = os.Getenv("HOME")\n\nCURSOR\n'],
  java: ['server/Token.java', '/* Licence. */\npackage server;\n\nimport java.util.List;\n\nclass Sessions {\n  CURSOR\n}\n'],
  kotlin: ['server/Token.kt', 'package server\n\nimport javax.crypto.Mac\n\nclass Sessions {\n    CURSOR\n}\n'],
  csharp: ['server/Token.cs', 'using System;\n\nnamespace Server;\n\npublic static class Sessions\n{\n    CURSOR\n}\n'],
  rust: ['server/token.rs', '//! Sessions.\n#![allow(dead_code)]\n\nuse std::env;\n\nCURSOR\n'],
  tsx: ['src/Billing.tsx', "'use client';\nimport type { ReactNode } from 'react';\n\nexport function Billing({ publishableKey, customerId, customerToken, children }: Props & { children: ReactNode }) {\n  return (\n    CURSOR\n  );\n}\n"],
  jsx: ['src/Billing.jsx', "'use client';\n\nexport const Billing = ({ publishableKey, customerId, customerToken, children }) => (\n  CURSOR\n);\n"],
  vue: ['src/Billing.vue', '<template>\n  CURSOR\n</template>\n'],
  browser: ['src/stigg.js', 'export async function start(publishableKey, customerId, customerToken) {\n  CURSOR\n  return stigg;\n}\n'],
};
const each = TOKEN_CODES.map((code) => [code.id, code] as const);
const fileOf = (code: TokenCode): string => FILES[code.id]?.[0] ?? '';

/** The host file after the command has inserted the member and what was missing at the head, as VS Code indents it. */
function inserted(code: TokenCode): string {
  const host = FILES[code.id]?.[1] ?? '';
  const indent = /^([ \t]*)CURSOR/m.exec(host)?.[1] ?? '';
  const lines = host.split('\n');
  const head = missingHead(code, host);
  if (head !== undefined) lines.splice(head.line, 0, ...head.text.trimEnd().split('\n'));
  return lines.join('\n').replace('CURSOR', () => toPlainText(code.member).trimEnd().replaceAll(/\n(?=.)/g, `\n${indent}`));
}

describe.each(each)('%s', (_id, code) => {
  it('has a file to be tried in', () => {
    expect(fileOf(code)).not.toBe('');
  });

  it.each([['whole file', () => toPlainText(code.file)], ['in a file that is there', () => inserted(code)]])('%s: parses, and none of our own rules says a word', async (_form, text) => {
    const name = fileOf(code);
    const source = { path: name, languageId: languageIdFor(name), text: text() };
    expect(await hasSyntaxError(source), source.text).toBe(false);
    expect(engine.scan(source, contextOf({ dependencies: [] }))).toEqual([]);
  });

  it('names the secret by its variable where there is one, and never in the browser', () => {
    for (const form of [code.member, code.file]) {
      expect(toPlainText(form).includes(SIGNING_SECRET_VARIABLE)).toBe(code.side === 'server');
      // A dollar sign that VS Code must not take for a variable of its own.
      expect(toSnippetText(form).replaceAll(/\\\$/g, '').replaceAll(/\$\{\d:/g, '')).not.toContain('$');
    }
  });
});

describe('the head of a file', () => {
  it.each<[string, string, string, string]>([
    ['typescript', 'nothing above', 'const a = 1;\n', 'import|const a'],
    ['typescript', 'a directive', "'use server';\n\nconst a = 1;\n", "'use server';||import|const a"],
    ['typescript', 'a comment of the first function', '// Signs.\nfunction sign() {}\n', 'import|// Signs.'],
    ['typescript', 'a licence', '/*\n * Licence\n */\n\nconst a = 1;\n', '/*| * Licence| */||import|const a'],
    ['typescript', 'a comment without an end', '/* and so on\nconst a = 1;\n', 'import|/* and'],
    ['python', 'a future import', '"""Doc."""\nfrom __future__ import annotations\nimport re\n', '"""Doc."""|from __future__ import annotations|import|import|import|import re'],
    ['go', 'a package clause', '// Package a.\npackage a\n\nvar b = 1\n', '// Package a.|package a||import|import|import|import|import|var b'],
    ['rust', 'inner attributes', '//! Doc.\n#![allow(x)]\nfn main() {}\n', '//! Doc.|#![allow(x)]|use|use|fn main'],
    ['kotlin', 'a file annotation', '@file:JvmName("A")\npackage a\n', '@file:JvmName("A")|package a||import|import'],
  ])('%s: %s', (id, _what, text, expected) => {
    const code = TOKEN_CODES.find((entry) => entry.id === id);
    const head = missingHead(code ?? { head: [] }, text);
    const lines = text.split('\n');
    lines.splice(head?.line ?? 0, 0, ...(head?.text.trimEnd().split('\n') ?? []));
    const wanted = expected.split('|');
    expect(lines.slice(0, wanted.length).map((line, index) => (line.startsWith(wanted[index] ?? '') ? wanted[index] : line))).toEqual(wanted);
  });

  it.each<[string, string]>([
    ['typescript', "import { createHash, createHmac } from 'crypto';\n"],
    ['commonjs', "const crypto = require('crypto'), { createHmac } = crypto;\n"],
    ['python', 'import os, hmac, hashlib\n'],
    ['go', 'package a\nimport (\n\t"crypto/hmac"\n\t"crypto/sha256"\n\t"encoding/hex"\n\t"errors"\n\t"os"\n)\n'],
    ['java', 'import java.math.BigInteger;\nimport java.nio.charset.StandardCharsets;\nimport java.security.GeneralSecurityException;\nimport javax.crypto.Mac;\nimport javax.crypto.spec.SecretKeySpec;\n'],
    ['rust', 'use hmac::{Hmac, Mac};\nuse sha2::{Sha256, Sha512};\n'],
  ])('%s: what is there already is not put there twice', (id, text) => {
    expect(missingHead(TOKEN_CODES.find((entry) => entry.id === id) ?? { head: [] }, text)).toBeUndefined();
  });
});

it.each<[string, string, string, string | undefined]>([
  ['typescript', 'src/a.ts', '', 'typescript'],
  ['typescript', 'src/a.ts', "import Stigg from '@stigg/js-client-sdk';", 'browser'],
  ['typescript', 'src/a.ts', "'use client';\n", 'browser'],
  ['javascript', 'src/a.js', "const http = require('http');\n", 'commonjs'],
  ['javascript', 'src/a.js', "import http from 'http';\nconst x = require('x');\n", 'javascript'],
  ['javascript', 'src/a.cjs', '', 'commonjs'],
  ['javascript', 'src/a.mjs', 'require("x")', 'javascript'],
  ['javascript', 'src/a.js', 'const Stigg = require("@stigg/js-client-sdk").default;', 'browser'],
  ['typescriptreact', 'src/a.tsx', '', 'tsx'],
  ['javascriptreact', 'src/a.jsx', '', 'jsx'],
  ['vue', 'a.vue', '', 'vue'],
  ['python', 'a.py', '', 'python'],
  ['csharp', 'a.cs', '', 'csharp'],
  ['plaintext', 'a.txt', '', undefined],
])('%s in %s gets %s', (languageId, file, text, expected) => {
  expect(tokenCodeFor(languageId, file, text)?.id).toBe(expected);
});

/** What is run, by what, and what the file needs to print a token. */
const RUNS: readonly [id: string, command: string, name: string, dress: (code: string) => string][] = [
  ['typescript', 'node', 'ts.mjs', (code) => `${transformSync(code, { loader: 'ts' }).code}\nprocess.stdout.write(customerToken(process.argv[2]));\n`],
  ['javascript', 'node', 'js.mjs', (code) => `${code}\nprocess.stdout.write(customerToken(process.argv[2]));\n`],
  ['commonjs', 'node', 'js.cjs', (code) => `${code}\nprocess.stdout.write(module.exports.customerToken(process.argv[2]));\n`],
  ['python', 'python3', 'token_.py', (code) => `${code}\n\nimport sys\nsys.stdout.buffer.write(customer_token(sys.argv[1]).encode())\n`],
  ['ruby', 'ruby', 'token.rb', (code) => `${code}\nprint customer_token(ARGV[0])\n`],
  ['php', 'php', 'token.php', (code) => `${code}\necho customerToken($argv[1]);\n`],
  ['java', 'java', 'CustomerTokens.java', (code) => code.replace(/\}\n$/, '  public static void main(String[] args) { System.out.print(customerToken(args[0])); }\n}\n')],
  ['go', 'go', 'main.go', (code) => `${code.replace('package billing', 'package main').replace('\t"os"\n', '\t"fmt"\n\t"os"\n')}\nfunc main() {\n\ttoken, err := customerToken(os.Args[1])\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tfmt.Print(token)\n}\n`],
];

/** Programs of this machine that start; the others are skipped by name. */
const works = new Set(RUNS.map(([, command]) => command).filter((command) => {
  try {
    execFileSync(command, [command === 'go' ? 'version' : '--version'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}));

describe.each(RUNS)('%s, run by %s', (id, command, name, dress) => {
  const code = TOKEN_CODES.find((entry) => entry.id === id);
  const run = (customer: string, secret: string | undefined): string => {
    const file = path.join(folder, name);
    writeFileSync(file, dress(toPlainText(code?.file ?? [])));
    const env: NodeJS.ProcessEnv = { ...process.env, [SIGNING_SECRET_VARIABLE]: secret, LC_ALL: 'C.UTF-8', JAVA_TOOL_OPTIONS: undefined };
    return execFileSync(command, [...(command === 'go' ? ['run'] : []), file, customer], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
  };
  const isHere = works.has(command);

  it.skipIf(!isHere).each([['customer-123', 'a secret'], ['kundin-äöü', 'sécret with spaces']])(`signs %s as Stigg checks it${isHere ? '' : ` (skipped: ${command} is not installed here)`}`, (customer, secret) => {
    expect(run(customer, secret)).toBe(`HMAC-SHA256 ${customer}:${createHmac('sha256', secret).update(customer).digest('hex')}`);
  }, 90_000);

  it.skipIf(!isHere).each([[undefined], ['']])('fails without a secret (%j) instead of signing with nothing', (secret) => {
    expect(() => run('customer-123', secret)).toThrow();
  }, 90_000);
});

it('the signature is the one of RFC 4231, test case 2', () => {
  // The HMAC of a known secret and text, so that the comparison above does not rest on our own reading of Node.
  expect(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});
