import { within } from '../payload/written.js';
import type { ShellWord } from './lexer.js';

/** An option, or an operand, whose name is empty. */
export interface CommandOption {
  readonly name: string;
  readonly word: ShellWord;
  readonly value: ShellWord | undefined;
}

/** The options of a command that writes them `--name value` or `--name=value`; `short` tells short ones that take the next word. */
export function* optionsWithEquals(words: readonly ShellWord[], valued: ReadonlySet<string> | 'all', short: RegExp): Iterable<CommandOption> {
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return;
    const { text } = word.written;
    const long = /^--([A-Za-z][\w.:-]*)(=)?/.exec(text);
    if (long !== null) {
      const name = long[1] ?? '';
      if (long[2] !== undefined) yield { name, word, value: pieceOf(word, long[0].length) };
      else {
        const next = words[at + 1];
        const isValue = valued === 'all' ? next !== undefined && !/^--?[A-Za-z]/.test(next.written.text) : valued.has(name);
        yield { name, word, value: isValue ? next : undefined };
        if (isValue) at++;
      }
    } else if (/^-[A-Za-z]/.test(text)) {
      yield { name: text, word, value: short.test(text) ? words[at + 1] : undefined };
      if (short.test(text)) at++;
    } else yield { name: '', word, value: word };
  }
}

/** The rest of a word. */
export function pieceOf({ start, end, written, expansions }: ShellWord, from: number): ShellWord {
  return {
    start: from < written.text.length ? written.start(from) : start, end, written: within(written, from, written.text.length),
    expansions: new Map([...expansions].flatMap(([at, expansion]) => (at < from ? [] : [[at - from, expansion] as const]))),
  };
}
