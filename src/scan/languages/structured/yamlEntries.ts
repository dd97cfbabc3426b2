import type { Span } from '../language.js';
import { linesOf } from './lines.js';

/** A key with its value, or an item of a list, as it stands in the text. */
export interface YamlEntry {
  /** The key and those around it, innermost first. An item of a list has no name of its own. */
  readonly names: readonly string[];
  /** Without quotes; undefined for an item of a list. */
  readonly key: Span | undefined;
  readonly value: YamlValue | undefined;
  /** Tells the mappings of a document apart; that of an item is the list's. */
  readonly mapping: number;
  /** The mapping around that one; -1 for none. */
  readonly outer: number;
  /** It is an item of a list, or its mapping is one. */
  readonly inList: boolean;
}

/** A scalar without its quotes, or the lines of a block without its header. */
export interface YamlValue extends Span {
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

/** A key, quoted or not, up to its colon. */
const KEY = /^(?:"(?<double>[^"\\]*)"|'(?<single>[^']*)'|(?<plain>[^\s"'#&*!|>%@`{}[\],?:-][^\s:#]*(?:[ \t]+[^\s:#]+)*|-[^\s:]+))[ \t]*:(?=[ \t]|$)/d;
const PROPERTIES = /^(?:[ \t]*[&!][^\s]*(?=[ \t]|$))*[ \t]*/;
const BLOCK = /^[|>][-+\d]*[ \t]*(?:#[^]*)?$/;

interface Level {
  readonly column: number;
  readonly isItem: boolean;
  readonly name: string | undefined;
  /** The mapping (or list) that the level is an entry of. */
  readonly mapping: number;
}

/** Deeper than this the outer names are left out. */
const MOST_NAMES = 12;

/**
 * The entries of block mappings and lists, told by their indentation, so that templates and errors do no harm. Values in flow style
 * (`{a: b}`) and scalars over several lines are left out. One pass, no tree.
 */
export function* yamlEntries(text: string): Iterable<YamlEntry> {
  const levels: Level[] = [];
  let mappings = 0;
  let block: { readonly column: number; readonly entry: Omit<YamlEntry, 'value'>; readonly style: 'literal' | 'folded'; span: Span | undefined } | undefined;
  const finish = function* (): Iterable<YamlEntry> {
    if (block !== undefined) yield { ...block.entry, value: block.span === undefined ? undefined : { ...block.span, style: block.style } };
    block = undefined;
  };
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    let column = content.length - content.trimStart().length;
    if (column === content.length) continue;
    if (block !== undefined) {
      if (column > block.column) {
        block.span = { start: block.span?.start ?? line.start, end: line.end };
        continue;
      }
      yield* finish();
    }
    if (content.startsWith('#', column)) continue;
    if (/^(?:---|\.\.\.)(?:[ \t]|$)/.test(content)) {
      levels.length = 0;
      continue;
    }
    // What precedes the text of the line: any number of list items.
    while (/^-(?:[ \t]|$)/.test(content.slice(column, column + 2))) {
      const at = column;
      const sibling = leave(levels, (level) => level.column > at || (level.column === at && level.isItem));
      levels.push({ column: at, isItem: true, name: undefined, mapping: sibling?.column === at ? sibling.mapping : mappings++ });
      column++;
      while (/[ \t]/.test(content.charAt(column))) column++;
    }
    if (column >= content.length) continue;
    const at = column;
    const match = KEY.exec(content.slice(at));
    const indices = match?.indices?.groups;
    const place = indices?.double ?? indices?.single ?? indices?.plain;
    let entry: Omit<YamlEntry, 'value'>;
    let parent = at;
    if (match === null || place === undefined) {
      const item = levels.at(-1);
      if (item === undefined || !item.isItem || item.column >= at) continue;
      parent = item.column;
      entry = { names: namesOf(levels), key: undefined, mapping: item.mapping, outer: outerOf(levels), inList: true };
    } else {
      const sibling = leave(levels, (level) => level.column >= at);
      const mapping = sibling?.column === at && !sibling.isItem ? sibling.mapping : mappings++;
      levels.push({ column: at, isItem: false, name: content.slice(at + place[0], at + place[1]), mapping });
      const inList = levels.at(-2)?.isItem === true;
      entry = { names: namesOf(levels), key: { start: line.start + at + place[0], end: line.start + at + place[1] }, mapping, outer: outerOf(levels), inList };
      column += match[0].length;
    }
    const rest = content.slice(column);
    const skipped = PROPERTIES.exec(rest)?.[0].length ?? 0;
    const value = rest.slice(skipped);
    if (BLOCK.test(value)) block = { column: parent, entry, style: value.startsWith('|') ? 'literal' : 'folded', span: undefined };
    else yield { ...entry, value: scalar(value, line.start + column + skipped) };
  }
  yield* finish();
}

/** Leaves the levels that have ended; the outermost of them. */
function leave(levels: Level[], hasEnded: (level: Level) => boolean): Level | undefined {
  let left: Level | undefined;
  for (let level = levels.at(-1); level !== undefined && hasEnded(level); level = levels.at(-1)) left = levels.pop();
  return left;
}

function namesOf(levels: readonly Level[]): string[] {
  return levels.slice(-MOST_NAMES).flatMap(({ name }) => name ?? []).reverse();
}

/** The mapping around the innermost level's own. */
function outerOf(levels: readonly Level[]): number {
  return levels.slice(0, -1).findLast(({ isItem }) => !isItem)?.mapping ?? -1;
}

function scalar(value: string, start: number): YamlValue | undefined {
  const quoted = /^(?:"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*')/.exec(value)?.[0];
  if (quoted !== undefined) return { start: start + 1, end: start + quoted.length - 1, style: quoted.startsWith('"') ? 'double' : 'single' };
  if (/^["'{[*#]|^$/.test(value)) return undefined;
  const end = /[ \t]#/.exec(value)?.index ?? value.length;
  return { start, end: start + value.slice(0, end).trimEnd().length, style: 'plain' };
}
