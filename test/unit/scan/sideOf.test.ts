import { describe, expect, test } from 'vitest';
import { EMPTY_CONTEXT } from '../../../src/scan/context.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import type { Import } from '../../../src/scan/languages/language.js';
import { sideOf, type Side, type SideFacts } from '../../../src/scan/side.js';

/** The imports of simple statements; the ones of real ones are other tests' matter. */
function importsOf(text: string): Import[] {
  return Array.from(text.matchAll(/^import (?:(\w+) from |\{ (\w+) \} from )?'([^']+)'/gm), ([, main, named, module = '']) => ({
    module, local: main ?? named, imported: main === undefined ? named ?? '*' : 'default',
  }));
}

function judge(path: string, text: string, dependencies: readonly string[] | undefined, facts: Partial<SideFacts> = {}): string {
  const known = dependencies === undefined ? undefined : new Set(dependencies);
  const source = { path, languageId: languageIdFor(path), text, syntax: undefined, imports: importsOf(text) };
  const { side, evidence } = sideOf(source, { ...EMPTY_CONTEXT, dependencies: () => known, ...facts });
  return evidence === '' ? side : `${side}: ${evidence}`;
}

const NEXT = ['next', 'react'];
const KIT = ['@sveltejs/kit', 'svelte', 'vite'];
const NUXT = ['nuxt', 'vue'];
const REMIX = ['@remix-run/react', '@remix-run/node', 'react'];
const ROUTER = ['@react-router/dev', '@react-router/node', 'react'];
const page = 'export default function Page() {}';

