import { accessOf, ELEMENT, type Step } from './access.js';
import { handedTo } from './handed.js';
import { canonical } from './names.js';
import type { BindNode, CallNode, FunctionNode, IrNode, MemberNode, NameNode, ObjectNode } from './node.js';
import { isSelf, type Scopes, type Source } from './scopes.js';
import { unwrap, walk } from './walk.js';
import type { Writes } from './writes.js';

/** Where a value comes from, as far as the program tells. */
export interface Origin {
  /** A literal, call, operation, an unknown name, a parameter's use, a compound assignment (`x *= 100`), … */
  readonly node: IrNode;
  /** What is taken out of it, outermost first. */
  readonly path: readonly Step[];
}

/** Values are followed this far, and over so many steps for one question. */
const DEEPEST = 24;
const MOST_STEPS = 400;
/** Of a list so many elements are looked at. */
const MOST_ELEMENTS = 60;

/** Calls by the function that they call. */
export type Frames = ReadonlyMap<FunctionNode, CallNode>;

/** Follows values through names, members, loops, small functions and what is written into objects later. */
export class Tracer {
  readonly scopes: Scopes;
  readonly #writes: Writes;
  readonly #frames: Frames;
  #left = 0;

  /** `frames`: calls in which functions are looked at, so that their parameters are what these calls hand over. */
  constructor(scopes: Scopes, writes: Writes, frames: Frames = new Map()) {
    this.scopes = scopes;
    this.#writes = writes;
    this.#frames = frames;
  }

  /** The same for code that runs because of that call of the function. */
  within(fn: FunctionNode, call: CallNode): Tracer {
    return new Tracer(this.scopes, this.#writes, new Map([...this.#frames, [fn, call]]));
  }

  /** That function is looked at already: it calls itself. */
  isWithin(fn: FunctionNode): boolean {
    return this.#frames.has(fn);
  }

  /** All origins of the value; `isEnd` stops at nodes that are to be told as they are, such as a request. */
  origins(node: IrNode, isEnd: (node: IrNode) => boolean = () => false): readonly Origin[] {
    this.#left = MOST_STEPS;
    return Array.from(this.#trace(node, [], isEnd, 0));
  }

  /** The origins of what a pattern takes out of the value: `const { amount } = quote`. None where the key is computed. */
  originsWithin(value: IrNode, path: readonly string[]): readonly Origin[] {
    if (path.some((step) => step !== ELEMENT && step.startsWith('['))) return [];
    this.#left = MOST_STEPS;
    return Array.from(this.#trace(value, path.map((step) => (step === ELEMENT ? step : canonical(step))), () => false, 0));
  }

  /** The one origin when there is only one, and nothing is taken out of it: the object behind a name, for instance. */
  sole(node: IrNode): IrNode | undefined {
    const [origin, second] = this.origins(node);
    return origin !== undefined && second === undefined && origin.path.length === 0 ? origin.node : undefined;
  }

  /** The function of this program that is called. */
  functionOf(call: CallNode): FunctionNode | undefined {
    const callee = unwrap(call.callee);
    const sources = callee.kind === 'name'
      ? this.scopes.resolve(callee.name, callee)?.sources
      : callee.kind === 'member' && callee.object.kind === 'name' && isSelf(callee.object.name) ? this.scopes.memberSources(callee.name, callee) : undefined;
    if (sources?.length !== 1) return undefined;
    const [source] = sources;
    if (source?.kind === 'function') return source.node;
    const value = source?.kind === 'bind' && source.node.value !== undefined && source.target.path.length === 0 ? unwrap(source.node.value) : undefined;
    return value?.kind === 'function' ? value : undefined;
  }

  /** The values that the function returns. */
  returnsOf({ body }: FunctionNode): IrNode[] {
    return body.flatMap((node) => Array.from(returns(node)));
  }

  *#trace(start: IrNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const node = unwrap(start);
    if (depth > DEEPEST || this.#left-- <= 0) return;
    if (isEnd(node)) {
      yield { node, path };
      return;
    }
    switch (node.kind) {
      case 'name':
        yield* this.#name(node, path, isEnd, depth);
        return;
      case 'member':
        if (node.object.kind === 'name' && isSelf(node.object.name)) yield* this.#own(node, path, isEnd, depth);
        else yield* this.#access(node, path, isEnd, depth);
        return;
      case 'element':
        yield* this.#access(node, path, isEnd, depth);
        return;
      case 'choice':
        for (const alternative of node.alternatives) yield* this.#trace(alternative, path, isEnd, depth + 1);
        return;
      case 'object':
        yield* this.#object(node, path, isEnd, depth);
        return;
      case 'list': {
        const [step, ...rest] = path;
        if (step === undefined) yield { node, path };
        else for (const element of elements(node.elements, step)) yield* this.#trace(element, element.kind === 'wrapped' && element.by === 'spread' ? path : rest, isEnd, depth + 1);
        return;
      }
      case 'group': {
        // Branches of several statements, comprehensions: what comes last is the value.
        const last = node.children.at(-1);
        if (last === undefined) yield { node, path };
        else yield* this.#trace(last, path, isEnd, depth + 1);
        return;
      }
      case 'bind':
        // `x = y = 1`; a compound assignment is what it is.
        if (node.value === undefined || node.operator !== '=' || node.isEach) yield { node, path };
        else yield* this.#trace(node.value, path, isEnd, depth + 1);
        return;
      case 'wrapped':
        // A spread: what is inside is the list already.
        yield* this.#trace(node.inner, path, isEnd, depth + 1);
        return;
      case 'call':
        yield* this.#call(node, path, isEnd, depth);
        return;
      default:
        yield { node, path };
    }
  }

  *#name(node: NameNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const binding = this.scopes.resolve(node.name, node);
    if (binding === undefined) {
      yield { node, path };
      return;
    }
    // Written later: `body.amount = …`.
    for (const { value, steps } of path.length === 0 ? [] : this.#writes.along(path, node, this.scopes)) {
      if (value !== undefined) yield* this.#trace(value, path.slice(steps.length), isEnd, depth + 1);
    }
    yield* this.#sources(this.scopes.sourcesAt(binding, node), node, path, isEnd, depth);
  }

  *#own(node: MemberNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const sources = this.scopes.memberSources(node.name, node);
    if (sources.length === 0) yield { node, path };
    else yield* this.#sources(sources, node, path, isEnd, depth);
  }

  *#sources(sources: readonly Source[], use: IrNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const [first] = sources;
    // Filled in later: Go's `var out Preview`.
    if (first?.kind === 'bind' && sources.every((source) => source.kind === 'bind' && source.node.value === undefined)) yield { node: first.node, path };
    for (const source of sources) {
      if (source.kind === 'bind') yield* this.#bound(source.node, source.target.path, path, isEnd, depth);
      else if (source.kind === 'parameter') yield* this.#parameter(source, use, path, isEnd, depth);
      else yield { node: source.node, path };
    }
  }

