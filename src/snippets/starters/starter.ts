import type { HeadLine } from '../customerToken/code.js';
import type { SnippetParts } from '../snippet.js';
import type { SurfaceId } from '../surfaces.js';

/** What the code of a starter is written for. */
export interface StarterOptions {
  /** The server's environment variable that holds the server key. Its value never stands in a text. */
  readonly serverVariable: string;
  /** How JavaScript on a server reads it, such as `process.env.STIGG_SERVER_API_KEY`. */
  readonly serverLookup: string;
  /** How browser code reads the publishable key; undefined where nothing is known that puts variables into it. */
  readonly publishableLookup: string | undefined;
  /** Stigg's API without a path and without a trailing slash. */
  readonly baseUrl: string;
}

/** A starter in the forms in which it is needed. */
export interface WrittenStarter {
  /** What goes to the cursor of a file that is there, without a trailing line break. */
  readonly parts: SnippetParts;
  /** Imports that the document needs, put at its head where they are missing. */
  readonly head: readonly HeadLine[];
  /** A whole file. */
  readonly file: SnippetParts;
}

/** `server`: takes a full access or scoped key and must stay on servers. `frontend`: takes a publishable key. `tool`: for the person or the machines. */
export type StarterSide = 'server' | 'frontend' | 'tool';

/** The code that starts one of Stigg's SDKs or services in one language. */
export interface Starter {
  /** Stable and unique: commands, completions and tests name it. */
  readonly id: string;
  readonly surface: SurfaceId;
  readonly side: StarterSide;
  /** `older`: for projects that have it already; new ones take the other one. */
  readonly status: 'current' | 'beta' | 'older';
  /** As a person reads it; a proper name. */
  readonly title: string;
  /** How it gets into the project. */
  readonly install: string;
  /** What the form of the code rests on. */
  readonly evidence: readonly string[];
  /** VS Code's ids of the languages it fits, the one of a new document first. */
  readonly languageIds: readonly [string, ...string[]];
  /** CommonJS has a form of its own. */
  readonly module?: 'esm' | 'commonjs';
  /** Lines that must stay before the head of a file: package clauses, directives. Comments are known for all. */
  readonly before?: RegExp;
  write(options: StarterOptions): WrittenStarter;
}

/** Code that reads the same at a cursor and, under its imports, as a file. */
export function plainFile(head: readonly HeadLine[], parts: SnippetParts): WrittenStarter {
  return { parts, head, file: [...(head.length === 0 ? [] : [`${head.map(({ text }) => `${text}\n`).join('')}\n`]), ...parts, '\n'] };
}

/** Code inside of something else, further in by `by`. */
export function indented(parts: SnippetParts, by: string): SnippetParts {
  return parts.map((part) => (typeof part === 'string' ? part.replaceAll(/\n(?=.)/g, `\n${by}`) : part));
}
