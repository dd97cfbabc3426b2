import type { ConstantPart, ConstantText, Span } from '../languages/language.js';
import { writtenTokens, type WrittenToken } from './written.js';

/** A shorter text holds no token. */
const SHORTEST = 80;

/** The tokens that expressions put together of several parts, each at the parts that make it up. */
export function* splitTokens(text: string, constants: Iterable<ConstantText>): Iterable<WrittenToken> {
  const seen = new Set<string>();
  for (const constant of constants) {
    if (constant.value.length < SHORTEST) continue;
    for (const token of writtenTokens(constant.value)) {
      const place = placeOf(text, constant, token);
      if (place === undefined || seen.has(`${place.start} ${place.end}`)) continue;
      seen.add(`${place.start} ${place.end}`);
      yield { ...token, ...place };
    }
  }
}

type Place = Pick<WrittenToken, 'start' | 'end' | 'isReplaceable'>;

/** Where the token stands in the document; undefined where one part holds it alone. */
function placeOf(text: string, { start, end, value, parts }: ConstantText, token: Span): Place | undefined {
  if (parts === undefined) return { start, end, isReplaceable: token.start === 0 && token.end === value.length };
  const own: Placed[] = [];
  let offset = 0;
  for (const part of parts) {
    if (offset < token.end && token.start < offset + part.value.length) own.push({ part, offset });
    offset += part.value.length;
  }
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined || first === last) return undefined;
  const from = within(text, first, token.start);
  const to = within(text, last, token.end);
  return { start: from ?? first.part.start, end: to ?? last.part.end, isReplaceable: from !== undefined && to !== undefined };
}

interface Placed {
  readonly part: ConstantPart;
  /** Where its value begins in the whole. */
  readonly offset: number;
}

/** The place in the document of an offset of the value; undefined inside of a part that is written in another way than its value. */
function within(text: string, { part, offset }: Placed, at: number): number | undefined {
  if (at === offset) return part.start;
  if (at === offset + part.value.length) return part.end;
  return text.slice(part.start, part.end) === part.value ? part.start + at - offset : undefined;
}
