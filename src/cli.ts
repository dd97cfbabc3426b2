#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './cli/main.js';
import { KeychainVault } from './keys/keychainVault.js';
import type { NativeKeychain } from './keys/keytar.js';
import { keepBaselineWasm } from './node/baselineWasm.js';

/** The grammars lie beside the bundle; run from its sources, the program takes them from the package. */
async function readWasm(name: string): Promise<Uint8Array> {
  try {
    return await readFile(fileURLToPath(new URL(`./wasm/${name}`, import.meta.url)));
  } catch {
    return readFile(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${name}`));
  }
}

/** It lies there as well; the sources are nothing that a thread could run. */
const readWorker = fileURLToPath(new URL('./readWorker.js', import.meta.url));

/** So do the bindings of the keychain. Where there are none at all, the loader says so in words. */
async function loadKeychain(): Promise<NativeKeychain> {
  const { loadKeytar } = await import('./keys/keytarLoader.js');
  const beside = fileURLToPath(new URL('./keytar', import.meta.url));
  return loadKeytar(existsSync(beside) ? beside : bindingsOfSources() ?? beside);
}

function bindingsOfSources(): string | undefined {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve('keytar/package.json')), 'prebuilds');
  } catch {
    return undefined;
  }
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'));
  return (manifest as { version: string }).version;
}

/** Resolves once the text has been handed over; a reader that went away (`| head`) wants no more of it. */
function out(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(error);
    });
  });
}

// Whoever wrote is told by the callback; of what stderr cannot take there is nobody left to tell. Thrown from here, it would look like findings.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

keepBaselineWasm();
const noColour = (process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb';
// Not process.exit(): what was written to a pipe must still arrive.
try {
  process.exitCode = await main(process.argv.slice(2), {
    cwd: process.cwd(),
    colour: process.stdout.isTTY && !noColour,
    host: { readWasm },
    readWorker: existsSync(readWorker) ? readWorker : undefined,
    env: process.env,
    vault: () => new KeychainVault({ load: loadKeychain }),
    version,
    stdin: () => process.stdin,
    out,
    err: (text) => {
      process.stderr.write(text);
    },
    ...(process.stderr.isTTY && process.env.TERM !== 'dumb' ? { status: (text: string) => { process.stderr.write(`\r${text}\u001B[K`); } } : {}),
  });
} catch (error) {
  // A defect of ours must not look like "findings" to a pipeline.
  process.stderr.write(`stigg-keys: internal error: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exitCode = 2;
}
