import type { Argument, CallNode, IrNode, ObjectNode, TextNode } from '../../ir/node.js';
import type { Span } from '../../languages/language.js';
import { unwrap, walk } from '../../ir/walk.js';
import { calleeText } from '../../ir/objects.js';
import type { Code } from '../code.js';
import type { HeaderSource } from './draft.js';
import type { Use } from './holders.js';

/** A text that the program does not write there, at the place that means it. */
export function textAt({ start, end }: Span, value: string): TextNode {
  return { kind: 'text', start, end, parts: [{ kind: 'stretch', value, start, end }] };
}

/** The address of a host that is given without its scheme. */
export function hostAddress(host: IrNode): TextNode {
  const { start, end } = host;
  return { kind: 'text', start, end, parts: [{ kind: 'stretch', value: 'https://', start, end: start }, host] };
}

/** One header that goes by another name in the client: `auth=("user", "key")`. */
export function headerAt(name: string, nameAt: Span, value: IrNode, { start, end }: Span): HeaderSource {
  return { kind: 'pair', name: textAt(nameAt, name), value, start, end };
}

/** The arguments that have names, as the object that they are in languages without brackets around it. */
export function namedObject(given: readonly Argument[], code: Code): ObjectNode | undefined {
  const all = given.filter(({ name, isSpread }) => name !== undefined || isSpread);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    kind: 'object', type: undefined, start: first.start, end: last.end, innerStart: first.start, innerEnd: last.end, parent: first.value.parent,
    entries: all.map(({ name, value, isSpread, start, end }) => {
      const keyStart = start + (/^["':]{1,2}/.exec(code.text.slice(start, start + 2))?.[0].length ?? 0);
      return { key: name, keyStart, keyEnd: keyStart + (name?.length ?? 0), value, isSpread, isShorthand: false, start, end };
    }),
  };
}

/** The header that `request["X-API-KEY"] = key` sets. */
export function writtenHeader(use: Use & { readonly kind: 'write' }): HeaderSource[] {
  const { place, bind } = use;
  const { value, start, end } = bind;
  if (value === undefined) return [];
  if (place.kind === 'element') return place.index === undefined ? [] : [{ kind: 'pair', name: place.index, value, start, end }];
  return [headerAt(place.name, { start: place.nameStart, end: place.nameEnd }, value, bind)];
}

/** The header that `request.add_header("X-API-KEY", key)` sets. */
export function calledHeader({ arguments: given, start, end }: CallNode): HeaderSource[] {
  const [name, value] = given;
  return name === undefined || value === undefined ? [] : [{ kind: 'pair', name: name.value, value: value.value, start, end }];
}

/** The argument of that name, otherwise the one of that number. */
export function argumentOf({ arguments: given }: CallNode, name: string, position: number): Argument | undefined {
  const named = given.find((argument) => argument.name === name);
  if (named !== undefined) return named;
  const at = given[position];
  return at?.name === undefined && at?.isSpread === false && given.slice(0, position).every((argument) => argument.name === undefined && !argument.isSpread) ? at : undefined;
}

/** Whether the address may be Stigg's: cheaper than to look for headers in vain. */
export function mentionsStigg(address: readonly IrNode[], code: Code): boolean {
  return address.some((node) => /stigg/i.test(code.textOf(node)));
}

/** The address of a target as URLs are resolved: one that begins with a slash leaves nothing of the base's path. */
export function resolvedAddress(base: IrNode | undefined, target: IrNode, code: Code): IrNode[] {
  if (base === undefined) return [target];
  const host = code.textOf(target).startsWith('/') ? /^https?:\/\/[^/?#]+/i.exec(code.textOf(base))?.[0] : undefined;
  return [host === undefined ? base : textAt(base, host), target];
}

/** Calls that write parameters of the query as text. */
const QUERIES = /(?:^|[.\\])(?:http_build_query|urlencode|encode_www_form|to_query)$/;

/** What the address writes behind its `?` by such a call: `$url . '?' . http_build_query($parameters)`. */
export function queriesIn(address: readonly IrNode[], code: Code): IrNode[] {
  const found: IrNode[] = [];
  const look = (start: IrNode, depth: number): void => {
    for (const node of walk(start)) {
      if (node.kind === 'call' && QUERIES.test(calleeText(unwrap(node.callee)))) {
        const [first] = node.arguments;
        if (first !== undefined) found.push(namedObject(node.arguments, code) ?? first.value);
      } else if (node.kind === 'name' && depth < 3) {
        const origin = code.tracer.sole(node);
        if (origin !== undefined && origin !== node && (origin.kind === 'call' || origin.kind === 'operation' || origin.kind === 'text')) look(origin, depth + 1);
      }
    }
  };
  for (const node of address) look(node, 0);
  return found;
}
