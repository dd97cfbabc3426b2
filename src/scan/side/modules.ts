import type { SideVerdict } from '../side.js';

/** Modules that only work, or only make sense, in a browser or an app that is handed out. */
const BROWSER = /^(?:react-dom(?:\/client)?|@stigg\/(?:react-sdk|js-client-sdk|vue-sdk|vue-2-sdk|embed-sdk)|vue|vue-router|pinia|react-router-dom|@angular\/(?:core|common|platform-browser|router)|react-native|expo(?:-.*)?|preact(?:\/.*)?|solid-js(?:\/web)?|svelte(?:\/.*)?|lit|jquery|next\/router|@tanstack\/react-.*|swr)$/;
/** Modules that need a server. */
const SERVER = /^(?:node:.*|express|fastify|koa|hapi|@hapi\/hapi|hono|restify|polka|@nestjs\/.*|@trpc\/server.*|apollo-server.*|@apollo\/server|react-dom\/server.*|next\/(?:server|headers)|fs|fs\/promises|http|https|http2|net|tls|child_process|cluster|worker_threads|dns|os|pg|mysql2?|mongodb|mongoose|ioredis|redis|@prisma\/client|typeorm|sequelize|aws-lambda|firebase-admin.*|firebase-functions.*|@google-cloud\/.*|dotenv(?:\/.*)?|commander|yargs)$/;
/** Backend SDKs of Stigg. Weak: browser code that imports one is a mistake that people make. */
const STIGG_SERVER = /^@stigg\/(?:node-server-sdk|api-client-js|typescript|rest-client)$/;

/** What the imports say; undefined when they say nothing or contradict each other. */
export function sideByImports(modules: readonly string[]): SideVerdict | undefined {
  if (modules.includes('server-only')) return { side: 'server', evidence: "import 'server-only'" };
  if (modules.includes('client-only')) return { side: 'browser', evidence: "import 'client-only'" };
  const browser = modules.find((name) => BROWSER.test(name));
  const server = modules.find((name) => SERVER.test(name));
  if (browser !== undefined && server !== undefined) return undefined;
  if (browser !== undefined) return { side: 'browser', evidence: imported(browser) };
  const found = server ?? modules.find((name) => STIGG_SERVER.test(name));
  return found === undefined ? undefined : { side: 'server', evidence: imported(found) };
}

function imported(module: string): string {
  return `imports ${module}`;
}

const APP_FRAMEWORKS = ['react-native', 'expo', '@angular/core', 'react-scripts', 'vue', 'svelte', 'preact', 'solid-js', 'react'];
const BROWSER_BUILDS = ['react-scripts', '@angular/core', '@vue/cli-service', 'react-native', 'expo', 'parcel'];
const SERVER_FRAMEWORKS = ['express', 'fastify', 'koa', '@hapi/hapi', '@nestjs/core', 'hono', 'restify', 'polka', 'aws-lambda', 'firebase-functions', 'graphql-yoga', '@apollo/server'];
/** They run parts of an app on a server: the package alone does not tell. */
const BOTH_SIDES = ['next', 'nuxt', 'nuxt3', '@sveltejs/kit', 'astro', '@remix-run/react', '@react-router/node', 'gatsby', '@solidjs/start', '@tanstack/react-start'];

/** What the nearest package.json suggests about a file that says nothing itself. */
export function sideByDependencies(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const component = /\.[jt]sx$/.test(path);
  const app = APP_FRAMEWORKS.find((name) => dependencies.has(name));
  const onServers = SERVER_FRAMEWORKS.find((name) => dependencies.has(name));
  if (BOTH_SIDES.some((name) => dependencies.has(name))) return undefined;
  if (component && app !== undefined) return { side: 'browser', evidence: `a component in a package with ${app}` };
  if (app !== undefined && onServers !== undefined) return undefined;
  if (onServers !== undefined) return { side: 'server', evidence: `a package with ${onServers}` };
  const built = BROWSER_BUILDS.find((name) => dependencies.has(name)) ?? (app !== undefined && dependencies.has('vite') ? 'vite' : undefined);
  if (built !== undefined && /(?:^|\/)(?:src|app)\//.test(path)) return { side: 'browser', evidence: `source of a package with ${built}` };
  return undefined;
}
