/** Stands for the key of the environment that a request is run with. Its value comes in where the request is sent, and nowhere before. */
export const KEY = Symbol('key');

/** Something that has no value here; as it is written, such as `$CUSTOMER` or `$(date)`. */
export interface Missing {
  readonly missing: string;
}

export type Part = string | typeof KEY | Missing;

/** A text as a request holds it: literal parts, the key, and what is not known. */
export type Text = readonly Part[];

export interface DraftHeader {
  readonly name: Text;
  readonly value: Text;
}

/** How a request is written. */
export type Form = 'curl' | 'http' | 'fetch';

/** A request as it stands in a document, read but not judged: it may go anywhere and be impossible to send. Offsets are the document's. */
export interface Draft {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
  readonly method: Text;
  readonly url: Text;
  readonly headers: readonly DraftHeader[];
  readonly body: Text | undefined;
  /** The body is a GraphQL document, followed by its variables: JSON has to be made of it (`.http` files). */
  readonly isGraphqlDocument: boolean;
  /** Why it cannot be sent from here; whole sentences. */
  readonly problems: readonly string[];
  /** What is different when it is sent from here; whole sentences. */
  readonly notes: readonly string[];
}

/** The text when all of it is literal. */
export function literal(text: Text): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

/** For looking at: what is not literal stands as a character that nobody writes. */
export function visible(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : '\uFFFC')).join('');
}

/** The same with neighbouring literals as one, and without empty ones. */
export function joined(text: Text): Text {
  const parts: Part[] = [];
  for (const part of text) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  return parts;
}

/** The text without its first `count` characters, which must be literal. */
export function withoutStart(text: Text, count: number): Text {
  const [first, ...rest] = joined(text);
  return typeof first === 'string' ? joined([first.slice(count), ...rest]) : text;
}

/** `name` and what follows the separator; undefined where the separator is not in the literal beginning. */
export function splitAt(text: Text, separator: string): { readonly before: string; readonly after: Text } | undefined {
  const [first] = joined(text);
  const at = typeof first === 'string' ? first.indexOf(separator) : -1;
  return typeof first !== 'string' || at === -1 ? undefined : { before: first.slice(0, at), after: withoutStart(text, at + separator.length) };
}

/** The text without white space around it. */
export function trimmed(text: Text): Text {
  const parts = [...joined(text)];
  const [first] = parts;
  if (typeof first === 'string') parts[0] = first.trimStart();
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last.trimEnd();
  return joined(parts);
}
