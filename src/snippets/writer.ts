import type { HeadLine } from './customerToken/code.js';
import type { ApiRequest } from './request.js';
import type { SnippetParts } from './snippet.js';

/** What a request is written for. */
export interface WriterOptions {
  /** Stigg's API without a path and without a trailing slash, such as `https://api.stigg.io`. */
  readonly baseUrl: string;
  /** The environment variable that holds the server key. Its value never stands in a text. */
  readonly keyVariable: string;
  /** How command lines get the key: in the form of Stigg's documentation, or in one that keeps it out of process lists where the tool has one. */
  readonly keyHeader: 'docs' | 'hidden';
  /** Makes a value nobody used before; for writers that have to put one into the text. */
  readonly uuid: () => string;
  /**
   * VS Code's id of the language of the document it goes to; undefined: a new document in the writer's first language. A shell script
   * makes its idempotency keys itself (a constant there is a finding of ours), a command in Markdown or plain text holds one.
   */
  readonly languageId?: string | undefined;
}

/** A request written in one language. */
export interface WrittenRequest {
  /** What goes to the cursor: whole statements without a trailing line break, indented from column 0. */
  readonly parts: SnippetParts;
  /** Imports that the document needs, put at its head where they are missing. */
  readonly head: readonly HeadLine[];
}

/** Writes requests in one language or for one tool. */
export interface Writer {
  /** Stable: `curl`, `powershell`, `cmd`, `http`, `httpie`, `fetch`, `python`, `go`, `ruby`, `java`, `csharp`, `php`, `sdk-typescript`, `sdk-python`, ... */
  readonly id: string;
  /** As a person reads it; proper names stay as they are. */
  title(): string;
  /** VS Code's ids of the languages it may stand in, the one of a new document first. */
  readonly languageIds: readonly [string, ...string[]];
  /** Lines that must stay before the head of a file: package clauses, directives. Comments are known for all. */
  readonly before?: RegExp;
  /** undefined: this target has no such call (an SDK without that endpoint). */
  write(request: ApiRequest, options: WriterOptions): WrittenRequest | undefined;
  /** The request as a whole file that runs as it is: a new document, and what the tests execute. */
  file(written: WrittenRequest): SnippetParts;
}
