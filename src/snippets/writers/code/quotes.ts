import type { Quoted } from './notation.js';

/** Everything that does not show (controls, separators but the space, marks of direction, what is not assigned) and what a source file may not hold. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

type Escape = (character: string, codePoint: number) => string;

/** Escapes what means something in the language, then what nobody would see. */
function escaped(text: string, special: RegExp, escape: Escape): string {
  return text
    .replace(special, '\\$&')
    .replace(INVISIBLE, (character) => SHORT[character] ?? escape(character, character.codePointAt(0) ?? 0));
}

/** Written the same in all our languages. */
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const utf16: Escape = (character) => character.split('').map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`).join('');
const utf32: Escape = (_character, codePoint) => (codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`);
const braced: Escape = (_character, codePoint) => `\\u{${codePoint.toString(16)}}`;

const between = (quote: string, inner: string): Quoted => ({ open: quote, inner, close: quote });

/** JavaScript and TypeScript: `'…'`. */
export const quoteJavascript = (text: string): Quoted => between("'", escaped(text, /[\\']/g, utf16));

/** Python, Go and C# (a regular literal, not a verbatim one) share their escapes: `"…"`. */
export const quoteUtf32 = (text: string): Quoted => between('"', escaped(text, /[\\"]/g, utf32));

/** Java. Escapes of line ends by code point would be line ends of the source already, hence the short ones. */
export const quoteJava = (text: string): Quoted => between('"', escaped(text, /[\\"]/g, utf16));

/** Ruby: in `"…"`, `#` begins an interpolation before `{`, `$` and `@`, and what follows may be typed later. */
export const quoteRuby = (text: string): Quoted => between('"', escaped(text, /[\\"#]/g, braced));

/** PHP: `'…'` knows two escapes only, so what does not show needs `"…"`, where `$` is a variable. */
export function quotePhp(text: string): Quoted {
  return text.search(INVISIBLE) === -1 ? between("'", text.replace(/[\\']/g, '\\$&')) : between('"', escaped(text, /[\\"$]/g, braced));
}
