import * as l10n from '@vscode/l10n';
import type { ApiKey, Environment, EnvironmentType, KeyEvent, KeyType, Scope, ScopeAction, ScopeResource } from '../model.js';
import { KEY_EVENT_TYPES, UNKNOWN_ENVIRONMENT_TYPE, UNKNOWN_KEY_TYPE } from '../unverified.js';
import { cleanText } from './text.js';
import { sameId } from '../sameId.js';

/**
 * An answer that is JSON but not what was asked for. The message names a field of ours and never a value of the server's.
 * The caller turns it into an ExpectedError.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

type Json = Readonly<Record<string, unknown>>;

/** Longest texts shown; whatever is longer is cut. */
const NAME_MAX = 200;
const DESCRIPTION_MAX = 1_000;

/** A JSON object. @throws DecodeError naming `where` */
export function object(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DecodeError(where);
  return value as Json;
}

/** The own property of `parent`; inherited ones (`__proto__`, `constructor`) are not data. */
export function field(parent: Json, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

/** A JSON array. @throws DecodeError naming `where` */
export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DecodeError(where);
  return value as readonly unknown[];
}

/** An id: a UUID as far as is known. Ids become parts of keychain accounts and file names, so that nothing else is let in. */
export function id(parent: Json, name: string): string {
  const value = field(parent, name);
  if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) throw new DecodeError(name);
  return value;
}

function text(parent: Json, name: string, max: number): string {
  const value = field(parent, name);
  if (typeof value !== 'string') throw new DecodeError(name);
  return cleanText(value, max);
}

function optionalText(parent: Json, name: string, max: number): string | null {
  const value = field(parent, name);
  return value === undefined || value === null ? null : text(parent, name, max) || null;
}

function flag(parent: Json, name: string): boolean {
  const value = field(parent, name);
  if (typeof value !== 'boolean') throw new DecodeError(name);
  return value;
}

function date(parent: Json, name: string): Date {
  const value = field(parent, name);
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]{5,20}(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) throw new DecodeError(name);
  const parsed = new Date(value);
  if (Number.isNaN(parsed.getTime())) throw new DecodeError(name);
  return parsed;
}

function optionalDate(parent: Json, name: string): Date | null {
  const value = field(parent, name);
  return value === undefined || value === null ? null : date(parent, name);
}

/** A member of an enum; `other` for a member that is newer than this version. Something that is no enum member at all is refused. */
function member<T extends string>(parent: Json, name: string, known: readonly T[], other: T): T {
  const value = field(parent, name);
  if (typeof value !== 'string' || !/^[A-Z][A-Z0-9_]{0,60}$/.test(value)) throw new DecodeError(name);
  return known.find((candidate) => candidate === value) ?? other;
}

const KEY_TYPES: readonly KeyType[] = ['SERVER', 'CLIENT', 'SCOPED', 'SALESFORCE', 'WORKFLOW'];
const ENVIRONMENT_TYPES: readonly EnvironmentType[] = ['PRODUCTION', 'SANDBOX', 'DEVELOPMENT'];
const RESOURCES: readonly ScopeResource[] = ['API_KEY', 'COUPON', 'CUSTOMER', 'ENVIRONMENT', 'EVENT_QUEUE', 'SUBSCRIPTION'];
const ACTIONS: readonly ScopeAction[] = ['READ', 'WRITE'];

/** @param environmentId the environment that was asked about; a key of another one is a lie */
export function decodeKey(value: unknown, environmentId: string): ApiKey {
  const key = object(value, 'apiKey');
  const owner = id(key, 'environmentId');
  if (!sameId(owner, environmentId)) throw new DecodeError('environmentId');
  const keyId = id(key, 'id');
  return {
    id: keyId,
    environmentId: owner,
    type: member(key, 'keyType', KEY_TYPES, UNKNOWN_KEY_TYPE),
    displayName: text(key, 'displayName', NAME_MAX) || l10n.t('(no name)'),
    description: optionalText(key, 'description', DESCRIPTION_MAX),
    createdAt: date(key, 'createdAt'),
    expireAt: optionalDate(key, 'expireAt'),
  };
}

