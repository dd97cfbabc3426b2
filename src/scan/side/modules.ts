import * as l10n from '@vscode/l10n';
import type { Import } from '../languages/language.js';
import { NPM_SDKS } from '../sdks.js';
import type { SideVerdict } from '../side.js';
import { APP_FRAMEWORKS, SERVER_FRAMEWORKS } from './frameworks.js';

/** Modules that only work, or only make sense, in a browser or an app that is handed out. */
const BROWSER = /^(?:react-dom(?:\/client)?|vue|vue-router|pinia|react-router-dom|@angular\/(?:core|common|platform-browser|router)|react-native|expo(?:-(?!server)[a-z-]+)?|preact(?:\/.*)?|solid-js(?:\/web)?|svelte(?:\/.*)?|lit|jquery|next\/router|@tanstack\/react-(?!start)[a-z-]+|swr|@hotwired\/.+|@rails\/(?:ujs|activestorage|actiontext|request\.js)|stimulus|turbolinks|alpinejs|htmx(?:\.org)?)$/;
/** Modules that need a server: no bundler makes them fit for a browser. */
const SERVER = /^(?:node:.*|express|fastify|koa|hapi|@hapi\/hapi|hono|restify|polka|@nestjs\/.*|@trpc\/server.*|apollo-server.*|@apollo\/server|react-dom\/server.*|@vue\/server-renderer|next\/(?:server|headers)|fs|fs\/promises|http|https|http2|net|tls|child_process|cluster|worker_threads|dns|os|pg|mysql2?|mongodb|mongoose|ioredis|redis|@prisma\/client|typeorm|sequelize|aws-lambda|firebase-admin.*|firebase-functions.*|@google-cloud\/.*|dotenv(?:\/.*)?|commander|yargs|expo-server-sdk|@react-email\/.*|h3|nitropack.*)$/;
/** What React gives to code in browsers only. */
const HOOKS = new Set(['useState', 'useEffect', 'useReducer', 'useRef', 'useLayoutEffect', 'useContext', 'useSyncExternalStore', 'useTransition', 'useOptimistic', 'useActionState', 'createContext']);
const STIGG_BROWSER = new Set(NPM_SDKS.filter(({ side, rendersOnServers }) => side === 'frontend' && rendersOnServers !== true).map(({ module }) => module));
/** Weak: browser code that imports one is a mistake that people make. */
const STIGG_SERVER: ReadonlySet<string> = new Set(NPM_SDKS.filter(({ side }) => side === 'backend').map(({ module }) => module));

/** The imports that are made to keep a module on its side: the build fails on the other. */
export function sideByGuard(modules: readonly string[]): SideVerdict | undefined {
  if (modules.includes('server-only')) return { side: 'server', evidence: "import 'server-only'" };
  if (modules.includes('client-only')) return { side: 'browser', evidence: "import 'client-only'" };
  return undefined;
}

/** What the imports say; undefined when they say nothing or contradict each other. */
export function sideByImports(imports: readonly Import[]): SideVerdict | undefined {
  const browser = imports.find(({ module }) => BROWSER.test(module) || STIGG_BROWSER.has(module))?.module;
  const server = imports.find(({ module }) => SERVER.test(module))?.module;
  if (browser !== undefined && server !== undefined) return undefined;
  if (browser !== undefined) return { side: 'browser', evidence: imported(browser) };
  if (server !== undefined) return { side: 'server', evidence: imported(server) };
  // Ink draws React in terminals.
  const hook = imports.some(({ module }) => module === 'ink') ? undefined : imports.find((one) => one.module === 'react' && HOOKS.has(one.imported));
  return hook === undefined ? undefined : { side: 'browser', evidence: l10n.t('uses {0}', hook.imported) };
}

/** A backend SDK of Stigg. */
export function sideByStiggSdk(imports: readonly Import[]): SideVerdict | undefined {
  const found = imports.find(({ module }) => STIGG_SERVER.has(module));
  return found === undefined ? undefined : { side: 'server', evidence: imported(found.module) };
}

function imported(module: string): string {
  return l10n.t('imports {0}', module);
}

const BROWSER_BUILDS = ['react-scripts', '@angular/core', '@vue/cli-service', 'react-native', 'expo', 'parcel'];
/** They run parts of an app on a server: the package alone does not tell. */
const BOTH_SIDES = [
  'next', 'nuxt', 'nuxt3', '@sveltejs/kit', 'astro', '@remix-run/react', '@react-router/node', 'gatsby', '@solidjs/start', '@tanstack/react-start', '@tanstack/solid-start',
  '@builder.io/qwik-city', '@qwik.dev/router', 'electron', 'ink',
];
/** With them Vite does not build for browsers alone, or not at all. */
const VITE_ON_SERVERS = ['vitest', 'vite-node', '@types/node', 'electron', 'nitropack', ...STIGG_SERVER];

/** What the nearest package.json suggests about a file that says nothing itself. */
export function sideByDependencies(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const component = /\.[jt]sx$/.test(path);
  const app = APP_FRAMEWORKS.find((name) => dependencies.has(name));
  const onServers = SERVER_FRAMEWORKS.find((name) => dependencies.has(name));
  if (BOTH_SIDES.some((name) => dependencies.has(name))) return undefined;
  if (component && app !== undefined) return { side: 'browser', evidence: l10n.t('a component in a package with {0}', app) };
  if (app !== undefined && onServers !== undefined) return undefined;
  if (onServers !== undefined) return { side: 'server', evidence: l10n.t('a package with {0}', onServers) };
  const built = BROWSER_BUILDS.find((name) => dependencies.has(name)) ?? (bundledByVite(dependencies, app) ? 'vite' : undefined);
  if (built !== undefined && /(?:^|\/)(?:src|app)\//.test(path)) return { side: 'browser', evidence: l10n.t('source of a package with {0}', built) };
  return undefined;
}

function bundledByVite(dependencies: ReadonlySet<string>, app: string | undefined): boolean {
  return dependencies.has('vite') && (app !== undefined || !VITE_ON_SERVERS.some((name) => dependencies.has(name)));
}
