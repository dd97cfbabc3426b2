import { ELEMENT, plainText } from './access.js';
import { canonical } from './names.js';
import type { CallNode, ClassNode, FunctionNode, IrNode, Target } from './node.js';
import type { Part } from './objects.js';
import { isSelf } from './scopes.js';
import { childrenOf, unwrap } from './walk.js';

/** A block or a chain of more calls than this builds no request. */
const MOST_LINKS = 60;
const MOST_STATEMENTS = 200;
/** Calls that put a value under a name: `put("amount", 49)`. */
const PUTTING = new Set(['put', 'set', 'add', 'addProperty', 'putIfAbsent', 'putJsonObject', 'putJsonArray', 'putObject', 'putArray', 'putPOJO', 'putAny', 'append', 'accumulate', 'addField', 'insert', 'replace']);
/** Calls that put an element into a list. */
const ADDING = new Set(['add', 'append', 'push', 'addJsonObject', 'addJsonArray', 'addObject', 'put']);
/** Calls that run their block for the object that they are called on. */
const APPLYING = new Set(['apply', 'also', 'run', 'with', 'configure']);
/** Calls that make an object of what their block puts into it. */
const BUILDING = /^(?:buildJsonObject|buildJsonArray|putJsonObject|putJsonArray|addJsonObject|addJsonArray|buildMap|buildList|buildSet|jsonObject|json|obj)$/;

/** What one call sets of the object that it is about: `amount(49)`, `setAmount(49)`, `addTier(t)`, `put("amount", 49)`; nothing for any other. */
export function linkParts(call: CallNode): Part[] {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'name' && callee.kind !== 'member') return [];
  const name = canonical(callee.name);
  const [keyStart, keyEnd] = callee.kind === 'name' ? [callee.start, callee.end] : [callee.nameStart, callee.nameEnd];
  const [first, second] = call.arguments;
  if (first === undefined) return [];
  const isBlock = unwrap(first.value).kind === 'function';
  if (APPLYING.has(name) && isBlock && second === undefined) return blockParts(unwrap(first.value));
  if (second !== undefined) {
    const key = PUTTING.has(name) ? plainText(first.value) : undefined;
    // What a block fills is what the call makes.
    const value = unwrap(second.value).kind === 'function' ? call : second.value;
    return key === undefined ? [] : [{ key: canonical(key), value, start: first.start, end: call.end, keyStart: first.value.start, keyEnd: first.value.end, isElement: false }];
  }
  const place = { value: isBlock ? call : first.value, start: keyStart, end: call.end, keyStart, keyEnd };
  if (ADDING.has(name)) return [{ ...place, key: ELEMENT, isElement: false }];
  const one = /^(?:add|put)(?=[A-Z])/.exec(name)?.[0];
  const bare = one === undefined ? name.replace(/^(?:set|with)(?=[A-Z])/, '') : name.slice(one.length);
  const key = bare.charAt(0).toLowerCase() + bare.slice(1);
  if (one === undefined) return [{ ...place, key, isElement: false }];
  // `addTier` is about `tiers`, `addAmountsOff` about `amountsOff`.
  return [key, `${key}s`].map((list) => ({ ...place, key: list, isElement: true }));
}

/** What a call that is given a block makes of it: `buildJsonObject { put("amount", 49) }`, Java's `new HashMap<>() {{ put("amount", 49); }}`; undefined for any other call. */
export function builtByBlock(call: CallNode): readonly Part[] | undefined {
  const callee = unwrap(call.callee);
  const last = call.arguments.at(-1);
  const block = last === undefined ? undefined : unwrap(last.value);
  if (block?.kind === 'class' && call.isNew) return blockParts(block);
  if (block?.kind !== 'function' || (callee.kind !== 'name' && callee.kind !== 'member')) return undefined;
  return BUILDING.test(callee.name) ? blockParts(block) : undefined;
}

/** What a block sets of the object that it runs for. */
function blockParts(block: IrNode): Part[] {
  if (block.kind !== 'function' && block.kind !== 'class') return [];
  const own = block.kind === 'function' ? block.parameters[0]?.targets[0]?.name : undefined;
  return statementsOf(block).flatMap((statement) => {
    if (statement.kind === 'call') return chainOf(statement, own);
    if (statement.kind !== 'bind' || statement.isDeclaration || statement.value === undefined) return [];
    const { value, start, end } = statement;
    return statement.targets.flatMap((target): Part[] => {
      const key = assignedKey(target, own);
      return key === undefined ? [] : [{ key: canonical(key), value, start, end, keyStart: target.start, keyEnd: target.end, isElement: false }];
    });
  });
}

/** `currency = USD`, `this["currency"] = USD`, `it.currency = USD`. */
function assignedKey({ name, place }: Target, own: string | undefined): string | undefined {
  if (name !== undefined) return name;
  if (place?.kind !== 'member' || place.object.kind !== 'name') return undefined;
  return isSelf(place.object.name) || place.object.name === own ? place.name : undefined;
}

/** The parts of a row of calls about the block's object: `amount(49).currency(USD)`, `it.amount(49)`. */
function chainOf(call: CallNode, own: string | undefined): Part[] {
  const parts: Part[] = [];
  let node: IrNode = call;
  for (let left = MOST_LINKS; left > 0 && node.kind === 'call'; left--) {
    const callee: IrNode = unwrap(node.callee);
    parts.unshift(...linkParts(node));
    if (callee.kind === 'name') return parts;
    if (callee.kind !== 'member') return [];
    node = unwrap(callee.object);
  }
  return node.kind === 'name' && (isSelf(node.name) || node.name === own) ? parts : [];
}

function statementsOf(block: FunctionNode | ClassNode): IrNode[] {
  const found: IrNode[] = [];
  const waiting = [...childrenOf(block)].reverse();
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_STATEMENTS; next = waiting.pop()) {
    if (next.kind === 'group' || next.kind === 'return' || next.kind === 'wrapped') waiting.push(...[...childrenOf(next)].reverse());
    else found.push(next);
  }
  return found;
}
