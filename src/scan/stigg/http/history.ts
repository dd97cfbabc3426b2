import { canonical } from '../../ir/names.js';
import type { MemoryKey } from '../../ir/memory.js';
import type { Argument, BindNode, CallNode, FunctionNode, IrNode, MemberNode, NameNode } from '../../ir/node.js';
import { isSelf, type Binding } from '../../ir/scopes.js';
import { childrenOf, unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

/** Something that is done to a value: a method of it is called, or something of it is assigned. */
export interface Action {
  /** From the value on, canonical: `request.Headers.Add(…)` has `headers` and `add`. */
  readonly path: readonly string[];
  /** The last name as it is written. */
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly isAssignment: boolean;
  /** What the call is given, or what is assigned. */
  readonly values: readonly IrNode[];
  readonly node: CallNode | BindNode;
}

/** What becomes of a value in the program. */
export interface History {
  readonly actions: readonly Action[];
  /** The calls that are given the value itself, or a part of it. */
  readonly givenTo: readonly CallNode[];
  /** It is returned or stored, so that more may be done to it elsewhere. */
  readonly isHandedOn: boolean;
}

const USES: MemoryKey<ReadonlyMap<Binding | undefined, readonly NameNode[]>> = {};
/** A name with more uses than this is not followed, and neither is a value through more names. */
const MOST_USES = 300;
const DEEPEST = 8;
const LONGEST = 400;
/** Calls with which a chain ends: what they return is something else. */
const ENDS: ReadonlySet<string> = new Set(['build', 'send', 'sendAsync', 'execute', 'executeAsync', 'call', 'retrieve', 'exchange', 'exchangeToMono', 'do', 'asJson', 'asString', 'toEntity', 'sendJson', 'sendString', 'sendBytes', 'sendForm', 'sendEmpty']);
/** Kotlin's functions that hand a value to a lambda as `it` or as `this`, and leave it what it is. */
const SCOPES = new Set(['apply', 'also', 'run', 'let', 'with']);
/** Kotlin's lambdas that are about something else than what is around them. */
const OWN = new Set(['headers', 'url', 'parameters', 'formData', 'timeout', 'cookies']);

/** Calls of a client with which a request begins. */
export const CLIENT_ENDS: ReadonlySet<string> = new Set([...ENDS, 'r', 'newRequest', 'request', 'get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'method', 'newCall'].filter((name) => name !== 'build'));

/** What becomes of the value that the expression makes: along its chain, and wherever a variable holds it. `ends` are the calls with which it ends. */
export function historyOf(made: IrNode, code: Code, ends = ENDS): History {
  const follower = new Follower(code, ends);
  follower.climb(made, [], 0);
  return follower;
}

/** What is done to the value that the name or the own member stands for, wherever that is. */
export function historyOfVariable(variable: IrNode, code: Code, ends = ENDS): History {
  const follower = new Follower(code, ends);
  const node = unwrap(variable);
  if (node.kind === 'name') follower.binding(code.scopes.resolve(node.name, node), node.name, undefined, [], 0);
  if (node.kind === 'member' && node.object.kind === 'name' && isSelf(node.object.name)) follower.field(node, [], 0);
  return follower;
}

/** What a function of the program does to the value that its parameter of that name gets. */
export function historyOfParameter({ body: [first] }: FunctionNode, name: string, code: Code): History {
  const follower = new Follower(code, ENDS);
  if (first !== undefined) follower.binding(code.scopes.resolve(name, first), name, undefined, [], 0);
  return follower;
}

/** What a lambda does to the value that it is given, by its first parameter or, in Kotlin, as `this`. */
export function actionsInside(fn: FunctionNode, code: Code): readonly Action[] {
  const follower = new Follower(code, ENDS);
  follower.inside(fn, 0);
  return follower.actions;
}

/** Of `a.b(1).c(2)` the first call, `a.b(1)`. */
export function startOf(call: CallNode): CallNode {
  let start = call;
  for (let left = LONGEST; left > 0; left--) {
    const callee = unwrap(start.callee);
    let object: IrNode | undefined = callee.kind === 'member' && !start.isNew ? unwrap(callee.object) : undefined;
    while (object?.kind === 'member') object = unwrap(object.object);
    if (object?.kind !== 'call') return start;
    start = object;
  }
  return start;
}

/** Where the name means that. Files have many functions with a `request` of their own: each place is asked once what it means. */
function usesOf(binding: Binding, name: string, by: BindNode | undefined, code: Code): readonly NameNode[] {
  const all = code.namesOf(name, by ?? binding.sources[0]?.node);
  const byBinding = code.once(USES, all, () => {
    const found = new Map<Binding | undefined, NameNode[]>();
    for (const use of all) {
      const meant = code.scopes.resolve(name, use);
      const known = found.get(meant);
      if (known === undefined) found.set(meant, [use]);
      else known.push(use);
    }
    return found;
  });
  return byBinding.get(binding) ?? [];
}

class Follower implements History {
  readonly actions: Action[] = [];
  readonly givenTo: CallNode[] = [];
  isHandedOn = false;
  readonly #code: Code;
  readonly #ends: ReadonlySet<string>;
  readonly #seen = new Set<unknown>();

  constructor(code: Code, ends: ReadonlySet<string>) {
    this.#code = code;
    this.#ends = ends;
  }

  /** The node is the value, or what `prefix` leads to from there. */
  climb(node: IrNode, prefix: readonly string[], depth: number): void {
    let at = node;
    let path = [...prefix];
    let last: MemberNode | undefined;
    for (let left = LONGEST; left > 0; left--) {
      const { parent } = at;
      if (parent === undefined) return;
      switch (parent.kind) {
        case 'wrapped':
          break;
        case 'choice':
          if (!parent.alternatives.includes(at)) return;
          break;
        case 'member':
          path.push(canonical(parent.name));
          last = parent;
          break;
        case 'call': {
          if (parent.callee !== at) {
            this.givenTo.push(parent);
            return;
          }
          if (last === undefined) return;
          this.#act(path, last, parent.arguments.map(({ value }) => value), parent);
          const name = path.at(-1) ?? '';
          const [lambda] = parent.arguments.map(({ value }) => unwrap(value)).filter((value) => value.kind === 'function');
          if (SCOPES.has(name) && lambda !== undefined) this.inside(lambda, depth + 1);
          if (this.#ends.has(name) || path.length !== prefix.length + 1) return;
          path = [...prefix];
          last = undefined;
          break;
        }
        case 'bind':
          this.#bound(parent, at, path, last, depth);
          return;
        case 'return':
        case 'object':
        case 'list':
          this.isHandedOn = true;
          return;
        default:
          return;
      }
      at = parent;
    }
  }

  /** Every use of a name; with `by` only those where that is where its value comes from. */
  binding(binding: Binding | undefined, name: string, by: BindNode | undefined, path: readonly string[], depth: number): void {
    const key = by ?? binding;
    if (binding === undefined || this.#seen.has(key) || depth > DEEPEST) return;
    this.#seen.add(key);
    const { scopes } = this.#code;
    const uses = usesOf(binding, name, by, this.#code);
    if (uses.length > MOST_USES) {
      this.isHandedOn = true;
      return;
    }
    for (const use of uses) {
      if (by === undefined || scopes.sourcesAt(binding, use).some(({ node }) => node === by)) this.climb(use, path, depth + 1);
    }
    // C#'s fields also go by `this`.
    if (binding.scope.kind === 'class') this.#self(name, binding.scope, path, depth);
  }

  /** `this.http`, wherever its class says so; a plain name may mean it too. */
  field(node: MemberNode, path: readonly string[], depth: number): void {
    let owner: IrNode = node;
    while (owner.kind !== 'class' && owner.parent !== undefined) owner = owner.parent;
    if (depth > DEEPEST) return;
    // In a constructor the parameter may have the same name.
    const [member] = owner.kind === 'class' ? owner.members : [];
    const binding = member === undefined ? undefined : this.#code.scopes.resolve(node.name, member);
    if (binding?.scope === owner) this.binding(binding, node.name, undefined, path, depth);
    else this.#self(node.name, owner, path, depth);
  }

  inside(fn: FunctionNode, depth: number): void {
    if (depth > DEEPEST) return;
    const wasHandedOn = this.isHandedOn;
    const target = fn.parameters[0]?.targets[0];
    const [first] = fn.body;
    if (target?.name !== undefined && first !== undefined) this.binding(this.#code.scopes.resolve(target.name, first), target.name, undefined, [], depth + 1);
    if (this.#code.languageId === 'kotlin') this.#bare(fn);
    // What such a lambda returns leads nowhere else.
    this.isHandedOn = wasHandedOn;
  }

  #bound(bind: BindNode, at: IrNode, path: readonly string[], last: MemberNode | undefined, depth: number): void {
    if (bind.value !== at) {
      if (last !== undefined) this.#act(path, last, bind.value === undefined ? [] : [bind.value], bind);
      return;
    }
    const target = bind.targets.find(({ path: taken }) => taken.length === 0);
    if (target?.name !== undefined) this.binding(this.#code.scopes.resolve(target.name, bind), target.name, bind, path, depth + 1);
    else if (target?.place?.kind === 'member' && target.place.object.kind === 'name' && isSelf(target.place.object.name)) this.field(target.place, path, depth + 1);
    else if (target !== undefined) this.isHandedOn = true;
  }

  #self(name: string, owner: IrNode, path: readonly string[], depth: number): void {
    const key = `${String(owner.start)} ${name}`;
    if (this.#seen.has(key) || depth > DEEPEST) return;
    this.#seen.add(key);
    for (const self of ['this', 'self']) {
      const uses = this.#code.namesOf(self);
      for (const { parent } of uses.length > MOST_USES * 4 ? [] : uses) {
        if (parent?.kind !== 'member' || parent.name !== name || parent.start < owner.start || parent.end > owner.end) continue;
        this.climb(parent, path, depth + 1);
      }
    }
  }

  /** Kotlin: `header("a", "b")` and `method = HttpMethod.Post` inside of a lambda with a receiver. */
  #bare(fn: FunctionNode): void {
    const waiting: IrNode[] = [...fn.body].reverse();
    for (let node = waiting.pop(), left = 2_000; node !== undefined && left > 0; node = waiting.pop(), left--) {
      if (node.kind === 'bind' && !node.isDeclaration) {
        const [target] = node.targets;
        if (target?.name !== undefined) this.actions.push({ path: [canonical(target.name)], name: target.name, nameStart: target.start, nameEnd: target.end, isAssignment: true, values: node.value === undefined ? [] : [node.value], node });
        else if (target?.place?.kind === 'member') this.#rooted(target.place, node.value === undefined ? [] : [node.value], node);
      }
      if (node.kind === 'call') {
        const callee = unwrap(node.callee);
        const values = node.arguments.map(({ value }: Argument) => value);
        if (callee.kind === 'name') this.actions.push({ path: [canonical(callee.name)], name: callee.name, nameStart: callee.start, nameEnd: callee.end, isAssignment: false, values, node });
        else if (callee.kind === 'member') this.#rooted(callee, values, node);
        if (callee.kind === 'name' && OWN.has(callee.name)) continue;
      }
      const children = childrenOf(node);
      for (let at = children.length - 1; at >= 0; at--) {
        const child = children[at];
        if (child !== undefined) waiting.push(child);
      }
    }
  }

  /** `headers.append(…)`, where `headers` is a member of the receiver. */
  #rooted(member: MemberNode, values: readonly IrNode[], node: CallNode | BindNode): void {
    const path = [canonical(member.name)];
    let object = unwrap(member.object);
    for (let left = 6; left > 0 && object.kind === 'member'; left--) {
      path.unshift(canonical(object.name));
      object = unwrap(object.object);
    }
    if (object.kind !== 'name' || this.#code.scopes.resolve(object.name, object) !== undefined) return;
    this.actions.push({ path: object.name === 'this' ? path : [canonical(object.name), ...path], name: member.name, nameStart: member.nameStart, nameEnd: member.nameEnd, isAssignment: node.kind === 'bind', values, node });
  }

  #act(path: readonly string[], { name, nameStart, nameEnd }: MemberNode, values: readonly IrNode[], node: CallNode | BindNode): void {
    this.actions.push({ path, name, nameStart, nameEnd, isAssignment: node.kind === 'bind', values, node });
  }
}
