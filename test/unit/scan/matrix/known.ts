const FOUR = ['stigg-amount-divided', 'stigg-dollars-to-stripe', 'list-without-entitlements', 'overrides-as-entitlements'];
const AMOUNTS = ['stigg-amount-divided', 'stigg-dollars-to-stripe'];

const of = (clients: readonly string[], rules: readonly string[]): readonly string[] => clients.flatMap((client) => rules.map((rule) => `${rule} ${client}`));

/**
 * Cells that are not covered, by rule and client: the engine misses these, or it is not known how the client says it. The README shows them as such, and a test
 * tells when one of them is found after all.
 */
export const KNOWN: ReadonlySet<string> = new Set([
  // How these are given an idempotency key is not known.
  ...of(['stigg-client', 'stigg-cli'], ['constant-idempotency-key']),
  // The SDKs of before make a document of each call; only those that carry money, and what they answer, are understood.
  ...of(['stigg-api-client-java', 'stigg-api-client-kotlin', 'stigg-api-client-csharp'], ['constant-idempotency-key', 'mixed-surfaces']),
  ...of(['stigg-api-client-csharp'], AMOUNTS),
  // Nobody looks for zeros behind a variable unless something else says cents.
  ...of(['http-file'], ['cents-to-stigg']),
  // Nothing says the type of what it sends as text.
  ...of(['flurl'], ['missing-content-type']),
  // The answer is not followed from the request to where it is read: the connection, or another command, gives it.
  ...of(['http-client', 'invoke-restmethod', 'invoke-webrequest', 'stigg-cli'], FOUR),
  ...of(['curl', 'wget', 'httpie', 'curl-yaml', 'curl-markdown', 'curl-makefile'], [...AMOUNTS, 'overrides-as-entitlements']),
]);
