/**
 * Cells that are not covered, by rule and client: the engine misses these, or it is not known how the client says it. The README shows them as such, and a test
 * tells when one of them is found after all.
 */
export const KNOWN: ReadonlySet<string> = new Set([
  // How these are given an idempotency key is not known.
  'constant-idempotency-key stigg-client', 'constant-idempotency-key stigg-cli',
  // Recipes: the dash of an option is lost on lines that continue another.
  ...['cents-to-stigg', 'cent-shaped-amount', 'wrong-auth-header', 'missing-content-type', 'missing-idempotency-key', 'constant-idempotency-key'].map((rule) => `${rule} curl-makefile`),
  // Nobody looks for zeros behind a variable unless something else says cents.
  'cents-to-stigg http-file',
  // The currency is behind a pointer.
  'cent-shaped-amount api-client-go',
  // The query is behind the head of the request.
  ...['okhttp-java', 'java-net-http', 'okhttp-kotlin', 'httpie'].map((client) => `page-limit-exceeded ${client}`),
  // The answer is not followed from the request to where it is read.
  ...['okhttp-java', 'okhttp-kotlin', 'urllib', 'net-http-ruby', 'ureq', 'invoke-restmethod', 'stigg-cli'].flatMap((client) => [
    'stigg-amount-divided', 'stigg-dollars-to-stripe', 'list-without-entitlements', 'overrides-as-entitlements',
  ].map((rule) => `${rule} ${client}`)),
  ...['stigg-amount-divided', 'stigg-dollars-to-stripe'].map((rule) => `${rule} reqwest`),
  ...['curl', 'wget', 'httpie', 'curl-yaml', 'curl-markdown', 'curl-makefile'].flatMap((client) => ['stigg-amount-divided', 'stigg-dollars-to-stripe', 'overrides-as-entitlements'].map((rule) => `${rule} ${client}`)),
]);
