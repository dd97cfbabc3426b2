import { randomUUID } from 'node:crypto';
import type { RestEntity } from '../model.js';
import { restError, type RestAnswer } from './answer.js';
import type { Match } from './facts.js';
import { pageOf } from './lists.js';
import { SPECIAL } from './special.js';
import { isObject } from './types.js';
import type { World } from './world.js';

/** A call whose query and body are valid. */
export interface Call {
  readonly world: World;
  readonly match: Match;
  readonly query: URLSearchParams;
  /** Empty when none was sent. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: string;
}

/** What makes one entity of its body: an id that is missing is made up. */
const CREATES: Readonly<Record<string, string>> = {
  'v1.customers.provision': 'id',
  'v1.customers.integrations.link': 'id',
  'v1.coupons.create': 'id',
  'v1.features.createFeature': 'id',
  'v1.addons.create': 'id',
  'v1.plans.create': 'id',
  'v1.products.createProduct': 'id',
  'v1.contracts.create': 'id',
  'v1.credits.grants.create': 'id',
  'v1.credits.customCurrencies.create': 'id',
  'v1.events.dataExport.destinations.create': 'destinationId',
};

/** What makes or changes several: the list in the body, and what of an item is its id. */
const BULK: Readonly<Record<string, readonly [list: string, ...id: string[]]>> = {
  'v1.customers.promotionalEntitlements.create': ['promotionalEntitlements', 'featureId'],
  'v1.plans.entitlements.create': ['entitlements', 'id'],
  'v1.addons.entitlements.create': ['entitlements', 'id'],
  'v1Beta.customers.entities.upsert': ['entities', 'id'],
  'v1Beta.customers.assignments.upsert': ['assignments', 'entityId', 'featureId', 'currencyId'],
  'v1Beta.entityTypes.upsert': ['types', 'id'],
};

/** Where the entity of that id is listed that a body or a query names. */
const REFERENCES: Readonly<Record<string, string>> = {
  customerId: 'customers',
  targetCustomerId: 'customers',
  planId: 'plans',
  productId: 'products',
  featureId: 'features',
  currencyId: 'credits/custom-currencies',
};

const DONE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { archive: { status: 'ARCHIVED' }, unarchive: { archivedAt: null, status: 'ACTIVE' }, cancel: { status: 'CANCELED' }, publish: { status: 'PUBLISHED' }, void: { status: 'VOIDED' } };

export function execute(call: Call): RestAnswer {
  const missing = missingOf(call);
  if (missing !== undefined) return missing;
  const special = SPECIAL[call.match.endpoint.operation];
  return special === undefined ? plain(call) : special(call);
}

function plain(call: Call): RestAnswer {
  const { world, match: { endpoint }, query } = call;
  const path = pathOf(call);
  const [list, id] = [path.slice(0, -1).join('/'), path.at(-1) ?? ''];
  const byId = endpoint.path.endsWith('}');
  if (endpoint.method === 'GET') return byId ? { status: 200, body: { data: world.find(list, id) } } : pageOf(world.list(path.join('/')), query);
  if (endpoint.method === 'PATCH') return { status: 200, body: { data: world.put(list, entityOf(call, id)) } };
  if (endpoint.method === 'DELETE' && byId) {
    world.remove(list, id);
    return { status: 200, body: { data: { id } } };
  }
  const bulk = BULK[endpoint.operation];
  if (bulk !== undefined) return putAll(call, bulk);
  const key = CREATES[endpoint.operation];
  return key === undefined ? acted(call) : create(call, path.join('/'), key);
}

/** An action on an entity: `/plans/{id}/publish`. Answers with the entity. */
function acted(call: Call): RestAnswer {
  const { world, match: { endpoint }, now } = call;
  const path = pathOf(call);
  const at = endpoint.path.split('/').slice(3).findIndex((part) => part.startsWith('{'));
  const entity = world.find(path.slice(0, at).join('/'), path[at] ?? '');
  const action = path.at(-1) ?? '';
  if (entity !== undefined) Object.assign(entity, DONE[action], { updatedAt: now }, action === 'archive' ? { archivedAt: now } : {});
  return { status: 200, body: { data: entity } };
}

function create(call: Call, list: string, key: string): RestAnswer {
  const id = call.body[key];
  const entity = entityOf(call, typeof id === 'string' ? id : randomUUID());
  if (call.world.find(list, entity.id) !== undefined) return restError(409, 'DUPLICATED_ENTITY_NOT_ALLOWED', `${entity.id} exists already`);
  call.world.add(list, { archivedAt: null, ...entity });
  return { status: 201, body: { data: { archivedAt: null, ...entity } } };
}

function putAll(call: Call, [field, ...keys]: readonly [string, ...string[]]): RestAnswer {
  const items = (call.body[field] as readonly unknown[]).filter(isObject);
  const list = pathOf(call).join('/');
  const data = items.map((item) => {
    const id = keys.map((key) => item[key]).filter((part) => typeof part === 'string').join(' ');
    return call.world.put(list, { ...item, id, createdAt: call.now, updatedAt: call.now });
  });
  return { status: call.match.endpoint.method === 'POST' ? 201 : 200, body: { data } };
}

function entityOf({ body, now }: Call, id: string): RestEntity {
  return { ...body, id, createdAt: now, updatedAt: now };
}

/** The path after the version, with its values: `['customers', 'customer-123', 'integrations']`. */
export function pathOf({ match: { endpoint, parameters } }: Pick<Call, 'match'>): string[] {
  return endpoint.path.split('/').slice(3).map((part) => (part.startsWith('{') ? (parameters[part.slice(1, -1)] ?? '') : part));
}

/** The answer when something in the path, or named by the body, does not exist. */
function missingOf(call: Call): RestAnswer | undefined {
  const { world, match: { endpoint, parameters }, query, body } = call;
  const path = pathOf(call);
  for (const [index, part] of endpoint.path.split('/').slice(3).entries()) {
    if (!part.startsWith('{')) continue;
    const name = part.slice(1, -1);
    const list = path[0] === 'usage' ? (REFERENCES[name] ?? '') : path.slice(0, index).join('/');
    if (world.find(list, parameters[name] ?? '') === undefined) return notFound(list);
  }
  for (const [name, list] of Object.entries(REFERENCES)) {
    const id = body[name] ?? (endpoint.requiredQuery.includes(name) ? query.get(name) : undefined);
    if (typeof id === 'string' && world.find(list, id) === undefined) return notFound(list);
  }
  return undefined;
}

/** `plans/plan-basic/entitlements` → ENTITLEMENT_NOT_FOUND */
function notFound(list: string): RestAnswer {
  const name = (list.split('/').at(-1) ?? '').replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', ' ');
  return restError(404, `${name.replaceAll(' ', '_').toUpperCase()}_NOT_FOUND`, `${name.charAt(0).toUpperCase()}${name.slice(1)} not found`);
}
