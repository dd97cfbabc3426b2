/** Says what is shown of a string; `name` is that of the field it is the value of, or in whose list it is. */
export type ShowString = (name: string, value: string) => string;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
/** Deeper than this lines are not indented any more. */
const DEEPEST = 40;
/** An answer that indentation makes more than so many times larger, and by more than that many characters, stays as it is. */
const GROWTH = { times: 4, characters: 1_000_000 } as const;

/**
 * JSON on several lines; undefined for what is no JSON, and where lines would make far too much of it. Numbers stay as they are written (parsing would round amounts and large ids), names keep their
 * order, also when they come twice.
 */
export function prettyJson(text: string, show: ShowString): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const most = text.length * GROWTH.times + GROWTH.characters;
  const pieces: string[] = [];
  let length = 0;
  /** The name that values go by, for each open bracket. */
  const names: string[] = [''];
  const isObject: boolean[] = [];
  let depth = 0;
  let isName = false;
  const line = (): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`;
  const tokens = Array.from(text.matchAll(TOKEN), ([token]) => token);
  for (const [index, token] of tokens.entries()) {
    length += token.length + 2 * Math.min(depth, DEEPEST) + 1;
    if (length > most) return undefined;
    const next = tokens[index + 1];
    switch (token) {
      case '{':
      case '[':
        if (next === '}' || next === ']') {
          pieces.push(token);
          isObject.push(token === '{');
          depth++;
          continue;
        }
        isObject.push(token === '{');
        isName = token === '{';
        depth++;
        names[depth] = names[depth - 1] ?? '';
        pieces.push(token, line());
        continue;
      case '}':
      case ']': {
        const previous = tokens[index - 1];
        depth--;
        isObject.pop();
        pieces.push(previous === '{' || previous === '[' ? token : `${line()}${token}`);
        continue;
      }
      case ',':
        isName = isObject.at(-1) === true;
        pieces.push(',', line());
        continue;
      case ':':
        isName = false;
        pieces.push(': ');
        continue;
      default:
        break;
    }
    if (!token.startsWith('"')) {
      pieces.push(token);
      continue;
    }
    const value = JSON.parse(token) as string;
    if (isName) names[depth] = value;
    const shown = isName ? show('', value) : show(names[depth] ?? '', value);
    pieces.push(shown === value ? token : JSON.stringify(shown));
  }
  return pieces.join('');
}