test.each<[string, string, readonly string[] | undefined, string]>([
  // Next.js
  ['app/page.tsx', page, NEXT, "server: a server component: no 'use client'"],
  ['src/app/(shop)/[id]/page.tsx', page, NEXT, "server: a server component: no 'use client'"],
  ['apps/web/app/page.jsx', page, NEXT, "server: a server component: no 'use client'"],
  ['apps/web/src/app/page.js', page, NEXT, 'server: the app router'],
  ['app/page.tsx', `'use client';\n${page}`, NEXT, "browser: 'use client'"],
  ['app/page.tsx', `"use client"\n${page}`, NEXT, "browser: 'use client'"],
  ['app/page.tsx', "import Link from 'next/link';", undefined, "server: a server component: no 'use client'"],
  ['app/page.tsx', page, undefined, 'unknown'],
  ['app/page.tsx', page, ['react', 'vite'], 'browser: a component in a package with react'],
  ['app/actions.ts', `'use server';`, NEXT, "server: 'use server'"],
  ['app/helpers.ts', '', NEXT, 'unknown'],
  ['app/api/x/route.ts', '', NEXT, 'server: a route handler'],
  ['app/sitemap.ts', '', NEXT, 'server: the app router'],
  ['pages/api/x.ts', '', NEXT, 'server: pages/api'],
  ['src/pages/index.tsx', page, NEXT, 'browser: the pages router'],
  ['apps/web/pages/index.js', page, NEXT, 'browser: the pages router'],
  ['pages/app/index.tsx', page, NEXT, 'browser: the pages router'],
  ['app/pages/page.tsx', page, NEXT, "server: a server component: no 'use client'"],
  ['src/components/pages/Home.tsx', page, NEXT, 'unknown'],
  ['src/components/app/Header.tsx', page, NEXT, 'unknown'],
  ['middleware.ts', '', NEXT, 'server: Next.js middleware.ts'],
  ['src/proxy.ts', '', NEXT, 'server: Next.js proxy.ts'],
  ['src/store/middleware.ts', '', NEXT, 'unknown'],
  ['instrumentation-client.ts', '', NEXT, 'browser: instrumentation-client'],
  ['lib/x.ts', '', NEXT, 'unknown'],
  ['lib/x.ts', "import 'server-only';", NEXT, "server: import 'server-only'"],
  ['lib/x.ts', "import 'client-only';", NEXT, "browser: import 'client-only'"],
  ['lib/x.ts', "import { cookies } from 'next/headers';", NEXT, 'server: imports next/headers'],
  ['components/x.tsx', "import { useState } from 'react';", NEXT, 'browser: uses useState'],
  ['components/x.tsx', "import { cache } from 'react';", NEXT, 'unknown'],
  ['next.config.mjs', '', NEXT, 'server: a build configuration'],
  // SvelteKit
  ['src/routes/+page.server.ts', '', KIT, 'server: *.server.*'],
  ['src/routes/+layout.server.js', '', KIT, 'server: *.server.*'],
  ['src/routes/api/+server.ts', '', KIT, 'server: a SvelteKit endpoint'],
  ['src/routes/+page.ts', '', KIT, 'browser: a universal SvelteKit load file'],
  ['src/lib/server/x.ts', '', KIT, 'server: $lib/server'],
  ['src/hooks.server.ts', '', KIT, 'server: *.server.*'],
  ['src/hooks.client.ts', '', KIT, 'browser: *.client.*'],
  ['src/routes/data.remote.ts', '', KIT, 'server: remote functions of SvelteKit'],
  ['src/lib/x.ts', '', KIT, 'unknown'],
  // Nuxt
  ['server/api/x.get.ts', '', NUXT, "server: Nuxt's server folder"],
  ['server/middleware/x.ts', '', NUXT, "server: Nuxt's server folder"],
  ['plugins/stigg.server.ts', '', NUXT, 'server: *.server.*'],
  ['plugins/stigg.client.ts', '', NUXT, 'browser: *.client.*'],
  ['plugins/stigg.ts', '', NUXT, 'browser: a Nuxt app'],
  ['app/composables/x.ts', '', NUXT, 'browser: a Nuxt app'],
  ['middleware/auth.ts', '', NUXT, 'browser: a Nuxt app'],
  ['nuxt.config.ts', '', NUXT, 'server: a build configuration'],
  // Remix and React Router
  ['app/routes/x.tsx', page, REMIX, 'browser: a route module: all but its loader and action ships'],
  ['app/routes/x.ts', 'export const loader = 1;', REMIX, 'server: a resource route'],
  ['app/root.tsx', page, ROUTER, 'browser: a route module: all but its loader and action ships'],
  ['app/pages/x.tsx', `import type { Route } from './+types/x';\n${page}`, ROUTER, 'browser: a route module: all but its loader and action ships'],
  ['app/pages/x.tsx', "import type { Route } from './+types/x';\nexport const loader = ({}: Route.LoaderArgs) => 1;", ROUTER, 'unknown'],
  ['app/routes.ts', 'export default []', ROUTER, 'server: the configuration of the routes'],
  ['app/entry.server.tsx', page, REMIX, 'server: *.server.*'],
  ['app/entry.client.tsx', page, REMIX, 'browser: *.client.*'],
  ['app/.server/x.ts', '', REMIX, 'server: the folder .server/'],
  ['app/x.server.ts', '', REMIX, 'server: *.server.*'],
  // Others
  ['src/pages/api/x.ts', '', ['astro'], 'server: pages/api'],
  ['src/pages/feed.ts', '', ['astro'], 'server: an Astro endpoint'],
  ['src/middleware.ts', '', ['astro'], "server: Astro's src/middleware.ts"],
  ['src/components/x.tsx', '', ['astro', 'react'], 'browser: the folder components/'],
  ['app/x+api.ts', '', ['expo'], 'server: an API route of Expo'],
  ['app/index.tsx', page, ['expo', 'react-native'], 'browser: a component in a package with react-native'],
  ['src/app/app.component.ts', '', ['@angular/core'], 'browser: an Angular app'],
  ['src/environments/environment.prod.ts', '', ['@angular/core'], "browser: Angular's environments ship"],
  ['src/app/app.config.server.ts', '', ['@angular/core'], 'server: *.server.*'],
  ['src/server.ts', '', ['@angular/core', 'express'], "server: Angular's server"],
  ['apps/api/src/app/app.service.ts', '', ['@angular/core', '@nestjs/core'], 'unknown'],
  ['src/x.ts', '', ['vite', 'vue'], 'browser: source of a package with vite'],
  ['src/x.ts', '', ['vite'], 'browser: source of a package with vite'],
  ['src/x.ts', '', ['vite', 'vitest'], 'unknown'],
  ['vite.config.ts', '', ['vite'], 'server: a build configuration'],
  ['gatsby-node.js', '', ['gatsby'], 'server: the Gatsby build'],
  ['gatsby-browser.js', '', ['gatsby'], 'browser: gatsby-browser'],
  ['src/api/x.js', '', ['gatsby'], 'server: Gatsby functions'],
  ['src/templates/x.js', '', ['gatsby'], 'browser: a Gatsby app'],
  ['src/main/index.ts', '', ['electron', 'vite', 'vue'], 'unknown'],
  ['src/renderer/App.tsx', "import { createRoot } from 'react-dom/client';", ['electron', 'react'], 'browser: imports react-dom/client'],
  ['src/routes/x.tsx', '', ['@tanstack/react-start', 'react'], 'browser: a route of TanStack Start'],
  ['src/routes/api/x.ts', '', ['@tanstack/react-start', 'react'], 'server: code of the server'],
  ['src/x.ts', "import { createServerFn } from '@tanstack/react-start';", ['@tanstack/react-start', 'react'], 'unknown'],
  ['src/routes/x.tsx', '', ['@solidjs/start', 'solid-js'], 'browser: a route of SolidStart'],
  ['src/routes/index.tsx', '', ['@builder.io/qwik', '@builder.io/qwik-city'], 'browser: a component of Qwik'],
  ['src/routes/x/index.ts', '', ['@builder.io/qwik'], 'server: an endpoint of Qwik City'],
  ['islands/Counter.tsx', '', undefined, 'browser: the folder islands/'],
  ['islands/Counter.tsx', '', ['fresh'], 'browser: islands run in the browser'],
  ['routes/index.tsx', "import { Handlers } from '$fresh/server.ts';", undefined, 'server: routes of Fresh run on the server'],
  ['src/Button.stories.tsx', '', ['react'], 'browser: Storybook runs stories in the browser'],
  ['src/billing/stigg.client.ts', '', ['@nestjs/core'], 'server: a package with @nestjs/core'],
  ['src/billing/stigg.client.ts', "import { Injectable } from '@nestjs/common';", undefined, 'server: imports @nestjs/common'],
  ['supabase/functions/x/index.ts', '', undefined, 'server: the folder supabase/functions'],
  ['src/x.ts', "import Stigg from '@stigg/node-server-sdk';", NEXT, 'server: imports @stigg/node-server-sdk'],
  ['src/ui.tsx', "import { useState } from 'react';\nimport { render } from 'ink';", ['ink', 'react'], 'unknown'],
  ['emails/Welcome.tsx', "import { Html } from '@react-email/components';", ['react'], 'server: imports @react-email/components'],
  // Asset pipelines of servers that are not written in JavaScript
  ['app/javascript/stigg.js', '', ['esbuild'], 'browser: the folder app/javascript/'],
  ['app/javascript/controllers/plan_controller.ts', '', undefined, 'browser: the folder app/javascript/'],
  ['app/assets/javascripts/plans.js', '', undefined, 'browser: the folder assets/javascripts/'],
  ['app/x.js', "import { Controller } from '@hotwired/stimulus';", undefined, 'browser: imports @hotwired/stimulus'],
  ['web/x.js', "import Alpine from 'alpinejs';", undefined, 'browser: imports alpinejs'],
  ['web/x.js', "import 'htmx.org';", undefined, 'browser: imports htmx.org'],
  ['resources/js/app.js', "import axios from 'axios';", ['vite', 'laravel-vite-plugin'], 'browser: the folder resources/js/'],
  ['resources/js/Pages/Plans.ts', '', undefined, 'browser: the folder resources/js/'],
  ['resources/js/ssr.js', '', undefined, 'server: the entry of server-side rendering'],
  ['src/Portal/wwwroot/js/site.js', '', undefined, 'browser: files in wwwroot/ are served as they are'],
  ['wwwroot/tools/build.ts', '', undefined, 'unknown'],
  ['assets/js/app.js', '', undefined, 'browser: the folder assets/js/'],
  ['app/javascript/server/render.js', '', undefined, 'server: the folder server/'],
  ['lib/javascript/x.js', '', undefined, 'unknown'],
  ['packages/js/x.js', '', undefined, 'unknown'],
  ['x.py', 'import os', NEXT, 'unknown'],
  ['x.yaml', '', NEXT, 'unknown'],
])('%s %j %j', (path, text, dependencies, expected) => {
  expect(judge(path, text, dependencies)).toBe(expected);
});

