import { moneyInputsOf, type MoneyInput } from '../money/inputs.js';
import { Answers, type Sendings, type Sent } from './answers.js';
import { sdkCall, sdkCallsOf, typedInputsOf, type SdkCall, type TypedInput } from './calls.js';
import type { MemoryKey } from '../ir/memory.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { CliCall } from './cli.js';
import type { Code } from './code.js';
import type { StiggRequest } from './request.js';
import { RequestsByCall, requestsOf } from './requests.js';

const WHOLE: MemoryKey<StiggFacts> = {};

/** What a part of a document has to do with Stigg's API; worked out when first asked for. */
export class StiggFacts {
  readonly code: Code;
  /** The calls of Stigg's command line. */
  readonly commands: readonly CliCall[];
  readonly #given: readonly StiggRequest[] | undefined;
  #sdkCalls: readonly SdkCall[] | undefined;
  #typedInputs: readonly TypedInput[] | undefined;
  #requests: readonly StiggRequest[] | undefined;
  #answers: Answers | undefined;
  #moneyInputs: readonly MoneyInput[] | undefined;
  #byCall: RequestsByCall | undefined;

  /** `requests` and `commands` are those of a language that is no code: scripts, request files. */
  constructor(code: Code, requests?: readonly StiggRequest[], commands: readonly CliCall[] = []) {
    this.code = code;
    this.commands = commands;
    this.#given = requests;
  }

  get sdkCalls(): readonly SdkCall[] {
    this.#sdkCalls ??= sdkCallsOf(this.code);
    return this.#sdkCalls;
  }

  get typedInputs(): readonly TypedInput[] {
    this.#typedInputs ??= typedInputsOf(this.code);
    return this.#typedInputs;
  }

  get requests(): readonly StiggRequest[] {
    this.#requests ??= this.#given ?? (this.code.focus === undefined ? requestsOf(this.code) : this.#requestsOf(this.code.calls));
    return this.#requests;
  }

  get moneyInputs(): readonly MoneyInput[] {
    this.#moneyInputs ??= moneyInputsOf(this);
    return this.#moneyInputs;
  }

  /** The facts of the whole program, for what depends on more than can be compared from version to version. */
  get everything(): StiggFacts {
    const { focus } = this.code;
    if (focus === undefined) return this;
    focus.asked.everything();
    const { whole } = focus;
    return whole.once(WHOLE, whole.program.root, () => new StiggFacts(whole));
  }

  /** Which values are Stigg's answers. */
  get answers(): Answers {
    this.#answers ??= new Answers(this.code, this.code.focus === undefined ? this.#sendings() : this.#sendingsByCall());
    return this.#answers;
  }

  #requestsOf(calls: readonly CallNode[]): readonly StiggRequest[] {
    this.#byCall ??= new RequestsByCall(this.code);
    return [...this.#byCall.direct(calls), ...this.#byCall.through(calls)];
  }

  #sendings(): Sendings {
    const sent = new Map<IrNode, Sent>();
    for (const { call, surface, endpoint } of this.requests) if (call !== undefined) sent.set(unwrap(call), { surface, operation: endpoint?.operation });
    for (const { node, surface, name } of this.sdkCalls) sent.set(node, { surface, operation: name });
    return { isAny: sent.size > 0, get: (node) => sent.get(node) };
  }

  /** The same for calls wherever they are: the statements in question may get what others are answered. */
  #sendingsByCall(): Sendings {
    const known = new Map<IrNode, Sent | undefined>();
    const find = (call: CallNode): Sent | undefined => {
      const sdk = call.isNew ? undefined : sdkCall(call, this.code);
      if (sdk !== undefined) return { surface: sdk.surface, operation: sdk.name };
      const request = this.#requestsOf([call]).at(-1);
      return request === undefined ? undefined : { surface: request.surface, operation: request.endpoint?.operation };
    };
    const get = (node: IrNode): Sent | undefined => {
      if (node.kind !== 'call') return undefined;
      if (!known.has(node)) known.set(node, find(node));
      return known.get(node);
    };
    return { isAny: true, get };
  }
}
