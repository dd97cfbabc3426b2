import { ARGUMENT } from '../unverified.js';

/** What a key must be allowed to do for an operation; named in the next step of a refusal. */
export type Permission = 'none' | 'apiKeysRead' | 'apiKeysWrite' | 'environmentRead' | 'environmentWrite';

/** One named GraphQL operation. A mutation is never sent again unless it surely was not executed. */
export interface Operation {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly permission: Permission;
  readonly document: string;
}

// `token` and `signingToken` are secrets that Stigg gives out on request: RevealToken is the only place that asks.
const KEY = 'id keyType displayName description environmentId createdAt expireAt';
const ENVIRONMENT = 'id slug displayName type isSandbox color hardenClientAccessEnabled';

function query(name: string, permission: Permission, variables: string, selection: string): Operation {
  return { name, kind: 'query', permission, document: `query ${name}${variables} { ${selection} }` };
}

function mutation(name: string, input: string, field: string, selection: string): Operation {
  return { name, kind: 'mutation', permission: 'apiKeysWrite', document: `mutation ${name}($input: ${input}!) { ${field}(input: $input) { ${selection} } }` };
}

/** Everything this client ever sends. A test validates each against the schema and looks for secrets in the selections. */
export const OPERATIONS = {
  /** Stigg's own Node SDK calls this at its start for nothing but to validate the key. */
  probe: query('Probe', 'none', '', 'sdkConfiguration { isWidgetWatermarkEnabled }'),
  environments: query(
    'Environments',
    'environmentRead',
    '($paging: CursorPaging)',
    `environments(paging: $paging) { edges { node { ${ENVIRONMENT} account { id displayName } } } pageInfo { hasNextPage endCursor } }`,
  ),
  listEnvironments: query('ListEnvironments', 'environmentRead', '', `listEnvironments { ${ENVIRONMENT} }`),
  currentEnvironment: query('CurrentEnvironment', 'environmentRead', '', 'currentEnvironment'),
  listKeys: query(
    'ListKeys',
    'apiKeysRead',
    '($input: GetApiKeysInput!)',
    `apiKeys(${ARGUMENT.apiKeys}: $input) { edges { node { ${KEY} } } pageInfo { hasNextPage endCursor } }`,
  ),
  /** Without paging, but with evidenced arguments only: what is left when Stigg does not understand `listKeys`. */
  environmentKeys: query(
    'EnvironmentKeys',
    'apiKeysRead',
    '($filter: EnvironmentFilter)',
    `environments(filter: $filter) { edges { node { id apiKeys { ${KEY} } } } }`,
  ),
  revealToken: query(
    'RevealToken',
    'apiKeysRead',
    '($environment: EnvironmentFilter, $key: ApiKeyFilter)',
    'environments(filter: $environment) { edges { node { id apiKeys(filter: $key) { id token } } } }',
  ),
  keyScopes: query('KeyScopes', 'apiKeysRead', '($id: UUID!)', `apiKeyScope(${ARGUMENT.apiKeyScope}: $id) { action resource }`),
  availableScopes: query('AvailableScopes', 'apiKeysRead', '', 'availableScopes { action resource }'),
  // payload and request stay out: what they hold for key events is not evidenced, it may be the token.
  keyActivity: query(
    'KeyActivity',
    'apiKeysRead',
    '($filter: EventLogFilter, $paging: CursorPaging)',
    `eventLogs(filter: $filter, paging: $paging, sorting: [{ field: createdAt, direction: DESC }]) {
      edges { node { id createdAt eventLogType environmentId entityId actor { type name email scopedKeyName workflowName } } }
      pageInfo { hasNextPage endCursor }
    }`,
  ),
  rotateKey: mutation('RotateApiKey', 'RotateApiKeyInput', 'rotateApiKey', `newApiKey { ${KEY} } oldApiKey { ${KEY} }`),
  updateKey: mutation('UpdateApiKey', 'UpdateApiKeyInput', 'updateApiKey', KEY),
  revokeKey: mutation('RevokeApiKey', 'RevokeApiKeyInput', 'revokeApiKey', KEY),
  setHardenedClientAccess: { ...mutation('SetHardenedClientAccess', 'UpdateOneEnvironmentInput', 'updateOneEnvironment', ENVIRONMENT), permission: 'environmentWrite' },
  createScopedKey: mutation('CreateScopedApiKey', 'CreateScopedApiKeyInput', 'createScopedApiKey', KEY),
} as const satisfies Readonly<Record<string, Operation>>;
