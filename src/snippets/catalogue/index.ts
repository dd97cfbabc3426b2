import type { ApiRequest } from '../request.js';
import { graphqlRequests } from './graphql.js';
import { restRequests } from './rest.js';

/**
 * All requests that can be inserted: REST first, then GraphQL. Made at each call; loaded only when somebody inserts, completes or runs one.
 *
 * Source: Stigg's REST reference and its SDK for TypeScript (0.1.0-beta.51) for shapes and enums; the GraphQL schema that the tests execute.
 */
export function requests(): readonly ApiRequest[] {
  return [...restRequests(), ...graphqlRequests()];
}
