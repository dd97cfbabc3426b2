/** A framework, told by the package that a file belongs to. */
export interface Framework {
  /** Any of these dependencies means the framework. */
  readonly dependencies: readonly string[];
  /** Where no package.json is known, a file that imports such a module shows it. */
  readonly modules: RegExp;
}

export const NEXT: Framework = { dependencies: ['next'], modules: /^next(?:\/|$)/ };
export const SVELTE_KIT: Framework = { dependencies: ['@sveltejs/kit'], modules: /^(?:@sveltejs\/kit|\$app\/|\$env\/|\$lib\b|\.\/\$types$)/ };
export const NUXT: Framework = { dependencies: ['nuxt', 'nuxt3', 'nuxt-nightly', 'nuxt-edge'], modules: /^(?:#app|#imports|nuxt\b)/ };
/** Remix, and React Router where it is a framework. */
export const REMIX: Framework = {
  dependencies: ['@remix-run/dev', '@remix-run/react', '@remix-run/node', '@react-router/dev', '@react-router/node'],
  modules: /^(?:@remix-run\/|@react-router\/|(?:\.\.?\/)+\+types\/)/,
};
export const ASTRO: Framework = { dependencies: ['astro'], modules: /^astro(?::|$)/ };
export const EXPO: Framework = { dependencies: ['expo'], modules: /^expo(?:-|$)/ };
export const ANGULAR: Framework = { dependencies: ['@angular/core'], modules: /^@angular\// };
export const CREATE_REACT_APP: Framework = { dependencies: ['react-scripts', 'react-app-rewired', '@craco/craco'], modules: /^react-scripts/ };
export const GATSBY: Framework = { dependencies: ['gatsby'], modules: /^gatsby(?:-|$)/ };
export const TANSTACK_START: Framework = {
  dependencies: ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'],
  modules: /^@tanstack\/(?:react-|solid-)?start/,
};
export const SOLID_START: Framework = { dependencies: ['@solidjs/start', 'solid-start'], modules: /^(?:@solidjs\/start|solid-start)/ };
export const QWIK: Framework = {
  dependencies: ['@builder.io/qwik', '@builder.io/qwik-city', '@qwik.dev/core', '@qwik.dev/router'],
  modules: /^(?:@builder\.io\/qwik|@qwik\.dev\/)/,
};
/** It lives on Deno, mostly without a package.json. */
export const FRESH: Framework = {
  dependencies: ['fresh', '@fresh/core'],
  modules: /^(?:\$fresh\/|fresh(?:\/|$)|@fresh\/|jsr:@fresh\/|https:\/\/deno\.land\/x\/fresh)/,
};
export const ELECTRON: Framework = { dependencies: ['electron'], modules: /^electron$/ };

/** Whether a file with these imports, in a package with these dependencies (undefined: not known), belongs to the framework. */
export function isPartOf({ dependencies: names, modules: pattern }: Framework, dependencies: ReadonlySet<string> | undefined, modules: readonly string[]): boolean {
  if (dependencies === undefined) return modules.some((name) => pattern.test(name));
  return names.some((name) => dependencies.has(name));
}

/** They make a package one that runs on a server. */
export const SERVER_FRAMEWORKS: readonly string[] = [
  'express', 'fastify', 'koa', '@hapi/hapi', '@nestjs/core', '@nestjs/common', 'hono', 'restify', 'polka', 'aws-lambda', 'firebase-functions', 'graphql-yoga', '@apollo/server',
];
/** They make a package one with a user interface. */
export const APP_FRAMEWORKS: readonly string[] = ['react-native', 'expo', '@angular/core', 'react-scripts', 'vue', 'svelte', 'preact', 'solid-js', 'react'];
