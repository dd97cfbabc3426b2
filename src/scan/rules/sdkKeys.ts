import type { KeyArgument, Span } from '../languages/language.js';

/** Whether the place is part of what an SDK gets as its key, also where the key stands elsewhere in the document. */
export function within(place: Span, { start, end, origin }: KeyArgument): boolean {
  return (start <= place.start && place.end <= end) || (origin !== undefined && origin.start <= place.start && place.end <= origin.end);
}
