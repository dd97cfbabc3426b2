import type { Node } from '@vscode/tree-sitter-wasm';
import type { BindNode, IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { lineEndAt, lineStartAt, nextLineAt } from '../../lines.js';
import type { ParsedSource } from '../../languages/language.js';
import { addressBy } from '../endpointFor.js';
import { valueIn } from '../payload/notation.js';
import { HOLE, lastName } from '../payload/written.js';
import { addressIn } from './environment.js';
import { closingAt, hereText, wordAt, wordsAt, type Expansion, type ShellWord } from './lexer.js';

/** `NAME=…` where a shell assigns. */
const ASSIGNMENT = /(?<![\w$.{?&-])([A-Za-z_]\w{0,100})(\+?)=(?!=)/g;
const ASSIGNED = /(?:^|[;&|({`]|\b(?:then|do|else|export|local|readonly|declare|typeset|env)\b(?:[ \t]{1,9}-\w{1,9}){0,3}|=\S{0,200})[ \t]{0,200}$/;
const INERT = new Set(['comment', 'raw_string', 'heredoc_body', 'string_content', 'string']);
const HERE = /<<-?[ \t]{0,9}(?<quote>["'\\]?)(?<mark>[A-Za-z_]\w{0,60})/;
const MOST_ASSIGNMENTS = 2_000;
const DEEPEST = 6;

interface Assignment {
  readonly name: string;
  readonly at: number;
  /** A list has any number of words. */
  readonly words: readonly ShellWord[];
  readonly isList: boolean;
}

/** What is known of a shell script: its variables, and texts that commands are given. */
export class Script {
  readonly text: string;
  readonly #source: ParsedSource;
  #assignments: ReadonlyMap<string, readonly Assignment[]> | undefined;

  constructor(source: ParsedSource) {
    this.text = source.text;
    this.#source = source;
  }

  /** The assignments as declarations, for the values of names. */
  binds(): BindNode[] {
    return [...this.#assigned().values()].flat().filter(({ isList }) => !isList).map(({ name, at, words: [word] }) => bind(name, at, at + name.length, word === undefined ? undefined : nodeOf(word)));
  }

  /** The words with lists that are written out in the script in the place of their names; `isOpen` when more may come from elsewhere. */
  spread(words: readonly ShellWord[]): { readonly words: readonly ShellWord[]; readonly isOpen: boolean } {
    let isOpen = false;
    const found = words.flatMap((word): readonly ShellWord[] => {
      const expansion = soleExpansion(word);
      if (expansion === undefined) return [word];
      const lists = this.#of(expansion.name).filter(({ isList }) => isList);
      if (lists.length > 0) return lists.flatMap((list) => list.words);
      if (expansion.isList) {
        isOpen = true;
        return [];
      }
      return [word];
    });
    return { words: found, isOpen };
  }

  /** The word that a variable alone stands for, where the script says it; otherwise the word itself. */
  resolved(word: ShellWord, depth = 0): ShellWord {
    const expansion = soleExpansion(word);
    const found = expansion === undefined || depth > DEEPEST ? undefined : this.#scalar(expansion.name, word.start, false);
    return found === undefined ? word : this.resolved(found, depth + 1);
  }

  /** The text of the word with `UNKNOWN` for what is not constant. An address is followed further: by the last value before it, and by names. */
  textOf(word: ShellWord, isAddress: boolean, depth = 0): string {
    const { text } = word.written;
    if (word.expansions.size === 0 || depth > DEEPEST) return text;
    let result = '';
    for (let at = 0; at < text.length && result.length < 4_000; at++) {
      const expansion = word.expansions.get(at);
      result += expansion === undefined ? text.charAt(at) : this.#expanded(expansion, word, isAddress, depth);
    }
    return result;
  }

  #expanded({ name, fallback }: Expansion, word: ShellWord, isAddress: boolean, depth: number): string {
    const value = name === '' ? undefined : this.#scalar(name, word.start, !isAddress);
    if (value !== undefined) {
      const text = this.textOf(value, isAddress, depth + 1);
      if (text !== HOLE || !isAddress) return text;
    }
    const given = isAddress ? addressIn(this.#source.environment, name) : undefined;
    if (given !== undefined) return given;
    if (fallback !== undefined && isAddress) return fallback;
    return isAddress ? addressBy(name) : HOLE;
  }

  /** The value of a variable: the only one, or the last one before. */
  #scalar(name: string, before: number, isOnly: boolean): ShellWord | undefined {
    if (name === '') return undefined;
    const all = this.#of(name).filter(({ isList }) => !isList);
    if (isOnly && all.length > 1) return undefined;
    const last = all.findLast(({ at }) => at < before) ?? all[0];
    // `API=${API:-…}` asks for what it had before.
    return last === undefined || (last.words[0] !== undefined && last.words[0].start <= before && before <= last.words[0].end) ? undefined : last.words[0];
  }

  #of(name: string): readonly Assignment[] {
    return this.#assigned().get(name) ?? [];
  }

  /** What a body's word stands for: the word, what it is printed by, or a here-document. `stdin` is what comes in through a pipe. */
  bodyOf(word: ShellWord, start: number): IrNode | undefined {
    const own = this.resolved(word);
    if (own.written.text.startsWith('@-')) return this.#stdin(start);
    if (own.written.text.startsWith('@')) return undefined;
    const command = soleExpansion(own, true)?.command;
    if (command !== undefined) return this.#printedBy(command.start, command.end);
    return valueIn(own.written) ?? nodeOf(own);
  }

  /** What is piped into the command that stands there; the value as far as it is written out. */
  piped(start: number): { readonly isPiped: boolean; readonly value: IrNode | undefined } {
    const value = this.#stdin(start);
    if (value !== undefined) return { isPiped: true, value };
    const pipeline = this.#pipelineAt(start);
    return { isPiped: pipeline !== undefined && pipeline.startIndex < start, value: undefined };
  }

  #pipelineAt(start: number): Node | undefined {
    return this.#source.syntax?.nodesAround(start, start + 1).find(({ type }) => type === 'pipeline');
  }

  /** What the command that stands there reads, when it is written out: a here-document, or what is piped into it. */
  #stdin(start: number): IrNode | undefined {
    const words = wordsAt(this.text, start, this.text.length);
    const here = this.#hereAfter(words.at(-1)?.end ?? start);
    if (here !== undefined) return valueIn(here.written) ?? nodeOf(here);
    const pipeline = this.#pipelineAt(start);
    return pipeline === undefined || pipeline.startIndex >= start ? undefined : this.#printedBy(pipeline.startIndex, start);
  }

  /** What a command prints: `echo …`, `cat <<EOF`, `jq -n '{ … }'`. */
  #printedBy(from: number, to: number): IrNode | undefined {
    const words = wordsAt(this.text, from + (/^\s{0,200}/.exec(this.text.slice(from, from + 200))?.[0].length ?? 0), to);
    const [name, ...rest] = words;
    switch (name?.written.text) {
      case 'cat': {
        const here = this.#hereAfter(words.at(-1)?.end ?? from);
        return here === undefined ? undefined : valueIn(here.written);
      }
      case 'echo':
      case 'printf': {
        const last = rest.at(-1);
        return last === undefined ? undefined : valueIn(this.resolved(last).written);
      }
      case 'jq':
        return this.#madeByJq(rest);
      default:
        return undefined;
    }
  }

  /** The object that a program of jq makes, with the variables that it is given. */
  #madeByJq(words: readonly ShellWord[]): IrNode | undefined {
    const program = words.map(({ written }) => valueIn(written)).find((node) => node !== undefined);
    const binds = words.flatMap((word, index) => {
      const [name, value] = words.slice(index + 1);
      return /^--arg(?:json)?$/.test(word.written.text) && name !== undefined && value !== undefined ? [bind(name.written.text, name.start, name.end, nodeOf(value))] : [];
    });
    return program === undefined || binds.length === 0 ? program : scopeOf(program, binds);
  }

  /** The here-document that a command ending there reads. */
  #hereAfter(end: number): ShellWord | undefined {
    const lineEnd = lineEndAt(this.text, end);
    const match = HERE.exec(this.text.slice(end, Math.min(lineEnd, end + 2_000)));
    if (match === null) return undefined;
    const mark = match.groups?.mark ?? '';
    const start = nextLineAt(this.text, lineEnd);
    for (let at = start; at < this.text.length; at = nextLineAt(this.text, lineEndAt(this.text, at))) {
      const close = lineEndAt(this.text, at);
      if (this.text.slice(at, close).trim() === mark) return hereText(this.text, start, at, match.groups?.quote !== '');
    }
    return undefined;
  }

  #assigned(): ReadonlyMap<string, readonly Assignment[]> {
    if (this.#assignments !== undefined) return this.#assignments;
    const found = new Map<string, Assignment[]>();
    let left = MOST_ASSIGNMENTS;
    for (const match of this.text.matchAll(ASSIGNMENT)) {
      const [whole, name = '', plus] = match;
      if (!this.#isAssignment(match.index, name) || left-- <= 0) continue;
      const from = match.index + whole.length;
      const isList = this.text.charAt(from) === '(';
      const words = isList ? wordsAt(this.text, from + 1, closingAt(this.text, from, this.text.length) - 1, true) : [wordAt(this.text, from, this.text.length)];
      const before = found.get(name) ?? [];
      if (isList || plus === '') found.set(name, isList && plus === '' ? [...before.filter((other) => !other.isList), { name, at: match.index, words, isList }] : [...before, { name, at: match.index, words, isList }]);
    }
    for (const here of this.#read()) found.set(here.name, [...(found.get(here.name) ?? []), here]);
    this.#assignments = found;
    return found;
  }

  /** `read -r -d '' body <<EOF` */
  *#read(): Iterable<Assignment> {
    for (const { index } of this.text.matchAll(/<</g)) {
      const before = this.text.slice(Math.max(lineStartAt(this.text, index), index - 120), index);
      const here = /\bread[ \t]/.test(before) && !/[|;<]/.test(before) ? this.#hereAfter(index) : undefined;
      if (here !== undefined) yield { name: lastName(before), at: index, words: [here], isList: false };
    }
  }

  #isAssignment(at: number, name: string): boolean {
    const lineStart = lineStartAt(this.text, at);
    if (!ASSIGNED.test(this.text.slice(Math.max(lineStart, at - 300), at))) return false;
    const type = this.#source.syntax?.nodesAround(at, at + name.length)[0]?.type;
    return type !== undefined && !INERT.has(type);
  }
}

function bind(name: string, start: number, end: number, value: IrNode | undefined): BindNode {
  return made({
    kind: 'bind', targets: [{ name, place: undefined, path: [], start, end }], value, operator: '=', isDeclaration: true, isEach: false, type: undefined,
    start, end: Math.max(end, value?.end ?? end),
  });
}

/** The node with names that only it knows. */
function scopeOf(node: IrNode, binds: readonly BindNode[]): IrNode {
  const start = Math.min(node.start, ...binds.map((each) => each.start));
  return made({ kind: 'group', start, end: node.end, isScope: true, children: [...binds, node] });
}

/** The only thing of a word, when that is filled in. */
function soleExpansion(word: ShellWord, isTrimmed = false): Expansion | undefined {
  const text = isTrimmed ? word.written.text.trim() : word.written.text;
  return text === HOLE ? word.expansions.get(word.written.text.indexOf(HOLE)) : undefined;
}

/** The value of a word: what is filled in, a number, or a text. */
export function nodeOf({ start, end, written }: ShellWord): IrNode {
  const { text } = written;
  const sole = text === HOLE ? written.hole(0) : undefined;
  if (sole !== undefined) return sole;
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return { kind: 'number', value: Number(text), start: written.start(0), end: written.end(text.length - 1) };
  const [first] = text;
  const hole = first === HOLE && text === `${HOLE}00` ? written.hole(0) : undefined;
  if (hole !== undefined) {
    return made({ kind: 'operation', operator: '*', operands: [hole, { kind: 'number', value: 100, start: written.start(1), end: written.end(2) }], start: written.start(0), end: written.end(2) });
  }
  return textNode(written.text, start, end, written);
}

function textNode(text: string, start: number, end: number, written: ShellWord['written']): IrNode {
  const parts: Extract<IrNode, { readonly kind: 'text' }>['parts'][number][] = [];
  for (let at = 0; at < text.length; ) {
    const hole = written.hole(at);
    if (hole !== undefined) {
      parts.push(hole);
      at++;
      continue;
    }
    const next = text.indexOf(HOLE, at);
    const to = next === -1 ? text.length : Math.max(next, at + 1);
    parts.push({ kind: 'stretch', value: text.slice(at, to), start: written.start(at), end: written.end(to - 1) });
    at = to;
  }
  return made({ kind: 'text', parts, start, end });
}
