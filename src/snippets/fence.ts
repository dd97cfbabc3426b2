/** What is put around a request, so that it reads as a shell script where it lands. */
export interface Wrapping {
  readonly before: string;
  readonly after: string;
}

const NOTHING: Wrapping = { before: '', after: '' };

/**
 * In Markdown a request outside a code block gets one of its own. A block opens with three or more backticks or tildes
 * and ends with at least as many of the same, alone on their line.
 */
export function wrappingFor(languageId: string, textBefore: string): Wrapping {
  if (languageId !== 'markdown' && languageId !== 'mdx') return NOTHING;
  return insideFence(textBefore) ? NOTHING : { before: '```sh\n', after: '\n```\n' };
}

/** True when the text ends inside a fenced code block. */
export function insideFence(text: string): boolean {
  let open: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const match = /^ {0,3}(`{3,}|~{3,})(.*)$/s.exec(line);
    const fence = match?.[1];
    if (fence === undefined) continue;
    const info = match?.[2] ?? '';
    if (open === undefined) {
      // A backtick in the info string means that this is inline code, not a fence.
      if (fence.startsWith('~') || !info.includes('`')) open = fence;
    } else if (fence.startsWith(open.charAt(0)) && fence.length >= open.length && info.trim() === '') {
      open = undefined;
    }
  }
  return open !== undefined;
}
