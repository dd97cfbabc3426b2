/** A value of a request, to be written in any language. */
export type Tree =
  | { readonly text: string }
  /** A text with a variable behind it. */
  | { readonly join: readonly [text: string, variable: string] }
  /** A variable or parameter, in camel case: each language spells it its own way. */
  | { readonly name: string }
  /** A variable times a hundred. */
  | { readonly times100: string }
  | { readonly number: string }
  /** A value that is new each time. */
  | { readonly fresh: true }
  | { readonly object: readonly (readonly [name: string, value: Tree])[] }
  | { readonly list: readonly Tree[] };

/** What a program does with an answer. */
export type Use =
  /** Shows the amount at the path, as it is or divided by a hundred. */
  | { readonly kind: 'show'; readonly path: readonly string[]; readonly isDivided: boolean }
  /** Charges the amount with Stripe, as it is or in cents. */
  | { readonly kind: 'charge'; readonly path: readonly string[]; readonly isConverted: boolean }
  /** Goes through the list at the path, and reads a field of each. */
  | { readonly kind: 'each'; readonly path: readonly string[]; readonly field: string }
  /** Looks for a feature in the list at the path. */
  | { readonly kind: 'search'; readonly path: readonly string[] };

/** A request, whatever sends it. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly host: string;
  /** With the slash in front; the query apart. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: Tree])[];
  readonly body?: Tree;
  /** Whether the body is sent as JSON. Where it is not, the client's own way to say so is left out, and the body is written out by hand. */
  readonly isTyped: boolean;
  readonly use?: Use;
}

/** What goes into a file: the function that does it, and what that needs around it. */
export interface Parts {
  readonly imports: readonly string[];
  /** Beside the function: constants, clients, classes. */
  readonly members?: readonly string[];
  readonly statements: readonly string[];
}

/** How an answer is read: as JSON that was parsed, or as an SDK's object. */
export interface Answer {
  readonly expression: string;
  readonly shape: 'json' | 'object';
}

/** A language that clients are written in. */
export interface Language {
  readonly id: string;
  /** In the table. */
  readonly name: string;
  /** The path of a file in it. */
  readonly path: string;
  /** What amounts can be: of documents only numbers, of some variables as well, of programs anything. */
  readonly amounts: 'numbers' | 'variables' | 'expressions';
  readonly write: (tree: Tree) => string;
  /** A whole file with one function for each. */
  readonly file: (parts: readonly Parts[]) => string;
  /** Statements that use the answer; undefined where that cannot be said in the language. */
  readonly use: (answer: Answer, use: Use) => Parts | undefined;
}

/** A library, program or document that sends requests. */
export interface HttpClient {
  readonly kind: 'http';
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  /** Where the language's own does not fit. */
  readonly path?: string;
  /** What it calls or begins with: where findings about the whole request stand. */
  readonly head: string;
  /** It speaks GraphQL alone. */
  readonly isGraphql?: boolean;
  /** Undefined where the client cannot do that. */
  write(request: Request): Parts | undefined;
}

/** What a program asks of an SDK. */
export type Call =
  /** Gives a price of Stigg's, as it is written in the language. */
  | { readonly kind: 'price'; readonly amount: string; readonly currency: string }
  /** Asks for the price of a subscription. */
  | { readonly kind: 'preview'; readonly isDivided: boolean; readonly charged?: 'plain' | 'converted' }
  /** Makes or reports something, with an idempotency key. */
  | { readonly kind: 'once'; readonly key: string }
  | { readonly kind: 'page'; readonly limit: string }
  | { readonly kind: 'subscriptions'; readonly field: string }
  | { readonly kind: 'subscription'; readonly isSearched: boolean }
  | { readonly kind: 'customer' }
  /** What the plan and all else grants, not the overrides alone. */
  | { readonly kind: 'granted' }
  /** A call with an option for the idempotency key, or with the header. */
  | { readonly kind: 'option'; readonly isHeader: boolean }
  /** Starts the client and asks it: waits for it never, behind the start, or at the start. */
  | { readonly kind: 'start'; readonly waits: 'never' | 'behind' | 'at' };

/** An SDK, or a program of Stigg's. */
export interface SdkClient {
  readonly kind: 'sdk';
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly path?: string;
  readonly surface: 'rest' | 'graphql';
  /** Undefined where the SDK has no such call. */
  write(call: Call): Parts | undefined;
}

export type Client = HttpClient | SdkClient;

/** `customerId` as `customer_id`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `customerId` as `CustomerId`. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The lines of all, indented. */
export function indent(lines: readonly string[], by: string): string {
  return lines.join('\n').split('\n').map((line) => (line === '' ? line : by + line)).join('\n');
}

export function merged(parts: readonly Parts[], of: 'imports' | 'members'): readonly string[] {
  return [...new Set(parts.flatMap((one) => one[of] ?? []))];
}

/** One function that does what both do. */
export function both(first: Parts, second: Parts | undefined): Parts | undefined {
  if (second === undefined) return undefined;
  return { imports: [...first.imports, ...second.imports], members: [...(first.members ?? []), ...(second.members ?? [])], statements: [...first.statements, ...second.statements] };
}

/** The URL without a query. */
export function urlOf({ host, path }: Request): string {
  return `${host}${path}`;
}

export function queryOf({ query }: Request): string {
  return query.length === 0 ? '' : `?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
}
