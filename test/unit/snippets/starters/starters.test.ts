import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { missingHead } from '../../../../src/snippets/customerToken.js';
import { toPlainText, toSnippetText } from '../../../../src/snippets/snippet.js';
import { STARTERS, startersFor, type Starter, type StarterOptions } from '../../../../src/snippets/starters/index.js';
import { SURFACES } from '../../../../src/snippets/surfaces.js';
import { contextOf, hasSyntaxError, preparedEngine } from '../../scan/support.js';

let engine: Engine;
beforeAll(async () => { engine = await preparedEngine(); });
afterAll(() => { engine.dispose(); });

const OPTIONS: StarterOptions = {
  serverVariable: 'STIGG_SERVER_API_KEY', serverLookup: 'process.env.STIGG_SERVER_API_KEY', baseUrl: 'https://api.stigg.io',
  publishableLookup: 'process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY',
};

/** By the language of a new document: a name for it, and a file of somebody's into which the starter is put at `CURSOR`. */
const HOSTS: Readonly<Record<string, readonly [path: string, host: string]>> = {
  typescript: ['server/stigg.ts', "// Billing.\n\nimport { db } from './db';\n\nCURSOR\nexport const use = () => [db, stigg];\n"],
  javascript: ['server/stigg.mjs', "import { db } from './db';\n\nCURSOR\nexport const use = () => [db, stigg];\n"],
  commonjs: ['server/stigg.cjs', "'use strict';\nconst db = require('./db');\n\nCURSOR\nmodule.exports = { db, stigg };\n"],
  typescriptreact: ['src/Billing.tsx', "'use client';\nimport type { ReactNode } from 'react';\n\nexport const Billing = ({ publishableKey, customerId, customerToken, children }: Props & { children: ReactNode }) => (\n  CURSOR\n);\n"],
  javascriptreact: ['src/Billing.jsx', "'use client';\n\nexport const Billing = ({ publishableKey, customerId, customerToken, children }) => (\n  CURSOR\n);\n"],
  frontend: ['src/start.js', "'use client';\nexport async function start(publishableKey, customerId, customerToken) {\n  CURSOR\n  return stigg;\n}\n"],
  vue: ['src/Billing.vue', '<script setup>\nimport { StiggProvider } from \'@stigg/vue-sdk\';\n</script>\n\n<template>\n  CURSOR\n</template>\n'],
  html: ['public/pricing.html', '<!doctype html>\n<html>\n  <body>\n    CURSOR\n  </body>\n</html>\n'],
  python: ['server/billing.py', '"""Billing."""\nfrom __future__ import annotations\nimport sys, os\n\n\ndef start():\n    CURSOR\n    return stigg\n'],
  ruby: ['server/billing.rb', '# frozen_string_literal: true\n\ndef start\n  CURSOR\nend\n'],
  go: ['server/billing.go', '// Package server serves.\npackage server\n\nimport (\n\t"os"\n)\n\nfunc start() {\n\tCURSOR\n\tuse(client)\n}\n'],
  java: ['server/Billing.java', 'package server;\n\nclass Billing {\n  void start() {\n    CURSOR\n  }\n}\n'],
  kotlin: ['server/Billing.kt', 'package server\n\nfun start() {\n    CURSOR\n}\n'],
  csharp: ['server/Billing.cs', 'using System;\n\npublic static class Billing\n{\n    public static void Start()\n    {\n        CURSOR\n    }\n}\n'],
  yaml: ['deploy/compose.yaml', 'services:\n  app:\n    image: app\n  CURSOR\n'],
  shellscript: ['scripts/stigg.sh', '#!/bin/sh\nset -eu\nCURSOR\n'],
  jsonc: ['.vscode/mcp.json', 'CURSOR'],
};
const hostOf = (starter: Starter): readonly [string, string] => {
  const kind = starter.module === 'commonjs' ? 'commonjs' : starter.id === 'js-client-sdk' ? 'frontend' : starter.languageIds[0];
  const host = starter.id === 'sidecar-helm' ? (['deploy/values.yaml', 'replicas: 1\nCURSOR\n'] as const) : HOSTS[kind];
  if (host === undefined) throw new Error(`No file for ${starter.id}`);
  return host;
};

/** The host file with the starter and what was missing at the head, as VS Code indents it. */
function inserted(starter: Starter, options: StarterOptions): string {
  const [, host] = hostOf(starter);
  const { parts, head } = starter.write(options);
  const indent = /^([ \t]*)CURSOR/m.exec(host)?.[1] ?? '';
  const lines = host.split('\n');
  const missing = missingHead({ head, ...(starter.before === undefined ? {} : { before: starter.before }) }, host);
  if (missing !== undefined) lines.splice(missing.line, 0, ...missing.text.trimEnd().split('\n'));
  return lines.join('\n').replace('CURSOR', () => toPlainText(parts).replaceAll(/\n(?=.)/g, `\n${indent}`));
}

