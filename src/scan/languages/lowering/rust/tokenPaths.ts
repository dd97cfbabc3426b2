import type { IrNode, MemberNode, NameNode } from '../../../ir/node.js';
import { expanded } from './macros.js';
import type { Tokens } from './tokens.js';

const SEGMENTS = new Set(['identifier', 'self', 'super', 'crate', 'primitive_type', 'metavariable']);
/** More is no path. */
const LONGEST_PATH = 30;

/** `a`, `a::b`, `A::<T>::b`, with the macro's tree, `a!(…)`, or the struct's, `A { … }`, that belongs to it. Type arguments are ignored. */
export function path(tokens: Tokens): IrNode | undefined {
  const { lower } = tokens;
  const first = tokens.peek();
  if (first === undefined) return undefined;
  tokens.at++;
  let object: NameNode | MemberNode = lower.name(first);
  for (let length = 0; tokens.is('::') && length < LONGEST_PATH; length++) {
    tokens.at++;
    const name = tokens.peek();
    if (name === undefined || !SEGMENTS.has(name.type)) {
      if (!skipGenerics(tokens)) break;
      continue;
    }
    tokens.at++;
    object = lower.make({ kind: 'member', start: object.start, end: name.endIndex, object, name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
  }
  const isMacro = tokens.is('!') && tokens.is('token_tree', 1);
  const tree = tokens.peek(isMacro ? 1 : 0);
  if (isMacro && tree !== undefined) {
    tokens.at += 2;
    return expanded(object, tree, object.start, tokens.inside(tree), lower);
  }
  if (tree !== undefined && tokens.isTree('{') && /^\p{Lu}\P{Lu}/u.test(object.name)) {
    tokens.at++;
    return tokens.inside(tree)?.object(tree, lower.text.slice(object.start, object.end), object.start) ?? lower.group(tree, []);
  }
  return object;
}

/** `<…>`; whether it was there. */
export function skipGenerics(tokens: Tokens): boolean {
  if (!tokens.is('<')) return false;
  let open = 0;
  for (; !tokens.isAtEnd; tokens.at++) {
    if (tokens.is('<')) open++;
    else if (tokens.is('>')) open--;
    else if (tokens.is('>>')) open -= 2;
    if (open <= 0) {
      tokens.at++;
      return true;
    }
  }
  return true;
}
