/** One place the person goes through with Tab; `text` is what stands there at first. */
export interface TabStop {
  readonly stop: number;
  readonly text: string;
}

/** Literal text and tab stops, in order. Kept apart until the very end, so that nothing has to be unescaped again. */
export type SnippetParts = readonly (string | TabStop)[];

/** A tab stop of a snippet. Numbers start at 1; 0 is where the cursor ends and is not used by requests. */
export function tabStop(stop: number, text: string): TabStop {
  return { stop, text };
}

/** What is inserted when every tab stop keeps its first text. */
export function toPlainText(parts: SnippetParts): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/**
 * VS Code's snippet syntax for the parts. `$STIGG_SERVER_API_KEY` is an ordinary word to a shell and a variable to
 * VS Code, which would replace it by nothing: every dollar sign of the text is escaped.
 */
export function toSnippetText(parts: SnippetParts): string {
  return parts.map((part) => (typeof part === 'string' ? escapeSnippet(part) : `\${${part.stop}:${escapeSnippet(part.text)}}`)).join('');
}

/** Backslash, dollar sign and closing brace are the characters that mean something to the snippet parser. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
