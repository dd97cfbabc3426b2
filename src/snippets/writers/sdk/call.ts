import { ENDPOINTS } from '../../../endpoints.js';
import { Placeholder, type ApiRequest, type JsonObject, type JsonTemplate } from '../../request.js';
import { isList } from '../code/notation.js';

/** A request as the SDKs see it, in the TypeScript spelling of its names. */
export interface SdkCall {
  /** `['v1', 'customers', 'integrations']`. */
  readonly resources: readonly string[];
  /** `unlink`. */
  readonly method: string;
  /** The values of the path, in its order. */
  readonly path: readonly { readonly name: string; readonly value: Placeholder }[];
  /** The query, nested: `createdAt[gte]` is `{ createdAt: { gte } }`. */
  readonly query: JsonObject;
  readonly body: JsonObject;
  /** Whether an Idempotency-Key is to be sent. */
  readonly idempotencyKey: boolean;
}

/** What Stigg serves where nobody says otherwise; the SDKs know it. */
export const DEFAULT_BASE_URL = 'https://api.stigg.io';

/** undefined: no SDK has this call, we do not know the names of its path, or a field's name is none in a program. */
export function callOf(request: ApiRequest): SdkCall | undefined {
  const parts = request.sdkCall?.split('.') ?? [];
  const method = parts.at(-1);
  if (method === undefined || parts.length < 3) return undefined;
  const operation = parts.slice(1).join('.');
  const endpoint = ENDPOINTS.find((entry) => entry.method === request.method && entry.operation === (parts[0] === 'v1Beta' ? `beta.${operation}` : operation));
  const names = [...(endpoint?.path.matchAll(/\{(\w+)\}/g) ?? [])].flatMap(([, name]) => name ?? []);
  const values = request.path.filter((part) => part instanceof Placeholder);
  if (endpoint === undefined || names.length !== values.length) return undefined;
  const query = nested(request);
  if (![...Object.keys(query), ...Object.keys(request.body ?? {})].every((name) => /^[A-Za-z_]\w*$/.test(name))) return undefined;
  return {
    resources: parts.slice(0, -1),
    method,
    path: values.map((value, index) => ({ name: names[index] ?? '', value })),
    query,
    body: request.body ?? {},
    idempotencyKey: request.idempotencyKey,
  };
}

/**
 * The same call where a name of the path is also one of the body: `pathId` and `bodyId`, where a language gives all values by their names.
 * Source: the SDKs' tests of `customers.integrations.link`.
 */
export function separated(call: SdkCall): SdkCall {
  const clashes = new Set(call.path.map(({ name }) => name).filter((name) => Object.hasOwn(call.body, name)));
  const rename = (prefix: string, name: string): string => (clashes.has(name) ? `${prefix}${pascal(name)}` : name);
  return {
    ...call,
    path: call.path.map(({ name, value }) => ({ name: rename('path', name), value })),
    body: Object.fromEntries(Object.entries(call.body).map(([name, value]) => [rename('body', name), value])),
  };
}

function nested({ query }: ApiRequest): JsonObject {
  const result: Record<string, JsonTemplate> = {};
  for (const { name, value } of query) {
    const [, outer = name, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    const known = result[outer];
    result[outer] = inner === undefined ? value : { ...(isObject(known) ? known : {}), [inner]: value };
  }
  return result;
}

function isObject(value: JsonTemplate | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !(value instanceof Placeholder) && !isList(value);
}

/** Objects whose names are the person's own, and therefore stay as they are. */
const MAPS: ReadonlySet<string> = new Set(['metadata', 'dimensions']);

/** The same JSON with the names of fields in the spelling of another SDK. */
export function renamed(object: JsonObject, rename: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), MAPS.has(name) ? value : renamedValue(value, rename)]));
}

function renamedValue(value: JsonTemplate, rename: (name: string) => string): JsonTemplate {
  if (isObject(value)) return renamed(value, rename);
  return typeof value === 'object' && value !== null && !(value instanceof Placeholder) && isList(value) ? value.map((entry) => renamedValue(entry, rename)) : value;
}

/** `promotionalEntitlements` as Python and Ruby spell it. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `promotionalEntitlements` as Go and C# spell it. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** With `ID` as the initialism it is in Go and C#: `integrationID`. */
export function withInitialism(name: string): string {
  return name.replace(/^id$|Id$/, 'ID');
}

/** What a resource is called where one of it is meant: parameters of `customers.list` are `CustomerListParams`. */
export function singular(resource: string): string {
  if (resource.endsWith('ies')) return `${resource.slice(0, -3)}y`;
  return resource.endsWith('s') ? resource.slice(0, -1) : resource;
}

/** Their bodies are one of several types, which the typed SDKs spell differently from version to version. */
export function hasUnionBody({ resources, method }: SdkCall): boolean {
  return resources.at(-1) === 'entitlements' && method === 'update';
}
