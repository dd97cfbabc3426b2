import type { BindNode, CallNode, ElementNode, FunctionNode, IrNode, MemberNode, NameNode } from '../../ir/node.js';
import type { MemoryKey } from '../../ir/memory.js';
import { isSelf } from '../../ir/scopes.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

/** A variable, or a member of the object itself, that holds a client or a request. */
interface Holder {
  readonly name: string;
  /** What gives the variable its value: a bind, or the function whose parameter it is. Of a member: the class. */
  readonly source: IrNode;
  readonly isMember: boolean;
}

/** Something done with what was made: clients and requests are filled in over several statements. `path` are the names behind it as they are written: `headers`, `update`. */
export type Use =
  | { readonly kind: 'call'; readonly path: readonly string[]; readonly call: CallNode }
  | { readonly kind: 'write'; readonly path: readonly string[]; readonly place: MemberNode | ElementNode; readonly bind: BindNode }
  /** It is given to a call, as the argument of that number. */
  | { readonly kind: 'argument'; readonly call: CallNode; readonly index: number }
  | { readonly kind: 'returned' };

/** Functions of functions that fill in a request. */
const DEEPEST = 3;
/** Calls that hand their receiver to a block. */
const BLOCKS = /^(?:tap|then|yield_self|also|let)$/;
/** A client that is used more often than this is not followed further. */
const MOST_USES = 500;
const USES: MemoryKey<readonly Use[]> = {};
const BY_SOURCE: MemoryKey<ReadonlyMap<IrNode, readonly NameNode[]>> = {};

/** What is done with the value of the expression, wherever a variable or member holds it; also inside of functions of this program that get it. */
export function usesOf(made: IrNode, code: Code): readonly Use[] {
  return code.once(USES, made, () => collect(made, code));
}

function collect(made: IrNode, code: Code): readonly Use[] {
  const uses: Use[] = [];
  if (isReturned(made)) uses.push({ kind: 'returned' });
  const given = made.parent?.kind === 'call' ? made.parent : undefined;
  const index = given?.arguments.findIndex(({ value }) => value === made) ?? -1;
  if (given !== undefined && index !== -1) {
    const parameter = parameterOf(given, index, code);
    if (parameter === undefined) uses.push({ kind: 'argument', call: given, index });
    else follow(parameter, code, uses, 1);
  }
  for (const holder of holdersOf(made)) follow(holder, code, uses, 0);
  return uses;
}

/** What a block does with what it is given. */
export function usesOfBlock(block: IrNode | undefined, code: Code): readonly Use[] {
  const uses: Use[] = [];
  for (const holder of block === undefined ? [] : parameterHolder(block, 0)) follow(holder, code, uses, 0);
  return uses;
}

function follow(holder: Holder, code: Code, uses: Use[], depth: number): void {
  // Of a name that is assigned very often not every source is known.
  if (holder.source.kind === 'bind' && !holder.isMember && code.scopes.resolve(holder.name, holder.source)?.sources.some(({ node }) => node === holder.source) !== true) uses.push({ kind: 'returned' });
  for (const node of placesOf(holder, code)) {
    if (uses.length >= MOST_USES) return;
    const use = useAt(node);
    if (use === undefined) continue;
    const parameter = use.kind === 'argument' && depth < DEEPEST ? parameterOf(use.call, use.index, code) : undefined;
    if (parameter === undefined) uses.push(use);
    else follow(parameter, code, uses, depth + 1);
  }
}

/** The expressions that stand for what the holder holds. */
function placesOf({ name: held, source, isMember }: Holder, code: Code): readonly IrNode[] {
  if (!isMember) return bySource(held, code).get(source) ?? [];
  return [...code.namesOf('self'), ...code.namesOf('this')].flatMap((name) => {
    const { parent } = name;
    return parent?.kind === 'member' && parent.object === name && parent.name === held && classAround(name) === source ? [parent] : [];
  });
}

/** Where that name stands, by what may give it its value there. */
function bySource(name: string, code: Code): ReadonlyMap<IrNode, readonly NameNode[]> {
  const names = code.namesOf(name);
  return code.once(BY_SOURCE, names, () => {
    const found = new Map<IrNode, NameNode[]>();
    for (const node of names) {
      const binding = code.scopes.resolve(name, node);
      for (const { node: source } of binding === undefined ? [] : code.scopes.sourcesAt(binding, node)) {
        const known = found.get(source);
        if (known === undefined) found.set(source, [node]);
        else if (known.length < MOST_USES) known.push(node);
      }
    }
    return found;
  });
}

