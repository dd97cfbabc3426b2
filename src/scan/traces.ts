import { mayBePayload } from './stigg/payload/trigger.js';
import { base64Tokens } from './tokens/base64.js';
import { mayHoldPlainToken } from './tokens/trace.js';

/** What many rules ask of a text before anything else: asked once for all of them, and not before the first one asks. */
export class Traces {
  readonly #text: string;
  #stigg: boolean | undefined;
  #token: boolean | undefined;
  #givesStigg: boolean | undefined;

  /** @param token what is known already */
  constructor(text: string, token?: boolean) {
    this.#text = text;
    this.#token = token;
  }

  /** Whether the text names Stigg. */
  get stigg(): boolean {
    return (this.#stigg ??= /stigg/i.test(this.#text));
  }

  /** Whether it may hold a token in any form. In base64 many texts have the beginning of one, and decoding that is cheaper than parsing. */
  get token(): boolean {
    return (this.#token ??= mayHoldPlainToken(this.#text) || hasSome(base64Tokens(this.#text)));
  }

  /** Whether it may give Stigg an amount of money. */
  get givesStigg(): boolean {
    return (this.#givesStigg ??= this.stigg || mayBePayload(this.#text));
  }
}

function hasSome(items: Iterable<unknown>): boolean {
  for (const _ of items) return true;
  return false;
}
