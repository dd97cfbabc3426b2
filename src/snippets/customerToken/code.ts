import type { SnippetParts } from '../snippet.js';

/**
 * The variable of the server that holds the signing secret of an environment (`Environment.signingToken`).
 * Source: Stigg's own examples; no SDK reads it by itself.
 */
export const SIGNING_SECRET_VARIABLE = 'STIGG_CUSTOMER_TOKEN_SIGNING_SECRET';

/** What the signing function says of itself, in the comment of its language. */
export const WHAT_IT_IS: readonly string[] = [
  'Proves to Stigg who the customer is (hardened client access): the browser sends it along as customerToken.',
  'Only for the customer of the signed-in session: whoever has a token can read that customer\'s data.',
];

/** One line at the head of a file, which is put there where it is missing. */
export interface HeadLine {
  readonly text: string;
  /** Finds it, however it is written. */
  readonly present: (text: string) => boolean;
}

/** A piece of code for one kind of file, in the two forms in which it is needed. */
export interface TokenCode {
  /** Stable: tests and the command name it. */
  readonly id: string;
  readonly side: 'server' | 'frontend';
  /** As a person reads it; a proper name. */
  readonly title: string;
  /** VS Code's ids of the languages it fits, the one of a new document first. */
  readonly languageIds: readonly [string, ...string[]];
  readonly head: readonly HeadLine[];
  /** What stands at the cursor of a file that is there. */
  readonly member: SnippetParts;
  /** A whole file. */
  readonly file: SnippetParts;
  /** Lines that must stay before the head of a file: package clauses, directives. Comments are known for all. */
  readonly before?: RegExp;
}

export function head(text: string, present: RegExp | HeadLine['present']): HeadLine {
  return { text, present: present instanceof RegExp ? (document) => present.test(document) : present };
}

/** Lines, each with an end. */
export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
