import { ELEMENT, type Step } from '../ir/access.js';
import { handedBy, handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode, NameNode } from '../ir/node.js';
import type { Origin, Tracer } from '../ir/trace.js';
import { unwrap } from '../ir/walk.js';
import { pathInside } from './answerPath.js';
import { continued } from './answerReads.js';
import type { Code } from './code.js';
import { filledBy } from './filled.js';

/** A value inside of what Stigg answers. */
export interface Answer {
  readonly surface: 'rest' | 'graphql';
  /** As in `endpoints.ts`, or the GraphQL client's method; undefined where it cannot be told. */
  readonly operation: string | undefined;
  /** From the answer's data on, without what the client puts around it: `['immediateInvoice', 'total']`; of a list `['[]', 'id']`. */
  readonly path: readonly Step[];
  /** The call that answers. */
  readonly call: IrNode;
}

/** Where a value comes from. */
export interface Provenance {
  readonly answers: readonly Answer[];
  /** Other origins, without those that stand for no value. */
  readonly others: readonly Origin[];
}

/** What a call asks Stigg. */
export interface Sent {
  readonly surface: 'rest' | 'graphql';
  readonly operation: string | undefined;
}

/** The calls that Stigg answers. */
export interface Sendings {
  /** False where there are none for certain. */
  readonly isAny: boolean;
  readonly get: (node: IrNode) => Sent | undefined;
}

/** Answers are followed over so many origins for one question, this deep. */
const MOST_STEPS = 120;
const DEEPEST = 12;
const MOST_CALLERS = 6;
/** Links of a chain that builds a request. */
const LINK = /^(?:(?:add|set|with)?(?:headers?|timeout|version|method|body(?:_?value)?|json|form|query|url|uri|parameters?|queryparam|bearer_?auth|basic_?auth|accept|content_?type)|build|get|post|put|patch|delete|set|call|send_json|send_string|into_json)$/i;
const NOTHING = /^(?:null|None|nil|undefined|NULL|nullptr|true|false|True|False|default)$/;

/** Tells which values of a program are Stigg's answers. */
export class Answers {
  readonly #code: Code;
  readonly #sent: Sendings;
  readonly #known = new Map<IrNode, Provenance>();
  readonly #isEnd: (node: IrNode) => boolean;
  /** Also calls of functions of the program that are handed something: what they make of it depends on the call. */
  readonly #isStop: (node: IrNode) => boolean;
  #left = 0;

  constructor(code: Code, sent: Sendings) {
    this.#code = code;
    this.#sent = sent;
    this.#isEnd = (node) => sent.get(node) !== undefined;
    this.#isStop = (node) => sent.get(node) !== undefined || (node.kind === 'call' && node.arguments.length > 0 && code.tracer.functionOf(node) !== undefined);
  }

  /** False where the program gets no answers. */
  get isAny(): boolean {
    return this.#sent.isAny;
  }

  /** The calls that answer, with what they ask. */
  get calls(): Sendings {
    return this.#sent;
  }

  /** Where the value comes from. */
  of(node: IrNode): Provenance {
    let known = this.#known.get(node);
    if (known === undefined) this.#known.set(node, (known = this.inside(node, [])));
    return known;
  }

  /** Where what is taken out of the value comes from. */
  inside(node: IrNode, path: readonly Step[]): Provenance {
    const found = { answers: [] as Answer[], others: [] as Origin[] };
    if (this.isAny) {
      this.#left = MOST_STEPS;
      this.#collect(node, path, found, this.#code.tracer, 0);
    }
    return found;
  }

