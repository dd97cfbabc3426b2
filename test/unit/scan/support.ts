import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Engine, type EngineHost } from '../../../src/scan/engine.js';
import type { ExampleKeys } from '../../../src/scan/rules/rule.js';

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

export const host: EngineHost = { readWasm: (name) => readFile(join(wasmFolder, name)) };

export const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** An engine with every grammar loaded. */
export async function preparedEngine(): Promise<Engine> {
  const engine = new Engine(host);
  for (const id of LANGUAGES) await engine.prepare(id);
  return engine;
}

/** A version 4 UUID made of a seed: random enough for the engine, the same in every run, and in no file. */
export function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const serverKey = (seed = 's'): string => ['server', uuid(`${seed}1`)].join('-') + ':' + uuid(`${seed}2`);
export const clientKey = (seed = 'c'): string => ['client', uuid(`${seed}1`)].join('-') + ':' + uuid(`${seed}2`);
export const legacyKey = (seed = 'l'): string => {
  const body = createHash('sha512').update(seed).digest('base64').replaceAll('+', '.').replaceAll('=', '');
  return ['$2b', '10', body.slice(0, 53)].join('$') + ':' + uuid(seed);
};

export const KEYS: ExampleKeys = { server: serverKey(), client: clientKey(), legacy: legacyKey() };
