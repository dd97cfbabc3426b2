// Where the grammars come from: those that VS Code's own package lacks are shipped as WebAssembly inside their npm packages.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** By the name that a language of src/scan/languages gives; a release carries nothing it cannot use. */
const PACKAGES = {
  typescript: '@vscode/tree-sitter-wasm',
  tsx: '@vscode/tree-sitter-wasm',
  javascript: '@vscode/tree-sitter-wasm',
  python: '@vscode/tree-sitter-wasm',
  go: '@vscode/tree-sitter-wasm',
  ruby: '@vscode/tree-sitter-wasm',
  java: '@vscode/tree-sitter-wasm',
  'c-sharp': '@vscode/tree-sitter-wasm',
  php: '@vscode/tree-sitter-wasm',
  rust: '@vscode/tree-sitter-wasm',
  bash: '@vscode/tree-sitter-wasm',
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin',
  yaml: '@tree-sitter-grammars/tree-sitter-yaml',
  toml: '@tree-sitter-grammars/tree-sitter-toml',
  hcl: '@tree-sitter-grammars/tree-sitter-hcl',
  json: 'tree-sitter-json',
};

/** The names of all grammars that are shipped. */
export const GRAMMARS = Object.keys(PACKAGES);

/** The file behind `tree-sitter.wasm` or `tree-sitter-<grammar>.wasm`. @param {string} name @returns {string} */
export function grammarFile(name) {
  const grammar = /^tree-sitter-(.+)\.wasm$/.exec(name)?.[1];
  const owner = grammar === undefined ? '@vscode/tree-sitter-wasm' : PACKAGES[/** @type {keyof typeof PACKAGES} */ (grammar)];
  if (owner === undefined) throw new Error(`No package is known for the grammar ${name}`);
  const folder = path.dirname(require.resolve(`${owner}/package.json`));
  return path.join(folder, owner === '@vscode/tree-sitter-wasm' ? 'wasm' : '', name);
}
