import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { contextOf, preparedEngine } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const ENV = 'process.env.STIGG_SERVER_API_KEY';
const NEXT = ['next', 'react'];
const REMIX = ['@remix-run/react', '@remix-run/node', 'react'];
const KIT = ['@sveltejs/kit', 'svelte', 'vite'];
const PAGE = '\nexport default function Page() {\n  return null;\n}\n';
const found = (path: string, text: string, dependencies: readonly string[]): string[] =>
  engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({ dependencies })).map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

test.each<[string, string, string, readonly string[], string?]>([
  ['properties', 'pages/index.tsx', `export async function getServerSideProps() {\n  return { props: { key: ${ENV} } };\n}${PAGE}`, NEXT],
  ['properties, asserted', 'pages/index.tsx', `export const getServerSideProps: GetServerSideProps = async () => ({ props: { stigg: { key: ${ENV}! } } });${PAGE}`, NEXT],
  ['properties with a fallback', 'pages/index.js', `export async function getStaticProps() {\n  return { props: { key: ${ENV} ?? null }, revalidate: 60 };\n}${PAGE}`, NEXT],
  ['a constant', 'pages/index.js', `export async function getServerSideProps() {\n  const key = ${ENV};\n  return { props: { key } };\n}${PAGE}`, NEXT],
  ['a wrapped function', 'pages/index.js', `export const getServerSideProps = withAuth(async () => ({ props: { key: ${ENV} } }));${PAGE}`, NEXT],
  ['a loader', 'app/routes/plans.tsx', `export async function loader() {\n  return json({ ENV: { STIGG: ${ENV} } });\n}${PAGE}`, REMIX],
  ['a loader that returns an object', 'app/routes/plans.tsx', `export const loader = () => ({ key: \`\${${ENV}}\` });${PAGE}`, REMIX],
  ['a load function', 'src/routes/+page.server.ts', `import { env } from '$env/dynamic/private';\nexport const load = async () => ({ key: env.STIGG_SERVER_API_KEY });\n`, KIT, 'env.STIGG_SERVER_API_KEY'],
])('handed to the browser: %s', (_, path, text, dependencies, place = ENV) => {
  expect(found(path, text, dependencies)).toEqual([`server-sdk-in-frontend: ${place}`]);
});

test.each<[string, string, string, readonly string[]]>([
  ['whether it is there', 'pages/index.tsx', `export async function getServerSideProps() {\n  return { props: { ok: Boolean(${ENV}), a: ${ENV} !== undefined, b: !!${ENV}, c: ${ENV} ? 1 : 2 } };\n}${PAGE}`, NEXT],
  ['a client', 'pages/index.tsx', `import Stigg from '@stigg/node-server-sdk';\nexport async function getServerSideProps() {\n  const stigg = Stigg.initialize({ apiKey: ${ENV} });\n  await stigg.waitForInitialization();\n  return { props: { plan: await stigg.getPlan() } };\n}${PAGE}`, NEXT],
  ['what is loaded with it', 'pages/index.tsx', `export const getServerSideProps = async () => ({ props: { plans: await load({ key: ${ENV} }) } });${PAGE}`, NEXT],
  ['a constant that a call gets', 'pages/index.tsx', `export async function getServerSideProps() {\n  const key = ${ENV};\n  const plans = await load(key);\n  return { props: { plans, ok: key.length > 0 } };\n}${PAGE}`, NEXT],
  ['a function inside', 'pages/index.tsx', `export async function getServerSideProps() {\n  const headers = () => ({ props: { key: ${ENV} } });\n  return { props: await load(headers) };\n}${PAGE}`, NEXT],
  ['a redirect', 'pages/index.tsx', `export async function getServerSideProps() {\n  return { redirect: { destination: sign(${ENV}) } };\n}${PAGE}`, NEXT],
  ['headers of a loader', 'app/routes/plans.tsx', `export const loader = async () => json(await load(), { headers: { key: ${ENV} } });${PAGE}`, REMIX],
  ['a request of a loader', 'app/routes/plans.tsx', `export async function loader() {\n  return fetch('https://api.stigg.io/api/v1/plans', { headers: { 'X-API-KEY': ${ENV} } });\n}${PAGE}`, REMIX],
  ['another function of that name', 'lib/a.ts', `export const loader = () => ({ key: ${ENV} });\nexport const load = () => ({ key: ${ENV} });\n`, ['express']],
  ['a test', 'pages/index.test.tsx', `export const getServerSideProps = () => ({ props: { key: ${ENV} } });`, NEXT],
  ['the publishable key', 'pages/index.tsx', `export const getServerSideProps = () => ({ props: { key: process.env.STIGG_CLIENT_API_KEY } });${PAGE}`, NEXT],
])('silent: %s', (_, path, text, dependencies) => {
  expect(found(path, text, dependencies)).toEqual([]);
});

test('broken code', () => {
  const text = `export async function getServerSideProps() {\n  const key = ${ENV};\n  return { props: { key, b: [${ENV}] } };\n}`;
  for (let end = 0; end < text.length; end++) expect(() => found('pages/index.tsx', text.slice(0, end), NEXT)).not.toThrow();
});
