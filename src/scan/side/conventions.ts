import * as l10n from '@vscode/l10n';
import type { Side, SideVerdict } from '../side.js';
import {
  ANGULAR, APP_FRAMEWORKS, ASTRO, CREATE_REACT_APP, ELECTRON, EXPO, FRESH, GATSBY, isPartOf, NEXT, NUXT, QWIK, REMIX, SERVER_FRAMEWORKS, SOLID_START, SVELTE_KIT,
  TANSTACK_START, type Framework,
} from './frameworks.js';
import { STORY_FILE, TEST_FILE } from './tests.js';

/** What a convention is judged by. */
export interface ConventionFacts {
  readonly path: string;
  readonly text: string;
  /** The modules that the file imports. */
  readonly modules: readonly string[];
  readonly dependencies: ReadonlySet<string> | undefined;
}

/** What a convention says about a file, and about the files that it imports. */
export interface ConventionVerdict extends SideVerdict {
  /** The file ships all the same when browser code imports it. */
  readonly yields: boolean;
  /** What the file imports ships with it. */
  readonly isEntry: boolean;
}

interface Convention {
  readonly pattern: RegExp;
  /** What the path goes on with after that. */
  readonly rest?: RegExp;
  readonly side: Side;
  /** Says what the path means, in the person's language; gets the part that matched. */
  readonly evidence: (path: string) => string;
  readonly framework?: Framework;
  /** Counts only right below the root of a package, as far as the names of the folders above tell. */
  readonly atRoot?: true;
  readonly yields?: true;
  /** It ships, but nobody's application is made of it. */
  readonly aside?: true;
  readonly when?: (facts: ConventionFacts) => boolean;
}

/** Folders inside an application: what is called `app` or `pages` below them is no router's folder. */
const INSIDE = /(?:^|\/)(?:app|pages|components|features|modules|lib|utils|hooks|ui|store|stores|redux|contexts?|views|widgets|sections|helpers)\//;
const hasDefault = ({ text }: ConventionFacts): boolean => /\bexport\s+default\b|\bas\s+default\b/.test(text);
/** In services `stigg.client.ts` is what talks to Stigg. */
const isService = ({ dependencies, modules }: ConventionFacts): boolean =>
  modules.some((name) => name.startsWith('@nestjs/'))
  || (dependencies !== undefined && SERVER_FRAMEWORKS.some((name) => dependencies.has(name)) && !APP_FRAMEWORKS.some((name) => dependencies.has(name)));

