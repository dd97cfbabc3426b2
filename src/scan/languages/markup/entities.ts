import type { Decoded, Span } from '../language.js';
import { decode } from '../structured/decoded.js';
import { added, joined } from './decode.js';

/** The named references that people write in attributes; others are left as they are. */
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi;

/** The value of an attribute without its character references. `wrap` puts parentheses around it, which stand for nothing. */
export function decodeAttribute(text: string, span: Span, wrap = false): Decoded {
  const value = decode(text, span, REFERENCE, character, encodeAttribute);
  return wrap ? joined([added('(', span.start), value, added(')', span.end)], encodeAttribute) : value;
}

/** A text as it may stand in an attribute, whatever the quotes around it. */
export function encodeAttribute(text: string): string {
  return text.replace(/["'&]/g, (one) => (one === '"' ? '&quot;' : one === "'" ? '&#39;' : '&amp;'));
}

/** For attributes without quotes around their value. */
export function encodeUnquoted(text: string): string {
  return encodeAttribute(text).replace(/[\s<>=`]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function character(reference: string): string {
  const name = reference.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return NAMED[name] ?? reference;
  const point = name.startsWith('#x') ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : reference;
}
