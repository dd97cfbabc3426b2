import type { RestEntity } from '../model.js';
import { cursorOf } from '../paging.js';
import { restError, type RestAnswer } from './answer.js';

const PLAIN = new Set(['limit', 'after', 'before', 'includeArchived', 'order', 'orderBy', 'orderDir', 'sortBy', 'scope', 'groupBy', 'timeRange', 'startDate', 'endDate', 'issuedAfter', 'issuedBefore']);

/** A cursor that nobody was given: it stands before everything. Requests that are written down need one that is always there. */
const START = '00000000-0000-4000-8000-000000000000';

/** One page, newest first: of what the filters let through, forwards after a cursor or backwards before one. */
export function pageOf(entities: readonly RestEntity[], query: URLSearchParams): RestAnswer {
  const sorted = entities.filter((entity) => [...query].every(([name, value]) => passes(entity, name, value))).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const limit = Number(query.get('limit') ?? '20');
  const indexOf = (cursor: string): number => sorted.findIndex((entity) => cursorOf(entity) === cursor);
  const after = query.get('after') === START ? null : query.get('after');
  const before = query.get('before');
  if ((after !== null && indexOf(after) < 0) || (before !== null && indexOf(before) < 0)) return restError(400, 'VALIDATION_ERROR', 'Unknown cursor');
  const end = before === null ? sorted.length : indexOf(before);
  const start = after === null ? (before === null ? 0 : Math.max(0, end - limit)) : indexOf(after) + 1;
  const page = sorted.slice(start, Math.min(end, start + limit));
  const first = page[0];
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      data: page,
      pagination: {
        next: last !== undefined && start + page.length < sorted.length ? cursorOf(last) : null,
        prev: first !== undefined && start > 0 ? cursorOf(first) : null,
      },
    },
  };
}

/** A filter lets through what has one of its values. What an entity does not have as a text is not filtered by. */
function passes(entity: RestEntity, name: string, value: string): boolean {
  const range = /^createdAt\[(\w{2,3})\]$/.exec(name)?.[1];
  if (range !== undefined) return inRange(Date.parse(entity.createdAt), range, Date.parse(value));
  const own = entity[name];
  if (PLAIN.has(name) || typeof own !== 'string') return true;
  return own === value || value.split(',').includes(own);
}

function inRange(at: number, operator: string, bound: number): boolean {
  if (operator === 'gt') return at > bound;
  if (operator === 'gte') return at >= bound;
  return operator === 'lt' ? at < bound : at <= bound;
}
