import type { SideVerdict } from '../side.js';

interface PathRule {
  readonly pattern: RegExp;
  readonly side: SideVerdict['side'];
  /** Says what the path means; `{path}` stands for the part that matched. */
  readonly evidence: string;
  /** Counts only where the package depends on one of these. */
  readonly dependencies?: readonly string[];
  /** Does not count where the package depends on this. */
  readonly unless?: string;
  /** Counts only for files with these endings. */
  readonly extensions?: RegExp;
}

const SVELTE = ['@sveltejs/kit'];
const NEXT = ['next'];
const EXPO = ['expo'];

/** Conventions that frameworks and bundlers act upon. The first that matches decides. */
const CONVENTIONS: readonly PathRule[] = [
  { pattern: /(?:\.|-)(?:test|spec|cy|e2e)\.[cm]?[jt]sx?$|(?:^|\/)__(?:tests|mocks|fixtures)__\//, side: 'server', evidence: 'tests do not ship' },
  { pattern: /\.server\.[cm]?[jt]sx?$/, side: 'server', evidence: '*.server.*' },
  { pattern: /\.client\.[cm]?[jt]sx?$/, side: 'browser', evidence: '*.client.*' },
  { pattern: /(?:^|\/)[^/]*\.config\.[cm]?[jt]s$/, side: 'server', evidence: 'a build configuration' },
  { pattern: /(?:^|\/)\+server\.[jt]s$/, side: 'server', evidence: 'a SvelteKit endpoint', dependencies: SVELTE },
  { pattern: /(?:^|\/)src\/lib\/server\//, side: 'server', evidence: '$lib/server', dependencies: SVELTE },
  { pattern: /(?:^|\/)\+(?:page|layout)\.[jt]s$/, side: 'browser', evidence: 'a universal SvelteKit load file', dependencies: SVELTE },
  { pattern: /(?:^|\/)pages\/api\//, side: 'server', evidence: 'pages/api' },
  { pattern: /(?:^|\/)app\/(?:[^/]+\/)*route\.[jt]sx?$/, side: 'server', evidence: 'a route handler', dependencies: NEXT },
  { pattern: /(?:^|\/)(?:middleware|proxy|instrumentation)\.[jt]s$/, side: 'server', evidence: 'Next.js middleware', dependencies: NEXT },
  { pattern: /(?:^|\/)instrumentation-client\.[jt]s$/, side: 'browser', evidence: 'instrumentation-client', dependencies: NEXT },
  { pattern: /(?:^|\/)app\/(?:[^/]+\/)*[^/]+\.[jt]sx$/, side: 'server', evidence: "a server component: no 'use client'", dependencies: NEXT },
  { pattern: /(?:^|\/)app\/(?:[^/]+\/)*(?:page|layout|template|default|loading|not-found|sitemap|robots|manifest)\.[jt]s$/, side: 'server', evidence: 'the app router', dependencies: NEXT },
  { pattern: /(?:^|\/)(?:e2e|cypress|playwright|tests?)\/(?:.+\/)?pages\//, side: 'server', evidence: 'page objects of tests' },
  { pattern: /(?:^|\/)pages\/_document\.[jt]sx?$/, side: 'server', evidence: 'the document of the pages router', dependencies: NEXT },
  { pattern: /(?:^|\/)pages\//, side: 'browser', evidence: 'the pages router', dependencies: NEXT },
  { pattern: /(?:^|\/)server\//, side: 'server', evidence: "Nuxt's server folder", dependencies: ['nuxt', 'nuxt3'] },
  { pattern: /(?:^|\/)(?:components|composables|pages|layouts)\//, side: 'browser', evidence: 'a Nuxt app', dependencies: ['nuxt', 'nuxt3'] },
  { pattern: /\+api\.[jt]sx?$/, side: 'server', evidence: 'an API route of Expo', dependencies: EXPO },
  { pattern: /(?:^|\/)src\/setupProxy\.[jt]s$/, side: 'server', evidence: 'the development proxy', dependencies: ['react-scripts'] },
  { pattern: /(?:^|\/)gatsby-(?:node|config|ssr)\.[cm]?[jt]sx?$/, side: 'server', evidence: 'the Gatsby build', dependencies: ['gatsby'] },
  { pattern: /(?:^|\/)src\/api\//, side: 'server', evidence: 'Gatsby functions', dependencies: ['gatsby'] },
  { pattern: /(?:^|\/)src\/pages\/(?:.+\/)?[^/]+\.[jt]s$/, side: 'server', evidence: 'an Astro endpoint', dependencies: ['astro'] },
  { pattern: /(?:^|\/)(?:netlify\/(?:edge-)?functions|supabase\/functions|convex)\//, side: 'server', evidence: 'the folder {path}' },
];

/** Folder names that say where their content runs, by custom only. The innermost folder that says anything decides. */
const FOLDERS: readonly PathRule[] = [
  { pattern: /^(?:server|servers|backend|functions|lambdas?|serverless|edge-functions)$/, side: 'server', evidence: 'the folder {path}/' },
  { pattern: /^(?:client|frontend|browser)$/, side: 'browser', evidence: 'the folder {path}/' },
  { pattern: /^(?:scripts|bin|cli|cron|jobs|migrations|workers|seeds?|emails?)$/, side: 'server', evidence: 'the folder {path}/' },
  { pattern: /^(?:tests?|e2e|cypress|playwright)$/, side: 'server', evidence: 'tests do not ship' },
  // In a Next.js app a component without 'use client' may well stay on the server.
  { pattern: /^(?:components|widgets)$/, side: 'browser', evidence: 'the folder {path}/', unless: 'next' },
  { pattern: /^(?:public|static|www)$/, side: 'browser', evidence: 'files in {path}/ are served as they are', extensions: /\.m?js$/ },
];

/** What the file's path says by a framework's convention. */
export function sideByConvention(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  for (const rule of CONVENTIONS) {
    if (rule.dependencies !== undefined && !rule.dependencies.some((name) => dependencies.has(name))) continue;
    const match = rule.pattern.exec(path);
    if (match !== null) return verdict(rule, match[0].replace(/^\/|\/$/g, ''));
  }
  return undefined;
}

/** What the names of the file's folders suggest. `api/` counts at the top only: in browser code it holds the calls to one. */
export function sideByFolder(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const folders = path.split('/').slice(0, -1);
  for (const folder of [...folders].reverse()) {
    const rule = FOLDERS.find(({ pattern, extensions, unless }) => pattern.test(folder)
      && extensions?.test(path) !== false && !(unless !== undefined && dependencies.has(unless)));
    if (rule !== undefined) return verdict(rule, folder);
  }
  return folders[0] === 'api' ? { side: 'server', evidence: 'the folder api/' } : undefined;
}

function verdict(rule: PathRule, path: string): SideVerdict {
  return { side: rule.side, evidence: rule.evidence.replace('{path}', path) };
}
