import type { Node } from '@vscode/tree-sitter-wasm';
import { isEnvFile } from '../../envFiles.js';

/** What CI systems read as an env file after the step. */
const RUNNER_FILE = /^\$\{?(?:GITHUB_ENV|BASH_ENV)\}?$/;
const WRITERS = /^(?:echo|printf)$/;

/**
 * Whether the text there becomes part of an env file: `echo NAME=… >> .env`, `printf … | tee -a .env`, a here-document.
 * `around` goes from the innermost node outwards.
 */
export function isWrittenToEnvFile(around: readonly Node[]): boolean {
  const command = around.find(({ type }) => type === 'command');
  const writes = command === undefined ? around.some(({ type }) => type === 'heredoc_body') : WRITERS.test(command.childForFieldName('name')?.text ?? '');
  return writes && around.some((node) => targetsOf(node).some((target) => isTarget(target.text)));
}

function isTarget(word: string): boolean {
  const path = word.replace(/^(["'])(.*)\1$/s, '$2');
  return RUNNER_FILE.test(path) || isEnvFile(path);
}

/** The files that a statement's output goes to. */
function targetsOf(node: Node): Node[] {
  if (node.type === 'redirected_statement') return childrenOf(node).flatMap(redirectTargets);
  if (node.type !== 'pipeline') return [];
  return childrenOf(node).flatMap((command) => {
    const [name, ...words] = command.type === 'command' ? childrenOf(command) : [];
    return name?.text === 'tee' ? words : [];
  });
}

/** A here-document has the redirection of its own line inside. */
function redirectTargets(redirect: Node): Node[] {
  if (redirect.type === 'heredoc_redirect') return childrenOf(redirect).flatMap(redirectTargets);
  const target = redirect.type === 'file_redirect' ? redirect.childForFieldName('destination') : null;
  return target === null ? [] : [target];
}

function childrenOf(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null);
}
