/** What is between two fences of a Markdown document. */
export interface FencedCode {
  /** In lower case; empty where none is named. */
  readonly language: string;
  readonly start: number;
  readonly text: string;
}

/** The fenced code of a document, in order. An open fence ends with the document. */
export function fencedCode(text: string): FencedCode[] {
  const found: FencedCode[] = [];
  let open: { readonly mark: string; readonly language: string; readonly start: number } | undefined;
  for (let at = 0; at < text.length;) {
    const stop = text.indexOf('\n', at);
    const next = stop === -1 ? text.length : stop + 1;
    const { mark, info } = fenceOf(text.slice(at, next));
    if (mark !== '' && open === undefined) {
      open = { mark, language: (info.split(/\s/, 1)[0] ?? '').slice(0, 40).toLowerCase().replace(/[{}.,]/g, ''), start: next };
    } else if (open !== undefined && mark.startsWith(open.mark) && info === '') {
      found.push({ language: open.language, start: open.start, text: text.slice(open.start, at) });
      open = undefined;
    }
    at = next;
  }
  if (open !== undefined) found.push({ language: open.language, start: open.start, text: text.slice(open.start) });
  return found;
}

/** The fence that a line is, and what stands behind it; an empty mark for other lines. */
function fenceOf(line: string): { readonly mark: string; readonly info: string } {
  let at = 0;
  while (at < line.length && ' \t>'.includes(line.charAt(at))) at++;
  const character = line.charAt(at);
  let end = at;
  if (character === '`' || character === '~') while (line.charAt(end) === character) end++;
  const info = line.slice(end).trim();
  return end - at < 3 || info.includes('`') ? { mark: '', info: '' } : { mark: line.slice(at, end), info };
}
