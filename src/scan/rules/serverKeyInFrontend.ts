import * as l10n from '@vscode/l10n';
import { isEnvFile } from '../envFiles.js';
import type { Fix } from '../finding.js';
import type { ScanFile } from '../scanFile.js';
import type { SideVerdict } from '../side.js';
import { browserBundle } from '../side/bundles.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import type { Rule } from './rule.js';

const provider = (value: string): string => `'use client';\nimport { StiggProvider } from '@stigg/react-sdk';\n`
  + `export const Billing = () => <StiggProvider apiKey=${value} theme={theme} />;\n`;

/** A server key in code that browsers download. */
export const serverKeyInFrontend: Rule = {
  id: 'server-key-in-frontend',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Stigg server key in browser code'),
    what: l10n.t('A full access or scoped key of Stigg is written into code that ships to the browser.'),
    why: l10n.t('Every visitor can read it there, and do in your Stigg environment whatever the key allows. Bundling, minifying or a private repository do not hide it.'),
    howToFix: l10n.t('Give browser code the publishable key (it starts with client-), keep the server key in the keychain, and rotate it if this code was ever deployed.'),
  }),
  bad: [
    {
      path: 'src/billing.tsx',
      dependencies: ['next', 'react'],
      text: (k) => `'use client';\nexport const key = "${k.server}";\n`,
      fixed: () => "'use client';\nexport const key = process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY;\n",
    },
    {
      path: 'src/main.ts',
      dependencies: ['vue', 'vite'],
      text: (k) => `export const headers = { 'X-API-KEY': '${k.server}' };\n`,
      fixed: () => "export const headers = { 'X-API-KEY': import.meta.env.VITE_STIGG_CLIENT_API_KEY };\n",
    },
    {
      path: 'src/App.jsx',
      dependencies: ['react', 'react-scripts'],
      text: (k) => `const headers = { 'X-API-KEY': \`${k.server}\` };\nexport const App = () => <div onClick={() => load(headers)} />;\n`,
      fixed: () => "const headers = { 'X-API-KEY': process.env.REACT_APP_STIGG_CLIENT_API_KEY };\nexport const App = () => <div onClick={() => load(headers)} />;\n",
    },
    {
      path: 'app/routes/billing.tsx',
      dependencies: ['@remix-run/react', '@remix-run/dev', 'vite'],
      text: (k) => `const key = 'Bearer ${k.server}';\nexport default () => <Billing token={key} />;\n`,
      fixed: () => "const key = `Bearer ${import.meta.env.VITE_STIGG_CLIENT_API_KEY}`;\nexport default () => <Billing token={key} />;\n",
    },
  ],
  good: [
    { path: 'src/billing.tsx', dependencies: ['next', 'react'], text: () => "'use client';\nexport const key = process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY;\n" },
    { path: 'src/Billing.tsx', dependencies: ['next', 'react'], text: () => provider('{process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY}') },
    { path: 'src/Paywall.tsx', dependencies: ['react'], text: (k) => provider(`"${k.client}"`) },
    { path: 'src/Docs.tsx', dependencies: ['react'], text: () => provider('"server-…"') },
    { path: 'src/Masked.tsx', dependencies: ['react'], text: () => "'use client';\nexport const shown = <code>server-6a4b…fe26</code>;\n" },
    { path: 'src/Sample.tsx', dependencies: ['react'], text: () => provider(`"server-${'0'.repeat(8)}-0000-0000-0000-000000000000:${'0'.repeat(8)}-0000-0000-0000-000000000000"`) },
    { path: 'src/Guide.tsx', dependencies: ['react'], text: () => "import 'client-only';\nexport const hint = 'a server-side key, never a server-key in the browser';\n" },
    { path: 'src/Legacy.tsx', dependencies: ['react'], text: (k) => provider(`"${k.legacy}"`) },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    // A bundle has a rule of its own: what is built must not be edited.
    if (isEnvFile(file.path) || browserBundle(file) !== undefined) return;
    for (const key of serverKeys(file)) {
      const side = shipping(file, key);
      if (side === undefined) continue;
      const name = keyInWords(key, file.context.now());
      yield {
        anchor: `token@${key.start}`,
        severity: 'error',
        start: key.start,
        end: key.end,
        message: l10n.t('The Stigg server key {0} ships to the browser: {1}.', name, side.evidence),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: publishableKeyFixes(file, key),
      };
    }
  },
};

/** Why the key reaches browsers; undefined when nothing says that it does. */
function shipping(file: ScanFile, key: ServerKeySite): SideVerdict | undefined {
  const side = file.sideAt(key);
  if (side.side === 'browser') return side;
  // What a server component passes to the provider is sent along to the browser.
  return key.holder.use.stiggInit === 'frontend' ? { side: 'browser', evidence: l10n.t('given to a Stigg SDK that runs there') } : undefined;
}

/** The repair of a server key in browser code: the publishable key in its place, and the secret in the keychain. */
export function publishableKeyFixes(file: ScanFile, key: ServerKeySite): Fix[] {
  if (key.holder.kind === 'comment') {
    return [{
      title: l10n.t('Move the key to the keychain and remove it here'),
      safety: 'safe',
      edits: [{ start: key.start, end: key.end, text: '<STIGG_SERVER_API_KEY>' }],
      preferred: true,
      before: 'keepSecret',
    }];
  }
  const lookup = file.language.publishableLookup(file, file.context.dependencies(file.path));
  const edits = lookup === undefined ? undefined : key.holder.replaceBy(lookup.expression);
  if (lookup === undefined || edits === undefined) return [];
  // Unsafe: the publishable key reads only, so that calls which write will fail, as they must from a browser.
  return [
    { title: l10n.t('Move the key to the keychain and use the publishable key in {0}', lookup.variable), safety: 'unsafe', edits, preferred: true, before: 'keepSecret' },
    { title: l10n.t('Use the publishable key in {0}', lookup.variable), safety: 'unsafe', edits },
  ];
}
