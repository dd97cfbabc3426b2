import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { variableAnchor } from '../keyVariables.js';
import type { KeyArgument, SdkInit } from '../languages/language.js';
import type { ScanFile } from '../scanFile.js';
import { isNeverShipped } from '../side/tests.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import { readVariableName } from '../variables.js';
import type { Rule, RuleFinding } from './rule.js';
import { within } from './sdkKeys.js';
import { publishableKeyFixes } from './serverKeyInFrontend.js';

/** The variable that all of Stigg's REST SDKs read a server key from. */
const SDK_VARIABLE = 'STIGG_API_KEY';

const provider = (key: string): string => `import { StiggProvider } from '@stigg/react-sdk';\n\nexport const Billing = () => <StiggProvider apiKey=${key} theme={dark} />;\n`;
const script = (key: string): string => `import Stigg from '@stigg/js-client-sdk';\n\nexport const stigg = Stigg.initialize({ apiKey: ${key} });\n`;

/** A Stigg SDK that runs in browsers and is given a server key. */
export const serverKeyInFrontendSdk: Rule = {
  id: 'server-key-in-frontend-sdk',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Server key in a Stigg frontend SDK'),
    what: l10n.t('An SDK of Stigg that runs in browsers is given a full access or scoped key, or a variable that is named for one.'),
    why: l10n.t('The SDK sends the key with every request from the browser: every visitor can read it, and do in your Stigg environment whatever it allows. A server component that hands the key to the provider sends it along as well.'),
    howToFix: l10n.t('Give it the publishable key (it starts with client-), which is made to be seen, and rotate a server key that was ever deployed like this.'),
  }),
  bad: [
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: (k) => provider(`"${k.server}"`), fixed: () => provider('{import.meta.env.VITE_STIGG_CLIENT_API_KEY}') },
    { path: 'src/Billing.jsx', dependencies: ['react-scripts', 'react'], text: () => provider('{process.env.STIGG_SERVER_API_KEY}'), fixed: () => provider('{process.env.REACT_APP_STIGG_CLIENT_API_KEY}') },
    { path: 'app/layout.tsx', dependencies: ['next', 'react'], text: () => provider('{process.env.STIGG_API_KEY!}'), fixed: () => provider('{process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY!}') },
    { path: 'src/main.ts', dependencies: ['vite'], text: (k) => script(`'${k.server}'`), fixed: () => script('import.meta.env.VITE_STIGG_CLIENT_API_KEY') },
    { path: 'src/main.ts', dependencies: ['vite'], text: () => script('config.stiggServerKey'), fixed: () => script('import.meta.env.VITE_STIGG_CLIENT_API_KEY') },
    { path: 'templates/plans.html', text: () => "<script src=\"https://assets.stigg.io/npm/@stigg/embed-sdk@1/dist/embed-sdk.js\"></script>\n<script>\n  Stigg({ apiKey: '{{ config.STIGG_SERVER_API_KEY }}' });\n</script>\n" },
    { path: 'islands/Billing.tsx', text: () => provider('{Deno.env.get("STIGG_API_KEY")}') },
  ],
  good: [
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: () => provider('{import.meta.env.VITE_STIGG_CLIENT_API_KEY}') },
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: () => provider('{import.meta.env.VITE_STIGG_API_KEY}') },
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: (k) => provider(`"${k.client}"`) },
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: () => provider('{apiKey}') },
    { path: 'src/Billing.tsx', dependencies: ['vite', 'react'], text: () => provider('"server-…"') },
    { path: 'src/Billing.test.tsx', dependencies: ['vite', 'react'], text: () => provider('{process.env.STIGG_API_KEY}') },
    { path: 'src/main.ts', dependencies: ['vite'], text: (k) => script(`'${k.legacy}'`) },
    { path: 'src/server.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n" },
    { path: 'src/Other.tsx', dependencies: ['vite', 'react'], text: () => "import { AuthProvider } from 'auth'; // not Stigg\nexport const a = <AuthProvider apiKey={config.serverKey} />;\n" },
  ],
  trigger: (text, traces) => traces.stigg && (/apiKey|api-key/i.test(text) || traces.token),
  *check(file) {
    let keys: readonly ServerKeySite[] | undefined;
    for (const init of file.sdkInits) {
      const { key } = init;
      if (init.side !== 'frontend' || key === undefined) continue;
      keys ??= Array.from(serverKeys(file));
      const token = keys.find((candidate) => within(candidate, key));
      const finding = token === undefined ? named(file, init, key) : literal(file, init, token);
      if (finding !== undefined) yield finding;
    }
  },
};

function literal(file: ScanFile, { module }: SdkInit, token: ServerKeySite): RuleFinding {
  const name = keyInWords(token, file.context.now());
  return {
    anchor: `token@${token.start}`,
    severity: 'error',
    start: token.start,
    end: token.end,
    message: l10n.t('The Stigg server key {0} is given to {1}, which runs in browsers and takes the publishable key.', name, module),
    mask: token.mask,
    fingerprint: token.fingerprint,
    fixes: publishableKeyFixes(file, token),
  };
}

function named(file: ScanFile, { module }: SdkInit, key: KeyArgument): RuleFinding | undefined {
  const name = key.variable ?? key.name;
  // In a test such a name is a stand-in.
  if (isNeverShipped(file.path)) return undefined;
  if (name === undefined || !(key.variable === SDK_VARIABLE || readVariableName(name)?.kind === 'server')) return undefined;
  const { start, end, origin } = key;
  return {
    // Where the variable is read: no other rule has to speak about that.
    anchor: variableAnchor(origin ?? readIn(file, key) ?? key),
    severity: 'error',
    start,
    end,
    message: l10n.t('{0} holds a server key, and {1} runs in browsers and takes the publishable key.', name, module),
    ...(origin === undefined ? {} : { related: [{ ...origin, message: l10n.t('The key comes from here.') }] }),
    fixes: fixes(file, key),
  };
}

/** The read of the variable inside the argument: `process.env.X!` begins where the argument does, `a ?? process.env.X` does not. */
function readIn(file: ScanFile, { start, end, variable }: KeyArgument): { readonly start: number; readonly end: number } | undefined {
  return file.variableReads.find((read) => read.variable === variable && start <= read.start && read.end <= end);
}

/** Unsafe: the publishable key reads only, so that calls which write will fail, as they must from a browser. */
function fixes(file: ScanFile, key: KeyArgument): Fix[] {
  const lookup = file.language.publishableLookup(file, file.context.dependencies(file.path));
  const edits = lookup === undefined ? undefined : key.replaceBy(lookup.expression);
  return lookup === undefined || edits === undefined ? [] : [{ title: l10n.t('Use the publishable key in {0}', lookup.variable), safety: 'unsafe', edits, preferred: true }];
}
