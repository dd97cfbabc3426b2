import type { CommandWord, Span, VariableRead } from '../language.js';

/** `$NAME`, `${NAME…}`, PowerShell's `$env:NAME`, and the expression that GitHub Actions put into a script before it runs. */
const VARIABLE = /(?<!\\)\$(?:env:(?<env>\w+)|\{env:(?<braced>\w+)\}|\{\{\s*(?:secrets|env|vars)\.(?<action>\w+)\s*\}\}|\{[!#]?(?<long>[A-Za-z_]\w*)(?:[:?=+\-%#/^,@*][^{}\n]{0,200})?\}|(?<short>[A-Za-z_]\w*))/gi;

/** The variables that the text expands; those inside single quotes are left to the caller. Offsets start at `offset`. */
export function variablesIn(text: string, offset: number): VariableRead[] {
  const found: VariableRead[] = [];
  for (const match of text.matchAll(VARIABLE)) {
    const { env, braced, action, long, short } = match.groups ?? {};
    const variable = env ?? braced ?? action ?? long ?? short;
    if (variable === undefined) continue;
    const start = offset + match.index;
    const at = start + match[0].indexOf(variable, 1);
    found.push({ variable, start, end: start + match[0].length, nameSpan: { start: at, end: at + variable.length } });
  }
  return found;
}

/** Splits a command of a shell into its words, as a shell quotes: `'…'`, `"…"`, backslashes (or PowerShell's backticks), nested `$(…)` and `${…}`. */
export function wordsOf(text: string, { start, end }: Span, escape: '\\' | '`'): CommandWord[] {
  const words: CommandWord[] = [];
  let at = start;
  while (at < end) {
    const blank = blanksAt(text, at, end, escape);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const word = readWord(text, at, end, escape);
    words.push(word);
    at = Math.max(word.end, at + 1);
  }
  return words;
}

function blanksAt(text: string, at: number, end: number, escape: string): number {
  if (/[ \t\r\n]/.test(text.charAt(at))) return 1;
  const continued = text.charAt(at) === escape && at + 1 < end ? /^\r?\n/.exec(text.slice(at + 1, at + 3))?.[0].length : undefined;
  return continued === undefined ? 0 : continued + 1;
}

function readWord(text: string, start: number, end: number, escape: string): CommandWord {
  let value = '';
  let quote = '';
  let depth = 0;
  const hidden: Span[] = [];
  let opened = start;
  let at = start;
  for (; at < end; at++) {
    const character = text.charAt(at);
    if (quote === '' && depth === 0 && blanksAt(text, at, end, escape) > 0) break;
    if (quote !== "'" && character === escape && at + 1 < end) {
      value += text.charAt(++at);
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      opened = at;
    } else if (quote !== '' && character === quote) {
      if (quote === "'") hidden.push({ start: opened, end: at });
      quote = '';
    } else {
      if (quote !== "'" && character === '$' && /[({]/.test(text.charAt(at + 1))) depth++;
      else if (depth > 0 && /[({]/.test(character) && text.charAt(at - 1) !== '$') depth++;
      else if (depth > 0 && /[)}]/.test(character)) depth--;
      value += character;
    }
  }
  const variables = variablesIn(text.slice(start, at), start).filter((read) => !hidden.some((span) => span.start < read.start && read.end <= span.end) || text.startsWith('${{', read.start));
  return { start, end: at, text: value, variables };
}

/** The name that an argument gives its value: `X-API-KEY` of a header, `api-key` of a flag, `NAME` of `NAME=value`. `before` is the word before it. */
export function namesInArgument(word: string, before: string | undefined, value: string): string[] {
  const names: string[] = [];
  const head = word.slice(0, Math.max(0, word.indexOf(value)));
  const header = /(?<![\w-])([\w-]+)\s{0,20}:\s{0,20}$/.exec(head)?.[1];
  const assigned = /(?:^|[\s,;&?])-{0,2}([\w.-]+)=$/.exec(head)?.[1];
  if (header !== undefined) names.push(header);
  if (assigned !== undefined) names.push(assigned.split('.').at(-1) ?? assigned);
  const flag = /^--?([A-Za-z][\w-]*)$/.exec(before ?? '')?.[1];
  if (flag !== undefined && (head === '' || names.length === 0)) names.push(flag);
  return names;
}
