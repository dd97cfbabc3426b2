import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src/fingerprint.js';
import type { KnownKey } from '../../../src/scan/context.js';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { apply, clientKey, contextOf, legacyKey, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const REACT = "import { StiggProvider } from '@stigg/react-sdk';\n";
const NODE = "import Stigg from '@stigg/node-server-sdk';\n";
const provider = (attributes: string): string => `${REACT}export const a = <StiggProvider ${attributes} />;\n`;

function scan(text: string, path = 'src/a.tsx', dependencies: readonly string[] = ['react', 'vite'], known?: ReadonlyMap<string, KnownKey>): Finding[] {
  return engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({ dependencies, ...(known === undefined ? {} : { known }) }));
}
const rules = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);
const fixed = (text: string, findings: readonly Finding[]): string => apply(text, findings[0]?.fixes[0]?.edits ?? []);
const known = (token: string, keyType: KnownKey['keyType']): ReadonlyMap<string, KnownKey> =>
  new Map([[fingerprint(token), { environmentName: 'Production', displayName: 'web', keyType, expireAt: null }]]);

describe('one mistake, one finding', () => {
  test.each<[string, string, readonly string[]]>([
    ['a literal in the provider', provider(`apiKey="${K}"`), ['server-key-in-frontend-sdk']],
    ['a literal behind a constant', `${REACT}const KEY = '${K}';\nexport const a = <StiggProvider apiKey={KEY} />;\n`, ['server-key-in-frontend-sdk']],
    ['a literal as a fallback', provider(`apiKey={import.meta.env.VITE_STIGG_CLIENT_KEY ?? '${K}'}`), ['server-key-in-frontend-sdk']],
    ['a literal as the fallback of a constant', `${REACT}const KEY = import.meta.env.VITE_STIGG_CLIENT_KEY || '${K}';\nexport const a = <StiggProvider apiKey={KEY} />;\n`, ['server-key-in-frontend-sdk']],
    ['a literal as the fallback of a property', `${REACT}const config = { key: (import.meta.env.VITE_STIGG_CLIENT_KEY ?? '${K}') as string };\nexport const a = <StiggProvider apiKey={config.key} />;\n`, ['server-key-in-frontend-sdk']],
    ['a variable in the provider', provider('apiKey={process.env.STIGG_SERVER_API_KEY}'), ['server-key-in-frontend-sdk']],
    ['a variable behind a constant', `${REACT}const key = process.env.STIGG_SERVER_API_KEY!;\nexport const a = <StiggProvider apiKey={key} />;\n`, ['server-key-in-frontend-sdk']],
    ['a variable that is destructured', `${REACT}const { STIGG_SERVER_API_KEY: key } = process.env;\nexport const a = <StiggProvider apiKey={key} />;\n`, ['server-key-in-frontend-sdk']],
    ['a variable with a public prefix', provider('apiKey={import.meta.env.VITE_STIGG_SERVER_API_KEY}'), ['server-key-in-public-env']],
    ['a backend SDK with its variable', `'use client';\n${NODE}Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n`, ['server-sdk-in-frontend']],
    ['a backend SDK with its variable in a constant', `'use client';\n${NODE}const key = process.env.STIGG_SERVER_API_KEY;\nStigg.initialize({ apiKey: key });\n`, ['server-sdk-in-frontend']],
    ['a backend SDK with a publishable key', `'use client';\n${NODE}Stigg.initialize({ apiKey: '${clientKey()}' });\n`, ['server-sdk-in-frontend']],
    ['a backend SDK with a literal, which is two mistakes', `'use client';\n${NODE}Stigg.initialize({ apiKey: '${K}' });\n`, ['server-sdk-in-frontend', 'server-key-in-frontend']],
    ['two imports of one SDK', `'use client';\n${NODE}import { BillingPeriod } from '@stigg/node-server-sdk';\nStigg.initialize(BillingPeriod);\n`, ['server-sdk-in-frontend']],
    ['the signing secret', `'use client';\nexport const s = process.env.STIGG_SIGNING_SECRET;\n`, ['exposed-signing-secret']],
    ...[
      "typeof window === 'undefined' ? '' : SECRET", "typeof window !== 'undefined' && SECRET", "typeof window === 'undefined' || SECRET",
      "(typeof window === 'undefined' || forced) && SECRET", "typeof document === 'undefined' ? SECRET : ''", 'isServer ? SECRET : undefined',
    ].map((expression): [string, string, readonly string[]] => [
      `no branch for servers alone: ${expression}`, `'use client';\nexport const key = ${expression.replace('SECRET', 'process.env.STIGG_SERVER_API_KEY')};\n`, ['server-sdk-in-frontend'],
    ]),
    ['a list of somebody else', "'use client';\nimport { createEnv } from './createEnv';\nexport const env = createEnv({ runtimeEnv: { STIGG_SERVER_API_KEY: process.env.STIGG_SERVER_API_KEY } });\n", ['server-sdk-in-frontend']],
    ['a key in the list of a checked environment', `'use client';\nimport { createEnv } from '@t3-oss/env-nextjs';\nexport const env = createEnv({ runtimeEnv: { STIGG_SERVER_API_KEY: process.env.STIGG_SERVER_API_KEY ?? '${K}' } });\n`, ['server-key-in-frontend']],
    ['what browsers reach all the same', `'use client';\nif (typeof window !== 'undefined') {\n  log();\n}\nexport const f = () => process.env.STIGG_SERVER_API_KEY;\n`, ['server-sdk-in-frontend']],
    ['two reads', `'use client';\nf(process.env.STIGG_SERVER_API_KEY);\ng(process.env.STIGG_SERVER_API_KEY);\n`, ['server-sdk-in-frontend', 'server-sdk-in-frontend']],
  ])('%s', (_, text, expected) => {
    expect(rules(scan(text))).toEqual(expected);
  });
});