describe('import chains and settings', () => {
  const chain = (...steps: string[]): Partial<SideFacts> => ({ browserImportChain: () => steps });
  const set = (side: Side): Partial<SideFacts> => ({ configuredSide: () => side });

  test.each<[string, string, string, readonly string[] | undefined, Partial<SideFacts>, string]>([
    ['a library', 'lib/x.ts', '', NEXT, chain('app/page.tsx', 'lib/a.ts'), 'browser: by way of app/page.tsx → lib/a.ts → this file'],
    ['directly', 'lib/x.ts', '', NEXT, chain('app/page.tsx'), 'browser: by way of app/page.tsx → this file'],
    ['a long way', 'lib/x.ts', '', NEXT, chain('a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts'), 'browser: by way of a.ts → … → d.ts → e.ts → this file'],
    ['against a folder', 'server/x.ts', '', NEXT, chain('a.ts'), 'browser: by way of a.ts → this file'],
    ['against the package', 'src/x.ts', '', ['express'], chain('a.ts'), 'browser: by way of a.ts → this file'],
    ['against a backend SDK', 'lib/x.ts', "import Stigg from '@stigg/node-server-sdk';", NEXT, chain('a.ts'), 'browser: by way of a.ts → this file'],
    ['against a server component', 'app/x.tsx', '', NEXT, chain('a.ts'), 'browser: by way of a.ts → this file'],
    ['not against a directive', 'lib/x.ts', "'use server';", NEXT, chain('a.ts'), "server: 'use server'"],
    ['not against a guard', 'lib/x.ts', "import 'server-only';", NEXT, chain('a.ts'), "server: import 'server-only'"],
    ['not against a convention', 'lib/x.server.ts', '', NEXT, chain('a.ts'), 'server: *.server.*'],
    ['not against what needs a server', 'lib/x.ts', "import fs from 'node:fs';", NEXT, chain('a.ts'), 'server: imports node:fs'],
    ['other languages', 'x.py', '', NEXT, chain('a.ts'), 'unknown'],
    ['no steps', 'lib/x.ts', '', NEXT, chain(), 'unknown'],
    ['a setting against a chain', 'lib/x.ts', '', NEXT, { ...chain('a.ts'), ...set('server') }, 'server: .stigg-keys.json'],
    ['a setting against a convention', 'pages/x.tsx', '', NEXT, set('server'), 'server: .stigg-keys.json'],
    ['a setting against imports', 'src/x.ts', "import fs from 'node:fs';", NEXT, set('browser'), 'browser: .stigg-keys.json'],
    ['a setting that says nothing is known', 'pages/x.tsx', '', NEXT, set('unknown'), 'unknown'],
    ['no setting against a directive', 'src/x.ts', "'use client';", NEXT, set('server'), "browser: 'use client'"],
    ['a setting for another language', 'x.hbs', '', undefined, set('browser'), 'browser: .stigg-keys.json'],
  ])('%s', (_, path, text, dependencies, facts, expected) => {
    expect(judge(path, text, dependencies, facts)).toBe(expected);
  });
});
