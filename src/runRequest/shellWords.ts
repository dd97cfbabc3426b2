import { closingBracket } from './closingBracket.js';
import { KEY, joined, visible, type Part, type Text } from './draft.js';
import { readHereDocuments, type HereMark } from './hereDocuments.js';
import { isKeyVariable } from './keyVariables.js';

/** What variables of a script hold, as far as it says so itself. */
export type Variables = ReadonlyMap<string, Text>;

export interface Command {
  readonly words: readonly Text[];
  /** What comes over the standard input (`0`) and over other descriptors, from here-documents and here-strings. */
  readonly inputs: ReadonlyMap<number, Text>;
  /** Files that the output goes to, or the input comes from; as they are written. */
  readonly files: readonly string[];
  /** Behind the last character. */
  readonly end: number;
  /** What follows: `|`, `;`, `&&`; empty at the end of a line. */
  readonly operator: string;
  /** A quote or a bracket is never closed. */
  readonly isOpen: boolean;
}

/** A command longer than this is data. UTF-16 code units. */
const LONGEST = 1_000_000;
const NAME = /[A-Za-z_]\w*/y;
const BREAK = /\r?\n/y;
/** Within $'…'. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** Reads one command of a POSIX shell from the offset to its end. Nothing is run: what would be is `Missing`. Never throws. */
export function readCommand(text: string, start: number, variables: Variables): Command {
  return new Reader(text, start, variables).command();
}

/** The one word that a text begins with, such as the value of an assignment; empty where a blank or an operator stands first. Never throws. */
export function readWord(text: string, variables: Variables): Text {
  return new Reader(text, 0, variables).word();
}

interface Redirection {
  readonly descriptor: number;
  readonly kind: 'file' | 'string' | 'document';
}

class Reader {
  readonly #text: string;
  readonly #variables: Variables;
  readonly #limit: number;
  #at: number;
  #isOpen = false;
  /** What variables may grow to. */
  #left = LONGEST;

  constructor(text: string, start: number, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
    this.#at = start;
    this.#limit = Math.min(text.length, start + LONGEST);
  }

