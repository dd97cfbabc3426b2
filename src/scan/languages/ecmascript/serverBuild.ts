import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource } from '../language.js';
import { namedChildren, nameOf, stringValue, unwrap } from './nodes.js';

const SERVER_TARGET = /^(?:async-)?node|^electron-(?:main|preload)|^bun$|^neutral$/;
/** An object with one of these is a configuration of its own. */
const CONFIGURATION = new Set(['entry', 'output', 'plugins', 'entryPoints', 'entrypoints', 'outdir', 'outfile']);
/** How Next.js and Vite tell the configuration function what it is asked for. */
const IS_SERVER = /^\(?\s*(?:\w+\.)?(?:isServer|isSsrBuild|ssrBuild)\b/;
const TARGETS_NODE = /\b(?:target|platform)['"]?\s*[:=]\s*['"](?:async-)?node/;

/** Whether the place in a bundler's configuration belongs to a build for servers. `around` goes from the innermost node outwards. */
export function isServerBuild(source: ParsedSource, around: readonly Node[]): boolean {
  for (const [index, node] of around.entries()) {
    if (node.type === 'object') {
      const verdict = objectTargetsServer(node);
      if (verdict !== undefined) return verdict;
    } else if (isForServers(node, around[index - 1])) return true;
  }
  // Options that a spread or a variable adds: then the document has to do.
  return TARGETS_NODE.test(source.text);
}

/** Undefined where the object does not say. */
function objectTargetsServer(object: Node): boolean | undefined {
  let isConfiguration = false;
  let isOpen = false;
  for (const child of namedChildren(object)) {
    isOpen ||= child.type === 'spread_element';
    if (child.type !== 'pair') continue;
    const name = nameOf(child.childForFieldName('key')) ?? '';
    const value = child.childForFieldName('value');
    if (value === null) continue;
    if (name === 'target' || name === 'platform') {
      const target = stringValue(unwrap(value));
      if (target !== undefined) return SERVER_TARGET.test(target);
    }
    if (name === 'build' && hasSsr(value)) return true;
    isConfiguration ||= CONFIGURATION.has(name);
  }
  return isConfiguration && !isOpen ? false : undefined;
}

/** Vite's `build: { ssr: true }` or `{ ssr: 'src/server.ts' }`. */
function hasSsr(value: Node): boolean {
  const build = unwrap(value);
  return build.type === 'object' && namedChildren(build).some((pair) => pair.type === 'pair'
    && nameOf(pair.childForFieldName('key')) === 'ssr' && pair.childForFieldName('value')?.text !== 'false');
}

/** `if (isServer) { … }`, `isServer && …`, `isServer ? … : …`; `child` is the part of it that is meant. */
function isForServers(node: Node, child: Node | undefined): boolean {
  const condition = node.type === 'binary_expression' ? node.childForFieldName('left') : node.childForFieldName('condition');
  if (condition === null || child === undefined || condition.id === child.id) return false;
  const negated = /^\(?\s*!/.test(condition.text);
  if (!IS_SERVER.test(negated ? condition.text.replace('!', '') : condition.text)) return false;
  const isElse = node.childForFieldName('alternative')?.id === child.id;
  return negated === isElse;
}
