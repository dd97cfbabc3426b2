import { sideOf } from '../../side.js';
import type { Source } from '../../source.js';
import type { Lookup, ParsedSource } from '../language.js';
import { PAGE } from '../markup/templates.js';

const PUBLISHABLE = 'STIGG_CLIENT_API_KEY';

interface PublicPrefix {
  /** Any of these dependencies means the framework; the first row that matches wins. */
  readonly dependencies: readonly string[];
  /** Otherwise, this in the file does. */
  readonly text?: RegExp;
  readonly lookup: (name: string) => string;
  readonly prefix: string;
}

const processEnv = (name: string): string => `process.env.${name}`;
const importMeta = (name: string): string => `import.meta.env.${name}`;
/** Nuxt sets `public.stiggClientApiKey` of its runtime configuration by NUXT_PUBLIC_STIGG_CLIENT_API_KEY. */
const runtimeConfig = (): string => 'useRuntimeConfig().public.stiggClientApiKey';

/** What bundlers put into browser code: the prefix and how it is read. Frameworks come before the bundlers they are built on. */
const PUBLIC_PREFIXES: readonly PublicPrefix[] = [
  { dependencies: ['next'], prefix: 'NEXT_PUBLIC_', lookup: processEnv, text: /\bNEXT_PUBLIC_|['"]next\/|^\s*['"]use client['"]/ },
  { dependencies: ['react-scripts'], prefix: 'REACT_APP_', lookup: processEnv, text: /\bREACT_APP_/ },
  { dependencies: ['expo'], prefix: 'EXPO_PUBLIC_', lookup: processEnv, text: /\bEXPO_PUBLIC_/ },
  { dependencies: ['gatsby'], prefix: 'GATSBY_', lookup: processEnv, text: /\bGATSBY_/ },
  { dependencies: ['@vue/cli-service'], prefix: 'VUE_APP_', lookup: processEnv, text: /\bVUE_APP_/ },
  { dependencies: ['nuxt', 'nuxt3'], prefix: 'NUXT_PUBLIC_', lookup: runtimeConfig, text: /\buseRuntimeConfig\(|['"]#(?:app|imports)['"]/ },
  { dependencies: ['astro'], prefix: 'PUBLIC_', lookup: importMeta, text: /import\.meta\.env\.PUBLIC_/ },
  { dependencies: ['@rsbuild/core'], prefix: 'PUBLIC_', lookup: importMeta },
  { dependencies: ['@ngx-env/builder'], prefix: 'NG_APP_', lookup: importMeta, text: /\bNG_APP_/ },
  {
    dependencies: ['vite', '@sveltejs/kit', '@vitejs/plugin-react', '@vitejs/plugin-react-swc', '@vitejs/plugin-vue', '@react-router/dev', '@solidjs/start', '@tanstack/react-start', '@analogjs/platform'],
    prefix: 'VITE_', lookup: importMeta, text: /\bimport\.meta\.env\b/,
  },
  // These replace every variable that the code reads, whatever its name.
  { dependencies: ['parcel', 'dotenv-webpack'], prefix: '', lookup: processEnv },
];

/** What builds such files where package.json names nothing that does. */
const BUILT_BY: readonly { readonly path: RegExp; readonly dependency: string }[] = [
  { path: /\.(?:vue|svelte)$/i, dependency: 'vite' },
  { path: /\.astro$/i, dependency: 'astro' },
];
const BUNDLERS = ['webpack', '@rspack/core', 'rollup'];

const DENO = /\bDeno\.(?:env|serve)\b|\bfrom\s+['"](?:jsr:|https:\/\/deno\.land\/)/;
/** Which documents are Deno's, for as long as somebody looks at them: each finding asks, about all of the text. */
const IS_DENO = new WeakMap<Source, boolean>();

/** How code on a server reads the variable: Deno and Astro have ways of their own. */
export function serverLookup(variable: string, source: Source): Lookup {
  if (/\.astro$/i.test(source.path)) return { variable, expression: importMeta(variable) };
  let deno = IS_DENO.get(source);
  if (deno === undefined) {
    deno = DENO.test(source.text);
    IS_DENO.set(source, deno);
  }
  return { variable, expression: deno ? `Deno.env.get("${variable}")` : processEnv(variable) };
}

/**
 * How browser code reads the publishable key: by the framework's prefix, found in package.json or in the file itself.
 * Undefined where nothing puts variables into browser code, such as plain webpack, Angular or React Native.
 */
export function publishableLookup(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): Lookup | undefined {
  // No bundler looks into the scripts of a page, but for those that are modules.
  if (PAGE.test(source.path)) return undefined;
  const has = (name: string): boolean => dependencies?.has(name) === true;
  const byPackage = PUBLIC_PREFIXES.find((row) => row.dependencies.some(has));
  const isAngular = has('@angular/core') || source.imports.some(({ module }) => module.startsWith('@angular/'));
  if (isAngular && (byPackage === undefined || byPackage.lookup === processEnv)) return angularEnvironment(source);
  const framework = byPackage ?? PUBLIC_PREFIXES.find(({ text }) => text?.test(source.text) === true)
    ?? (BUNDLERS.some(has) ? undefined : byPath(source));
  if (framework !== undefined) {
    const variable = `${framework.prefix}${PUBLISHABLE}`;
    return { variable, expression: framework.lookup(variable) };
  }
  // A browser has no process.env of its own.
  const { side } = sideOf(source, { dependencies: () => dependencies, browserImportChain: () => undefined, configuredSide: () => undefined });
  return side === 'browser' || !/\.[cm]?[jt]sx?$/i.test(source.path) ? undefined : { variable: PUBLISHABLE, expression: processEnv(PUBLISHABLE) };
}

/** The variable that a project's framework puts into browser code as the publishable key; undefined where none is known that does. */
export function publishableVariable(dependencies: ReadonlySet<string>): string | undefined {
  const framework = PUBLIC_PREFIXES.find((row) => row.dependencies.some((name) => dependencies.has(name)));
  return framework === undefined ? undefined : `${framework.prefix}${PUBLISHABLE}`;
}

function byPath({ path }: Source): PublicPrefix | undefined {
  const dependency = BUILT_BY.find((row) => row.path.test(path))?.dependency;
  return dependency === undefined ? undefined : PUBLIC_PREFIXES.find(({ dependencies }) => dependencies.includes(dependency));
}

/** Angular's files of settings, which are chosen by the build. */
function angularEnvironment(source: ParsedSource): Lookup | undefined {
  const isImported = source.imports.some(({ local, isType }) => local === 'environment' && isType !== true);
  return isImported ? { variable: 'stiggClientApiKey', expression: 'environment.stiggClientApiKey' } : undefined;
}
