const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The beginnings of tokens; costs of bcrypt go from 04 to 31, and nobody uses 20 and more. */
const BEGINNINGS = ['server-', 'client-', ...['$2a$', '$2b$', '$2y$'].flatMap((version) => [`${version}0`, `${version}1`])];

/** How many characters of a group of four depend on the bytes before a text that stands `shift` bytes after the group's beginning. */
export function charactersBefore(shift: number): number {
  return Math.ceil((8 * shift) / 6);
}

/** The characters of base64 that depend on the text alone. */
function aligned(text: string, shift: number): string {
  let bits = '0'.repeat(8 * shift);
  for (const character of text) bits += character.charCodeAt(0).toString(2).padStart(8, '0');
  let result = '';
  for (let at = 6 * charactersBefore(shift); at + 6 <= bits.length; at += 6) result += ALPHABET.charAt(parseInt(bits.slice(at, at + 6), 2));
  return result;
}

/** Regular expression sources of the beginnings of tokens in base64, one for each place in a group of three bytes. Case matters. */
export const BASE64_BEGINNINGS: readonly string[] = [0, 1, 2].map((shift) =>
  Array.from(new Set(BEGINNINGS.map((text) => aligned(text, shift).replaceAll('+', '[-+]').replaceAll('/', '[/_]')))).join('|'));
