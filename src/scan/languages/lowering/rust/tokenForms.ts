import type { IrNode, Parameter } from '../../../ir/node.js';
import type { Tokens } from './tokens.js';

const DECLARING = new Set(['let', 'static', 'const']);

/** `let x = …`, `static ref X: T = …`. */
export function declaration(tokens: Tokens): IrNode | undefined {
  const { lower } = tokens;
  const first = tokens.peek();
  if (first === undefined || !DECLARING.has(first.type)) return undefined;
  let ahead = 1;
  while (tokens.is('mutable_specifier', ahead) || (tokens.is('identifier', ahead) && lower.textOf(tokens.peek(ahead) ?? first) === 'ref')) ahead++;
  const name = tokens.peek(ahead);
  if (name?.type !== 'identifier') return undefined;
  let equals = ahead + 1;
  while (tokens.peek(equals) !== undefined && !tokens.is('=', equals) && !tokens.is(';', equals) && !tokens.is(',', equals)) equals++;
  if (!tokens.is('=', equals) || (equals > ahead + 1 && !tokens.is(':', ahead + 1))) return undefined;
  const type = equals > ahead + 2 ? lower.text.slice(tokens.peek(ahead + 2)?.startIndex ?? 0, tokens.peek(equals - 1)?.endIndex ?? 0) : undefined;
  const after = tokens.peek(equals)?.endIndex ?? name.endIndex;
  tokens.at += equals + 1;
  const value = tokens.one(after);
  const target = { name: lower.textOf(name), place: undefined, path: [], start: name.startIndex, end: name.endIndex };
  return lower.make({ kind: 'bind', start: first.startIndex, end: Math.max(after, value.end), targets: [target], value, operator: '=', isDeclaration: true, isEach: false, type });
}

/** `|a, b| …`. */
export function closure(tokens: Tokens, depth: number): IrNode | undefined {
  const { lower } = tokens;
  const start = tokens.peek()?.startIndex ?? 0;
  if (tokens.isWord('move')) tokens.at++;
  const parameters: Parameter[] = [];
  const isEmpty = tokens.is('||');
  tokens.at++;
  for (let isName = true; !isEmpty && !tokens.isAtEnd && !tokens.is('|'); tokens.at++) {
    const token = tokens.peek();
    if (token === undefined) break;
    if (token.type === ',') isName = true;
    else if (isName && token.type === 'identifier') {
      const place = { start: token.startIndex, end: token.endIndex };
      parameters.push({ targets: [{ name: lower.textOf(token), place: undefined, path: [], ...place }], type: undefined, fallback: undefined, ...place });
      isName = false;
    } else if (token.type === ':') isName = false;
  }
  if (!isEmpty) tokens.at++;
  const after = tokens.peek(-1)?.endIndex ?? start;
  const value = tokens.expression(0, depth + 1);
  const body = value === undefined ? [] : [lower.make({ kind: 'return', start: value.start, end: value.end, value })];
  return lower.make({ kind: 'function', start, end: Math.max(value?.end ?? start, after), name: undefined, parameters, body });
}

/** `if a { b } else { c }`; undefined, and nothing is read, for `if let`. */
export function conditional(tokens: Tokens, depth: number): IrNode | undefined {
  const { lower } = tokens;
  const start = tokens.peek()?.startIndex ?? 0;
  if (tokens.is('let', 1)) return undefined;
  const before = tokens.at++;
  const condition = tokens.expression(0, depth + 1);
  const first = blockOf(tokens);
  if (condition === undefined || first === undefined) {
    tokens.at = before;
    return undefined;
  }
  const alternatives = [first];
  if (tokens.isWord('else')) {
    tokens.at++;
    const other = tokens.is('if') ? tokens.expression(0, depth + 1) : blockOf(tokens);
    if (other !== undefined) alternatives.push(other);
  }
  return lower.make({ kind: 'choice', start, end: alternatives.at(-1)?.end ?? start, conditions: [condition], alternatives });
}

/** A block of one expression stands for it. */
function blockOf(tokens: Tokens): IrNode | undefined {
  const tree = tokens.peek();
  if (tree === undefined || !tokens.isTree('{')) return undefined;
  tokens.at++;
  const inner = tokens.inside(tree);
  const children = inner?.items() ?? [];
  const { startIndex: start, endIndex: end } = tree;
  const [only] = children;
  if (inner !== undefined && only !== undefined && children.length === 1 && !inner.is(';', -1)) return tokens.lower.make({ kind: 'wrapped', start, end, by: 'parentheses', inner: only });
  return tokens.lower.make({ kind: 'group', start, end, children, isScope: true });
}
