import { type SnippetParts, type TabStop } from '../snippets/snippet.js';

/** The variable that holds the key. The text of a request names it and never holds its value. */
export const SERVER_KEY_VARIABLE = 'STIGG_SERVER_API_KEY';

/**
 * How curl gets the key's header. `docs` is the form of Stigg's documentation: the shell expands the variable, so the
 * value is visible in the process list while curl runs. `hidden` lets curl (8.3 and later) read the variable itself.
 */
export type HeaderFlavour = 'docs' | 'hidden';

/** One argument of curl, quoted for a POSIX shell already. */
export type Argument = SnippetParts;

/** Text inside double quotes, taken literally by a POSIX shell. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}

/** The header that authenticates, as one or two options. */
export function keyHeader(flavour: HeaderFlavour): readonly Argument[] {
  return flavour === 'docs'
    ? [[`-H "X-API-KEY: $${SERVER_KEY_VARIABLE}"`]]
    : [[`--variable %${SERVER_KEY_VARIABLE}`], [`--expand-header "X-API-KEY: {{${SERVER_KEY_VARIABLE}}}"`]];
}

/** `curl -X METHOD "url"` followed by one option a line, as the documentation lays it out. */
export function curl(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: SnippetParts, options: readonly Argument[]): SnippetParts {
  const first: SnippetParts = [`curl -X ${method} "`, ...url, '"'];
  return options.reduce<SnippetParts>((lines, option) => [...lines, ' \\\n  ', ...option], first);
}

/** `-d '…'`. The literal parts must not hold a single quote: a POSIX shell has no way to escape one in there. */
export function body(...json: readonly (string | TabStop)[]): Argument {
  return ["-d '", ...json, "'"];
}
