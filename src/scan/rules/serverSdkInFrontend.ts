import * as l10n from '@vscode/l10n';
import { stiggVariable, variableAnchor } from '../keyVariables.js';
import type { ScanFile } from '../scanFile.js';
import { npmSdk } from '../sdks.js';
import type { Rule, RuleFinding } from './rule.js';

const client = (rest: string): string => `'use client';\n${rest}`;
const page = 'export default function Page() {\n  return <p>{plan}</p>;\n}\n';

/** A backend SDK of Stigg, or the variable of its key, in code that browsers download. */
export const serverSdkInFrontend: Rule = {
  id: 'server-sdk-in-frontend',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Stigg backend SDK in browser code'),
    what: l10n.t('Code that ships to the browser imports an SDK of Stigg that is made for servers, or reads the variable of the server key.'),
    why: l10n.t('Such an SDK works with a server key only. To make it run in a browser the key has to be there as well, where every visitor can read it; without it the variable is undefined and the calls fail.'),
    howToFix: l10n.t('Ask Stigg from the server (a route, a server action, a loader) and hand over the result, or use {0} or {1} with the publishable key. An import of types alone is fine: write it as {2}.', '@stigg/react-sdk', '@stigg/js-client-sdk', 'import type'),
  }),
  bad: [
    {
      path: 'components/Plan.tsx',
      dependencies: ['next', 'react'],
      text: () => client("import Stigg from '@stigg/node-server-sdk';\n\nconst stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n"),
    },
    {
      path: 'src/billing.js',
      dependencies: ['vue', 'vite'],
      text: () => "import { ref } from 'vue';\nconst { StiggManagement } = require('@stigg/api-client-js');\nexport const load = (key) => StiggManagement.createClient({ apiKey: key });\n",
    },
    { path: 'components/Usage.tsx', dependencies: ['next', 'react'], text: () => client('export const load = () => fetch("/stigg", { headers: { key: process.env.STIGG_SERVER_API_KEY } });\n') },
    {
      path: 'src/components/Lazy.tsx',
      dependencies: ['react', 'vite'],
      text: () => "import { useState } from 'react';\n\nexport async function load() {\n  const { default: Stigg } = await import('@stigg/typescript');\n  return new Stigg();\n}\n",
    },
    {
      path: 'pages/index.tsx',
      dependencies: ['next', 'react'],
      text: () => `import { Stigg } from '@stigg/node-server-sdk';\n\nconst plan = Stigg.initialize({ apiKey: window.key });\n${page}`,
    },
    {
      path: 'pages/plans.tsx',
      dependencies: ['next', 'react'],
      text: () => `export async function getServerSideProps() {\n  return { props: { key: process.env.STIGG_SERVER_API_KEY } };\n}\n\n${page}`,
    },
    {
      path: 'src/Mixed.jsx',
      dependencies: ['react', 'react-scripts'],
      text: () => "import { StiggProvider } from '@stigg/react-sdk';\nimport Stigg from '@stigg/node-server-sdk';\n\nexport const App = () => <StiggProvider apiKey={key} client={Stigg} />;\n",
    },
  ],
  good: [
    { path: 'src/billing.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n" },
    { path: 'components/Plan.tsx', dependencies: ['next', 'react'], text: () => client("import type { Subscription } from '@stigg/node-server-sdk';\nexport const name = (one: Subscription) => one.plan.displayName;\n") },
    { path: 'components/Types.tsx', dependencies: ['next', 'react'], text: () => client("import { Subscription } from '@stigg/node-server-sdk';\nexport const name = (one: Subscription) => one.plan.displayName;\n") },
    {
      path: 'pages/index.tsx',
      dependencies: ['next', 'react'],
      text: () => `import { Stigg } from '@stigg/node-server-sdk';\n\nexport async function getServerSideProps() {\n  const stigg = await Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n  return { props: await stigg.getPlan() };\n}\n${page}`,
    },
    {
      path: 'app/routes/billing.tsx',
      dependencies: ['@remix-run/react', '@remix-run/node', 'vite'],
      text: () => "import Stigg from '@stigg/typescript';\nimport { StiggProvider } from '@stigg/react-sdk';\n\nconst stigg = new Stigg();\nexport const loader = () => stigg.v1.customers.list();\nexport default () => <StiggProvider apiKey={import.meta.env.VITE_STIGG_CLIENT_API_KEY} />;\n",
    },
    { path: 'app/page.tsx', dependencies: ['next', 'react'], text: () => "import Stigg from '@stigg/node-server-sdk';\n\nexport default async function Page() {\n  const stigg = await Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY! });\n  return <p>{await stigg.getPlan()}</p>;\n}\n" },
    { path: 'app/api/plan/route.ts', dependencies: ['next', 'react'], text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const GET = () => Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n" },
    { path: 'components/Plan.tsx', dependencies: ['next', 'react'], text: () => client('export const key = process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY; // not process.env.STIGG_SERVER_API_KEY\n') },
    { path: 'src/components/Plan.test.tsx', dependencies: ['react', 'vite'], text: () => "import Stigg from '@stigg/node-server-sdk';\nvi.mock('@stigg/node-server-sdk');\nStigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n" },
    { path: 'src/Login.tsx', dependencies: ['react', 'vite'], text: () => '// Stigg is elsewhere\nexport const secret = process.env.AUTH_SERVER_SECRET;\n' },
  ],
  trigger: (text) => /@stigg\/(?:node-server-sdk|api-client-js|typescript|rest-client)|(?:server|secret|backend|full_access)(?<=stigg\w{0,50})|(?:server|full_access)_api_/i.test(text),
  *check(file) {
    const modules = new Set<string>();
    for (const finding of imports(file)) {
      modules.add(finding.module);
      yield finding.finding;
    }
    const reported = file.sdkInits.filter(({ module }) => modules.has(module));
    for (const read of file.variableReads) {
      // The key of an SDK that is reported already.
      if (reported.some(({ start, end, key }) => (start <= read.start && read.end <= end) || key?.origin?.start === read.start)) continue;
      const variable = stiggVariable(file, read.variable);
      // With a public prefix it is the name that is wrong.
      if (variable?.kind !== 'server' || variable.publicPrefix !== undefined) continue;
      const { side, evidence } = file.sideAt(read);
      if (side !== 'browser') continue;
      yield {
        anchor: variableAnchor(read),
        severity: 'error',
        start: read.start,
        end: read.end,
        message: l10n.t('{0} holds a Stigg server key, and this code ships to the browser: {1}.', read.variable, evidence),
        fixes: [],
      };
    }
  },
};

/** One finding for each module, at the first of its imports. */
function* imports(file: ScanFile): Iterable<{ readonly module: string; readonly finding: RuleFinding }> {
  const seen = new Set<string>();
  for (const { module, place, isType } of file.imports) {
    const sdk = npmSdk(module);
    if (sdk?.side !== 'backend' || place === undefined || isType === true || seen.has(sdk.module) || !file.isOwn(place)) continue;
    const { side, evidence } = file.sideAt(place);
    if (side !== 'browser') continue;
    seen.add(sdk.module);
    yield {
      module: sdk.module,
      finding: {
        anchor: `import@${place.start}`,
        severity: 'error',
        start: place.start,
        end: place.end,
        message: l10n.t('{0} is made for servers and needs a server key, and this code ships to the browser: {1}.', sdk.module, evidence),
        fixes: [],
      },
    };
  }
}
