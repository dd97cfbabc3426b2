import type { KeyArgument, Span } from '../languages/language.js';
import { contains } from '../languages/span.js';

/** Whether the place is part of what an SDK gets as its key, also where the key stands elsewhere in the document. */
export function within(place: Span, key: KeyArgument): boolean {
  return contains(key, place) || contains(key.origin, place);
}

const NOT_SHIPPED = /(?:\.|-)(?:test|spec|stories|story|cy|e2e)\.[cm]?[jt]sx?$|(?:^|\/)__(?:tests|mocks|fixtures)__\//i;

/** A test or a story: what it starts never meets a customer. */
export function isTest(path: string): boolean {
  return NOT_SHIPPED.test(path);
}