describe('silence', () => {
  test.each<[string, string, string?, (readonly string[])?]>([
    ['a branch for the server', `'use client';\nif (typeof window === 'undefined') f(process.env.STIGG_SERVER_API_KEY);\n`],
    ...[
      "typeof window === 'undefined' ? SECRET : process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY",
      "typeof window !== 'undefined' ? undefined : SECRET", "!(typeof window == 'object') && SECRET", "typeof window === 'undefined' && ready && SECRET",
      'import.meta.env.SSR ? SECRET : undefined', 'process.browser || SECRET', "'undefined' === typeof window ? SECRET : ''",
    ].map((expression): [string, string] => [`a branch of an expression: ${expression}`, `'use client';\nexport const key = ${expression.replace('SECRET', 'process.env.STIGG_SERVER_API_KEY')};\n`]),
    ['the list of a checked environment', "'use client';\nimport { createEnv } from '@t3-oss/env-nextjs';\nexport const env = createEnv({\n  server: { STIGG_SERVER_API_KEY: z.string(), STIGG_WEBHOOK_SECRET: z.string() },\n  runtimeEnv: { STIGG_SERVER_API_KEY: process.env.STIGG_SERVER_API_KEY, STIGG_WEBHOOK_SECRET: process.env.STIGG_WEBHOOK_SECRET },\n});\n", 'src/env.ts', ['next']],
    ['a branch by a constant', `'use client';\nconst isServer = typeof window === 'undefined';\nexport const key = isServer ? process.env.STIGG_SERVER_API_KEY : undefined;\n`],
    ['the other branch', `'use client';\nif (typeof window !== 'undefined') g();\nelse f(process.env.STIGG_SERVER_API_KEY);\n`],
    ['what browsers never reach', `'use client';\nif (typeof window !== 'undefined') {\n  throw new Error('for servers');\n}\nexport const f = () => process.env.STIGG_SERVER_API_KEY;\n`],
    ['a server action', 'export default function Page() {\n  async function save() {\n    "use server";\n    await f(process.env.STIGG_SERVER_API_KEY);\n  }\n  return <form action={save} />;\n}\n', 'app/page.tsx', ['next', 'react']],
    ['an API route', `${NODE}export default () => Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n`, 'pages/api/plan.ts', ['next', 'react']],
    ['a server of Nuxt', `${NODE}export default defineEventHandler(() => Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY }));\n`, 'server/api/plan.ts', ['nuxt', 'vue']],
    ['both keys by side', provider("apiKey={typeof window === 'undefined' ? process.env.STIGG_SERVER_API_KEY_NAME : key}")],
    ['a type in a client component', "'use client';\nimport type { Customer } from '@stigg/typescript';\nexport const f = (c: Customer) => c.id;\n", 'components/a.tsx', ['next', 'react']],
    ['a list of names of the schema', "import { Plan } from '@stigg/js-client-sdk';\nimport { BillingPeriod } from '@stigg/api-client-js/src/generated/sdk';\nexport const isMonthly = (plan: Plan) => plan.period === BillingPeriod.Monthly;\n", 'src/planPrices.ts'],
    ['a mock of the SDK', "'use client';\nexport const name = '@stigg/node-server-sdk';\n", 'components/a.tsx', ['next', 'react']],
    ['a customer with a spread', provider('apiKey={key} customerId={id} {...props}')],
    ['a customer who comes later', `import { useStiggContext } from '@stigg/react-sdk';\nconst { stigg } = useStiggContext();\n// stigg.setCustomerId(id)\nstigg.setCustomerId(id, token);\n`],
    ['a publishable key on the server under a name of its own', `${NODE}export const stigg = Stigg.initialize({ apiKey: tenant.clientKey });\n`, 'src/a.ts', []],
  ])('%s', (_, text, path, dependencies) => {
    expect(scan(text, path, dependencies)).toEqual([]);
  });
});