  *#bound(bind: BindNode, taken: readonly string[], path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    if (bind.value === undefined) return;
    if (!/^(?:=|\|\||\?\?)$/.test(bind.operator)) yield { node: bind, path };
    else yield* this.#trace(bind.value, [...(bind.isEach ? [ELEMENT] : []), ...taken.map(canonical), ...path], isEnd, depth + 1);
  }

  *#parameter(source: Source & { readonly kind: 'parameter' }, use: IrNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const { node: fn, index, target } = source;
    const whole = [...target.path.map(canonical), ...path];
    const argument = argumentOf(this.#frames.get(fn), fn, index);
    if (argument !== undefined) {
      yield* this.#trace(argument, whole, isEnd, depth + 1);
      return;
    }
    const handed = handedTo(fn, index);
    if (handed !== undefined) yield* this.#trace(handed.value, handed.isElement ? [ELEMENT, ...whole] : whole, isEnd, depth + 1);
    const { fallback } = fn.parameters[index] ?? {};
    if (fallback !== undefined && target.path.length === 0) yield* this.#trace(fallback, path, isEnd, depth + 1);
    yield { node: use, path };
  }

  *#access(node: IrNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const access = accessOf(node);
    if (access === undefined) yield { node, path };
    else yield* this.#trace(access.object, access.step === undefined ? path : [access.step, ...(access.further ?? []), ...path], isEnd, depth + 1);
  }

  *#object(node: ObjectNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const [step, ...rest] = path;
    // Go's `Preview{}` is filled in later.
    if (step === undefined || (node.type !== undefined && node.entries.length === 0)) {
      yield { node, path };
      return;
    }
    const entry = node.entries.findLast(({ key }) => key !== undefined && canonical(key) === step);
    if (entry !== undefined) yield* this.#trace(entry.value, rest, isEnd, depth + 1);
    else for (const { isSpread, value } of node.entries) if (isSpread) yield* this.#trace(value, path, isEnd, depth + 1);
  }

  *#call(node: CallNode, path: readonly Step[], isEnd: (node: IrNode) => boolean, depth: number): Generator<Origin, void> {
    const fn = this.functionOf(node);
    if (fn === undefined) {
      yield* this.#access(node, path, isEnd, depth);
      return;
    }
    for (const value of this.returnsOf(fn)) {
      const inner = unwrap(value);
      const index = inner.kind === 'name' ? fn.parameters.findIndex(({ targets }) => targets.some(({ name, path: taken }) => name === inner.name && taken.length === 0)) : -1;
      const argument = index === -1 ? undefined : node.arguments[index];
      yield* this.#trace(argument?.value ?? value, path, isEnd, depth + 1);
    }
  }
}

function elements(all: readonly IrNode[], step: Step): readonly IrNode[] {
  const at = /^\d+$/.test(step) ? all[Number(step)] : undefined;
  return at === undefined ? all.slice(0, MOST_ELEMENTS) : [at];
}

function* returns(node: IrNode): Generator<IrNode, void> {
  const inner = walk(node);
  for (const each of inner) {
    if (each.kind !== 'return' || each.value === undefined) continue;
    // Not what functions inside of it return.
    let outer = each.parent;
    while (outer !== undefined && outer !== node.parent && outer.kind !== 'function') outer = outer.parent;
    if (outer === node.parent) yield each.value;
  }
}

/** What the call hands over for the parameter. */
function argumentOf(call: CallNode | undefined, fn: FunctionNode, index: number): IrNode | undefined {
  if (call === undefined || call.arguments.some(({ isSpread, name }) => isSpread && name === undefined)) return undefined;
  const name = fn.parameters[index]?.targets[0]?.name;
  const byName = call.arguments.find((argument) => argument.name !== undefined && argument.name === name);
  // Go's methods stand outside of their type, with the receiver as their first parameter.
  const isMethod = unwrap(call.callee).kind === 'member' && fn.parent?.kind !== 'class';
  return (byName ?? call.arguments.filter((argument) => argument.name === undefined)[isMethod ? index - 1 : index])?.value;
}
