/** A regular expression literal longer than this is none that people write. */
const LONGEST_REGEX = 500;
const INTERESTING = /['"`/{}]/g;
const TEMPLATE = /[`\\]|\$\{/g;
const STRING_ENDS: Readonly<Record<string, RegExp>> = {
  "'": /[^'\\\r\n]*(?:\\(?:\r\n|[^])[^'\\\r\n]*)*/y,
  '"': /[^"\\\r\n]*(?:\\(?:\r\n|[^])[^"\\\r\n]*)*/y,
};
/** After these a slash starts a regular expression; after anything else it divides, or belongs to JSX. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^]|=>|(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|yield|await))$/;

/**
 * The text of a module of the same length, with blanks for the content of comments, strings, templates and regular expressions;
 * quotes and backticks stay, and so does the code inside templates. Reads any text without failing, in linear time: a quote
 * without its counterpart (as in JSX text) ends with its line, a template without an end is taken for a character.
 */
export function maskCode(text: string): string {
  const first = mask(text, text.length);
  return typeof first === 'string' ? first : maskUpTo(text, first.unterminated);
}

function maskUpTo(text: string, templatesEnd: number): string {
  const second = mask(text, templatesEnd);
  return typeof second === 'string' ? second : text;
}

function mask(text: string, templatesEnd: number): string | { readonly unterminated: number } {
  const pieces: string[] = [];
  let kept = 0;
  const blank = (from: number, to: number): void => {
    if (to <= from) return;
    pieces.push(text.slice(kept, from), ' '.repeat(to - from));
    kept = to;
  };
  /** For each template that is open: how many braces are open in its current expression. */
  const open: number[] = [];
  let outermost = 0;
  let at = 0;
  /** Reads a template from `from`; false when the text ends inside. */
  const template = (from: number): boolean => {
    TEMPLATE.lastIndex = from;
    for (let found = TEMPLATE.exec(text); found !== null; found = TEMPLATE.exec(text)) {
      if (found[0] === '\\') {
        TEMPLATE.lastIndex = found.index + 2;
        continue;
      }
      blank(from, found.index);
      at = found.index + found[0].length;
      if (found[0] === '${') open.push(0);
      return true;
    }
    return false;
  };
  for (;;) {
    INTERESTING.lastIndex = at;
    const found = INTERESTING.exec(text);
    if (found === null) break;
    const start = found.index;
    at = start + 1;
    const depth = open.at(-1);
    switch (found[0]) {
      case '{':
        if (depth !== undefined) open[open.length - 1] = depth + 1;
        break;
      case '}':
        if (depth === undefined) break;
        if (depth > 0) open[open.length - 1] = depth - 1;
        else {
          open.pop();
          if (!template(at)) return { unterminated: outermost };
        }
        break;
      case '`':
        if (start >= templatesEnd) break;
        if (open.length === 0) outermost = start;
        if (!template(at)) return { unterminated: outermost };
        break;
      case '/': {
        const end = commentEnd(text, start) ?? regexEnd(text, start);
        if (end === undefined) break;
        blank(start, end);
        at = end;
        break;
      }
      default: {
        const ends = STRING_ENDS[found[0]];
        if (ends === undefined) break;
        ends.lastIndex = at;
        const content = ends.exec(text)?.[0].length ?? 0;
        blank(at, at + content);
        at += content + (text[at + content] === found[0] ? 1 : 0);
      }
    }
  }
  if (open.length > 0) return { unterminated: outermost };
  pieces.push(text.slice(kept));
  return pieces.join('');
}

function commentEnd(text: string, start: number): number | undefined {
  const second = text[start + 1];
  if (second === '/') {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  }
  if (second !== '*') return undefined;
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? undefined : end + 2;
}

function regexEnd(text: string, start: number): number | undefined {
  if (text[start + 1] === '>' || !BEFORE_REGEX.test(before(text, start))) return undefined;
  let inClass = false;
  for (let at = start + 1; at < Math.min(text.length, start + LONGEST_REGEX); at++) {
    const char = text[at];
    if (char === '\n' || char === '\r') return undefined;
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return undefined;
}

/** A few characters of code before the position, blanks left out. */
function before(text: string, position: number): string {
  const from = Math.max(0, position - 60);
  const tail = text.slice(from, position).trimEnd();
  return tail.slice(-12);
}
