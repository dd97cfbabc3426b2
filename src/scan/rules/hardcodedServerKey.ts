import * as l10n from '@vscode/l10n';
import { isEnvFile } from '../envFiles.js';
import type { Fix } from '../finding.js';
import type { ScanFile } from '../scanFile.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import type { Rule } from './rule.js';

const VARIABLE = 'STIGG_SERVER_API_KEY';

/** A server key in a file that does not ship to browsers. */
export const hardcodedServerKey: Rule = {
  id: 'hardcoded-server-key',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Stigg server key in a file'),
    what: l10n.t('A full access or scoped key of Stigg is written into a file. In a file that git tracks this is an error.'),
    why: l10n.t('Whoever can read the file, a copy of it or its history can do in that Stigg environment whatever the key allows: change plans, grant credits, read customers.'),
    howToFix: l10n.t('Keep the key in the keychain and let the program read it from the environment variable {0}. A key that was ever pushed should be rotated.', VARIABLE),
  }),
  bad: [
    {
      path: 'src/billing.ts',
      text: (k) => `import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: "${k.server}" });\n`,
      fixed: () => `import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: process.env.${VARIABLE} });\n`,
    },
    {
      path: 'server/request.js',
      text: (k) => `const headers = { 'X-API-KEY': '${k.server}', accept: '*/*' };\n`,
      fixed: () => `const headers = { 'X-API-KEY': process.env.${VARIABLE}, accept: '*/*' };\n`,
    },
    {
      path: 'src/fallback.ts',
      text: (k) => `export const key = process.env.STIGG_KEY || \`${k.server}\`;\n`,
      fixed: () => `export const key = process.env.STIGG_KEY || process.env.${VARIABLE};\n`,
    },
    {
      path: 'src/curl.ts',
      text: (k) => `run("curl -H 'X-API-KEY: ${k.server}' https://api.stigg.io/api/v1/customers");\n`,
      fixed: () => `run(\`curl -H 'X-API-KEY: \${process.env.${VARIABLE}}' https://api.stigg.io/api/v1/customers\`);\n`,
    },
    {
      path: 'src/legacy.ts',
      text: (k) => `import { Stigg } from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: '${k.legacy}' });\n`,
      fixed: () => `import { Stigg } from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: process.env.${VARIABLE} });\n`,
    },
    {
      path: 'src/notes.ts',
      text: (k) => `// key of the demo environment: ${k.server}\nexport {};\n`,
      fixed: () => `// key of the demo environment: <${VARIABLE}>\nexport {};\n`,
    },
    {
      path: 'deno/main.ts',
      text: (k) => `import { serve } from 'jsr:@std/http';\nconst key = '${k.server}';\nserve(key);\n`,
      fixed: () => `import { serve } from 'jsr:@std/http';\nconst key = Deno.env.get("${VARIABLE}");\nserve(key);\n`,
    },
    { path: 'docs/setup.md', text: (k) => `Use \`${k.server}\` while testing.\n` },
  ],
  good: [
    {
      path: 'src/billing.ts',
      text: () => `import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: process.env.${VARIABLE} });\n`,
    },
    { path: 'src/masked.ts', text: () => 'export const shown = "server-6a4b…fe26"; // or server-6a4b...fe26\n' },
    { path: 'src/placeholder.ts', text: () => "const stigg = Stigg.initialize({ apiKey: '<YOUR-SERVER-API-KEY>' }); // server-xxxxxxxx\n" },
    { path: 'src/client.tsx', text: (k) => `<StiggProvider apiKey="${k.client}" />;\n` },
    { path: 'src/ids.ts', text: (k) => `export const container = '${k.server.slice(0, 43)}'; // a server's id in another system\n` },
    { path: 'src/words.ts', text: () => "import 'server-only'; const kinds = ['server-side', 'server-key', 'server-secret'];\n" },
    { path: 'src/password.ts', text: (k) => `const stiggUser = { name: 'admin', passwordHash: '${k.legacy.slice(0, 60)}' };\n` },
    { path: 'src/legacyClient.ts', text: (k) => `import Stigg from '@stigg/js-client-sdk';\nStigg.initialize({ apiKey: '${k.legacy}' });\n` },
    { path: '.env.local', languageId: 'dotenv', text: (k) => `${VARIABLE}=${k.server}\n` },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    if (isEnvFile(file.path)) return;
    const tracked = file.context.isTracked(file.path) === true;
    for (const key of serverKeys(file)) {
      yield {
        anchor: `token@${key.start}`,
        severity: tracked ? 'error' : 'warning',
        start: key.start,
        end: key.end,
        message: message(key, tracked, file.context.now()),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: fixes(file, key),
      };
    }
  },
};

function message(key: ServerKeySite, tracked: boolean, now: Date): string {
  const name = keyInWords(key, now);
  return tracked
    ? l10n.t('The Stigg server key {0} is written into a file that git tracks.', name)
    : l10n.t('The Stigg server key {0} is written into this file.', name);
}

function fixes(file: ScanFile, key: ServerKeySite): Fix[] {
  if (key.holder.kind === 'comment') {
    return [{
      title: l10n.t('Move the key to the keychain and leave its name here'),
      safety: 'safe',
      edits: [{ start: key.start, end: key.end, text: `<${VARIABLE}>` }],
      preferred: true,
      before: 'keepSecret',
    }];
  }
  const lookup = file.language.serverLookup(VARIABLE, file);
  const edits = lookup === undefined ? undefined : key.holder.replaceBy(lookup.expression);
  if (lookup === undefined || edits === undefined) return [];
  return [{
    title: l10n.t('Move the key to the keychain and read {0}', lookup.expression),
    safety: 'safe',
    edits,
    preferred: true,
    before: 'keepSecret',
  }];
}
