/** What is between two fences of a Markdown document. */
export interface FencedCode {
  /** In lower case; empty where none is named. */
  readonly language: string;
  readonly start: number;
  readonly text: string;
}

const FENCE = /^[ \t>]{0,40}(`{3,20}|~{3,20})([^\n`]*)$/gm;

/** The fenced code of a document, in order. An open fence ends with the document. */
export function fencedCode(text: string): FencedCode[] {
  const found: FencedCode[] = [];
  let open: { readonly mark: string; readonly language: string; readonly start: number } | undefined;
  for (const match of text.matchAll(FENCE)) {
    const [all, mark = '', info = ''] = match;
    if (open === undefined) {
      open = { mark, language: (info.trim().split(/\s/, 1)[0] ?? '').slice(0, 40).toLowerCase().replace(/[{}.,]/g, ''), start: Math.min(text.length, match.index + all.length + 1) };
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      found.push({ language: open.language, start: open.start, text: text.slice(open.start, Math.max(open.start, match.index)) });
      open = undefined;
    }
  }
  if (open !== undefined) found.push({ language: open.language, start: open.start, text: text.slice(open.start) });
  return found;
}
