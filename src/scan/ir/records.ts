import { plainText } from './access.js';
import { canonical } from './names.js';
import type { CallNode, ClassNode, IrNode } from './node.js';
import type { Part } from './objects.js';
import { calleeText } from './objects.js';
import { isSelf, type Scopes } from './scopes.js';
import { unwrap } from './walk.js';

/** Calls that make a class of the names of its members. */
const STRUCTS = /^(?:Struct\.new|Data\.define|(?:collections\.)?namedtuple|OpenStruct\.new)$/;
const CONSTRUCTORS = /^(?:constructor|__init__|initialize|__construct)$/;

/**
 * What a constructor of a class of this program is given, by the names of its members: `Money(price, "usd")` with `data class Money(val amount: Double, …)`.
 * undefined where the class is not of this program, or says nothing of an order.
 */
export function recordParts(call: CallNode, scopes: Scopes): readonly Part[] | undefined {
  if (call.arguments.length === 0 || call.arguments.every(({ name, isSpread }) => name !== undefined || isSpread)) return undefined;
  const keys = keysOf(call, scopes);
  if (keys === undefined || keys.length === 0) return undefined;
  let position = 0;
  return call.arguments.flatMap(({ name, value, isSpread, start, end }): Part[] => {
    const key = isSpread ? undefined : name ?? keys[position++];
    return key === undefined ? [] : [{ key: canonical(key), value, start, end, keyStart: start, keyEnd: start, isElement: false }];
  });
}

function keysOf(call: CallNode, scopes: Scopes): readonly string[] | undefined {
  const callee = unwrap(call.callee);
  // Ruby's `Money.new(…)`.
  const type = callee.kind === 'member' && callee.name === 'new' ? unwrap(callee.object) : callee;
  if (type.kind !== 'name') return undefined;
  const sources = scopes.resolve(type.name, call)?.sources ?? [];
  const [source] = sources;
  if (sources.length !== 1 || source === undefined) return undefined;
  if (source.kind === 'class') return membersOf(source.node);
  return source.kind === 'bind' && source.node.value !== undefined ? structKeys(unwrap(source.node.value)) : undefined;
}

function membersOf({ name, members }: ClassNode): readonly string[] {
  const own = members.find((member) => member.kind === 'function' && member.name !== undefined && (member.name === name || CONSTRUCTORS.test(member.name)));
  if (own?.kind === 'function') return own.parameters.flatMap(({ targets }) => targets[0]?.name ?? []).filter((parameter) => !isSelf(parameter));
  return members.flatMap((member) => (member.kind === 'bind' && member.isDeclaration ? member.targets.flatMap((target) => target.name ?? []) : []));
}

function structKeys(made: IrNode): readonly string[] | undefined {
  if (made.kind !== 'call' || !STRUCTS.test(calleeText(unwrap(made.callee)))) return undefined;
  const isNamed = calleeText(unwrap(made.callee)).endsWith('namedtuple');
  return made.arguments.slice(isNamed ? 1 : 0).flatMap(({ name, value }) => {
    const inner = unwrap(value);
    if (name !== undefined) return [];
    if (inner.kind === 'list') return inner.elements.flatMap((element) => plainText(element) ?? []);
    return (plainText(inner) ?? '').split(/[\s,]+/).filter((key) => key !== '');
  });
}
