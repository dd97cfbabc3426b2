import { setFlagsFromString } from 'node:v8';

/** Of an option that it does not know V8 complains on stderr: these know both (Node 20 to 24). */
const KNOWN_TO = { first: 11, last: 13 };

/**
 * Has WebAssembly stay as V8's baseline compiler makes it, in the whole process. Optimizing a grammar in the background takes as long as judging
 * some hundred files, whoever loads the next grammar waits for it, and a process that ends soon does not earn it back. For the command line,
 * before the first grammar is loaded; not for an editor, which stays.
 */
export function keepBaselineWasm(v8 = process.versions.v8): void {
  const major = Number.parseInt(v8, 10);
  if (!(major >= KNOWN_TO.first && major <= KNOWN_TO.last)) return;
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
