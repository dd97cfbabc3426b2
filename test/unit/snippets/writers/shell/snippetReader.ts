import type { SnippetParts } from '../../../../../src/snippets/snippet.js';

/**
 * Reads VS Code's snippet syntax as its documentation has it, and throws at everything that requests do not use: variables, choices,
 * transformations, nested and bare tab stops.
 */
export function readSnippet(snippet: string): SnippetParts {
  const parts: (SnippetParts[number])[] = [];
  let at = 0;
  const literal = (end: RegExp): string => {
    let text = '';
    for (;;) {
      const rest = snippet.slice(at, at + 2);
      if (rest === '' || end.test(rest)) return text;
      const isEscape = /^\\[\\$}]/.test(rest);
      text += isEscape ? rest.charAt(1) : rest.charAt(0);
      at += isEscape ? 2 : 1;
    }
  };
  while (at < snippet.length) {
    const text = literal(/^\$/);
    if (text !== '') parts.push(text);
    if (at >= snippet.length) break;
    const open = /^\$\{([1-9]\d?):/.exec(snippet.slice(at, at + 6));
    if (open === null) throw new Error(`No tab stop at ${at}: ${snippet.slice(at, at + 20)}`);
    at += open[0].length;
    const inner = literal(/^[$}]/);
    if (snippet.charAt(at) !== '}') throw new Error(`A tab stop with something in it at ${at}: ${snippet.slice(at, at + 20)}`);
    at += 1;
    parts.push({ stop: Number(open[1]), text: inner });
  }
  return parts;
}