function useAt(start: IrNode): Use | undefined {
  const path: string[] = [];
  let node = start;
  for (let { parent } = node; parent !== undefined; { parent } = node) {
    if (parent.kind === 'member' && parent.object === node) {
      path.push(parent.name);
      node = parent;
      continue;
    }
    if (parent.kind === 'element' && parent.object === node && parent.parent?.kind === 'bind') return written(parent, [...path, ''], parent.parent);
    if (parent.kind === 'bind' && parent.value !== node && node.kind === 'member' && node !== start) return written(node, path, parent);
    if (parent.kind === 'call') {
      if (parent.callee === node) return path.length === 0 ? undefined : { kind: 'call', path, call: parent };
      const index = parent.arguments.findIndex(({ value }) => value === node);
      return path.length === 0 && index !== -1 ? { kind: 'argument', call: parent, index } : undefined;
    }
    return path.length === 0 && isReturned(node) ? { kind: 'returned' } : undefined;
  }
  return undefined;
}

function written(place: MemberNode | ElementNode, path: readonly string[], bind: BindNode): Use | undefined {
  return bind.targets.some((target) => target.place === place && target.path.length === 0) ? { kind: 'write', path, place, bind } : undefined;
}

/** What holds the value: what it is assigned to, or the block that gets it. */
function holdersOf(made: IrNode): Holder[] {
  const own = made.kind === 'call' ? made.arguments.at(-1)?.value : undefined;
  const holders = own === undefined ? [] : parameterHolder(own, 0);
  let node = made;
  for (let { parent } = node; parent !== undefined; { parent } = node) {
    if (parent.kind === 'wrapped' || parent.kind === 'choice' || (parent.kind === 'call' && parent.arguments.length > 0 && /^(?:Ok|Some)$/.test(nameOf(parent.callee)))) {
      node = parent;
    } else if (parent.kind === 'bind' && parent.value === node) {
      return [...holders, ...parent.targets.flatMap(({ name, place, path }): Holder[] => {
        if (path.length > 0) return [];
        if (name !== undefined) return [{ name, source: parent, isMember: false }, ...memberOf(name, parent)];
        const member = place?.kind === 'member' && place.object.kind === 'name' && isSelf(place.object.name) ? place : undefined;
        return member === undefined ? [] : [{ name: member.name, source: classAround(member), isMember: true }];
      })];
    } else if (parent.kind === 'member' && parent.object === node && BLOCKS.test(parent.name) && parent.parent?.kind === 'call' && parent.parent.callee === parent) {
      const block = parent.parent.arguments.at(-1)?.value;
      return block === undefined ? holders : [...holders, ...parameterHolder(block, 0)];
    } else {
      return holders;
    }
  }
  return holders;
}

/** A field that is declared with its value. */
function memberOf(name: string, bind: BindNode): Holder[] {
  const owner = classAround(bind);
  return owner.kind === 'class' && (bind.parent === owner || bind.parent?.parent === owner) ? [{ name, source: owner, isMember: true }] : [];
}

function parameterHolder(fn: IrNode, index: number): Holder[] {
  if (fn.kind !== 'function') return [];
  const name = fn.parameters[index]?.targets.find(({ path }) => path.length === 0)?.name;
  return name === undefined ? [] : [{ name, source: fn, isMember: false }];
}

/** The parameter that gets that argument, in a function of this program. */
function parameterOf(call: CallNode, index: number, code: Code): Holder | undefined {
  const argument = call.arguments[index];
  const fn = argument === undefined || argument.isSpread ? undefined : code.tracer.functionOf(call);
  if (fn === undefined || argument === undefined) return undefined;
  const at = argument.name === undefined ? index : fn.parameters.findIndex(({ targets }) => targets.some(({ name }) => name === argument.name));
  return parameterHolder(fn, at)[0];
}

/** Whether the value leaves its function as what that returns: then callers may do more with it. Blocks are no such functions. */
function isReturned(node: IrNode): boolean {
  let outer = node.parent;
  while (outer?.kind === 'wrapped' || outer?.kind === 'choice') outer = outer.parent;
  if (outer?.kind === 'call' && nameOf(outer.callee) === 'yield') return true;
  if (outer?.kind !== 'return') return false;
  const fn = functionAround(outer);
  return fn === undefined || fn.parent?.kind !== 'call';
}

export function functionAround(node: IrNode): FunctionNode | undefined {
  let outer = node.parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}

/** The class around it; where there is none, the program. */
function classAround(node: IrNode): IrNode {
  let outer = node;
  while (outer.kind !== 'class' && outer.parent !== undefined) outer = outer.parent;
  return outer;
}

function nameOf(callee: IrNode): string {
  const node = unwrap(callee);
  return node.kind === 'name' || node.kind === 'member' ? node.name : '';
}
