import type { KeyArgument, Span } from '../languages/language.js';
import { contains } from '../languages/span.js';

/** Whether the place is part of what an SDK gets as its key, also where the key stands elsewhere in the document. */
export function within(place: Span, key: KeyArgument): boolean {
  return contains(key, place) || contains(key.origin, place);
}
