import type { Parser } from '@vscode/tree-sitter-wasm';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import { lowerProgram } from '../../../../src/scan/ir/lowering.js';
import type { Program } from '../../../../src/scan/ir/node.js';
import type { Unit } from '../../../../src/scan/ir/pool.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { host } from '../support.js';

export interface LoweredText {
  readonly program: Program;
  readonly units: readonly Unit[];
  readonly hasError: boolean;
}

/** Makes a function that lowers texts of the language of such a file, as the engine does. */
export async function lowererFor(path: string): Promise<(text: string, previous?: readonly Unit[]) => LoweredText> {
  const languageId = languageIdFor(path);
  const language = languageFor(languageId);
  const name = language.grammar(languageId);
  const rules = language.lowering;
  if (name === undefined || rules === undefined) throw new Error(`${languageId} is no code`);
  const readWasm = (file: string): Promise<Uint8Array> => host.readWasm(file);
  const parser: Parser = await createParser(await loadGrammar(name, readWasm), readWasm);
  return (text, previous = []) => {
    const tree = SyntaxTree.parse(parser, text);
    if (tree === undefined) throw new Error('Not parsed');
    const lowered = lowerProgram(tree, text, rules, previous);
    const { hasError } = tree.root;
    tree.dispose();
    return { ...lowered, hasError };
  };
}
