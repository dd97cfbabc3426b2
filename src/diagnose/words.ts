import { cleanText } from '../keys/graphql/text.js';

/** Text from a document, made fit for a notification and for a report: one line, no link, no key, not too long. */
export function quoted(text: string, max = 80): string {
  return cleanText(text, max);
}

/** `2026-11-23 05:28 UTC`: a report is read by people elsewhere. */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Milliseconds as whole seconds, never rounded down to nothing. */
export function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
