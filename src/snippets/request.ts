/** A value the person goes to with Tab. Its type says how it is written: a string is quoted where the language quotes. */
export class Placeholder {
  /** Numbers start at 1, in the order of the text. */
  readonly stop: number;
  /** What stands there at first. */
  readonly sample: string | number | boolean;

  constructor(stop: number, sample: string | number | boolean) {
    this.stop = stop;
    this.sample = sample;
  }
}

/**
 * A value nobody may have used before: an idempotency key. A program makes one at each run (a constant is a finding of ours), a command
 * line holds one that was made when it was inserted.
 */
export const FRESH = Symbol('fresh');

/** A body, or the variables of a GraphQL operation: JSON with places to fill in. */
export type JsonTemplate = string | number | boolean | null | Placeholder | typeof FRESH | readonly JsonTemplate[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonTemplate;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A query parameter, neither name nor value encoded (`createdAt[gte]`). */
export interface QueryParameter {
  readonly name: string;
  readonly value: string | Placeholder;
  /** The SDKs take a list here; in the URL its values are separated by commas, as they stand in the value. */
  readonly list?: true;
}

/** One request to Stigg, whatever language it will be written in. The key's header and Content-Type are the writer's business. */
export interface ApiRequest {
  /** Stable and unique: commands, completions and tests name it. `customers.retrieve`, `graphql.reportUsage`. */
  readonly id: string;
  readonly surface: 'rest' | 'graphql';
  /** What it belongs to, as Stigg's reference groups it: `customers.integrations`. */
  readonly resource: string;
  /** One sentence of Stigg's reference, in English as the reference itself is. */
  readonly summary: string;
  readonly method: Method;
  /** After the base URL, such as `/api/v1/customers/` and a placeholder. Literal parts need no encoding. */
  readonly path: readonly (string | Placeholder)[];
  readonly query: readonly QueryParameter[];
  /** Whether the Idempotency-Key header applies. */
  readonly idempotencyKey: boolean;
  /** REST: the JSON body. GraphQL: the operation's variables (the writer makes the envelope, see `graphqlBody`). */
  readonly body: JsonObject | undefined;
  /** GraphQL: the document, on several lines, without a trailing line break. */
  readonly document: string | undefined;
  /** GraphQL: the operation's name in the document. */
  readonly operationName: string | undefined;
  /** The call of the official REST SDKs, in the TypeScript spelling without the client: `v1.customers.retrieve`. */
  readonly sdkCall: string | undefined;
  /** Whether it changes anything at Stigg. */
  readonly writes: boolean;
  readonly beta: boolean;
}

/** What is sent as the body: a GraphQL request's envelope, a REST request's body as it is. */
export function bodyOf(request: ApiRequest): JsonObject | undefined {
  if (request.document === undefined) return request.body;
  // On one line: line breaks inside a JSON string would have to be escaped in every shell and language.
  const query = request.document.split('\n').map((line) => line.trim()).join(' ').trim();
  return { query, ...(request.operationName === undefined ? {} : { operationName: request.operationName }), ...(request.body === undefined ? {} : { variables: request.body }) };
}
