/** When to try again. All times in milliseconds. */
export const RETRY = {
  attempts: 4,
  baseMs: 500,
  capMs: 8_000,
  /** A longer Retry-After is told to the person instead of being waited for. */
  maxRetryAfterMs: 20_000,
  /** Time for one call with all its attempts and pauses. */
  budgetMs: 60_000,
  /** An attempt that would get less than this is not worth making. */
  leastAttemptMs: 1_000,
} as const;

/**
 * The pause before the next attempt: exponential, capped, with full jitter; never shorter than what the server asked for.
 *
 * @param failures how many attempts failed so far, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(failures: number, random: number, retryAfterMs: number | null): number {
  const ceiling = Math.min(RETRY.capMs, RETRY.baseMs * 2 ** (failures - 1));
  return Math.max(Math.round(random * ceiling), retryAfterMs ?? 0);
}

/**
 * Reads a Retry-After header, which is either whole seconds or an HTTP date.
 *
 * @param now milliseconds since the epoch, what a date is measured against
 * @returns milliseconds from now, at least 0; null when there is no header or no sense in it
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // Date.parse accepts far too much: an HTTP date starts with the name of a day.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
