import type { Argument, CallNode, FunctionNode, IrNode } from '../../ir/node.js';
import type { PathTree } from '../../ir/pathTree.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource } from './draft.js';
import { isOpenObject, valuesIn } from './properties.js';
import { namedObject, textAt } from './sources.js';

/** The arguments as Ruby hands them over: those with names are one hash, the last. */
export interface RubyArguments {
  readonly all: readonly IrNode[];
  /** The hash of those with names; one of `all`. */
  readonly braceless: IrNode | undefined;
  readonly block: FunctionNode | undefined;
}

export function rubyArguments(call: CallNode, code: Code): RubyArguments {
  const last = call.arguments.at(-1)?.value;
  const block = last?.kind === 'function' ? last : undefined;
  // `"A" => 1`, `A => 1`, `**options`; not `*list` and `&block`.
  const isNamed = ({ name, isSpread, value, start }: Argument): boolean => name !== undefined || (isSpread && (value.kind === 'object' || code.text.startsWith('**', start)));
  const braceless = namedObject(call.arguments.filter(isNamed), code);
  const positional = call.arguments.filter(({ name, isSpread, value, start }) => name === undefined && !isSpread && value !== block && code.text[start] !== '&').map(({ value }) => value);
  return { all: braceless === undefined ? positional : [...positional, braceless], braceless, block };
}

/** The options that a call takes as a hash, with what may be in it unseen. */
export function rubyOptions(hash: IrNode | undefined, tree: PathTree<string>, code: Code): { readonly own: ReadonlyMap<string, IrNode>; readonly isOpen: boolean } {
  return { own: valuesIn(hash, tree, code), isOpen: isOpenObject(hash, code) };
}

/** Hashes become forms, texts are sent as they are. */
export function rubyBody(value: IrNode | undefined, code: Code): RequestBody | undefined {
  if (value === undefined || isNil(value)) return undefined;
  const node = code.tracer.sole(value) ?? unwrap(value);
  return { value, form: node.kind === 'object' || node.kind === 'list' || /\bencode_www_form\b/.test(code.slice(node).slice(0, 200)) ? 'form' : 'text' };
}

export function isNil(node: IrNode): boolean {
  const inner = unwrap(node);
  return inner.kind === 'name' && inner.name === 'nil';
}

/** The headers of clients that send the symbol `:content_type` as `Content-Type`; rest-client also knows types by symbols. */
export function symbolHeaders(given: IrNode, code: Code): HeaderSource[] {
  const node = given.kind === 'object' ? given : code.tracer.sole(given) ?? given;
  const isWritten = given.kind === 'name' && code.writes.of(given.name).length > 0;
  if (node.kind !== 'object' || isWritten) return [{ kind: 'object', node: given }];
  return node.entries.flatMap(({ key, keyStart, keyEnd, computed, value, isSpread, start, end }): HeaderSource[] => {
    if (isSpread) return [{ kind: 'object', node: value }];
    if (computed !== undefined) return [{ kind: 'pair', name: computed, value, start, end }];
    if (key === undefined || key === 'params') return [];
    const isSymbol = !/["']/.test(code.text.slice(keyStart - 1, keyStart));
    const name = textAt({ start: keyStart, end: keyEnd }, isSymbol ? key.replaceAll('_', '-') : key);
    const type = /^(?:json|xml)$/.exec(code.textOf(value))?.[0];
    return [{ kind: 'pair', name, value: type === undefined ? value : textAt(value, `application/${type}`), start, end }];
  });
}

/** The method that `:post` or `"POST"` says. */
export function rubyMethod(node: IrNode | undefined, code: Code): string | undefined {
  const text = node === undefined ? '' : code.textOf(node);
  return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
}
