import { type ApiRequest, bodyOf, FRESH, type JsonTemplate, Placeholder } from '../../../../src/snippets/request.js';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A request with its samples filled in, as a program sends it. */
export interface Sample {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: Json | undefined;
}

export function sampleOf(request: ApiRequest): Sample {
  const path = request.path.map((part) => (part instanceof Placeholder ? encodeURIComponent(String(part.sample)) : part)).join('');
  const query = new URLSearchParams(request.query.map(({ name, value }): [string, string] => [name, value instanceof Placeholder ? String(value.sample) : value])).toString();
  const body = bodyOf(request);
  return {
    method: request.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: { ...(request.method === 'GET' ? {} : { 'Content-Type': 'application/json' }), ...(request.idempotencyKey ? { 'Idempotency-Key': crypto.randomUUID() } : {}) },
    body: body === undefined ? undefined : filled(body),
  };
}

/** A template as JSON: with samples, and values nobody used before. */
export function filled(template: JsonTemplate): Json {
  if (template === FRESH) return crypto.randomUUID();
  if (template instanceof Placeholder) return template.sample;
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) return template.map(filled);
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value)]));
}

/** Sends it to a Stigg, with a key or without. */
export async function send(url: string, token: string | undefined, { method, target, headers, body }: Sample): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}${target}`, {
    method,
    headers: { ...headers, ...(token === undefined ? {} : { 'X-API-KEY': token }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Every placeholder in the order of the text: path, query, body. */
export function placeholders(request: ApiRequest): Placeholder[] {
  const inBody = (template: JsonTemplate): Placeholder[] => {
    if (template instanceof Placeholder) return [template];
    if (typeof template !== 'object' || template === null) return [];
    return (isList(template) ? template : Object.values(template)).flatMap(inBody);
  };
  return [...request.path, ...request.query.map(({ value }) => value), ...(request.body === undefined ? [] : inBody(request.body))].filter((part): part is Placeholder => part instanceof Placeholder);
}

/** The values at a path such as `priceOverrides[].amount`, with the object that each stands in. */
export function valuesAt(value: Json | undefined, path: string): { readonly value: Json; readonly parent: Record<string, Json> }[] {
  const [, name = '', list, rest] = /^(\w+)((?:\[\])?)\.?(.*)$/.exec(path) ?? [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const found = value[name];
  if (found === undefined) return [];
  const items = list === '' ? [found] : Array.isArray(found) ? found : [];
  return items.flatMap((item) => (rest === undefined || rest === '' ? [{ value: item, parent: value }] : valuesAt(item, rest)));
}

function isList(template: object): template is readonly JsonTemplate[] {
  return Array.isArray(template);
}