  #collect(node: IrNode, path: readonly Step[], found: { readonly answers: Answer[]; readonly others: Origin[] }, tracer: Tracer, depth: number): void {
    for (const origin of tracer.origins(node, this.#isStop)) {
      if (depth > DEEPEST || this.#left-- <= 0) {
        found.others.push(origin);
        return;
      }
      const whole = [...origin.path, ...path];
      const sent = this.#sent.get(origin.node);
      if (sent !== undefined) {
        const inside = pathInside([...this.#taken(origin.node), ...whole], sent.operation, this.#code.languageId);
        found.answers.push({ ...sent, path: inside, call: origin.node });
        continue;
      }
      const fn = origin.node.kind === 'call' && this.#isStop(origin.node) ? tracer.functionOf(origin.node) : undefined;
      if (fn !== undefined && origin.node.kind === 'call') {
        const inside = tracer.within(fn, origin.node);
        for (const value of tracer.returnsOf(fn)) this.#collect(value, whole, found, inside, depth + 1);
        continue;
      }
      const next = this.#further(origin.node, whole, tracer);
      if (next === undefined) {
        if (!isNothing(origin.node)) found.others.push({ node: origin.node, path: whole });
      } else {
        for (const { node: value, path: rest } of next) this.#collect(value, rest, found, tracer, depth + 1);
      }
    }
  }

  /** Where to go on behind an origin; undefined where it is one. */
  #further(node: IrNode, path: readonly Step[], tracer: Tracer): readonly Origin[] | undefined {
    switch (node.kind) {
      case 'call':
        return continued(node, path, tracer) ?? this.#built(node, path);
      case 'function':
        // Ruby's methods and other languages' properties are read without brackets.
        return path.length > 0 || this.#code.languageId === 'ruby' ? this.#code.tracer.returnsOf(node).map((value) => ({ node: value, path })) : undefined;
      case 'name':
        return this.#parameter(node, path, tracer);
      case 'bind':
      case 'object': {
        const source = filledBy(node, this.#code, this.#isEnd);
        return source === undefined ? undefined : [{ node: source, path }];
      }
      default:
        return undefined;
    }
  }

  /** A request that is built call by call: `HttpRequest.newBuilder(uri).header(…).build()`. */
  #built(node: CallNode, path: readonly Step[]): readonly Origin[] | undefined {
    let call: IrNode = node;
    for (let left = 40; left > 0 && call.kind === 'call'; left--) {
      if (this.#isEnd(call)) return [{ node: call, path }];
      const callee = unwrap(call.callee);
      if (callee.kind !== 'member' || !LINK.test(callee.name)) return undefined;
      call = unwrap(callee.object);
    }
    return undefined;
  }

  /** What callers in this program hand over. Empty where the tracer went on already. */
  #parameter(use: NameNode, path: readonly Step[], tracer: Tracer): readonly Origin[] | undefined {
    const { scopes } = this.#code;
    const source = scopes.resolve(use.name, use)?.sources.find(({ kind }) => kind === 'parameter');
    if (source?.kind !== 'parameter') return undefined;
    const { node: fn, index, target } = source;
    if (handedTo(fn, index) !== undefined) return [];
    // The one call that it is about does not tell.
    if (tracer.isWithin(fn)) return undefined;
    const name = fn.name ?? (fn.parent?.kind === 'bind' ? fn.parent.targets[0]?.name : undefined);
    if (name === undefined) return undefined;
    const whole = [...target.path.map(canonical), ...path];
    const handed: Origin[] = [];
    for (const call of this.#code.callsOf(fn)) {
      if (handed.length >= MOST_CALLERS) break;
      if (call.arguments.length > 0) {
        const argument = call.arguments.find(({ name: own }) => own !== undefined && own === target.name) ?? call.arguments[index];
        if (argument !== undefined && !argument.isSpread) handed.push({ node: argument.value, path: whole });
      }
    }
    // `page.data.map(describe)`
    for (const reference of this.#code.namesOf(name)) {
      const call = reference.parent;
      if (handed.length >= MOST_CALLERS || call?.kind !== 'call' || call.callee === reference) continue;
      const given = handedBy(call, index, reference);
      if (given !== undefined && scopes.resolve(name, reference)?.sources.some(({ node }) => node === fn || node === fn.parent) === true) handed.push({ node: given.value, path: given.isElement ? [ELEMENT, ...whole] : whole });
    }
    return handed.length === 0 ? undefined : handed;
  }

  /** What a function of this program takes out of the answer before it returns it, when the request is known by the call of that function. */
  #taken(node: IrNode): readonly Step[] {
    const fn = node.kind === 'call' ? this.#code.tracer.functionOf(node) : undefined;
    for (const value of fn === undefined ? [] : this.#code.tracer.returnsOf(fn)) {
      for (const origin of this.#code.tracer.origins(value)) {
        const [inner] = origin.node.kind === 'call' ? continued(origin.node, origin.path, this.#code.tracer) ?? [] : [];
        if (origin.node.kind === 'call') return inner === undefined ? origin.path : [...(this.#code.tracer.origins(inner.node)[0]?.path ?? []), ...inner.path];
      }
    }
    return [];
  }
}

/** Fallbacks and starting values: `?? 0`, `|| []`, `null`. */
function isNothing(node: IrNode): boolean {
  switch (node.kind) {
    case 'number':
      return true;
    case 'name':
      return NOTHING.test(node.name);
    case 'list':
      return node.elements.length === 0;
    case 'object':
      return node.entries.length === 0;
    case 'text':
      return node.parts.length === 0;
    default:
      return false;
  }
}