describe('what the vault knows', () => {
  const legacy = legacyKey();
  test('a legacy key that is a server key, in a provider', () => {
    const [finding] = scan(provider(`apiKey="${legacy}"`), undefined, undefined, known(legacy, 'SCOPED'));
    expect(finding?.rule).toBe('server-key-in-frontend-sdk');
    expect(finding?.message).toContain('Production / web (scoped)');
  });
  test('a legacy key that is publishable, in a backend SDK', () => {
    const text = `${NODE}export const stigg = Stigg.initialize({ apiKey: '${legacy}' });\n`;
    expect(rules(scan(text, 'src/a.ts', [], known(legacy, 'CLIENT')))).toEqual(['client-key-in-backend-sdk']);
    expect(rules(scan(text, 'src/a.ts', []))).toEqual(['hardcoded-server-key']);
  });
});

describe('the publishable key in the place of a server key', () => {
  const before = provider('apiKey={process.env.STIGG_SERVER_API_KEY}');
  test.each<[string, readonly string[], string | undefined, string?]>([
    ['Next.js', ['next', 'react'], 'process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY'],
    ['Create React App', ['react-scripts', 'react'], 'process.env.REACT_APP_STIGG_CLIENT_API_KEY'],
    ['Vite', ['vite', 'react'], 'import.meta.env.VITE_STIGG_CLIENT_API_KEY'],
    ['Remix with Vite', ['@remix-run/dev', '@remix-run/react', 'vite', 'react'], 'import.meta.env.VITE_STIGG_CLIENT_API_KEY'],
    ['Remix of old', ['@remix-run/dev', '@remix-run/react', 'react'], undefined],
    ['Rsbuild', ['@rsbuild/core', 'react'], 'import.meta.env.PUBLIC_STIGG_CLIENT_API_KEY'],
    ['Parcel', ['parcel', 'react'], 'process.env.STIGG_CLIENT_API_KEY'],
    ['webpack', ['webpack', 'react'], undefined],
    ['webpack with dotenv', ['webpack', 'dotenv-webpack', 'react'], 'process.env.STIGG_CLIENT_API_KEY'],
    ['Expo', ['expo', 'react-native', 'react'], 'process.env.EXPO_PUBLIC_STIGG_CLIENT_API_KEY'],
    ['React Native', ['react-native', 'react'], undefined],
    ['Nuxt', ['nuxt', 'vue'], 'useRuntimeConfig().public.stiggClientApiKey'],
    ['nothing known', [], undefined],
  ])('%s', (_, dependencies, expression) => {
    const findings = scan(before, 'src/a.tsx', dependencies);
    expect(rules(findings)).toEqual(['server-key-in-frontend-sdk']);
    expect(findings[0]?.fixes).toHaveLength(expression === undefined ? 0 : 1);
    if (expression !== undefined) expect(fixed(before, findings)).toBe(provider(`apiKey={${expression}}`));
  });

  test.each([
    ['with its settings', "import { environment } from '../environments/environment';\n", 'environment.stiggClientApiKey'],
    ['without', '', undefined],
  ])('Angular, %s', (_, head, expression) => {
    const text = (key: string): string => `${head}import { Injectable } from '@angular/core';\nimport Stigg from '@stigg/js-client-sdk';\nStigg.initialize({ apiKey: ${key} });\n`;
    const findings = scan(text("process.env['STIGG_SERVER_API_KEY']!"), 'src/app/a.ts', ['@angular/core']);
    expect(rules(findings)).toEqual(['server-key-in-frontend-sdk']);
    if (expression === undefined) expect(findings[0]?.fixes).toEqual([]);
    else expect(fixed(text("process.env['STIGG_SERVER_API_KEY']!"), findings)).toBe(text(`${expression}!`));
  });
});

test('a key behind a constant says where it comes from', () => {
  const text = `${REACT}const key = process.env.STIGG_SERVER_API_KEY!;\nexport const a = <StiggProvider apiKey={key} />;\n`;
  const [finding] = scan(text);
  expect(text.slice(finding?.start, finding?.end)).toBe('key');
  const place = finding?.related?.[0];
  expect(text.slice(place?.start, place?.end)).toBe('process.env.STIGG_SERVER_API_KEY');
});

test.each([
  ['stigg.setCustomerId(user.id)', 'stigg.setCustomerId(user.id, customerToken)'],
  ['stigg!.setCustomerId(id)', 'stigg!.setCustomerId(id, customerToken)'],
  ['stigg?.setCustomerId( user!.id )', 'stigg?.setCustomerId( user!.id, customerToken )'],
  ['ref.current.setCustomerId(id)', 'ref.current.setCustomerId(id, customerToken)'],
])('%s gets a token', (before, after) => {
  const text = (call: string): string => `import { useStiggContext } from '@stigg/react-sdk';\n${call};\n`;
  const findings = scan(text(before), 'src/a.ts');
  expect(rules(findings)).toEqual(['unsigned-customer']);
  expect(fixed(text(before), findings)).toBe(text(after));
});
