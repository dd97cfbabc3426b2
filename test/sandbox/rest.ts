import type { KeyRecord, Store } from './model.js';
import { lacking } from './rest/access.js';
import { restError, type RestAnswer } from './rest/answer.js';
import { execute } from './rest/execute.js';
import { matches, type Match } from './rest/facts.js';
import { bodyProblem, queryProblem } from './rest/validate.js';
import { World } from './rest/world.js';

export { restError, type RestAnswer } from './rest/answer.js';

export interface RestRequest {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly idempotencyKey: string | undefined;
  readonly body: string;
}

const KEPT_MS = 24 * 3_600_000;
const UNREADABLE = Symbol('unreadable');

/** The name a REST request goes by in faults and in the log, e.g. `GET /api/v1/customers/{id}`. */
export function restOperation(method: string, pathname: string): string {
  const known = matches(pathname);
  return `${method} ${(known.find(({ endpoint }) => endpoint.method === method) ?? known[0])?.endpoint.path ?? pathname}`;
}

/** Serves the REST API to a key that was let in: all documented endpoints, with what they document of queries and bodies. */
export function serveRest(store: Store, caller: KeyRecord, request: RestRequest): RestAnswer {
  const known = matches(request.url.pathname);
  if (known.length === 0) return restError(404, 'NOT_FOUND', 'Unknown path');
  const match = known.find(({ endpoint }) => endpoint.method === request.method);
  if (match === undefined) return restError(405, 'METHOD_NOT_ALLOWED', 'Method not allowed');
  const lack = lacking(caller, match.endpoint);
  if (lack !== undefined) return restError(403, 'FORBIDDEN', `This key lacks ${lack}`);
  return validated(store, caller, request, match);
}

function validated(store: Store, caller: KeyRecord, request: RestRequest, match: Match): RestAnswer {
  const query = request.url.searchParams;
  const wrong = queryProblem(match.endpoint, query);
  if (wrong !== undefined) return restError(400, 'VALIDATION_ERROR', wrong);
  const writes = request.method !== 'GET' && request.method !== 'DELETE';
  if (writes && request.body !== '' && !/^application\/json\b/i.test(request.contentType)) return restError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json');
  const body = writes ? bodyOf(request.body) : {};
  if (body === UNREADABLE) return restError(400, 'VALIDATION_ERROR', 'The body is not JSON');
  const problem = writes ? bodyProblem(match.endpoint, body) : undefined;
  if (problem !== undefined) return restError(400, 'VALIDATION_ERROR', problem);
  const act = (): RestAnswer =>
    execute({ world: new World(store, caller.environmentId), match, query, body: body as Readonly<Record<string, unknown>>, now: store.now().toISOString() });
  return match.endpoint.idempotency === null ? act() : once(store, caller, request, act);
}

/** An absent body is an empty one: many calls need none. */
function bodyOf(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** With an Idempotency-Key the first answer is kept for 24 hours and given again. */
function once(store: Store, caller: KeyRecord, request: RestRequest, act: () => RestAnswer): RestAnswer {
  if (request.idempotencyKey === undefined) return act();
  const slot = `${caller.environmentId} ${request.url.pathname} ${request.idempotencyKey}`;
  const kept = store.kept.get(slot);
  if (kept !== undefined && kept.until > store.now().getTime()) return kept;
  // As it was then: what it shows may change later.
  const answer = structuredClone(act());
  store.kept.set(slot, { ...answer, until: store.now().getTime() + KEPT_MS });
  return answer;
}
