import type { Language, Parser } from '@vscode/tree-sitter-wasm';
import { runtimeMemory } from './wasmMemory.js';

/** Reads a file of the parser package's wasm folder, e.g. `tree-sitter.wasm` or `tree-sitter-tsx.wasm`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>;

interface Runtime {
  readonly Parser: typeof Parser;
  readonly Language: typeof Language;
}

// The package keeps one WebAssembly runtime per process: starting it twice at a time would pull it from under the trees of
// the first engine, and grammars cannot be unloaded from it. So this is the state of the process, not of an engine.
let runtime: Promise<Runtime> | undefined;
const grammars = new Map<string, Promise<Language>>();

/** The grammar of that name, loaded once per process. A failed load is forgotten, so that it can be tried again. */
export async function loadGrammar(name: string, readWasm: ReadWasm): Promise<Language> {
  let grammar = grammars.get(name);
  if (grammar === undefined) {
    grammar = load(name, readWasm);
    grammars.set(name, grammar);
    grammar.catch(() => grammars.delete(name));
  }
  return grammar;
}

/** A parser for the grammar; the caller deletes it. */
export async function createParser(grammar: Language, readWasm: ReadWasm): Promise<Parser> {
  const { Parser } = await startRuntime(readWasm);
  return new Parser().setLanguage(grammar);
}

async function load(name: string, readWasm: ReadWasm): Promise<Language> {
  const [{ Language }, bytes] = await Promise.all([startRuntime(readWasm), readWasm(`tree-sitter-${name}.wasm`)]);
  return Language.load(bytes);
}

function startRuntime(readWasm: ReadWasm): Promise<Runtime> {
  runtime ??= initialise(readWasm).catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  return runtime;
}

async function initialise(readWasm: ReadWasm): Promise<Runtime> {
  const [module, wasmBinary] = await Promise.all([import('@vscode/tree-sitter-wasm'), readWasm('tree-sitter.wasm')]);
  // The package is a UMD file: bundlers give its exports by name, Node only as the default export.
  const loaded = ('Parser' in module ? module : (module as { default: unknown }).default) as Runtime;
  // The typings know locateFile only; handing over the bytes keeps the runtime from looking for files by itself.
  const options: Record<string, unknown> = { wasmBinary, wasmMemory: runtimeMemory() };
  await loaded.Parser.init(options as Parameters<typeof Parser.init>[0]);
  return loaded;
}
