import type { ApiRequest } from '../request.js';
import type { SampleObject } from './entry.js';
import { Stops } from './stops.js';

interface Operation {
  /** After `graphql.`; the operation's name when absent, with a small letter. */
  readonly id?: string;
  readonly resource: string;
  readonly summary: string;
  readonly document: string;
  readonly variables?: SampleObject;
}

const ENVIRONMENT_ID = '00000000-0000-4000-8000-000000000001';
const KEY_ID = '00000000-0000-4000-8000-000000000002';

const KEYS = `query ApiKeys($input: GetApiKeysInput!) {
  apiKeys(input: $input) {
    totalCount
    edges {
      node {
        id
        displayName
        keyType
        environmentId
        createdAt
        expireAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`;

/** Answers that hold a key are asked for without its `token`: a snippet's output ends up in logs. */
const OPERATIONS: readonly Operation[] = [
  {
    resource: 'environments',
    summary: 'Check that the key is valid, as the SDKs do at start',
    document: `query SdkConfiguration {
  sdkConfiguration {
    __typename
  }
}`,
  },
  {
    resource: 'environments',
    summary: 'The environment that the key belongs to',
    document: `query CurrentEnvironment {
  currentEnvironment
}`,
  },
  {
    resource: 'environments',
    summary: 'Page through the environments, newest first',
    document: `query Environments($paging: CursorPaging) {
  environments(paging: $paging) {
    edges {
      node {
        id
        slug
        displayName
        type
        hardenClientAccessEnabled
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
    variables: { paging: { first: 25 } },
  },
  {
    resource: 'environments',
    summary: 'List the environments in one answer',
    document: `query ListEnvironments {
  listEnvironments {
    id
    slug
    displayName
    type
    createdAt
  }
}`,
  },
  {
    resource: 'environments',
    summary: 'Change an environment: name, description, hardening of client access',
    document: `mutation UpdateOneEnvironment($input: UpdateOneEnvironmentInput!) {
  updateOneEnvironment(input: $input) {
    id
    displayName
    hardenClientAccessEnabled
  }
}`,
    variables: { input: { id: ENVIRONMENT_ID, update: { displayName: 'Staging', hardenClientAccessEnabled: true } } },
  },
  {
    resource: 'apiKeys',
    summary: 'Page through the API keys that are valid, without their values',
    document: KEYS,
    variables: { input: { keyTypes: ['SERVER', 'SCOPED'], paging: { first: 25 } } },
  },
  {
    id: 'apiKeys.filtered',
    resource: 'apiKeys',
    summary: 'API keys that expire before a date, by a part of their name',
    document: KEYS,
    variables: { input: { displayNameContains: 'key', expirationFilter: { expiresBefore: '2027-01-01T00:00:00Z', includeNeverExpires: false }, paging: { first: 25 } } },
  },
  {
    resource: 'apiKeys',
    summary: 'What one API key may do',
    document: `query ApiKeyScope($id: UUID!) {
  apiKeyScope(id: $id) {
    resource
    action
  }
}`,
    variables: { id: KEY_ID },
  },
  {
    resource: 'apiKeys',
    summary: 'Every scope that a key can have',
    document: `query AvailableScopes {
  availableScopes {
    resource
    action
  }
}`,
  },
  {
    resource: 'apiKeys',
    summary: 'Create a scoped API key; its value is shown in the Stigg console',
    document: `mutation CreateScopedApiKey($input: CreateScopedApiKeyInput!) {
  createScopedApiKey(input: $input) {
    id
    displayName
    createdAt
  }
}`,
    variables: { input: { environmentId: ENVIRONMENT_ID, displayName: 'billing-worker', scopes: [{ resource: 'CUSTOMER', action: 'READ' }] } },
  },
  {
    resource: 'apiKeys',
    summary: 'Rename an API key or change what it may do',
    document: `mutation UpdateApiKey($input: UpdateApiKeyInput!) {
  updateApiKey(input: $input) {
    id
    displayName
    expireAt
  }
}`,
    variables: { input: { id: KEY_ID, displayName: 'billing-worker', description: 'Reads customers at night' } },
  },
  {
    resource: 'apiKeys',
    summary: 'Rotate an API key; the old one works until the date',
    document: `mutation RotateApiKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    newApiKey {
      id
      displayName
    }
    oldApiKey {
      id
      expireAt
    }
  }
}`,
    variables: { input: { id: KEY_ID, expirationDate: '2027-01-01T00:00:00Z' } },
  },
  {
    resource: 'apiKeys',
    summary: 'Revoke an API key at once',
    document: `mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    id
    expireAt
  }
}`,
    variables: { input: { id: KEY_ID } },
  },
  {
    resource: 'eventLogs',
    summary: 'What happened to the API keys since a date, newest first',
    document: `query EventLogs($filter: EventLogFilter, $paging: CursorPaging) {
  eventLogs(filter: $filter, paging: $paging) {
    edges {
      node {
        id
        createdAt
        eventLogType
        entityId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
    variables: {
      filter: { environmentId: { eq: ENVIRONMENT_ID }, eventLogType: { in: ['API_KEY_CREATED', 'API_KEY_ROTATED', 'API_KEY_REVOKED'] }, createdAt: { gte: '2026-01-01T00:00:00Z' } },
      paging: { first: 25 },
    },
  },
];

export function graphqlRequests(): ApiRequest[] {
  return OPERATIONS.map(({ id, resource, summary, document, variables }) => {
    const operationName = /^(?:query|mutation) (\w{1,80})/.exec(document)?.[1] ?? '';
    return {
      id: `graphql.${id ?? `${operationName.charAt(0).toLowerCase()}${operationName.slice(1)}`}`,
      surface: 'graphql',
      resource,
      summary,
      method: 'POST',
      path: ['/graphql'],
      query: [],
      idempotencyKey: false,
      body: variables === undefined ? undefined : new Stops().object(variables),
      document,
      operationName,
      sdkCall: undefined,
      writes: document.startsWith('mutation'),
      beta: false,
    };
  });
}
