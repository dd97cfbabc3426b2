import { randomUUID } from 'node:crypto';
import { execute, GraphQLError, Kind, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { KeyRecord } from './model.js';
import type { Caller, rootOf } from './operations.js';

export interface GraphqlRequest {
  readonly operation: string;
  readonly document: DocumentNode | GraphQLError;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly body: { data?: unknown; errors?: readonly unknown[] };
}

/** HTTP statuses of the codes whose status is documented; every other business error comes with 200. */
const STATUS_BY_CODE: Readonly<Partial<Record<string, number>>> = {
  Unauthenticated: 401,
  AccessDeniedError: 403,
  IdentityForbidden: 403,
  RateLimitExceeded: 429,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
};

/** An error answer as Stigg gives it. */
export function graphqlError(status: number, code: string | null, message: string): GraphqlAnswer {
  const extensions = { ...(code === null ? {} : { code }), traceId: newTraceId() };
  return { status, body: { errors: [{ message, extensions }], data: null } };
}

function newTraceId(): string {
  return randomUUID().replaceAll('-', '');
}

/** Reads the body of a GraphQL request; the operation's name is known even where the document is not understood. */
export function readGraphqlRequest(body: string): GraphqlRequest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const { query, operationName, variables } = json as Record<string, unknown>;
  if (typeof query !== 'string') return undefined;
  const given = typeof operationName === 'string' ? operationName : undefined;
  const values = typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  try {
    const document = parse(query);
    const named = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)?.name?.value;
    return { operation: given ?? named ?? 'anonymous', document, variables: values };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { operation: given ?? 'anonymous', document: error, variables: values };
  }
}

/** Executes a request for a key that was let in. */
export async function serveGraphql(schema: GraphQLSchema, root: ReturnType<typeof rootOf>, key: KeyRecord, request: GraphqlRequest): Promise<GraphqlAnswer> {
  if (request.document instanceof GraphQLError) return graphqlError(400, 'GRAPHQL_PARSE_FAILED', request.document.message);
  const problem = validate(schema, request.document)[0];
  if (problem !== undefined) return graphqlError(400, 'GRAPHQL_VALIDATION_FAILED', problem.message);
  const contextValue: Caller = { key };
  const result = await execute({ schema, document: request.document, rootValue: root, contextValue, variableValues: request.variables });
  if (result.errors === undefined || result.errors.length === 0) return { status: 200, body: { data: result.data } };
  // Without a path nothing was executed: a variable had the wrong form.
  const codeOf = (error: GraphQLError): string => (typeof error.extensions.code === 'string' ? error.extensions.code : error.path === undefined ? 'BAD_USER_INPUT' : 'UnexpectedError');
  const traceId = newTraceId();
  const errors = result.errors.map((error) => ({ message: error.message, path: error.path, extensions: { ...error.extensions, code: codeOf(error), traceId } }));
  const first = errors[0]?.extensions.code ?? '';
  return { status: STATUS_BY_CODE[first] ?? 200, body: { errors, data: result.data ?? null } };
}
