import type { TextEdit } from '../finding.js';
import { powershellRequests } from '../stigg/shell/powershell.js';
import { readVariableName } from '../variables.js';
import type { Command, Definition, Holder, Language, ParsedSource, Span, VariableRead } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import type { Source } from '../source.js';
import { namesInArgument, variablesIn, wordsOf } from './shell/words.js';
import { contains } from './span.js';

/** A comment or a quoted text. Here-strings come first: their quotes are not ended by a quote. */
interface Quoted extends Span {
  readonly kind: 'comment' | 'single' | 'double' | 'here';
}

/** Quotes that nobody closes match as well, up to the line's end; otherwise each would be looked for again from the next one on. */
const QUOTED = /<#[\s\S]*?(?:#>|$)|#[^\r\n]*|@(["'])[ \t]*\r?\n[\s\S]*?(?:\r?\n\1@|$)|'(?:[^'\r\n]|'')*('|(?=[\r\n])|$)|"(?:[^"`\r\n]|`[\s\S]|"")*("|(?=[\r\n])|`?$)/g;
/** The name before a value: `$env:NAME = `, `$name = `, `"X-API-KEY" = `, `Name = `. */
const BOUND = /(?:\$(?:env:|script:|global:|local:)?(\w+)|\$?\{env:(\w+)\}|["']([\w-]+)["']|(?<![\w$-])([\w-]+))\s{0,40}\+?=\s{0,40}(?:\(\s{0,40})?$/i;
const ASSIGNMENT = /(?:\$(env:|script:|global:|local:)?|\$\{(env:))(\w+)\}?\s*=(?!=)[ \t]*/gi;
/** Words that begin no command. */
const KEYWORD = /^(?:if|else|elseif|for|foreach|while|do|switch|function|param|return|try|catch|finally|throw|in|class|enum|using|process|begin|end)$/i;
const FARTHEST = 300;

/**
 * PowerShell, read by its quotes and lines. There is a grammar, but the first document that needs it costs seconds of compiling
 * on a background thread, which a rare language is not worth.
 */
export const powershell: Language = {
  ...plainText,
  ids: ['powershell'],
  files: [{ languageId: 'powershell', pattern: /\.(?:ps1|psm1|psd1)$/i }],
  inComment: (source, offset) => quotedAt(source, offset)?.kind === 'comment',
  holderOf,
  definitions,
  variableReads,
  commands,
  requests: (source) => powershellRequests(source, (offset) => quotedAt(source, offset)?.kind === 'comment'),
  serverLookup: (variable) => ({ variable, expression: `$env:${variable}` }),
};

function* quotedIn(text: string): Iterable<Quoted> {
  for (const match of text.matchAll(QUOTED)) {
    const open = match[0].charAt(0);
    const kind = open === '#' || open === '<' ? 'comment' : open === '@' ? 'here' : open === "'" ? 'single' : 'double';
    if ((kind === 'single' && match[2] !== "'") || (kind === 'double' && match[3] !== '"')) continue;
    // `#` inside a word is a character like any other.
    if (kind === 'comment' && open === '#' && /[\w`-]/.test(text.charAt(match.index - 1))) continue;
    yield { kind, start: match.index, end: match.index + match[0].length };
  }
}

/** Worked out once per look at a document. */
const QUOTED_OF = new WeakMap<Source, readonly Quoted[]>();

function quotedAt(source: Source, offset: number): Quoted | undefined {
  let all = QUOTED_OF.get(source);
  if (all === undefined) {
    all = [...quotedIn(source.text)];
    QUOTED_OF.set(source, all);
  }
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((all[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = all[low];
  return found !== undefined && found.start <= offset && offset < found.end ? found : undefined;
}

function holderOf(source: ParsedSource, token: Span): Holder {
  const { text } = source;
  const quoted = quotedAt(source, token.start);
  if (quoted?.kind === 'comment') return inertHolder('comment');
  const start = quoted?.start ?? token.start;
  const names = namesOf(text, start, token, quoted);
  const isInit = commandAt(text, start)?.words[0]?.text === 'stigg' && names.includes('api-key');
  return {
    kind: 'code',
    use: isInit ? { names, stiggInit: 'backend' } : { names },
    replaceBy: (expression) => replaceIn(quoted, token, expression),
  };
}

function namesOf(text: string, start: number, token: Span, quoted: Quoted | undefined): string[] {
  const names: string[] = [];
  const value = text.slice(token.start, token.end);
  if (quoted !== undefined) names.push(...namesInArgument(text.slice(quoted.start + 1, quoted.end - 1), undefined, value));
  const bound = BOUND.exec(text.slice(Math.max(0, start - FARTHEST), start));
  const name = bound?.slice(1).find((group: string | undefined) => group !== undefined);
  if (name !== undefined) return [...names, name];
  const words = commandAt(text, start)?.words ?? [];
  const at = words.findIndex((word) => contains(word, token));
  const word = words[at];
  return word === undefined ? names : namesInArgument(word.text, words[at - 1]?.text, value);
}

/** Edits that read the variable where the token stood. */
function replaceIn(quoted: Quoted | undefined, token: Span, expression: string): TextEdit[] | undefined {
  if (quoted === undefined) return [{ ...token, text: expression }];
  if (quoted.kind === 'here') return undefined;
  const atStart = quoted.start + 1 === token.start;
  const atEnd = quoted.end - 1 === token.end;
  if (atStart && atEnd) return [{ start: quoted.start, end: quoted.end, text: expression }];
  if (quoted.kind === 'double') return [{ ...token, text: `$(${expression})` }];
  // In parentheses, since the text may be an argument: there `+` would be one more.
  return [
    { start: quoted.start, end: atStart ? token.end : quoted.start, text: atStart ? `(${expression} + '` : '(' },
    ...(atStart ? [] : [{ start: token.start, end: atEnd ? quoted.end : token.end, text: `' + ${expression}${atEnd ? ')' : " + '"}` }]),
    ...(atEnd ? [] : [{ start: quoted.end, end: quoted.end, text: ')' }]),
  ];
}

function* definitions(source: ParsedSource): Iterable<Definition> {
  const { text } = source;
  for (const match of text.matchAll(ASSIGNMENT)) {
    const name = match[3] ?? '';
    if (readVariableName(name) === undefined) continue;
    const holder = quotedAt(source, match.index);
    if (holder !== undefined) continue;
    const at = match.index + match[0].indexOf(name, match[0].indexOf(':') + 1);
    const start = match.index + match[0].length;
    const quoted = quotedAt(source, start);
    const end = quoted?.start === start ? quoted.end : start + (/^[^\r\n;#]*/.exec(text.slice(start, start + FARTHEST))?.[0].trimEnd().length ?? 0);
    yield {
      name,
      nameSpan: { start: at, end: at + name.length },
      valueSpan: end > start ? { start, end } : undefined,
      isEnvironment: (match[1] ?? match[2])?.toLowerCase() === 'env:',
    };
  }
}

function* variableReads(source: ParsedSource): Iterable<VariableRead> {
  const { text } = source;
  for (const read of variablesIn(text, 0)) {
    if (!/^\$\{?env:/i.test(text.slice(read.start, read.start + 6))) continue;
    const kind = quotedAt(source, read.start)?.kind;
    if (kind === 'comment' || kind === 'single') continue;
    // Being written to is no reading.
    if (!/^\s*=(?!=)/.test(text.slice(read.end, read.end + 20))) yield read;
  }
}

function* commands(source: ParsedSource): Iterable<Command> {
  const { text } = source;
  for (const match of text.matchAll(/(?<![^\s;|({&])(?:&[ \t]+)?[A-Za-z.][\w.\\/:-]*(?=[ \t]+\S)/g)) {
    const before = text.slice(Math.max(0, match.index - FARTHEST), match.index);
    if (!/(?:^|[\r\n;|({&=])[ \t]*$/.test(before) || KEYWORD.test(match[0]) || quotedAt(source, match.index) !== undefined) continue;
    yield commandFrom(text, match.index);
  }
}

/** The command whose line, or continued lines, hold the offset. */
function commandAt(text: string, offset: number): Command | undefined {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  while (start > 1 && /`\r?\n$/.test(text.slice(Math.max(0, start - 3), start))) start = text.lastIndexOf('\n', start - 2) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, start + FARTHEST))?.[0].length ?? 0;
  const command = commandFrom(text, start + indent);
  return offset < command.end ? command : undefined;
}

function commandFrom(text: string, start: number): Command {
  let end = start;
  do {
    const lineEnd = text.indexOf('\n', end + 1);
    end = lineEnd === -1 ? text.length : lineEnd;
  } while (end < text.length && /`\r?$/.test(text.slice(Math.max(start, end - 2), end)));
  const words = wordsOf(text, { start, end }, '`');
  // A further command or a comment is not ours.
  const cut = words.findIndex((word) => /^(?:[|;}]|#)/.test(text.slice(word.start, word.start + 1)));
  const own = cut === -1 ? words : words.slice(0, cut);
  const name = own[0]?.text;
  return { start, end: own.at(-1)?.end ?? start, name: name === undefined || /[$(]/.test(name) ? undefined : name.split(/[\\/]/).at(-1), words: own };
}
