import type { Node } from '@vscode/tree-sitter-wasm';
import type { Definition, Holder, Language, ParsedSource, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { groupSpan, isBehindHash, linesOf, trimmed } from './structured/lines.js';
import { isMcpKey, isStiggMcp } from './structured/mcp.js';
import { beforeHash } from './structured/reads.js';

const TABLE = /^[ \t]*\[\[?(?<name>[^\][]+)\]\]?/;
const PAIR = /^[ \t]*(?<name>"[^"]*"|'[^']*'|[\w.-]+)[ \t]*=(?<value>[^]*)$/d;
/** Tables whose keys are environment variables: wrangler.toml, netlify.toml, fly.toml, mise.toml, and servers in Codex' config.toml. */
const ENVIRONMENTS = new Set(['env', 'vars', 'environment']);
/** Deeper than this a name says nothing about the value any more. */
const FARTHEST = 60;

/** TOML. None of its readers puts environment variables into strings. */
export const toml: Language = {
  ...plainText,
  ids: ['toml'],
  files: [{ languageId: 'toml', pattern: /\.toml$|(?:^|\/)Pipfile$/i }],
  grammar: () => 'toml',
  holderOf,
  inComment,
  definitions,
};

function holderOf(source: ParsedSource, token: Span): Holder {
  if (inComment(source, token.start)) return inertHolder('comment');
  const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
  const index = around.findIndex(({ type }) => type === 'string');
  const names = index === -1 ? [] : namesAround(source, around, index);
  const isBackend = isMcpKey(names) && source.text.split(/["'\s]+/, 20_000).some(isStiggMcp);
  return { ...inertHolder('text'), use: isBackend ? { names, stiggInit: 'backend' } : { names } };
}

function namesAround(source: ParsedSource, around: readonly Node[], index: number): string[] {
  const names: string[] = [];
  for (const node of around.slice(index + 1, index + FARTHEST)) {
    const key = node.type === 'pair' ? node.namedChild(0) : /^table(?:_array_element)?$/.test(node.type) ? node.namedChild(0) : null;
    if (key !== null) names.push(...keyParts(source.text.slice(key.startIndex, key.endIndex)).reverse());
  }
  return names;
}

/** The parts of a dotted key, without quotes. */
function keyParts(key: string): string[] {
  return Array.from(key.matchAll(/"([^"]*)"|'([^']*)'|[\w-]+/g), ([part, double, single]) => double ?? single ?? part);
}

/** One pair a line; what inline tables and strings of several lines hold is left out. */
function* definitions({ text }: ParsedSource): Iterable<Definition> {
  let table: string[] = [];
  let until: string | undefined;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (until !== undefined) {
      if (content.includes(until)) until = undefined;
      continue;
    }
    const header = TABLE.exec(content)?.groups?.name;
    if (header !== undefined) {
      table = keyParts(header);
      continue;
    }
    const match = PAIR.exec(content);
    const key = match === null ? undefined : groupSpan(match, 'name', line.start);
    const rest = match === null ? undefined : groupSpan(match, 'value', line.start);
    if (key === undefined || rest === undefined) continue;
    const value = trimmed(text, rest);
    const open = text.slice(value.start, value.start + 3);
    if (open === '"""' || open === "'''") until = text.slice(value.start + 3, value.end).includes(open) ? undefined : open;
    const parts = keyParts(text.slice(key.start, key.end));
    const name = parts.at(-1);
    if (name === undefined) continue;
    const around = parts.at(-2) ?? table.at(-1);
    yield { name, nameSpan: lastPart(key, name, text), valueSpan: valueSpan(text, value), isEnvironment: around !== undefined && ENVIRONMENTS.has(around) };
  }
}

function lastPart(key: Span, name: string, text: string): Span {
  const start = key.start + text.slice(key.start, key.end).lastIndexOf(name);
  return { start, end: start + name.length };
}

function valueSpan(text: string, value: Span): Span | undefined {
  const isBlock = /^(?:"""|''')/.test(text.slice(value.start, value.start + 3));
  const quoted = /^(?:"""([^]*?)"""|'''([^]*?)'''|"((?:[^"\\]|\\[^])*)"|'([^']*)')/.exec(text.slice(value.start, value.end));
  if (quoted !== null && (!isBlock || quoted[0].length >= 6)) {
    const quotes = isBlock ? 3 : 1;
    return { start: value.start + quotes, end: value.start + quoted[0].length - quotes };
  }
  const plain = trimmed(text, beforeHash(text, value));
  return plain.start === plain.end || /^["'[{]/.test(text.charAt(plain.start)) ? undefined : plain;
}

function inComment(source: ParsedSource, offset: number): boolean {
  if (source.syntax === undefined) return isBehindHash(source.text, offset);
  return source.syntax.nodesAround(offset, offset + 1)[0]?.type === 'comment';
}
