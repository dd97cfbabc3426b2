import type { Sandbox, SeededEnvironment, SeededKey } from '../../sandbox/index.js';

export interface GraphqlReply {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  /** Code of the first error. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** One GraphQL request, as any program would send it. */
export async function ask(url: string, token: string | undefined, query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<GraphqlReply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { 'x-api-key': token }), ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string } }[] };
  return { status: response.status, data: body.data ?? null, code: body.errors?.[0]?.extensions?.code, message: body.errors?.[0]?.message };
}

export async function rest(url: string, token: string | undefined, path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}${path}`, { ...init, headers: { ...(token === undefined ? {} : { 'X-API-KEY': token }), ...init.headers } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export function at(sandbox: Sandbox, index: number): SeededEnvironment {
  const found = sandbox.environments[index];
  if (found === undefined) throw new Error(`no environment ${String(index)}`);
  return found;
}

export function named(environment: SeededEnvironment, name: string): SeededKey {
  const found = environment.all.find((key) => key.name === name);
  if (found === undefined) throw new Error(`no key ${name}`);
  return found;
}

export function idOf(sandbox: Sandbox, token: string): string {
  const found = sandbox.keys().find((key) => key.token === token);
  if (found === undefined) throw new Error('no such key');
  return found.id;
}
