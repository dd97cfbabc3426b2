import { refuse } from './refuse.js';

export interface CursorPaging {
  readonly after?: string | null;
  readonly before?: string | null;
  readonly first?: number | null;
  readonly last?: number | null;
}

/** A GraphQL connection over what is already filtered and sorted. Cursors name an item, so that they survive changes around it. */
export function connection<T extends { readonly id: string }, N>(items: readonly T[], paging: CursorPaging | null | undefined, toNode: (item: T) => N) {
  let start = paging?.after === undefined || paging.after === null ? 0 : position(items, paging.after) + 1;
  let end = paging?.before === undefined || paging.before === null ? items.length : position(items, paging.before);
  const size = Math.min(Math.max(paging?.first ?? paging?.last ?? 10, 0), 100);
  if (typeof paging?.last === 'number' && typeof paging.first !== 'number') start = Math.max(start, end - size);
  else end = Math.min(end, start + size);
  const edges = items.slice(start, Math.max(start, end)).map((item) => ({ cursor: cursorOf(item), node: toNode(item) }));
  return {
    edges,
    totalCount: items.length,
    pageInfo: { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: end < items.length, hasPreviousPage: start > 0 },
  };
}

export function cursorOf(item: { readonly id: string }): string {
  return Buffer.from(`cursor:${item.id}`).toString('base64url');
}

function position(items: readonly { readonly id: string }[], cursor: string): number {
  const index = items.findIndex((item) => cursorOf(item) === cursor);
  if (index < 0) throw refuse('BadUserInput', 'Unknown cursor', { isValidationError: true });
  return index;
}

export interface Comparison<T> {
  readonly eq?: T | null;
  readonly neq?: T | null;
  readonly in?: readonly T[] | null;
  readonly notIn?: readonly T[] | null;
}

/** True when the value passes every comparison that is there. */
export function matches<T>(value: T, comparison: Comparison<T> | null | undefined): boolean {
  if (comparison === undefined || comparison === null) return true;
  const { eq, neq, in: among, notIn } = comparison;
  return (eq === undefined || eq === null || value === eq) && (neq === undefined || neq === null || value !== neq) && (among?.includes(value) ?? true) && !(notIn?.includes(value) ?? false);
}
