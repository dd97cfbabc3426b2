import type { Holder, Language, ParsedSource, Span } from './language.js';

/** The token may be masked in place: nothing reads a comment or prose. */
export function proseHolder(kind: Holder['kind']): Holder {
  return { kind, use: { names: [] }, replaceBy: () => undefined };
}

const COMMENT_LEADER = /(?:\/\/|\/\*|#|<!--|--|;|%|\{\/\*|(?:^|\s)(?:rem|REM)\s)/;

/** For unknown languages and for texts that cannot be parsed: tokens are found, their surroundings are not understood. */
export const plainText: Language = {
  ids: [],
  grammar: () => undefined,
  holderOf: () => proseHolder('text'),
  inComment: (source: ParsedSource, offset: number): boolean => {
    const lineStart = Math.max(source.text.lastIndexOf('\n', offset - 1), source.text.lastIndexOf('\r', offset - 1)) + 1;
    return COMMENT_LEADER.test(source.text.slice(lineStart, offset));
  },
  environmentLookup: () => undefined,
};

/** Whether two spans touch each other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
