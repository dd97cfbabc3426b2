import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, hasSyntaxError, preparedEngine } from '../support.js';

// A header that a fix adds stands behind the comment of the one before it, which stays where it belongs.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const ts = (headers: string): string => `await fetch('https://api.stigg.io/api/v1/plans', {\n  method: 'PATCH',\n  body,\n  headers: ${headers},\n});\n`;
const py = (headers: string): string => `import requests\nrequests.patch("https://api.stigg.io/api/v1/plans", data=json.dumps(b), headers=${headers})\n`;
const rb = (headers: string): string => `require 'httparty'\nHTTParty.patch('https://api.stigg.io/api/v1/plans', body: b.to_json, headers: ${headers})\n`;
const php = (headers: string): string => `<?php\n$client = new \\GuzzleHttp\\Client();\n$client->patch('https://api.stigg.io/api/v1/plans', ['body' => json_encode($b), 'headers' => ${headers}]);\n`;

test.each([
  ['a.ts', ts, "{\n    'X-API-KEY': key // the key\n  }", "{\n    'X-API-KEY': key, // the key\n    'Content-Type': 'application/json'\n  }"],
  ['a.ts', ts, "{\n    'X-API-KEY': key, // the key\n  }", "{\n    'X-API-KEY': key, // the key\n    'Content-Type': 'application/json',\n  }"],
  ['a.ts', ts, "{ 'X-API-KEY': key /* the key */ }", "{ 'X-API-KEY': key, /* the key */ 'Content-Type': 'application/json' }"],
  ['a.ts', ts, "{ 'X-API-KEY': key /* the key */, }", "{ 'X-API-KEY': key /* the key */, 'Content-Type': 'application/json' }"],
  ['a.ts', ts, "{ 'X-API-KEY': key // the key\n  }", "{ 'X-API-KEY': key, // the key\n  'Content-Type': 'application/json'\n  }"],
  ['a.ts', ts, "{\n    'X-API-KEY': key,\n    // a line of its own\n  }", "{\n    'X-API-KEY': key,\n    'Content-Type': 'application/json',\n    // a line of its own\n  }"],
  ['a.ts', ts, "{\r\n    'X-API-KEY': key, // the key\r\n  }", "{\r\n    'X-API-KEY': key, // the key\r\n    'Content-Type': 'application/json',\r\n  }"],
  ['a.ts', ts, "{ 'X-API-KEY': key }", "{ 'X-API-KEY': key, 'Content-Type': 'application/json' }"],
  ['a.py', py, '{\n    "X-API-KEY": key,  # the key\n}', '{\n    "X-API-KEY": key,  # the key\n    "Content-Type": "application/json",\n}'],
  ['a.py', py, '{\n    "X-API-KEY": key  # the key\n}', '{\n    "X-API-KEY": key,  # the key\n    "Content-Type": "application/json"\n}'],
  ['a.rb', rb, "{\n  'X-API-KEY' => key # the key\n}", "{\n  'X-API-KEY' => key, # the key\n  \"Content-Type\" => 'application/json'\n}"],
  ['a.php', php, "[\n  'X-API-KEY' => $key, // the key\n]", "[\n  'X-API-KEY' => $key, // the key\n  'Content-Type' => 'application/json',\n]"],
] as const)('%s: %s %s', async (path, write, before, after) => {
  const source = { path, languageId: languageIdFor(path), text: write(before) };
  const findings = engine.scan(source, contextOf({}));
  expect(findings.map(({ rule }) => rule)).toEqual(['missing-content-type']);
  const fixed = { ...source, text: apply(source.text, findings[0]?.fixes[0]?.edits ?? []) };
  expect(fixed.text).toBe(write(after));
  expect(await hasSyntaxError(fixed)).toBe(false);
  expect(engine.scan(fixed, contextOf({}))).toEqual([]);
});