/** An environment of either query; `account` is null where it was not selected. @throws DecodeError */
export function decodeEnvironment(value: unknown): Environment {
  const environment = object(value, 'environment');
  const account = field(environment, 'account');
  const color = field(environment, 'color');
  const slug = text(environment, 'slug', NAME_MAX);
  return {
    id: id(environment, 'id'),
    slug,
    displayName: text(environment, 'displayName', NAME_MAX) || slug || l10n.t('(no name)'),
    type: member(environment, 'type', ENVIRONMENT_TYPES, UNKNOWN_ENVIRONMENT_TYPE),
    isSandbox: flag(environment, 'isSandbox'),
    color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : null,
    hardenClientAccessEnabled: flag(environment, 'hardenClientAccessEnabled'),
    account: account === undefined || account === null ? null : decodeAccount(account),
  };
}

function decodeAccount(value: unknown): { id: string; displayName: string } {
  const account = object(value, 'account');
  return { id: id(account, 'id'), displayName: text(account, 'displayName', NAME_MAX) || l10n.t('(no name)') };
}

/** Scopes of kinds that are newer than this version are left out: they could not be shown or sent back. */
export function decodeScopes(value: unknown): readonly Scope[] {
  return list(value, 'scopes').flatMap((item): Scope[] => {
    const scope = object(item, 'scope');
    const resource = RESOURCES.find((known) => known === field(scope, 'resource'));
    const action = ACTIONS.find((known) => known === field(scope, 'action'));
    if (typeof field(scope, 'resource') !== 'string' || typeof field(scope, 'action') !== 'string') throw new DecodeError('scope');
    return resource === undefined || action === undefined ? [] : [{ resource, action }];
  });
}

/** @param key ids that were asked about; events of others are a lie */
export function decodeKeyEvent(value: unknown, key: { readonly environmentId: string; readonly id: string }): KeyEvent {
  const event = object(value, 'eventLog');
  const entity = field(event, 'entityId');
  if (!sameId(id(event, 'environmentId'), key.environmentId)) throw new DecodeError('environmentId');
  if (entity !== null && entity !== undefined && !sameId(id(event, 'entityId'), key.id)) throw new DecodeError('entityId');
  const type = field(event, 'eventLogType');
  const known = KEY_EVENT_TYPES.find((candidate) => candidate === type);
  if (known === undefined) throw new DecodeError('eventLogType');
  const actor = field(event, 'actor');
  return { id: text(event, 'id', NAME_MAX), at: date(event, 'createdAt'), type: known, actor: actor === null || actor === undefined ? l10n.t('Unknown') : decodeActor(actor) };
}

function decodeActor(value: unknown): string {
  const actor = object(value, 'actor');
  for (const property of ['scopedKeyName', 'name', 'email', 'workflowName']) {
    const name = optionalText(actor, property, NAME_MAX);
    if (name !== null) return name;
  }
  switch (field(actor, 'type')) {
    case 'USER':
      return l10n.t('A member of the account');
    case 'APP_SERVER':
      return l10n.t('Full access key');
    case 'APP_PUBLIC':
    case 'APP_CUSTOMER':
      return l10n.t('Publishable key');
    case 'SCOPED_KEY':
      return l10n.t('A scoped key');
    case 'SUPPORT':
      return l10n.t('Stigg support');
    case 'SALESFORCE':
    case 'STRIPE':
    case 'AWS':
    case 'WORKFLOW':
    case 'IMPORT':
      return l10n.t('An integration');
    case 'SYSTEM':
    case 'SCHEDULER':
    case 'SERVICE':
    case 'MIGRATION':
      return l10n.t('Stigg');
    default:
      return l10n.t('Unknown');
  }
}

/** A connection's nodes and where it goes on; `nextCursor` is null on the last page. */
export function decodeConnection(value: unknown, where: string): { nodes: readonly unknown[]; nextCursor: string | null } {
  const connection = object(value, where);
  const nodes = list(field(connection, 'edges'), 'edges').map((edge) => field(object(edge, 'edge'), 'node'));
  const pageInfo = object(field(connection, 'pageInfo'), 'pageInfo');
  if (field(pageInfo, 'hasNextPage') !== true) return { nodes, nextCursor: null };
  const cursor = field(pageInfo, 'endCursor');
  if (typeof cursor !== 'string' || cursor === '' || cursor.length > 4_000) throw new DecodeError('endCursor');
  return { nodes, nextCursor: cursor };
}
