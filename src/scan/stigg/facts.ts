import { moneyInputsOf, type MoneyInput } from '../money/inputs.js';
import { Answers } from './answers.js';
import { sdkCallsOf, typedInputsOf, type SdkCall, type TypedInput } from './calls.js';
import type { CliCall } from './cli.js';
import type { Code } from './code.js';
import type { StiggRequest } from './request.js';
import { requestsOf } from './requests.js';

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
    this.#requests ??= this.#given ?? requestsOf(this.code);
    return this.#requests;
  }

  get moneyInputs(): readonly MoneyInput[] {
    this.#moneyInputs ??= moneyInputsOf(this);
    return this.#moneyInputs;
  }

  /** Which values are Stigg's answers. */
  get answers(): Answers {
    this.#answers ??= new Answers(this.code, this.sdkCalls, this.requests);
    return this.#answers;
  }
}
