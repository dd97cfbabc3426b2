import { wordsOf } from './words.js';

/**
 * What the name of a variable says about its value.
 *
 * Source: the names that Stigg's SDKs, documentation, examples and charts use (STIGG_API_KEY, STIGG_SERVER_API_KEY, SERVER_API_KEY,
 * STIGG_CLIENT_API_KEY, STIGG_CUSTOMER_TOKEN_SIGNING_SECRET, STIGG_WEBHOOK_SECRET, …), with and without a framework's prefix.
 */

/** `unspecific`: a Stigg key whose name does not say which kind, such as STIGG_API_KEY. */
export type VariableKind = 'server' | 'publishable' | 'signing' | 'webhook' | 'unspecific';

/** The name of a key or secret, read. */
export interface VariableName {
  readonly kind: VariableKind;
  /** The prefix because of which a bundler puts the value into browser code. */
  readonly publicPrefix: string | undefined;
  /** The name without that prefix. */
  readonly bare: string;
  /** It names Stigg; where it does not, the surroundings have to. */
  readonly namesStigg: boolean;
}

/** The prefixes that bundlers and frameworks inline, longer ones first. */
const PUBLIC_PREFIXES: readonly string[] = [
  'NEXT_PUBLIC_', 'EXPO_PUBLIC_', 'NUXT_PUBLIC_', 'NUXT_ENV_', 'NX_PUBLIC_', 'REACT_APP_', 'VUE_APP_', 'NG_APP_', 'GATSBY_', 'STORYBOOK_', 'VITE_', 'PUBLIC_',
];

/** A name that ends in one of these is about a key, and holds none. */
const ABOUT = new Set([
  'ID', 'IDS', 'NAME', 'NAMES', 'PATH', 'FILE', 'ARN', 'URL', 'URI', 'HOST', 'HEADER', 'PREFIX', 'LENGTH', 'TTL', 'EXPIRY', 'EXPIRES', 'AT', 'COUNT', 'VERSION',
  'MASK', 'MASKED', 'HASH', 'FINGERPRINT', 'TYPE', 'KIND', 'PATTERN', 'LABEL', 'TITLE', 'MESSAGE', 'ERROR', 'EXISTS', 'ENABLED', 'REQUIRED', 'DOCS', 'REF', 'PLACEHOLDER', 'DESCRIPTION', 'INPUT', 'FIELD', 'REGEX', 'LINK', 'MISSING',
]);

/** Keys that open nothing, and what a customer gets rather than a service. */
const OTHER_KEYS = new Set([
  'CACHE', 'STORAGE', 'IDEMPOTENCY', 'FEATURE', 'QUERY', 'SORT', 'PARTITION', 'PRIMARY', 'LOCK', 'SESSION', 'COOKIE', 'CSRF', 'CURSOR', 'PAGE', 'TRANSLATION', 'EVENT', 'METADATA', 'CUSTOMER',
]);

const PUBLIC_PREFIX = new RegExp(PUBLIC_PREFIXES.join('|'));

/** Cheap: may the text name a variable that bundlers inline? */
export function mayNamePublicVariable(text: string): boolean {
  return PUBLIC_PREFIX.test(text);
}

/** The public prefix of a name; undefined for names that stay on the server. */
export function publicPrefixOf(name: string): string | undefined {
  return PUBLIC_PREFIXES.find((prefix) => name.startsWith(prefix) && name.length > prefix.length);
}

/** Reads a name in any spelling (`STIGG_SERVER_API_KEY`, `stiggServerApiKey`, `stigg.server-api-key`); undefined when it does not name a key or secret. */
export function readVariableName(name: string): VariableName | undefined {
  const publicPrefix = publicPrefixOf(name);
  const bare = publicPrefix === undefined ? name : name.slice(publicPrefix.length);
  const words = wordsOf(bare).map((word) => word.toUpperCase());
  const has = (...wanted: readonly string[]): boolean => wanted.some((word) => words.includes(word));
  const namesStigg = words.some((word) => word.startsWith('STIGG'));
  const kind = kindOf(has, words);
  return kind === undefined || (kind === 'unspecific' && !namesStigg) ? undefined : { kind, publicPrefix, bare, namesStigg };
}

function kindOf(has: (...wanted: readonly string[]) => boolean, words: readonly string[]): VariableKind | undefined {
  if (ABOUT.has(words.at(-1) ?? '')) return undefined;
  if (has('WEBHOOK', 'WEBHOOKS') && has('SECRET', 'TOKEN', 'KEY')) return 'webhook';
  if (has('SIGNING') && has('SECRET', 'TOKEN', 'KEY')) return 'signing';
  if (words.some((word) => OTHER_KEYS.has(word))) return undefined;
  const isKey = has('KEY', 'TOKEN', 'SECRET', 'APIKEY') || words.join('_').includes('FULL_ACCESS');
  if (!isKey) return undefined;
  // Others call half of a login that.
  if (has('CLIENT') && has('SECRET')) return words.some((word) => word.startsWith('STIGG')) ? 'unspecific' : undefined;
  if (has('SERVER', 'BACKEND', 'SECRET', 'PRIVATE') || words.join('_').includes('FULL_ACCESS')) return 'server';
  if (has('CLIENT', 'PUBLISHABLE', 'PUBLIC', 'FRONTEND', 'BROWSER')) return 'publishable';
  return has('KEY', 'APIKEY', 'TOKEN') ? 'unspecific' : undefined;
}
