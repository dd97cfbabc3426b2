import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { contextOf, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const KEY = `export const key = '${serverKey()}';\n`;
const NEXT = ['next', 'react'];

test.each<[string, string, string, readonly string[] | undefined, boolean, string?]>([
  ['use client', 'lib/a.ts', `'use client';\n${KEY}`, NEXT, true, "'use client'"],
  ['use client after comments', 'lib/a.ts', `/* (c) */\n// x\n"use client"\n${KEY}`, NEXT, true, "'use client'"],
  ['use client, too late', 'lib/a.ts', `import x from 'y';\n'use client';\n${KEY}`, NEXT, false],
  ['use server', 'src/components/a.tsx', `'use server';\n${KEY}`, ['react'], false],
  ['server-only', 'src/components/a.tsx', `import 'server-only';\n${KEY}`, ['react'], false],
  ['client-only', 'lib/a.ts', `import 'client-only';\n${KEY}`, undefined, true, "import 'client-only'"],
  ['a server component', 'app/page.tsx', KEY, NEXT, false],
  ['a component of a Next.js app', 'components/a.tsx', KEY, NEXT, false],
  ['the pages router', 'pages/index.tsx', KEY, NEXT, true, 'the pages router'],
  ['getServerSideProps', 'pages/index.tsx', `export async function getServerSideProps() { ${KEY.replace('export ', '')} }`, NEXT, false],
  ['getStaticProps as a constant', 'pages/index.tsx', `export const getStaticProps = async () => ({ props: { n: f('${serverKey()}') } });`, NEXT, false],
  ['what getStaticProps returns', 'pages/index.tsx', `export const getStaticProps = async () => ({ props: { key: '${serverKey()}' } });`, NEXT, true, 'getStaticProps returns it'],
  ['what getStaticProps returns beside the properties', 'pages/index.tsx', `export const getStaticProps = async () => ({ props: {}, revalidate: f('x'), key: '${serverKey()}' });`, NEXT, false],
  ['an action inside a client file', 'app/a.tsx', `'use client';\nconst f = async () => { 'use server'; ${KEY.replace('export ', '')} };`, NEXT, false],
  ['pages/api', 'pages/api/a.ts', KEY, NEXT, false],
  ['a route handler', 'src/app/api/x/route.ts', KEY, NEXT, false],
  ['middleware', 'middleware.ts', KEY, NEXT, false],
  ['*.server.ts', 'src/components/a.server.ts', KEY, ['react'], false],
  ['*.client.ts', 'server/a.client.ts', KEY, undefined, true, '*.client.*'],
  ['a test', 'src/components/a.test.tsx', KEY, ['react'], false],
  ['react-dom/client', 'src/main.js', `import { createRoot } from 'react-dom/client';\n${KEY}`, undefined, true, 'imports react-dom/client'],
  ['react-sdk with the server SDK', 'src/x.ts', `import { StiggProvider } from '@stigg/react-sdk';\nimport Stigg from '@stigg/node-server-sdk';\n${KEY}`, undefined, true],
  ['js-client-sdk by require', 'src/x.js', `const Stigg = require('@stigg/js-client-sdk');\n${KEY}`, undefined, true],
  ['express', 'src/components/x.ts', `import express from 'express';\n${KEY}`, ['react'], false],
  ['node:fs', 'src/components/x.ts', `import fs from 'node:fs';\n${KEY}`, ['react'], false],
  ['both kinds of imports', 'x.ts', `import fs from 'node:fs';\nimport { h } from 'preact';\n${KEY}`, undefined, false],
  ['a folder for the server', 'server/x.ts', KEY, undefined, false],
  ['components', 'src/components/x.ts', KEY, ['react'], true, 'the folder components/'],
  ['the innermost folder', 'frontend/server/x.ts', KEY, undefined, false],
  ['public scripts', 'public/x.js', KEY, undefined, true],
  ['api at the top', 'api/x.ts', KEY, ['react'], false],
  ['a React app', 'src/App.tsx', KEY, ['react', 'vite'], true, 'a component in a package with react'],
  ['a React app without a component', 'lib/x.ts', KEY, ['react'], false],
  ['source of a Vite app', 'src/x.ts', KEY, ['vue', 'vite'], true, 'source of a package with vite'],
  ['a service', 'src/x.ts', KEY, ['express'], false],
  ['SvelteKit endpoint', 'src/routes/+server.ts', KEY, ['@sveltejs/kit', 'svelte'], false],
  ['SvelteKit universal load', 'src/routes/+page.ts', KEY, ['@sveltejs/kit', 'svelte'], true],
  ['SvelteKit server library', 'src/lib/server/x.ts', KEY, ['@sveltejs/kit', 'svelte'], false],
  ['Remix loader', 'app/routes/x.tsx', `import { Link } from 'react-router-dom';\nexport const loader = () => f('${serverKey()}');`, ['@remix-run/react', 'react'], false],
  ['document', 'x.js', `document.querySelector('p');\n${KEY}`, undefined, true, 'uses document'],
  ['a link of Next.js, which works on both sides', 'components/header.tsx', `import Link from 'next/link';\n${KEY}`, NEXT, false],
  ['redirect of Next.js', 'lib/auth.ts', `import { redirect } from 'next/navigation';\n${KEY}`, NEXT, false],
  ['the router of the pages router', 'lib/x.ts', `import { useRouter } from 'next/router';\n${KEY}`, NEXT, true],
  ['the document of the pages router', 'pages/_document.tsx', KEY, NEXT, false],
  ['page objects of end-to-end tests', 'e2e/pages/login.ts', KEY, NEXT, false],
  ['end-to-end tests', 'e2e/login.ts', `document.querySelector('p');\n${KEY}`, ['react', 'vite'], false],
  ['Cypress', 'src/App.cy.tsx', KEY, ['react', 'vite'], false],
  ['mocks', 'src/__mocks__/stigg.ts', KEY, ['react', 'vite'], false],
  ['helpers of tests', 'src/tests/setup.ts', KEY, ['react', 'vite'], false],
  ['a page called test', 'pages/test/index.tsx', KEY, NEXT, true],
  ['the proxy of Create React App', 'src/setupProxy.js', KEY, ['react-scripts', 'react'], false],
  ['an API route of Expo', 'app/hello+api.ts', KEY, ['expo', 'react-native'], false],
  ['a screen of Expo', 'app/(tabs)/index.tsx', KEY, ['expo', 'react-native'], true],
  ['mail templates', 'emails/welcome.tsx', KEY, ['react', 'express'], false],
  ['a loader of React Router as a library', 'src/pages/x.tsx', `export const loader = () => f('${serverKey()}');`, ['react', 'react-router-dom', 'vite'], true],
  ['a loader of React Router as a framework', 'src/x.tsx', `import type { Route } from './+types/x';\nexport const loader = () => f('${serverKey()}');\nexport default () => null;`, ['react', 'vite'], false],
  ['a server function of TanStack', 'src/routes/x.tsx', `const load = createServerFn({ method: 'GET' }).validator(String).handler(async () => f('${serverKey()}'));`, ['@tanstack/react-start', 'react'], false],
  ['beside a server function of TanStack', 'src/routes/x.tsx', `const load = createServerFn('${serverKey()}').handler(async () => f());`, ['@tanstack/react-start', 'react'], true],
  ['a server function of Qwik', 'src/components/x.tsx', `const load = server$(async function () { return f('${serverKey()}'); });`, ['@builder.io/qwik'], false],
  ['an inline server function', 'src/routes/x.tsx', `const load = async () => { 'use server'; return f('${serverKey()}'); };`, ['@solidjs/start', 'solid-js'], false],
  ['a branch for servers', 'src/App.tsx', `if (import.meta.env.SSR) { f('${serverKey()}'); }`, ['react', 'vite'], false],
  ['the branch for browsers', 'src/App.tsx', `if (import.meta.env.SSR) { f(); } else { f('${serverKey()}'); }`, ['react', 'vite'], true],
  ['no evidence', 'x.ts', KEY, undefined, false],
])('%s', (_, path, text, dependencies, browser, evidence) => {
  // Of the findings the one about the key: other rules know sides too.
  const finding = engine.scan({ path, languageId: languageIdFor(path), text }, contextOf(dependencies === undefined ? {} : { dependencies }))
    .find(({ rule }) => rule !== 'server-sdk-in-frontend');
  expect(finding?.rule).toBe(browser ? 'server-key-in-frontend' : 'hardcoded-server-key');
  if (evidence !== undefined) expect(finding?.message).toContain(`ships to the browser: ${evidence}.`);
});
