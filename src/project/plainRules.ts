/** Patterns that ripgrep and we read alike: names, stars, question marks, sets of characters. Others have dark corners. */
const PLAIN = /^!?(?:[\w.@+~#$%&=:;,' -]|[*?]|\/|\[[\w-]+\])+$/;
const ODD_STARS = /\*\*\*|[^/!]\*\*|\*\*[^/]/;

/** The patterns of an ignore file, without comments and empty lines. */
function linesOf(content: string): readonly string[] {
  return content.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

/** Whether ripgrep ignores by this file exactly what we ignore. */
export function isPlain(content: string): boolean {
  return linesOf(content).every((line) => PLAIN.test(line) && !line.endsWith(' ') && !ODD_STARS.test(line) && !line.includes('//'));
}

/**
 * A quick look at whether plain patterns may say anything about a path, for or against it: what the last part of one that says anything has between
 * its stars has to be in it.
 *
 * @param content an ignore file with plain patterns alone
 */
export function quickLook(content: string): (path: string) => boolean {
  const pieces = new Set<string>();
  for (const line of linesOf(content)) {
    const name = line.replace(/^!/, '').split('/').filter((part) => !/^\**$/.test(part)).at(-1) ?? '';
    pieces.add(name.toLowerCase().split(/[*?]|\[[\w-]*\]/).reduce((longest, piece) => (piece.length > longest.length ? piece : longest), ''));
  }
  const all = [...pieces];
  return (path) => {
    const lower = path.toLowerCase();
    return all.some((piece) => lower.includes(piece));
  };
}
