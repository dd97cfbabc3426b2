import { expect, test } from 'vitest';
import { readVariableName } from '../../../src/scan/variables.js';

test.each<[string, string, string | undefined, boolean]>([
  ['STIGG_SERVER_API_KEY', 'server', undefined, true],
  ['stiggServerApiKey', 'server', undefined, true],
  ['stigg.server-api-key', 'server', undefined, true],
  ['STIGG_FULL_ACCESS_KEY', 'server', undefined, true],
  ['STIGG_SECRET', 'server', undefined, true],
  ['STIGG_PRIVATE_KEY', 'server', undefined, true],
  ['NX_STIGG_SERVER_API_KEY', 'server', undefined, true],
  ['DEFAULT_STIGG_SERVER_API_KEY', 'server', undefined, true],
  ['NEXT_PUBLIC_STIGG_SERVER_API_KEY', 'server', 'NEXT_PUBLIC_', true],
  ['SERVER_API_KEY', 'server', undefined, false],
  ['serverApiKey', 'server', undefined, false],
  ['STIGG_API_KEY', 'unspecific', undefined, true],
  ['stiggAPIKey', 'unspecific', undefined, true],
  ['STIGG_TOKEN', 'unspecific', undefined, true],
  ['STIGG_CLIENT_SECRET', 'unspecific', undefined, true],
  ['VITE_STIGG_API_KEY', 'unspecific', 'VITE_', true],
  ['STIGG_CLIENT_API_KEY', 'publishable', undefined, true],
  ['NEXT_PUBLIC_STIGG_CLIENT_API_KEY', 'publishable', 'NEXT_PUBLIC_', true],
  ['VITE_STIGG_CLIENT_KEY', 'publishable', 'VITE_', true],
  ['STIGG_PUBLISHABLE_KEY', 'publishable', undefined, true],
  ['STIGG_CUSTOMER_TOKEN_SIGNING_SECRET', 'signing', undefined, true],
  ['NX_STIGG_SIGNING_TOKEN', 'signing', undefined, true],
  ['STIGG_SIGNING_TOKEN', 'signing', undefined, true],
  ['STIGG_WEBHOOK_SECRET', 'webhook', undefined, true],
])('%s', (name, kind, publicPrefix, namesStigg) => {
  expect(readVariableName(name)).toMatchObject({ kind, publicPrefix, namesStigg });
});

test.each([
  'STIGG_SERVER_URL', 'STIGG_BASE_URL', 'STIGG_ENVIRONMENT_ID', 'STIGG_CUSTOM_HEADERS', 'STIGG_SERVER_API_KEY_NAME', 'STIGG_API_KEY_HEADER', 'STIGG_SERVER_KEY_ID',
  'STIGG_CUSTOMER_TOKEN', 'customerToken', 'STIGG_CACHE_KEY', 'STIGG_SERVER_CACHE_KEY', 'STIGG_IDEMPOTENCY_KEY', 'stiggFeatureKey', 'stiggQueryKey', 'stiggMonkey',
  'X_API_KEY', 'API_KEY', 'apiKey', 'GITHUB_TOKEN', 'OAUTH_CLIENT_SECRET', 'clientSecret', 'DATABASE_URL', 'SERVER_PORT', 'VITE_', '',
])('no key: %s', (name) => {
  expect(readVariableName(name)).toBeUndefined();
});
