/**
 * A text as Markdown that says just that text, on one line: no link, no markup, whatever a name holds. VS Code's own `appendText` turns
 * every space into one that does not break, so that a tooltip is broken in the middle of words.
 */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
