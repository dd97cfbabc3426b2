/** One of Stigg's SDKs for JavaScript. */
export interface NpmSdk {
  readonly module: string;
  /** `backend`: it takes a full access or scoped key and must stay on servers. `frontend`: it takes a publishable key. */
  readonly side: 'backend' | 'frontend';
  /** Servers render with it as well, so that importing it does not tell where a module runs. */
  readonly rendersOnServers?: boolean;
}

/**
 * Stigg's packages on npm, old (GraphQL) and new (REST) ones.
 *
 * Source: the packages themselves, their READMEs and docs.stigg.io. The SDKs of other ecosystems are all for servers; how they are
 * started stands with their languages.
 */
export const NPM_SDKS: readonly NpmSdk[] = [
  { module: '@stigg/node-server-sdk', side: 'backend' },
  { module: '@stigg/api-client-js', side: 'backend' },
  { module: '@stigg/typescript', side: 'backend' },
  { module: '@stigg/rest-client', side: 'backend' },
  { module: '@stigg/react-sdk', side: 'frontend' },
  { module: '@stigg/nextjs-sdk', side: 'frontend', rendersOnServers: true },
  { module: '@stigg/js-client-sdk', side: 'frontend' },
  { module: '@stigg/vue-sdk', side: 'frontend' },
  { module: '@stigg/vue-2-sdk', side: 'frontend' },
  { module: '@stigg/embed-sdk', side: 'frontend' },
];

/** The types and lists of names that are made of Stigg's schema: Stigg's own browser SDKs import them, and none of them needs a key. */
const GENERATED = /^@stigg\/api-client-js\/(?:src|dist)\/generated\//;

/** The SDK behind an import, which may have a path into the package; undefined for what is none of Stigg's SDKs. */
export function npmSdk(module: string): NpmSdk | undefined {
  if (GENERATED.test(module)) return undefined;
  const name = /^@stigg\/[\w-]+/.exec(module)?.[0];
  return name === undefined ? undefined : NPM_SDKS.find((sdk) => sdk.module === name);
}
