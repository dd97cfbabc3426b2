import type { Span } from '../language.js';
import { decodeJsonString } from './jsonString.js';

/** A key with its value, as it stands in the text. */
export interface JsonPair {
  /** The key and those of the objects around it, innermost first. */
  readonly names: readonly string[];
  /** Without quotes. */
  readonly key: Span;
  /** A string without its quotes; undefined for objects, arrays and what is broken. */
  readonly value: Span | undefined;
  readonly isString: boolean;
  /** Tells the objects of a document apart. */
  readonly object: number;
  /** The object is an item of a list. */
  readonly inList: boolean;
}

/** Strings (closed or not), comments, punctuation, and everything else up to those. */
const PIECE = /"(?:[^"\\\r\n]|\\[^\r\n])*"?|'(?:[^'\\\r\n]|\\[^\r\n])*'?|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|[{}[\]:,]|[^\s{}[\]:,"'/]+|\//g;

interface Level {
  readonly name: string | undefined;
  readonly isObject: boolean;
  readonly object: number;
}

/** Deeper than this the outer names are left out. */
const MOST_NAMES = 12;

/**
 * The pairs of a JSON document, with comments, trailing commas, single quotes and bare keys if it likes. Reads on behind what is
 * broken. One pass, no tree.
 */
export function* jsonPairs(text: string): Iterable<JsonPair> {
  const levels: Level[] = [];
  let objects = 0;
  /** A text that is a key if a colon follows. */
  let candidate: Span | undefined;
  let key: { readonly name: string; readonly span: Span } | undefined;
  for (const match of text.matchAll(PIECE)) {
    const piece = match[0];
    const start = match.index;
    const level = levels.at(-1);
    switch (piece) {
      case '{':
      case '[':
        if (key !== undefined) yield pair(levels, key, undefined, false);
        levels.push({ name: key?.name, isObject: piece === '{', object: objects++ });
        candidate = key = undefined;
        break;
      case '}':
      case ']':
        levels.pop();
        candidate = key = undefined;
        break;
      case ',':
        candidate = key = undefined;
        break;
      case ':':
        if (candidate !== undefined && level?.isObject !== false && key === undefined) key = { name: decodeJsonString(text, candidate).text, span: candidate };
        break;
      default: {
        if (piece.startsWith('/')) break;
        const quote = /^["']/.exec(piece)?.[0];
        const isClosed = quote !== undefined && piece.length > 1 && piece.endsWith(quote);
        const span = quote === undefined ? { start, end: start + piece.length } : { start: start + 1, end: start + piece.length - (isClosed ? 1 : 0) };
        if (key !== undefined) {
          yield pair(levels, key, isClosed || quote === undefined ? span : undefined, isClosed);
          candidate = key = undefined;
        } else candidate = quote === undefined || isClosed ? span : undefined;
      }
    }
  }
}

function pair(levels: readonly Level[], key: { readonly name: string; readonly span: Span }, value: Span | undefined, isString: boolean): JsonPair {
  const around = levels.slice(-MOST_NAMES).flatMap(({ name }) => name ?? []).reverse();
  return { names: [key.name, ...around], key: key.span, value, isString, object: levels.at(-1)?.object ?? -1, inList: levels.at(-2)?.isObject === false };
}