/** How a project reads its variables; other names and no known way at all. */
const WAYS: readonly [string, StarterOptions][] = [
  ['Next.js', OPTIONS],
  ['Vite', { ...OPTIONS, publishableLookup: 'import.meta.env.VITE_STIGG_CLIENT_API_KEY' }],
  ['Deno, other names', { serverVariable: 'BILLING_STIGG_KEY', serverLookup: 'Deno.env.get("BILLING_STIGG_KEY")', baseUrl: 'https://api.stigg.io', publishableLookup: undefined }],
];
const each = STARTERS.map((starter) => [starter.id, starter] as const);

describe.each(each)('%s', (_id, starter) => {
  it.each(WAYS)('%s: parses as a file and in one, and none of our own rules says a word', async (_way, options) => {
    const [path] = hostOf(starter);
    for (const text of [toPlainText(starter.write(options).file), inserted(starter, options)]) {
      const source = { path, languageId: starter.languageIds[0], text };
      expect(await hasSyntaxError(source), text).toBe(false);
      expect(engine.scan(source, contextOf({ dependencies: [] })), text).toEqual([]);
    }
  });

  it('names the variable and no value, and the server variable never on the frontend', () => {
    const { parts, file } = starter.write(OPTIONS);
    const readsServer = starter.side === 'server' || ['sidecar-compose', 'sidecar-secret', 'cli'].includes(starter.id);
    for (const form of [parts, file]) {
      expect(toPlainText(form).includes('STIGG_SERVER_API_KEY')).toBe(readsServer);
      // A dollar sign that VS Code must not take for a variable of its own.
      expect(toSnippetText(form).replaceAll(/\\\$/g, '').replaceAll(/\$\{\d:/g, '')).not.toContain('$');
    }
  });

  it('says where it comes from and what it needs, and belongs to a surface that leads to it', () => {
    expect(starter.evidence.length).toBeGreaterThan(0);
    expect(starter.install).not.toBe('');
    const surface = SURFACES.find(({ id }) => id === starter.surface);
    expect(surface).toBeDefined();
  });
});

it('has unique ids, and a starter for every surface that promises one', () => {
  expect(new Set(STARTERS.map(({ id }) => id)).size).toBe(STARTERS.length);
  for (const { id } of SURFACES.filter(({ leadsTo }) => leadsTo === 'starters')) expect(STARTERS.some(({ surface }) => surface === id), id).toBe(true);
});

it('offers older SDKs after the current ones', () => {
  const statuses = STARTERS.map(({ status }) => status === 'older');
  expect(statuses.lastIndexOf(false)).toBeLessThan(statuses.indexOf(true));
});

describe('where a starter may stand', () => {
  it.each<[string, string, string, 'browser' | 'server' | 'unknown', string[]]>([
    ['typescript', 'src/a.ts', '', 'server', ['node-server-sdk', 'typescript-rest', 'api-client-js']],
    ['typescript', 'src/a.ts', '', 'browser', ['js-client-sdk']],
    ['typescript', 'src/a.ts', '', 'unknown', ['node-server-sdk', 'typescript-rest', 'js-client-sdk', 'api-client-js']],
    ['javascript', 'a.js', "const x = require('x');", 'server', ['node-server-sdk-commonjs', 'typescript-rest', 'api-client-js-javascript']],
    ['javascript', 'a.mjs', "const x = require('x');", 'server', ['node-server-sdk-javascript', 'typescript-rest', 'api-client-js-javascript']],
    ['typescriptreact', 'a.tsx', "'use client'", 'browser', ['react-sdk', 'js-client-sdk']],
    ['vue', 'a.vue', '', 'browser', ['vue-sdk', 'vue-2-sdk']],
    ['html', 'a.html', '', 'browser', ['embed-sdk']],
    ['python', 'a.py', '', 'unknown', ['python-rest', 'python-sidecar', 'python-graphql']],
    ['yaml', 'compose.yaml', '', 'unknown', ['sidecar-compose', 'sidecar-helm']],
    ['jsonc', '.vscode/mcp.json', '{}', 'unknown', []],
    ['css', 'a.css', '', 'unknown', []],
  ])('%s %s %j, %s', (languageId, path, text, side, ids) => {
    expect(startersFor({ languageId, path, text, side }).map(({ id }) => id)).toEqual(ids);
  });

  it('never a server key in what ships to the browser', () => {
    for (const languageId of new Set(STARTERS.flatMap(({ languageIds }) => languageIds))) {
      expect(startersFor({ languageId, path: 'a', text: '', side: 'browser' }).filter(({ side }) => side === 'server')).toEqual([]);
    }
  });
});

it.each(SURFACES.map((surface) => [surface.id, surface] as const))('the reason for %s can be read whole in a list', (_id, surface) => {
  for (const words of [surface.when(), surface.note() ?? '']) expect(words.length).toBeLessThan(90);
  expect(`${surface.title()}${surface.key()}`).not.toBe('');
});
