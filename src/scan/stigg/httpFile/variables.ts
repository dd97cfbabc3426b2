import { UNKNOWN } from '../../ir/texts.js';
import type { Span } from '../../languages/language.js';
import { addressBy } from '../endpointFor.js';
import { lastName } from '../payload/written.js';

/** `@name = value` at the start of a line. */
const DEFINITION = /^@([\w.-]{1,100})[ \t]*=[ \t]*([^\r\n]*)$/gm;
/** A value that is put in when the request is sent. */
const PLACE = /\{\{([^{}\r\n]{0,200})\}\}/g;
const DEEPEST = 6;
const LONGEST = 8_000;

/** A variable that the file gives a value. */
export interface FileVariable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}

/** The variables of a request file. */
export class FileVariables {
  readonly all: readonly FileVariable[];
  readonly #values: ReadonlyMap<string, string>;

  constructor(text: string) {
    this.all = Array.from(text.matchAll(DEFINITION), (match) => {
      const [whole, name = '', value = ''] = match;
      const end = match.index + whole.length;
      return { name, nameSpan: { start: match.index + 1, end: match.index + 1 + name.length }, value: value.trim(), valueSpan: { start: end - value.length, end: end - value.length + value.trimEnd().length } };
    });
    this.#values = new Map(this.all.map(({ name, value }) => [name, value]));
  }

  /** The text with `UNKNOWN` for what is not constant; an address is followed by the names of variables too. */
  textOf(text: string, isAddress: boolean, depth = 0): string {
    if (depth > DEEPEST || text.length > LONGEST) return UNKNOWN;
    return text.replace(PLACE, (_, inner: string) => {
      const name = inner.trim();
      const value = this.#values.get(name);
      if (value !== undefined) return this.textOf(value, isAddress, depth + 1);
      return isAddress ? addressBy(lastName(name)) : UNKNOWN;
    }).slice(0, LONGEST);
  }
}
