import type { EndpointFacts } from './facts.js';
import { BODIES, FIELDS, FIELDS_OF, QUERY, STATUS_OF } from './shapes.js';
import { fieldsProblem, problemOf, type Field } from './types.js';

const RANGE = /^createdAt\[(?:gt|gte|lt|lte)\]$/;
const MAX_ID = 255;

/** What is wrong with a query, or undefined. */
export function queryProblem(endpoint: EndpointFacts, query: URLSearchParams): string | undefined {
  for (const [name, value] of query) {
    const problem = parameterProblem(endpoint, name, value);
    if (problem !== undefined) return problem;
  }
  const missing = endpoint.requiredQuery.find((name) => (query.get(name) ?? '') === '');
  return missing === undefined ? undefined : `${missing} is required`;
}

function parameterProblem(endpoint: EndpointFacts, name: string, value: string): string | undefined {
  if (RANGE.test(name) && endpoint.query.includes('createdAt')) return problemOf(value, 'date', name);
  if (!endpoint.query.includes(name)) return `${name} is not a known parameter`;
  if (name === 'createdAt') return 'createdAt takes a range: createdAt[gte]';
  if (name === 'limit') return /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100 ? undefined : 'limit must be between 1 and 100';
  const type = name === 'status' ? STATUS_OF[endpoint.operation] : QUERY[name];
  if (type === undefined) return undefined;
  if (type === 'number') return value !== '' && Number.isFinite(Number(value)) ? undefined : `${name} must be a number`;
  return value
    .split(',')
    .map((part) => problemOf(part, type, name))
    .find((problem) => problem !== undefined);
}

/** What is wrong with a body (undefined: none was sent), or undefined. */
export function bodyProblem(endpoint: EndpointFacts, body: unknown): string | undefined {
  const whole = BODIES[endpoint.operation];
  const problem = whole === undefined ? fieldsProblem(body ?? {}, bodyFields(endpoint), '') : problemOf(body ?? {}, whole, '');
  if (problem !== undefined) return problem;
  const id = (body as Record<string, unknown> | undefined)?.id;
  return typeof id === 'string' && id.length > MAX_ID ? `id is longer than ${String(MAX_ID)} characters` : undefined;
}

/** The fields that an endpoint's body may have. */
export function bodyFields(endpoint: EndpointFacts): readonly Field[] {
  const required = Object.entries(endpoint.required).map(([name, type]) => ({ name, required: true, type: requiredType(endpoint, name, type) }));
  return [...required, ...endpoint.optional.map((name) => ({ name, required: false, type: fieldType(endpoint, name) }))];
}

function fieldType(endpoint: EndpointFacts, name: string): string {
  return FIELDS_OF[endpoint.operation]?.[name] ?? FIELDS[name] ?? 'string';
}

/** The table's word for a type in ours. What it only calls an array of objects, or an enum of so many values, is looked up by name. */
function requiredType(endpoint: EndpointFacts, name: string, type: string): string {
  const nullable = type.endsWith('|null') && !type.startsWith('enum');
  const plain = nullable ? type.slice(0, -'|null'.length) : type;
  if (plain.startsWith('array<object>') || /^enum\(\d+ values\)$/.test(plain)) return fieldType(endpoint, name);
  const list = /^enum\((.+)\)$/.exec(plain)?.[1];
  const known: Readonly<Record<string, string>> = { 'array<string>': 'string[]', 'map<string,string>': 'map' };
  return (list === undefined ? (known[plain] ?? plain) : `=${list}`) + (nullable ? '?' : '');
}
