// @ts-check
// The few files of the made-up repository that have to do with Stigg, and the keys that were left in some of them. No key stands in
// this file: they are put together when the tree is made.
/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ readonly path: string, readonly text: string, readonly token?: string }} StiggFile `token`: the server key in it */

/** @param {Random} random @param {'server' | 'client'} kind */
const newToken = (random, kind) => [kind, '-', random.uuid(), ':', random.uuid()].join('');

/** Calls to Stigg as they should be: nothing is to be found in them. @type {((index: number) => { name: string, text: string })[]} */
const CALLS = [
  (index) => ({
    name: `server/src/billing/provision${index}.ts`,
    text: `import Stigg from '@stigg/typescript';\n\nconst client = new Stigg({ apiKey: process.env.STIGG_API_KEY });\n\nexport async function provision${index}(customerId: string, planId: string) {\n  const { data } = await client.v1.subscriptions.provision({ customerId, planId });\n  return data.subscription?.id;\n}\n`,
  }),
  (index) => ({
    name: `server/src/usage/report${index}.ts`,
    text: `const BASE = 'https://api.stigg.io/api/v1';\n\nexport async function report${index}(customerId: string, value: number) {\n  const response = await fetch(\`\${BASE}/usage\`, {\n    method: 'POST',\n    headers: { 'X-API-KEY': process.env.STIGG_SERVER_API_KEY ?? '', 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },\n    body: JSON.stringify({ usages: [{ customerId, featureId: 'feature-seats', value }] }),\n  });\n  return response.ok;\n}\n`,
  }),
  (index) => ({
    name: `web/src/paywall/Paywall${index}.tsx`,
    text: `'use client';\nimport { StiggProvider, Paywall } from '@stigg/react-sdk';\n\nexport function Pricing${index}({ customerId, token }: { customerId: string; token: string }) {\n  return (\n    <StiggProvider apiKey={process.env.NEXT_PUBLIC_STIGG_PUBLISHABLE_KEY ?? ''} customerId={customerId} customerToken={token}>\n      <Paywall productId="product-main" />\n    </StiggProvider>\n  );\n}\n`,
  }),
  (index) => ({
    name: `jobs/sync/entitlements_${index}.py`,
    text: `import os\n\nfrom stigg import Stigg\n\nclient = Stigg(api_key=os.environ["STIGG_API_KEY"])\n\n\ndef entitlements_${index}(customer_id: str):\n    return client.v1.customers.retrieve(customer_id)\n`,
  }),
  (index) => ({
    name: `docs/billing/stigg-${index}.md`,
    text: `# Billing\n\nPlans live in Stigg. Ask for a key in the team's vault and set \`STIGG_SERVER_API_KEY\`:\n\n\`\`\`sh\ncurl https://api.stigg.io/api/v1/plans -H "X-API-KEY: $STIGG_SERVER_API_KEY"\n\`\`\`\n`,
  }),
  (index) => ({
    name: `deploy/charts/billing-${index}.yaml`,
    text: `env:\n  - name: STIGG_SERVER_API_KEY\n    valueFrom:\n      secretKeyRef:\n        name: stigg\n        key: server-key-${index}\n`,
  }),
];

/** Where a key was left, and how it stands there. @type {{ path: string, text: (token: string) => string }[]} */
const LEAKS = [
  { path: 'server/src/legacy/seed.ts', text: (token) => `import Stigg from '@stigg/typescript';\n\nexport const client = new Stigg({ apiKey: '${token}' });\n` },
  { path: 'web/src/app/checkout/page.tsx', text: (token) => `'use client';\n\nconst KEY = '${token}';\n\nexport default function Page() {\n  return <Checkout apiKey={KEY} />;\n}\n` },
  { path: 'jobs/backfill/run.py', text: (token) => `from stigg import Stigg\n\nclient = Stigg(api_key="${token}")\n` },
  { path: 'services/metering/client.go', text: (token) => `package metering\n\nconst apiKey = "${token}"\n` },
  { path: 'services/ledger/src/main/java/com/example/Keys.java', text: (token) => `package com.example;\n\nfinal class Keys {\n    static final String STIGG = "${token}";\n}\n` },
  { path: 'deploy/values-staging.yaml', text: (token) => `stigg:\n  serverKey: "${token}"\n` },
  { path: 'config/mcp.json', text: (token) => `{\n  "mcpServers": { "stigg": { "headers": { "X-API-KEY": "${token}" } } }\n}\n` },
  { path: 'docs/runbook.md', text: (token) => `# Runbook\n\nWhen metering stops, run:\n\n    curl https://api.stigg.io/api/v1/plans -H "X-API-KEY: ${token}"\n` },
];

/** Files that have to do with Stigg: those with calls, and the same few with a key however large the tree is. @param {Random} random @param {number} calls @returns {StiggFile[]} */
export function stiggFiles(random, calls) {
  const files = [];
  for (let index = 0; index < calls; index++) {
    const { name, text } = (CALLS[index % CALLS.length] ?? CALLS[0])?.(index) ?? { name: '', text: '' };
    files.push({ path: `apps/billing/${name}`, text });
  }
  for (const { path, text } of LEAKS) {
    const token = newToken(random, 'server');
    files.push({ path: `apps/billing/${path}`, text: text(token), token });
  }
  files.push({ path: 'apps/billing/server/package.json', text: '{\n  "name": "billing-server",\n  "dependencies": { "@stigg/typescript": "1.0.0" }\n}\n' });
  // Meant to be public: no finding.
  files.push({ path: 'apps/billing/web/src/stigg.ts', text: `export const publishableKey = '${newToken(random, 'client')}';\n` });
  return files;
}

/** Keys where nobody looks, because git ignores the place: an env file, a build, a dependency. @param {Random} random @returns {StiggFile[]} */
export function ignoredFiles(random) {
  return [
    { path: 'apps/billing/.env.local', text: `STIGG_SERVER_API_KEY=${newToken(random, 'server')}\n` },
    { path: 'apps/billing/web/dist/main.js', text: `const k="${newToken(random, 'server')}";\n` },
    { path: 'node_modules/stigg-example/index.js', text: `module.exports = '${newToken(random, 'server')}';\n` },
  ];
}
