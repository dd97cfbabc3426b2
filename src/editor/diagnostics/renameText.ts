import type { Span } from '../../scan/languages/language.js';

/** Where a text names the variable, as a word of its own. */
export function placesOf(text: string, name: string): Span[] {
  const places: Span[] = [];
  if (name === '') return places;
  for (let start = text.indexOf(name); start !== -1; start = text.indexOf(name, start + name.length)) {
    const end = start + name.length;
    if (!isWord(text.charAt(start - 1)) && !isWord(text.charAt(end))) places.push({ start, end });
  }
  return places;
}

/** Letters of every script: an identifier may hold them. */
function isWord(letter: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(letter) && letter !== '$';
}

/** The bytes as text; undefined for binary files and other encodings, which are better left alone. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8_192).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