/** Conventions that frameworks and bundlers act upon. The first that matches decides. */
const CONVENTIONS: readonly Convention[] = [
  { pattern: TEST_FILE, side: 'server', evidence: () => l10n.t('tests do not ship') },
  { pattern: STORY_FILE, side: 'browser', evidence: () => l10n.t('Storybook runs stories in the browser'), aside: true },
  { pattern: /(?:^|\/)\.storybook\/preview\.[jt]sx?$/, side: 'browser', evidence: () => l10n.t('Storybook runs its preview in the browser'), aside: true },
  { pattern: /\.server\.[cm]?[jt]sx?$/, side: 'server', evidence: () => '*.server.*' },
  { pattern: /(?:^|\/)\.server\//, side: 'server', evidence: (path) => l10n.t('the folder {0}/', path), framework: REMIX },
  { pattern: /\.client\.[cm]?[jt]sx?$/, side: 'browser', evidence: () => '*.client.*', when: (facts) => !isService(facts) },
  { pattern: /(?:^|\/)\.client\//, side: 'browser', evidence: (path) => l10n.t('the folder {0}/', path), framework: REMIX },
  { pattern: /(?:^|\/)[^/]*\.config\.[cm]?[jt]s$/, side: 'server', evidence: () => l10n.t('a build configuration'), yields: true },
  { pattern: /(?:^|\/)(?:netlify\/(?:edge-)?functions|supabase\/functions|convex)\//, side: 'server', evidence: (path) => l10n.t('the folder {0}', path) },
  { pattern: /(?:^|\/)(?:electron|src\/main|src\/preload)\//, side: 'unknown', evidence: () => '', framework: ELECTRON },

  { pattern: /(?:^|\/)pages\/api\//, side: 'server', evidence: () => 'pages/api', yields: true },
  { pattern: /(?:^|\/)app\//, rest: /(?:^|\/)route\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('a route handler'), framework: NEXT, atRoot: true },
  { pattern: /(?:^|\/)(?:middleware|proxy|instrumentation)\.[jt]s$/, side: 'server', evidence: (path) => l10n.t('Next.js {0}', path), framework: NEXT, atRoot: true },
  { pattern: /(?:^|\/)instrumentation-client\.[jt]s$/, side: 'browser', evidence: () => 'instrumentation-client', framework: NEXT, atRoot: true },
  { pattern: /(?:^|\/)app\//, rest: /\.[jt]sx$/, side: 'server', evidence: () => l10n.t("a server component: no 'use client'"), framework: NEXT, atRoot: true, yields: true },
  {
    pattern: /(?:^|\/)app\//, rest: /(?:^|\/)(?:page|layout|template|default|loading|not-found|sitemap|robots|manifest|icon|opengraph-image|twitter-image)\.[jt]s$/,
    side: 'server', evidence: () => l10n.t('the app router'), framework: NEXT, atRoot: true, yields: true,
  },
  { pattern: /(?:^|\/)(?:e2e|cypress|playwright|tests?)\//, rest: /(?:^|\/)pages\//, side: 'server', evidence: () => l10n.t('page objects of tests') },
  { pattern: /(?:^|\/)pages\/_document\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('the document of the pages router'), framework: NEXT, atRoot: true },
  { pattern: /(?:^|\/)pages\//, side: 'browser', evidence: () => l10n.t('the pages router'), framework: NEXT, atRoot: true },

  { pattern: /(?:^|\/)\+server\.[jt]s$/, side: 'server', evidence: () => l10n.t('a SvelteKit endpoint'), framework: SVELTE_KIT },
  { pattern: /(?:^|\/)(?:src\/)?lib\/server\//, side: 'server', evidence: () => '$lib/server', framework: SVELTE_KIT },
  { pattern: /\.remote\.[jt]s$/, side: 'server', evidence: () => l10n.t('remote functions of SvelteKit'), framework: SVELTE_KIT },
  { pattern: /(?:^|\/)\+(?:page|layout)\.[jt]s$/, side: 'browser', evidence: () => l10n.t('a universal SvelteKit load file'), framework: SVELTE_KIT },
  { pattern: /(?:^|\/)src\/hooks\.[jt]s$/, side: 'browser', evidence: () => l10n.t('universal SvelteKit hooks'), framework: SVELTE_KIT },
  { pattern: /(?:^|\/)src\/service-worker(?:\/index)?\.[jt]s$/, side: 'browser', evidence: () => l10n.t('a service worker'), framework: SVELTE_KIT },

  { pattern: /(?:^|\/)server\//, side: 'server', evidence: () => l10n.t("Nuxt's server folder"), framework: NUXT },
  { pattern: /(?:^|\/)modules\//, side: 'server', evidence: () => l10n.t('modules of Nuxt run while it builds'), framework: NUXT, atRoot: true },
  { pattern: /(?:^|\/)(?:app|components|composables|pages|layouts|plugins|middleware|stores|utils)\//, side: 'browser', evidence: () => l10n.t('a Nuxt app'), framework: NUXT },

  { pattern: /(?:^|\/)app\/routes\.[jt]s$/, side: 'server', evidence: () => l10n.t('the configuration of the routes'), framework: REMIX },
  { pattern: /(?:^|\/)app\/routes\//, rest: /\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('a resource route'), framework: REMIX, when: (facts) => !hasDefault(facts) && !/\bclientLoader\b/.test(facts.text) },
  { pattern: /(?:^|\/)app\/(?:routes\/|root\.)/, rest: /(?:^|\.)[jt]sx?$/, side: 'browser', evidence: () => l10n.t('a route module: all but its loader and action ships'), framework: REMIX },
  {
    // Where a configuration names the routes, they stand in any folder.
    pattern: /\.[jt]sx$/, side: 'browser', evidence: () => l10n.t('a route module: all but its loader and action ships'), framework: REMIX,
    when: (facts) => hasDefault(facts) && /\bfrom\s*['"]\.{1,2}\/[./]{0,40}\+types\//.test(facts.text),
  },

  { pattern: /(?:^|\/)src\/pages\//, rest: /\.[jt]s$/, side: 'server', evidence: () => l10n.t('an Astro endpoint'), framework: ASTRO },
  { pattern: /(?:^|\/)src\/(?:middleware(?:\/index)?|content\.config|content\/config)\.[jt]s$/, side: 'server', evidence: (path) => l10n.t("Astro's {0}", path), framework: ASTRO },
  { pattern: /(?:^|\/)src\/actions\//, side: 'server', evidence: () => l10n.t('Astro actions'), framework: ASTRO },

  { pattern: /\+(?:api|middleware)\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('an API route of Expo'), framework: EXPO },

  { pattern: /(?:^|\/)(?:src\/)?server\.ts$/, side: 'server', evidence: () => l10n.t("Angular's server"), framework: ANGULAR },
  { pattern: /(?:^|\/)src\/environments\/[^/]+\.ts$/, side: 'browser', evidence: () => l10n.t("Angular's environments ship"), framework: ANGULAR },
  {
    pattern: /(?:^|\/)src\/app\//, side: 'browser', evidence: () => l10n.t('an Angular app'), framework: ANGULAR,
    // Nest keeps to the same folders, in the same repository.
    when: ({ dependencies, modules }) => dependencies?.has('@nestjs/core') !== true && !modules.some((name) => name.startsWith('@nestjs/')),
  },

  { pattern: /(?:^|\/)src\/setupProxy\.[jt]s$/, side: 'server', evidence: () => l10n.t('the development proxy'), framework: CREATE_REACT_APP },

  { pattern: /(?:^|\/)gatsby-(?:node|config|ssr)\.[cm]?[jt]sx?$|(?:^|\/)src\/html\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('the Gatsby build'), framework: GATSBY },
  { pattern: /(?:^|\/)gatsby-browser\.[cm]?[jt]sx?$/, side: 'browser', evidence: () => 'gatsby-browser', framework: GATSBY },
  { pattern: /(?:^|\/)src\/api\//, side: 'server', evidence: () => l10n.t('Gatsby functions'), framework: GATSBY },
  { pattern: /(?:^|\/)src\/(?:pages|components|templates|layouts)\//, side: 'browser', evidence: () => l10n.t('a Gatsby app'), framework: GATSBY },

  { pattern: /(?:^|\/)src\/(?:server|ssr|entry-server|entry\.ssr|entry\.[a-z-]+)\.[jt]sx?$/, side: 'server', evidence: () => l10n.t('the server entry'), framework: QWIK },
  { pattern: /(?:^|\/)src\/(?:(?:server|ssr|entry-server)\.[jt]sx?$|routes\/api\/)/, side: 'server', evidence: () => l10n.t('code of the server'), framework: TANSTACK_START },
  { pattern: /(?:^|\/)(?:src|app)\/(?:client\.|entry-client\.|router\.|routes\/)/, rest: /(?:^|\.)[jt]sx$/, side: 'browser', evidence: () => l10n.t('a route of TanStack Start'), framework: TANSTACK_START },
  { pattern: /(?:^|\/)src\/(?:(?:entry-server|middleware(?:\/index)?)\.[jt]sx?$|routes\/api\/)/, side: 'server', evidence: () => l10n.t('code of the server'), framework: SOLID_START },
  { pattern: /(?:^|\/)src\/(?:entry-client\.|app\.|routes\/)/, rest: /(?:^|\.)[jt]sx$/, side: 'browser', evidence: () => l10n.t('a route of SolidStart'), framework: SOLID_START },
  { pattern: /(?:^|\/)src\/routes\//, rest: /\.[jt]s$/, side: 'server', evidence: () => l10n.t('an endpoint of Qwik City'), framework: QWIK },
  { pattern: /(?:^|\/)src\/(?:routes|components)\//, rest: /\.[jt]sx$/, side: 'browser', evidence: () => l10n.t('a component of Qwik'), framework: QWIK },

  { pattern: /(?:^|\/)islands\//, side: 'browser', evidence: () => l10n.t('islands run in the browser'), framework: FRESH },
  { pattern: /(?:^|\/)routes\//, side: 'server', evidence: () => l10n.t('routes of Fresh run on the server'), framework: FRESH, yields: true },
];

/** What the file's path says by a convention of its framework. */
export function sideByConvention(facts: ConventionFacts): ConventionVerdict | undefined {
  for (const { pattern, rest, side, evidence, framework, atRoot, yields, aside, when } of CONVENTIONS) {
    const match = pattern.exec(facts.path);
    if (match === null || (atRoot === true && INSIDE.test(`${facts.path.slice(0, match.index)}/`))) continue;
    if (rest?.test(facts.path.slice(match.index + match[0].length)) === false) continue;
    if (framework !== undefined && !isPartOf(framework, facts.dependencies, facts.modules)) continue;
    if (when?.(facts) === false) continue;
    return {
      side,
      evidence: evidence(match[0].replace(/^\/|\/$/g, '')),
      yields: yields === true,
      isEntry: side === 'browser' && aside !== true,
    };
  }
  return undefined;
}
