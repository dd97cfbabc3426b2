/**
 * Stigg's SDKs, by the package's name in its ecosystem.
 *
 * Source: the packages themselves, their READMEs and docs.stigg.io. Several ecosystems have an old (GraphQL), a new (REST) and a
 * sidecar client; Python and Ruby load all of theirs under one name, so that only the call tells them apart.
 */

export type Ecosystem = 'npm' | 'pypi' | 'go' | 'rubygems' | 'maven' | 'nuget' | 'script';

export interface StiggSdk {
  readonly ecosystem: Ecosystem;
  /** The package. Go's are without the version at their end (`/v6`). */
  readonly module: string;
  /** `backend`: it takes a full access or scoped key and must stay on servers. `frontend`: it takes a publishable key. */
  readonly side: 'backend' | 'frontend';
  /** What starts it: functions, constructors and elements, as they are written after the module's own name. */
  readonly starts: readonly string[];
  /** The argument that carries the key: its name, or its position where it has none. */
  readonly key: string | number;
  /** The environment variable that it reads by itself where the key is left out. */
  readonly readsVariable?: string;
}

const REST_VARIABLE = 'STIGG_API_KEY';

export const STIGG_SDKS: readonly StiggSdk[] = [
  { ecosystem: 'npm', module: '@stigg/node-server-sdk', side: 'backend', starts: ['Stigg.initialize'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/api-client-js', side: 'backend', starts: ['StiggManagement.createClient'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/typescript', side: 'backend', starts: ['new Stigg'], key: 'apiKey', readsVariable: REST_VARIABLE },
  { ecosystem: 'npm', module: '@stigg/rest-client', side: 'backend', starts: ['new Stigg'], key: 'apiKey', readsVariable: REST_VARIABLE },
  { ecosystem: 'npm', module: '@stigg/react-sdk', side: 'frontend', starts: ['StiggProvider'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/nextjs-sdk', side: 'frontend', starts: ['StiggProvider'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/js-client-sdk', side: 'frontend', starts: ['Stigg.initialize'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/vue-sdk', side: 'frontend', starts: ['StiggProvider', 'app.use'], key: 'apiKey' },
  { ecosystem: 'npm', module: '@stigg/vue-2-sdk', side: 'frontend', starts: ['StiggProvider', 'Vue.use'], key: 'apiKey' },
  { ecosystem: 'script', module: '@stigg/embed-sdk', side: 'frontend', starts: ['Stigg'], key: 'apiKey' },
  { ecosystem: 'pypi', module: 'stigg', side: 'backend', starts: ['Stigg', 'AsyncStigg'], key: 'api_key', readsVariable: REST_VARIABLE },
  { ecosystem: 'pypi', module: 'stigg-api-client', side: 'backend', starts: ['Stigg.create_client', 'Stigg.create_async_client'], key: 'api_key' },
  { ecosystem: 'pypi', module: 'stigg-api-client-v2', side: 'backend', starts: ['Stigg.create_client', 'Stigg.create_async_client'], key: 'api_key' },
  { ecosystem: 'pypi', module: 'stigg-sidecar-sdk', side: 'backend', starts: ['ApiConfig'], key: 'api_key' },
  { ecosystem: 'go', module: 'github.com/stiggio/stigg-go', side: 'backend', starts: ['NewClient'], key: 'option.WithAPIKey', readsVariable: REST_VARIABLE },
  { ecosystem: 'go', module: 'github.com/stiggio/api-client-go', side: 'backend', starts: ['NewStiggClient'], key: 0 },
  { ecosystem: 'go', module: 'github.com/stiggio/sidecar-sdk-go', side: 'backend', starts: ['NewSidecarClient'], key: 'ApiKey' },
  { ecosystem: 'rubygems', module: 'stigg', side: 'backend', starts: ['Stigg::Client.new'], key: 'api_key', readsVariable: REST_VARIABLE },
  { ecosystem: 'rubygems', module: 'stigg-api-client', side: 'backend', starts: ['Stigg.create_client'], key: 0 },
  { ecosystem: 'rubygems', module: 'stigg-sidecar-sdk', side: 'backend', starts: ['Stigg::Sidecar::ApiConfig.new'], key: 0 },
  { ecosystem: 'maven', module: 'io.stigg:stigg-java', side: 'backend', starts: ['StiggOkHttpClient', 'StiggOkHttpClientAsync'], key: 'apiKey', readsVariable: REST_VARIABLE },
  { ecosystem: 'maven', module: 'io.stigg:stigg-api-client', side: 'backend', starts: ['Stigg.createClient'], key: 0 },
  { ecosystem: 'nuget', module: 'Stigg.Client', side: 'backend', starts: ['new StiggClient'], key: 'ApiKey', readsVariable: REST_VARIABLE },
  { ecosystem: 'nuget', module: 'Stigg.Api.Client', side: 'backend', starts: ['Stigg.createClient'], key: 0 },
];

/** The SDK by its package; undefined for other packages. */
export function stiggSdk(ecosystem: Ecosystem, module: string): StiggSdk | undefined {
  return STIGG_SDKS.find((sdk) => sdk.ecosystem === ecosystem && sdk.module === module);
}

/** The npm package behind an import, without a path into it; undefined for what is none of Stigg's SDKs. */
export function npmSdk(module: string): StiggSdk | undefined {
  const name = /^@stigg\/[\w-]+/.exec(module)?.[0];
  return name === undefined ? undefined : STIGG_SDKS.find((sdk) => sdk.module === name);
}
