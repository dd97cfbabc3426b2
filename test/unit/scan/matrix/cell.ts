import type { Call, Client, HttpClient, Parts, Request, SdkClient, Tree } from './model.js';

/** One rule with one client: what is reported, and what is not. Undefined where the client cannot say it. */
export interface Cell {
  /** A function each, in one file. */
  readonly bad: readonly (Parts | undefined)[];
  readonly good: readonly (readonly (Parts | undefined)[])[];
  /** What the finding stands at. */
  readonly place: RegExp;
}

/** A row of the matrix. */
export interface MatrixRule {
  readonly id: string;
  /** Why the rule has nothing to do with that client; undefined where it has. */
  excluded(client: Client): string | undefined;
  cell(client: Client): Cell;
}

/** Why a rule is not about a client, in words for a footnote. */
export const REASONS = {
  sdk: 'SDKs and the `stigg` command send it by themselves.',
  byHand: 'The rule is about requests that are written by hand; SDKs are called.',
  document: 'Payload files and GraphQL documents hold neither headers nor code.',
  literal: 'JSON holds numbers alone; `cent-shaped-amount` looks at those.',
  json: 'These clients send JSON, whatever they are given.',
  rest: 'What it is about is in the REST API alone; these clients speak GraphQL.',
  restOnly: 'Only `@stigg/typescript` has the option.',
  floating: 'Only `Stigg.initialize` of `@stigg/node-server-sdk` and `@stigg/js-client-sdk` has to be waited for.',
  shown: 'Request files and documentation show single requests that are sent by hand.',
  answer: 'Nothing is done with answers there.',
  browser: '`@stigg/js-client-sdk` only reads what a customer may use.',
} as const;

export const isDocument = (client: Client): boolean => client.language.id === 'json' || client.language.id === 'graphql';
export const isGraphql = (client: Client): boolean => (client.kind === 'sdk' ? client.surface === 'graphql' : client.isGraphql === true);
export const isBrowser = (client: Client): boolean => client.id === 'js-client-sdk';

/** A cell that is said by requests or by calls. */
export function cellOf(client: Client, place: RegExp, examples: { readonly http: (client: HttpClient) => Examples<Request>; readonly sdk: (client: SdkClient) => Examples<Call> }): Cell {
  if (client.kind === 'http') {
    const { bad, good } = examples.http(client);
    return { bad: [client.write(bad)], good: good.map((one) => [client.write(one)]), place };
  }
  const { bad, good } = examples.sdk(client);
  return { bad: [client.write(bad)], good: good.map((one) => [client.write(one)]), place };
}

interface Examples<T> {
  readonly bad: T;
  readonly good: readonly [T, T];
}

/** The text as it is found; quotes and brackets around it may be part of the finding. */
export function exactly(text: string): RegExp {
  return new RegExp(`^["'(]{0,4}${text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}["')]{0,4}$`);
}

export function beginning(text: string): RegExp {
  return new RegExp(`^${text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}`);
}

/** An amount in cents, as the language has it: multiplied, or by its name. */
export function cents({ language }: Client): Tree {
  return language.amounts === 'expressions' ? { times100: 'price' } : { name: 'priceInCents' };
}