  command(): Command {
    const words: Text[] = [];
    const inputs = new Map<number, Text>();
    const files: string[] = [];
    const documents: HereMark[] = [];
    let operator = '';
    for (;;) {
      this.#blanks();
      const redirection = this.#redirection();
      if (redirection !== undefined) {
        const isIndented = redirection.kind === 'document' && this.#take('-');
        this.#blanks();
        const from = this.#at;
        const word = this.#word();
        const raw = this.#text.slice(from, this.#at);
        if (word === undefined) break;
        if (redirection.kind === 'string') inputs.set(redirection.descriptor, joined([...word, '\n']));
        else if (redirection.kind === 'document') documents.push({ descriptor: redirection.descriptor, mark: raw.replace(/["'\\]/g, ''), isQuoted: /["'\\]/.test(raw), isIndented });
        else if (redirection.descriptor !== 2 && raw !== '/dev/null') files.push(raw);
        continue;
      }
      const word = this.#word();
      if (word === undefined) {
        operator = this.#operator();
        break;
      }
      words.push(word);
    }
    const end = Math.min(this.#at, this.#text.length);
    if (documents.length > 0) this.#documents(documents, inputs);
    return { words, inputs, files, end: documents.length > 0 ? Math.min(Math.max(end, this.#at), this.#text.length) : end, operator, isOpen: this.#isOpen };
  }

  word(): Text {
    return this.#word() ?? [];
  }

  #blanks(): void {
    for (; this.#at < this.#limit; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === ' ' || character === '\t') continue;
      if (character !== '\\' || !this.#continues()) return;
    }
  }

  /** At a backslash before a line break: goes to the break's last character. */
  #continues(): boolean {
    BREAK.lastIndex = this.#at + 1;
    const line = BREAK.exec(this.#text)?.[0];
    if (line === undefined) return false;
    this.#at += line.length;
    return true;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #redirection(): Redirection | undefined {
    const found = /^(\d{0,2})(<<<|<<|<(?!\()|&>>?|>>|>(?!\()&?)/.exec(this.#text.slice(this.#at, this.#at + 8));
    if (found === null) return undefined;
    const [all, number = '', sign = ''] = found;
    this.#at += all.length;
    const descriptor = number === '' ? (sign.startsWith('<') ? 0 : 1) : Number(number);
    // `2>&1` joins two outputs: no file.
    if (sign === '>&' && /^\d/.test(this.#text.charAt(this.#at))) return { descriptor: 2, kind: 'file' };
    return { descriptor, kind: sign === '<<<' ? 'string' : sign === '<<' ? 'document' : 'file' };
  }

  #operator(): string {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (/^(?:\|\||&&|;;|\|&)/.test(rest)) return rest;
    return /^[|;&()`]/.test(rest) ? rest.charAt(0) : '';
  }

  /** undefined at the end of the command. */
  #word(): Text | undefined {
    const parts: Part[] = [];
    const begin = this.#at;
    if (this.#text.charAt(this.#at) === '#') return undefined;
    for (; this.#at < this.#limit; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (/[\s;&|()`]/.test(character)) {
        if (character === '`' && this.#closes()) {
          parts.push(this.#backquoted());
          continue;
        }
        break;
      }
      if ((character === '<' || character === '>') && this.#text.charAt(this.#at + 1) === '(') {
        parts.push(this.#substitution(this.#at, this.#at + 1));
        continue;
      }
      if (character === '<' || character === '>') break;
      if (character === '\\') {
        if (this.#continues()) continue;
        parts.push(this.#text.charAt(this.#at + 1));
        this.#at++;
      } else if (character === "'") this.#single(parts);
      else if (character === '"') this.#double(parts);
      else if (character === '$') this.#dollar(parts, false);
      else parts.push(character);
    }
    return this.#at === begin ? undefined : joined(parts);
  }

  /** A backquote that begins something, and not the one around this command. */
  #closes(): boolean {
    const next = this.#text.indexOf('`', this.#at + 1);
    // Only up to the next one: behind it is the matter of that one.
    return next !== -1 && !this.#text.slice(this.#at, next).includes('\n');
  }

  #backquoted(): Part {
    const from = this.#at;
    this.#at = this.#text.indexOf('`', from + 1);
    return { missing: this.#text.slice(from, this.#at + 1) };
  }

  #single(parts: Part[]): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1 || end >= this.#limit) this.#isOpen = true;
    const stop = end === -1 ? this.#limit : end;
    parts.push(this.#text.slice(this.#at + 1, stop));
    this.#at = stop;
  }

  #double(parts: Part[]): void {
    for (this.#at++; this.#at < this.#limit; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') return;
      if (character === '\\') this.#escapeInside(parts);
      else if (character === '$') this.#dollar(parts, true);
      else if (character === '`' && this.#closes()) parts.push(this.#backquoted());
      else parts.push(character);
    }
    this.#isOpen = true;
  }

  /** In double quotes a backslash is special before a few characters only. */
  #escapeInside(parts: Part[]): void {
    if (this.#continues()) return;
    const next = this.#text.charAt(this.#at + 1);
    if (/["\\$`]/.test(next)) this.#at++;
    parts.push(this.#text.charAt(this.#at));
  }

  /** At `$`; ends at the last character of what it stands for. */
  #dollar(parts: Part[], isQuoted: boolean): void {
    const from = this.#at;
    const next = this.#text.charAt(from + 1);
    if (next === '(') parts.push(this.#substitution(from, from + 1));
    else if (next === '{') parts.push(...this.#braced(from));
    else if (next === "'" && !isQuoted) this.#ansi(parts);
    else {
      NAME.lastIndex = from + 1;
      const name = NAME.exec(this.#text)?.[0];
      if (name !== undefined) {
        this.#at = from + name.length;
        parts.push(...this.#value(name, `$${name}`));
      } else if (/[\d@*#?!$-]/.test(next)) {
        this.#at = from + 1;
        parts.push({ missing: `$${next}` });
      } else parts.push('$');
    }
  }

  #value(name: string, raw: string): Text {
    const known = this.#variables.get(name);
    if (known === undefined) return isKeyVariable(name) ? [KEY] : [{ missing: raw }];
    this.#left -= known.length + visible(known).length;
    return this.#left < 0 ? [{ missing: raw }] : known;
  }

  #braced(from: number): Text {
    const end = this.#text.indexOf('}', from);
    if (end === -1 || end >= this.#limit) {
      this.#isOpen = true;
      this.#at = this.#limit;
      return [{ missing: '${' }];
    }
    this.#at = end;
    const raw = this.#text.slice(from, end + 1);
    // With a default or a message for an unset variable; other operators change the value.
    const name = /^\$\{([A-Za-z_]\w{0,200})(?:\}|:?[-?=])/.exec(raw)?.[1];
    return name === undefined ? [{ missing: raw }] : this.#value(name, raw);
  }

  /** `$(…)` and `<(…)`: to the bracket that closes it, past quotes. */
  #substitution(from: number, bracket: number): Part {
    const at = closingBracket(this.#text, bracket, this.#limit);
    if (at >= this.#limit) this.#isOpen = true;
    this.#at = Math.min(at, this.#limit);
    return { missing: this.#text.slice(from, this.#at + 1) };
  }

  #ansi(parts: Part[]): void {
    for (this.#at += 2; this.#at < this.#limit; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === "'") return;
      if (character !== '\\') {
        parts.push(character);
        continue;
      }
      const escape = ESCAPES[this.#text.charAt(this.#at + 1)];
      parts.push(escape ?? { missing: this.#text.slice(this.#at, this.#at + 2) });
      this.#at++;
    }
    this.#isOpen = true;
  }

  /** The here-documents, which begin on the next line. */
  #documents(marks: readonly HereMark[], inputs: Map<number, Text>): void {
    const { documents, end, isOpen } = readHereDocuments(this.#text, this.#text.indexOf('\n', this.#at) + 1, this.#limit, marks);
    if (isOpen) this.#isOpen = true;
    for (const { descriptor, isQuoted, content } of documents) inputs.set(descriptor, isQuoted ? [content] : new Reader(content, 0, this.#variables).expanded());
    this.#at = Math.max(this.#at, end);
  }

  /** All of the text as within double quotes, where a quote means nothing. */
  expanded(): Text {
    const parts: Part[] = [];
    for (; this.#at < this.#limit; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '\\' && this.#text.charAt(this.#at + 1) !== '"') this.#escapeInside(parts);
      else if (character === '$') this.#dollar(parts, true);
      else if (character === '`' && this.#closes()) parts.push(this.#backquoted());
      else parts.push(character);
    }
    return joined(parts);
  }
}
