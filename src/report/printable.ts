/** A path or a text may hold line breaks, terminal escapes and marks that turn the reading direction; none may change what the terminal shows. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, escaped);
}

function escaped(unit: string): string {
  const code = unit.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
