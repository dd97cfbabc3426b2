import { accessOf, ELEMENT, type Step } from '../ir/access.js';
import { isPassing } from '../ir/fields.js';
import { handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { BindNode, CallNode, FunctionNode, IrNode } from '../ir/node.js';
import { calleeText, partsOf } from '../ir/objects.js';
import { recordParts } from '../ir/records.js';
import type { Binding } from '../ir/scopes.js';
import { unwrap, walk } from '../ir/walk.js';
import { placeOf } from '../ir/writes.js';
import type { MemoryKey } from '../ir/memory.js';
import type { Code } from '../stigg/code.js';
import { nodeAt } from '../stigg/constants.js';
import { usesOf } from '../stigg/http/holders.js';
import type { StiggFacts } from '../stigg/facts.js';
import type { StiggRequest } from '../stigg/request.js';

/** Values are followed this far, over so many steps for one question. */
const DEEPEST = 16;
const MOST_STEPS = 400;
/** A step that is not known. */
const ANY: Step = '*';
/** Shows a value and does nothing else with it. */
const SHOWING = /^(?:console|logger|log|logging|Rails\.logger|slog|fmt|System\.out|Console|Debug|Log)\.|^(?:print|println|puts|p|pp|echo|var_dump|print_r|error_log|println!|dbg!|debug|info)$/;
/** Puts something into its receiver. */
const FILLING = /^(?:push|append|add|set|put|unshift|extend|update|putAll|addAll|insert)$/i;
/** Makes a client. */
const MAKING = /(?:^|\.)(?:new|create|build|newBuilder|[cC]lient|Session|AsyncClient|Headers|Request)$/;
/** Sends with one. */
const SENDING = /^(?:get|post|put|patch|delete|head|options|request|send|execute|fetch|exec|run_request|requestAsync|getAsync|postAsync|sendRequest)$/i;
const MEMBERS: MemoryKey<ReadonlyMap<string, readonly IrNode[]>> = {};

/**
 * Where else a value goes that stands outside of what goes to Stigg: an object that Stripe gets as well, a constant that other modules see. Undefined where all
 * that can be seen of it leads to Stigg, so that it may be edited where it stands.
 */
export function otherUseOf(value: IrNode, stigg: StiggFacts): IrNode | undefined {
  return useOf(value, stigg, false);
}

/** The same for a header's value: what holds it may be a client that sends all that it is given. Modules that import it are left out: they may send to Stigg as well. */
export function otherSenderOf(header: IrNode, stigg: StiggFacts): IrNode | undefined {
  return useOf(header, stigg, true);
}

/** What stands in a call of the statements in question goes nowhere else; of anything else the whole program tells. */
function useOf(value: IrNode, stigg: StiggFacts, isHeader: boolean): IrNode | undefined {
  const uses = new Uses(stigg, isHeader);
  return uses.isInside(value) ? undefined : (stigg.code.focus === undefined ? uses : new Uses(stigg.everything, isHeader)).climb(value, [], 0);
}

class Uses {
  readonly #code: Code;
  readonly #isHeader: boolean;
  readonly #own: readonly { readonly start: number; readonly end: number }[];
  readonly #seen = new Set<unknown>();
  #left = MOST_STEPS;

  constructor({ code, sdkCalls, typedInputs, requests }: StiggFacts, isHeader: boolean) {
    this.#code = code;
    this.#isHeader = isHeader;
    const sent = requests.flatMap((request) => (request.through === undefined ? [request] : [request, request.through]));
    this.#own = [...sdkCalls.map(({ node }) => node), ...typedInputs.map(({ node }) => node), ...sent.flatMap((request) => [request, ...chainOf(request, code)])];
  }

  /** It stands where Stigg is given it. */
  isInside({ start, end }: IrNode): boolean {
    return this.#own.some((own) => start >= own.start && end <= own.end);
  }

  /** The node holds the value below that path. */
  climb(start: IrNode, path: readonly Step[], depth: number): IrNode | undefined {
    if (this.isInside(start)) return undefined;
    if (depth > DEEPEST || this.#left-- <= 0) return start;
    const { parent } = start;
    switch (parent?.kind) {
      case 'wrapped':
        return this.climb(parent, path, depth);
      case 'choice':
        return parent.alternatives.includes(start) ? this.climb(parent, path, depth) : undefined;
      case 'list':
        return this.climb(parent, [ELEMENT, ...path], depth + 1);
      case 'object': {
        const entry = parent.entries.find(({ value }) => value === start);
        return this.climb(parent, entry?.isSpread === true ? path : [entry?.key === undefined ? ANY : canonical(entry.key), ...path], depth + 1);
      }
      case 'call':
        return this.#given(parent, start, path, depth + 1);
      case 'bind':
        return this.#bound(parent, start, path, depth + 1);
      case 'return':
        return this.#returned(parent, path, depth + 1);
      case 'operation':
        // Lists and objects that are added up; a comparison takes no value on.
        return /^(?:\+|\||to)$/.test(parent.operator) ? this.climb(parent, [ANY, ...path], depth + 1) : start;
      default:
        return undefined;
    }
  }

  #given(call: CallNode, at: IrNode, path: readonly Step[], depth: number): IrNode | undefined {
    if (call.callee === at || SHOWING.test(calleeText(unwrap(call.callee)))) return undefined;
    const fn = this.#code.tracer.functionOf(call);
    if (fn !== undefined) {
      const argument = call.arguments.find(({ value }) => value === at);
      const index = argument?.name === undefined ? call.arguments.findIndex(({ value }) => value === at) : fn.parameters.findIndex(({ targets }) => targets[0]?.name === argument.name);
      return this.#parameter(fn, index, path, depth);
    }
    const chain = chainTop(call);
    if ((partsOf(chain) !== undefined && !takesByName(chain)) || recordParts(call, this.#code.scopes) !== undefined || isForm(call)) return this.climb(chain, [ANY, ...path], depth);
    if (this.#isHeader && (call.isNew || MAKING.test(calleeText(unwrap(call.callee))))) return this.climb(chain, [ANY, ...path], depth);
    // What is put into a list or an object by a method.
    const callee = unwrap(call.callee);
    const to = callee.kind === 'member' && FILLING.test(callee.name) ? placeOf(callee.object) : undefined;
    if (to === undefined) return call;
    const binding = this.#code.scopes.resolve(to.root.name, to.root);
    return binding === undefined ? call : this.#uses(binding, [...to.steps, ANY, ...path], depth);
  }

  #bound(bind: BindNode, at: IrNode, path: readonly Step[], depth: number): IrNode | undefined {
    // It is assigned to.
    if (bind.value !== at) return undefined;
    for (const target of bind.targets) {
      const taken = taking(bind.isEach ? [ELEMENT, ...target.path] : target.path, path);
      // The error beside a result holds nothing of what went in.
      if (taken === undefined || (target.name === 'err' && this.#code.languageId === 'go')) continue;
      const { place } = target;
      if (place !== undefined) {
        const to = placeOf(place);
        if (to === undefined) return bind;
        const binding = this.#code.scopes.resolve(to.root.name, to.root);
        const found = binding === undefined ? this.#members(to.steps[0], taken, depth) : this.#uses(binding, [...to.steps, ...taken], depth);
        if (found !== undefined) return found;
      } else if (target.name !== undefined) {
        if (!this.#isHeader && isExported(bind, target.name, this.#code)) return bind;
        const binding = this.#code.scopes.resolve(target.name, bind.value);
        const own = binding?.sources.some(({ node }) => node === bind) === true ? binding : this.#code.scopes.resolve(target.name, bind);
        const found = own === undefined ? undefined : this.#uses(own, taken, depth);
        if (found !== undefined) return found;
        if (isField(bind)) {
          const other = this.#members(canonical(target.name), taken, depth);
          if (other !== undefined) return other;
        }
      }
    }
    return undefined;
  }

  #returned(node: IrNode, path: readonly Step[], depth: number): IrNode | undefined {
    let fn: IrNode | undefined = node.parent;
    while (fn !== undefined && fn.kind !== 'function') fn = fn.parent;
    if (fn === undefined || this.#seen.has(fn)) return undefined;
    this.#seen.add(fn);
    const call = fn.parent;
    // `tiers.map((tier) => ({ … }))`
    if (call?.kind === 'call' && call.callee !== fn) return this.climb(call, [ANY, ...path], depth);
    if (call?.kind === 'call') return this.climb(call, path, depth);
    return first(this.#code.callsOf(fn), (each) => this.climb(each, path, depth));
  }

  #parameter(fn: FunctionNode, index: number, path: readonly Step[], depth: number): IrNode | undefined {
    const [inner] = fn.body;
    return first(fn.parameters[index]?.targets ?? [], ({ name, path: target }) => {
      const taken = taking(target, path);
      const binding = name === undefined || inner === undefined ? undefined : this.#code.scopes.resolve(name, inner);
      return taken === undefined || binding === undefined ? undefined : this.#uses(binding, taken, depth);
    });
  }

  #uses(binding: Binding, path: readonly Step[], depth: number): IrNode | undefined {
    const key = binding;
    if (this.#seen.has(key)) return undefined;
    this.#seen.add(key);
    return first(this.#code.namesOf(binding.name), (use) => (this.#code.scopes.resolve(use.name, use) === binding ? this.#use(use, path, depth) : undefined));
  }

  /** Wherever a member of that name is read: fields of a class. */
  #members(name: Step | undefined, path: readonly Step[], depth: number): IrNode | undefined {
    if (name === undefined || this.#seen.has(name)) return undefined;
    this.#seen.add(name);
    const members = this.#code.once(MEMBERS, this.#code.program.root, () => membersIn(this.#code));
    return first(members.get(name) ?? [], (member) => this.#use(member, path, depth));
  }

  #use(start: IrNode, path: readonly Step[], depth: number): IrNode | undefined {
    let node = start;
    let rest = path;
    for (let { parent } = node; parent !== undefined; { parent } = node) {
      if (parent.kind === 'wrapped' && parent.by === 'parentheses') {
        node = parent;
        continue;
      }
      if ((parent.kind !== 'member' && parent.kind !== 'element') || parent.object !== node) break;
      // A method that is called on it.
      if (parent.parent?.kind === 'call' && parent.parent.callee === parent) return this.#called(parent.parent, parent.kind === 'member' ? parent.name : '', rest, depth);
      const step = accessOf(parent)?.step;
      const wanted = rest[0];
      if (step !== undefined && wanted !== undefined && !isSame(step, wanted)) return undefined;
      rest = step === undefined ? rest : rest.slice(1);
      node = parent;
    }
    const bind = node.parent;
    if (bind?.kind === 'bind' && bind.value !== node) return undefined;
    return this.climb(node, rest, depth + 1);
  }

  #called(call: CallNode, name: string, path: readonly Step[], depth: number): IrNode | undefined {
    if (FILLING.test(name)) return undefined;
    if (this.#isHeader && SENDING.test(name)) return this.#own.some((own) => call.start >= own.start && call.end <= own.end) ? undefined : call;
    const inner = first(call.arguments, ({ value }) => {
      const fn = unwrap(value);
      const index = fn.kind === 'function' ? fn.parameters.findIndex((_, at) => handedTo(fn, at) !== undefined) : -1;
      return fn.kind === 'function' && index !== -1 ? this.#parameter(fn, index, path.slice(1), depth) : undefined;
    });
    return inner ?? this.climb(call, [ANY, ...path], depth + 1);
  }
}

/** `stripe.Price.create(unit_amount=price)`: names that look like those of an object's members, but it is no constructor. */
function takesByName({ callee, arguments: given }: CallNode): boolean {
  const name = calleeText(unwrap(callee)).split('.').at(-1) ?? '';
  return given.some((argument) => argument.name !== undefined || argument.isSpread) && /^[a-z]/.test(name) && name !== 'dict';
}

/** The value in another form, for whatever sends it. Much that is no form is called `create`: `PaymentIntent.create(…)`. */
function isForm(call: CallNode): boolean {
  const text = calleeText(unwrap(call.callee));
  return isPassing(call) && (!/create$|generate$/i.test(text) || /(?:Body|Content|Request|JSON|Json)\.\w+$/.test(text));
}

function first<T>(all: readonly T[], find: (each: T) => IrNode | undefined): IrNode | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is left of the path when that is taken out; undefined where it leads elsewhere. */
function taking(taken: readonly string[], path: readonly Step[]): readonly Step[] | undefined {
  return taken.every((step, index) => path[index] === undefined || isSame(canonical(step), path[index])) ? path.slice(taken.length) : undefined;
}

function isSame(step: Step, wanted: Step): boolean {
  return step === wanted || wanted === ANY || wanted === ELEMENT || step === ELEMENT || step === ANY;
}

/** `X.builder().amount(49).build()`: all of the chain. */
function chainTop(call: CallNode): CallNode {
  let top = call;
  while (top.parent?.kind === 'member' && top.parent.object === top && top.parent.parent?.kind === 'call' && top.parent.parent.callee === top.parent) top = top.parent.parent;
  return top;
}

/** A request that is put together link by link: `client.post(url).json(body).send()`. */
function chainOf({ start, end, call }: StiggRequest, code: Code): IrNode[] {
  const made = nodeAt({ start, end }, code);
  // Ruby's request is made apart from the connection that sends it; sent twice, it may have gone to two hosts.
  const [sending] = made?.kind === 'call' && code.languageId === 'ruby' ? usesOf(made, code).filter((use) => use.kind === 'argument') : [];
  return [made, call, sending?.call].flatMap((node) => (node?.kind === 'call' ? [chainTop(node)] : []));
}

function isField(bind: BindNode): boolean {
  return bind.parent?.kind === 'class' || bind.parent?.parent?.kind === 'class';
}

/** So far behind `module.exports` its names stand. */
const LONGEST_EXPORTS = 320;

/** Other modules see it, whatever they do with it. */
function isExported(bind: BindNode, name: string, { text, languageId }: Code): boolean {
  if (!/^(?:java|type)script/.test(languageId)) return false;
  const line = text.slice(text.lastIndexOf('\n', bind.start - 1) + 1, bind.start);
  return /^export\b/.test(line) || [...text.matchAll(/\bmodule\.exports\b/g)].some(({ index }) => (text.slice(index, index + LONGEST_EXPORTS).split(';')[0] ?? '').split(/[^\w$]+/).includes(name));
}

function membersIn({ program }: Code): ReadonlyMap<string, readonly IrNode[]> {
  const members = new Map<string, IrNode[]>();
  for (const node of walk(program.root)) {
    if (node.kind !== 'member') continue;
    const name = canonical(node.name);
    const known = members.get(name);
    if (known === undefined) members.set(name, [node]);
    else known.push(node);
  }
  return members;
}
