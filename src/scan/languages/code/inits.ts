import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { KeyArgument, ParsedSource, SdkInit, Span } from '../language.js';
import { spanOf } from '../span.js';
import { replaceIn } from './replace.js';
import type { Argument, CodeSyntax, InitPattern } from './syntax.js';
import { nameOf, soleValueOf } from './text.js';

/** A chain of more calls than this is not one that builds a client. */
const LONGEST_CHAIN = 30;

/** The calls that start a Stigg SDK. */
export function* initsOf(source: ParsedSource, syntax: CodeSyntax): Iterable<SdkInit> {
  if (source.syntax === undefined) return;
  for (const pattern of syntax.inits) {
    if (!pattern.requires.test(source.text)) continue;
    for (const match of source.text.matchAll(pattern.callee)) {
      if (pattern.accepts?.(source, match[0], match.index) === false) continue;
      const around = source.syntax.nodesAround(match.index, match.index + match[0].length);
      if (around.slice(0, 3).some(({ type }) => syntax.comments.has(type) || syntax.strings.has(type))) continue;
      const at = around.findIndex(({ type }) => syntax.calls.has(type));
      const call = around[at];
      if (call !== undefined) yield init(source, syntax, pattern, call, around.slice(at + 1));
    }
  }
}

function init(source: ParsedSource, syntax: CodeSyntax, pattern: InitPattern, call: Node, outer: readonly Node[]): SdkInit {
  const chain = chainOf(syntax, call, outer);
  const own = syntax.argumentsOf(call);
  const later = chain.slice(pattern.isChain === true ? 0 : 1).flatMap((node): Argument[] => {
    const name = /(?<![\w$])([\w$]+)$/.exec(syntax.calleeOf(node))?.[1];
    const [first] = syntax.argumentsOf(node);
    return name === undefined ? [] : [{ name, value: first?.value ?? node }];
  });
  const list = [...own, ...later];
  const { names, position } = pattern.key;
  const key = list.find(({ name }) => name !== undefined && names.includes(name))
    ?? (position === undefined ? undefined : own.filter(({ name }) => name === undefined)[position]);
  const last = chain.at(-1) ?? call;
  return {
    start: call.startIndex,
    end: last.endIndex,
    side: 'backend',
    module: pattern.module,
    key: key === undefined ? undefined : keyArgument(source, syntax, key.value),
    arguments: new Map(list.flatMap(({ name, value }) => (name === undefined ? [] : [[name, spanOf(value)] as const]))),
    isOpen: isOpen(syntax, pattern, chain, own),
    addArgument: (name, expression) => addToChain(source, chain, name, expression),
  };
}

/** Arguments may come from a spread, from an object that carries them, or from a chain that goes on elsewhere. */
function isOpen(syntax: CodeSyntax, { key, isChain }: InitPattern, chain: readonly Node[], own: readonly Argument[]): boolean {
  if (own.some(({ name, value }) => /splat|spread|unpack|variadic/.test(value.type) || (name === undefined && key.position === undefined))) return true;
  if (isChain !== true) return false;
  const names = chain.map((call) => /(?<![\w$])([\w$]+)$/.exec(syntax.calleeOf(call))?.[1] ?? '');
  return (names.at(-1) !== 'build' && names[0] !== 'fromEnv') || names.some((name) => /^(?:apply|also|let|run|with|from|customize)$/.test(name));
}

/** The calls of a chain, from the one that starts it to the last: `a().b().c()`. */
function chainOf(syntax: CodeSyntax, call: Node, outer: readonly Node[]): Node[] {
  const chain = [call];
  for (const node of outer) {
    if (chain.length > LONGEST_CHAIN) break;
    const last = chain.at(-1) ?? call;
    if (syntax.calls.has(node.type)) {
      if (syntax.receiverOf(node)?.startIndex !== last.startIndex || syntax.receiverOf(node)?.endIndex !== last.endIndex) break;
      chain.push(node);
    } else if (node.startIndex !== last.startIndex || syntax.argumentLists.has(node.type)) break;
  }
  return chain;
}

/** Puts a further call before the last one of a chain. */
function addToChain(source: ParsedSource, chain: readonly Node[], name: string, expression: string): TextEdit[] | undefined {
  const before = chain.at(-2);
  if (before === undefined) return undefined;
  const rest = source.text.slice(before.endIndex, chain.at(-1)?.endIndex);
  const separator = /^\s*\./.exec(rest)?.[0] ?? '.';
  return [{ start: before.endIndex, end: before.endIndex, text: `${separator}${name}(${expression})` }];
}

/** What a key argument is made of, looking through parentheses, defaults and constants of the document. */
export function keyArgument(source: ParsedSource, syntax: CodeSyntax, value: Node): KeyArgument {
  const replaceBy = (expression: string): TextEdit[] | undefined => {
    const around = source.syntax?.nodesAround(value.startIndex, value.endIndex) ?? [];
    const index = around.findIndex(({ id }) => id === value.id);
    return index === -1 ? undefined : replaceIn(source, syntax, around, index, inside(syntax, value), expression);
  };
  const own = spanOf(value);
  const variable = variableIn(syntax, value.text);
  if (variable !== undefined) return { ...own, variable, replaceBy };
  if (syntax.strings.has(value.type)) return { ...own, replaceBy };
  const name = nameOf(syntax, value);
  const origin = name !== undefined && /^[A-Za-z_$][\w$]*$/.test(value.text) ? soleValueOf(source, syntax, name) : undefined;
  const through = origin === undefined ? undefined : variableIn(syntax, origin.text);
  return {
    ...own,
    ...(through === undefined ? (name === undefined ? {} : { name }) : { variable: through }),
    ...(origin !== undefined && syntax.strings.has(origin.type) ? { origin: spanOf(origin) } : {}),
    replaceBy,
  };
}

/** The place of a literal's content: replacing that replaces the literal. */
function inside(syntax: CodeSyntax, value: Node): Span {
  const quotes = syntax.strings.has(value.type) ? syntax.quotesOf(value.text) : undefined;
  return quotes === undefined ? spanOf(value) : { start: value.startIndex + quotes.open.length, end: value.endIndex - quotes.close.length };
}

function variableIn(syntax: CodeSyntax, text: string): string | undefined {
  if (text.length > 500) return undefined;
  for (const match of text.matchAll(syntax.reads)) return match.groups?.name;
  return undefined;
}
