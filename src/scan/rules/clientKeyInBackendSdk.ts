import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import type { KeyArgument, SdkInit, Span } from '../languages/language.js';
import { variableAnchor } from '../keyVariables.js';
import type { ScanFile, TokenSite } from '../scanFile.js';
import { mayNamePublicVariable, publicPrefixOf, readVariableName } from '../variables.js';
import type { Rule } from './rule.js';
import { within } from './sdkKeys.js';

const VARIABLE = 'STIGG_SERVER_API_KEY';
const node = (key: string): string => `import Stigg from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({ apiKey: ${key} });\n`;

/** A backend SDK of Stigg that is given the publishable key. */
export const clientKeyInBackendSdk: Rule = {
  id: 'client-key-in-backend-sdk',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Publishable key in a Stigg backend SDK'),
    what: l10n.t('An SDK of Stigg that is made for servers is given a publishable key (it starts with client-), or a variable that is named for one.'),
    why: l10n.t('A publishable key reads what one customer may see. Calls that change something, and those about other customers, are refused.'),
    howToFix: l10n.t('Give it a full access key, or a scoped key that allows what this service does, from the environment variable {0}.', VARIABLE),
  }),
  bad: [
    { path: 'src/billing.ts', text: (k) => node(`'${k.client}'`), fixed: () => node(`process.env.${VARIABLE}`) },
    { path: 'src/billing.ts', text: () => node('process.env.STIGG_CLIENT_API_KEY!'), fixed: () => node(`process.env.${VARIABLE}!`) },
    { path: 'src/rest.ts', text: () => "import Stigg from '@stigg/typescript';\nexport const stigg = new Stigg({ apiKey: process.env.NEXT_PUBLIC_STIGG_API_KEY });\n", fixed: () => `import Stigg from '@stigg/typescript';\nexport const stigg = new Stigg({ apiKey: process.env.${VARIABLE} });\n` },
    {
      path: 'server/graphql.js',
      text: (k) => `const { StiggManagement } = require('@stigg/api-client-js');\nconst KEY = '${k.client}';\nmodule.exports = StiggManagement.createClient({ apiKey: KEY });\n`,
      fixed: (k) => `const { StiggManagement } = require('@stigg/api-client-js');\nconst KEY = '${k.client}';\nmodule.exports = StiggManagement.createClient({ apiKey: process.env.${VARIABLE} });\n`,
    },
    {
      path: 'billing.py',
      text: () => 'import os\nfrom stigg import Stigg\n\nclient = Stigg(api_key=os.environ["STIGG_CLIENT_API_KEY"])\n',
      fixed: () => `import os\nfrom stigg import Stigg\n\nclient = Stigg(api_key=os.environ["${VARIABLE}"])\n`,
    },
  ],
  good: [
    { path: 'src/billing.ts', text: () => node(`process.env.${VARIABLE}`) },
    { path: 'src/billing.ts', text: () => node('process.env.STIGG_API_KEY') },
    { path: 'src/billing.ts', text: () => node('clientKey') },
    { path: 'src/main.ts', text: (k) => `import Stigg from '@stigg/js-client-sdk';\nexport const stigg = Stigg.initialize({ apiKey: '${k.client}' });\n` },
    { path: 'src/Paywall.tsx', text: () => "import { StiggProvider } from '@stigg/react-sdk';\nexport const a = <StiggProvider apiKey={import.meta.env.VITE_STIGG_CLIENT_API_KEY} />;\n" },
    { path: 'src/own.ts', text: (k) => `import Stigg from './stigg';\nexport const stigg = Stigg.initialize({ apiKey: '${k.client}' });\n` },
    { path: 'src/ids.ts', text: (k) => `${node('key')}export const other = '${k.client}';\n` },
    { path: 'billing.py', text: () => 'import os\nfrom stigg import Stigg\n\nclient = Stigg(api_key=os.environ["STIGG_API_KEY"])\n' },
  ],
  trigger: (text, { stigg }) => stigg && (/client|publi|front_?end|browser|\$2[aby]/i.test(text) || mayNamePublicVariable(text)),
  *check(file) {
    for (const init of file.sdkInits) {
      if (init.side !== 'backend' || init.key === undefined) continue;
      // In browser code the SDK is what is wrong.
      const wrong = file.sideAt(init).side === 'browser' ? undefined : wrongKey(file, init, init.key);
      if (wrong === undefined) continue;
      const { start, end, origin } = init.key;
      const place = wrong.token ?? { start, end };
      yield {
        anchor: wrong.token === undefined ? variableAnchor(origin ?? init.key) : `token@${wrong.token.start}`,
        severity: 'warning',
        start,
        end,
        message: wrong.message,
        ...(wrong.token === undefined ? {} : { mask: wrong.token.mask, fingerprint: wrong.token.fingerprint }),
        ...(place.start >= start && place.end <= end ? {} : { related: [{ start: place.start, end: place.end, message: l10n.t('The key stands here.') }] }),
        fixes: fixes(file, init.key),
      };
    }
  },
};

interface WrongKey {
  readonly message: string;
  readonly token?: TokenSite & Span;
}

function wrongKey(file: ScanFile, { module }: SdkInit, key: KeyArgument): WrongKey | undefined {
  const token = file.tokens.find((candidate) => within(candidate, key) && isPublishable(file, candidate));
  if (token !== undefined) return { token, message: l10n.t('{0} is a publishable key: {1} runs on servers and needs a full access or scoped key.', token.mask, module) };
  if (key.variable !== undefined) {
    const reading = readVariableName(key.variable);
    if (reading?.kind === 'publishable') return { message: l10n.t('{0} is named for a publishable key: {1} runs on servers and needs a full access or scoped key.', key.variable, module) };
    // A key that the name does not tell is wrong here whichever it is.
    if (reading?.kind === 'unspecific' && publicPrefixOf(key.variable) !== undefined) {
      return { message: l10n.t('{0} is public: bundlers copy it into browser code. {1} runs on servers and needs a full access or scoped key.', key.variable, module) };
    }
    return undefined;
  }
  const reading = key.name === undefined ? undefined : readVariableName(key.name);
  return key.name !== undefined && reading?.kind === 'publishable' && reading.namesStigg
    ? { message: l10n.t('{0} is named for a publishable key: {1} runs on servers and needs a full access or scoped key.', key.name, module) }
    : undefined;
}

function isPublishable(file: ScanFile, token: TokenSite): boolean {
  const known = file.context.knownKey(token.fingerprint);
  return known === undefined ? token.kind === 'client' : known.keyType === 'CLIENT';
}

/** Unsafe: from then on calls succeed that were refused. */
function fixes(file: ScanFile, key: KeyArgument): Fix[] {
  const lookup = file.language.serverLookup(VARIABLE, file);
  const edits = lookup === undefined ? undefined : key.replaceBy(lookup.expression);
  return lookup === undefined || edits === undefined ? [] : [{ title: l10n.t('Use the server key in {0}', lookup.variable), safety: 'unsafe', edits, preferred: true }];
}
