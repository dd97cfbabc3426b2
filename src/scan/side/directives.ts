/**
 * The directives at the top of a module, such as `use client`: string statements before anything else but comments.
 * Reads the text rather than a tree, so that broken and unparsed files have a side too.
 */
export function directivesOf(text: string): string[] {
  const found: string[] = [];
  let at = /^\uFEFF?(?:#![^\r\n]*)?/.exec(text)?.[0].length ?? 0;
  for (;;) {
    at = skipTrivia(text, at);
    const directive = /^(?:'([^'\r\n\\]{1,40})'|"([^"\r\n\\]{1,40})")[ \t]*(?=;|[\r\n]|$|\/[/*])/.exec(text.slice(at, at + 60));
    if (directive === null) return found;
    found.push(directive[1] ?? directive[2] ?? '');
    at += directive[0].length;
  }
}

function skipTrivia(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end + 1;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end === -1 ? text.length : end + 2;
    } else if (/[\s;]/.test(text.charAt(at))) at++;
    else break;
  }
  return at;
}
