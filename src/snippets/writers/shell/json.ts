import { Placeholder, FRESH, type JsonTemplate } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';

/** How JSON is written where it stands: inside the quotes of a shell, or as it is. */
export interface JsonStyle {
  /** A double quote that opens or closes a JSON string. */
  readonly quote: string;
  readonly newline: string;
  /** What stands between the quotes for this text. */
  text(text: string): string;
  /** A value nobody used before, between the quotes. */
  fresh(): string;
}

/** More leaves than this, or a longer text, and every member gets a line. Stigg's own example has three on one line. */
const MOST_LEAVES = 3;
const LONGEST = 76;

/** JSON with its tab stops; `indent` is what the lines after the first one start with. */
export function jsonParts(value: JsonTemplate, style: JsonStyle, indent = ''): SnippetParts {
  if (value instanceof Placeholder) {
    return typeof value.sample === 'string' ? [style.quote, tabStop(value.stop, style.text(value.sample)), style.quote] : [tabStop(value.stop, String(value.sample))];
  }
  if (value === FRESH) return [style.quote + style.fresh() + style.quote];
  if (typeof value === 'string') return [style.quote + style.text(value) + style.quote];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  const [open, close, members] = isArray(value) ? ['[', ']', value.map((member) => ['', member] as const)] : ['{', '}', membersOf(value, style)];
  if (members.length === 0) return [open + close];
  if (isShort(value)) {
    const space = open === '{' ? ' ' : '';
    return merged([open + space, ...members.flatMap(([name, member], index) => [(index === 0 ? '' : ', ') + name, ...jsonParts(member, style, indent)]), space + close]);
  }
  const inner = `${indent}  `;
  const lines = members.flatMap(([name, member], index) => [(index === 0 ? '' : ',') + style.newline + inner + name, ...jsonParts(member, style, inner)]);
  return merged([open, ...lines, style.newline + indent + close]);
}

/** JSON as it is, in a file of its own. */
export function plainText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** A character of JSON's as its escape, which means the same to every reader of JSON and nothing to a shell. */
export function escapeUnit(char: string): string {
  return Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

/** The deepest nesting, 1 for an object of leaves. */
export function depthOf(value: JsonTemplate): number {
  return isLeaf(value) ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

export function isLeaf(value: JsonTemplate): value is string | number | boolean | null | Placeholder | typeof FRESH {
  return typeof value !== 'object' || value === null || value instanceof Placeholder;
}

export function isArray(value: JsonTemplate): value is readonly JsonTemplate[] {
  return Array.isArray(value);
}

/** One string where several stood side by side. */
export function merged(parts: SnippetParts): SnippetParts {
  const result: (SnippetParts[number])[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

function membersOf(value: Exclude<JsonTemplate, readonly JsonTemplate[]> & object, style: JsonStyle): (readonly [string, JsonTemplate])[] {
  return Object.entries(value as Readonly<Record<string, JsonTemplate>>).map(([name, member]) => [`${style.quote}${style.text(name)}${style.quote}: `, member] as const);
}

/** Judged by what would be sent, so that every target breaks its lines at the same places. */
function isShort(value: JsonTemplate): boolean {
  return leaves(value) <= MOST_LEAVES && sizeOf(value) <= LONGEST;
}

function leaves(value: JsonTemplate): number {
  return isLeaf(value) ? 1 : Object.values(value).reduce<number>((sum, member) => sum + leaves(member), 0);
}

function sizeOf(value: JsonTemplate): number {
  if (value === FRESH) return 38;
  if (value instanceof Placeholder) return JSON.stringify(value.sample).length;
  if (isLeaf(value)) return JSON.stringify(value).length;
  return Object.entries(value).reduce((sum, [name, member]) => sum + (isArray(value) ? 2 : name.length + 6) + sizeOf(member), 2);
}
