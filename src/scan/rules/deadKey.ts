import * as l10n from '@vscode/l10n';
import type { KnownKey } from '../context.js';
import { describeKnown } from '../tokens/knownWording.js';
import { knownKeys, readInstead } from './knownKeyFixes.js';
import type { ExampleFacts, Rule } from './rule.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const server: KnownKey = { environmentName: 'Production', displayName: 'billing-service', keyType: 'SCOPED', expireAt: new Date('2026-02-27T09:00:00Z') };
const client: KnownKey = { environmentName: 'Production', displayName: 'Publishable key', keyType: 'CLIENT', expireAt: new Date('2026-02-27T09:00:00Z') };
const DEAD: ExampleFacts = { known: { server, client, legacy: server }, now: NOW };
const ALIVE: ExampleFacts = { known: { client: { ...client, expireAt: null }, server: { ...server, expireAt: null } }, now: NOW };

/** A key that no longer works: it leaks nothing, but the code that uses it fails. */
export const deadKey: Rule = {
  id: 'dead-key',
  severity: 'warning',
  isPersonal: true,
  describe: () => ({
    title: l10n.t('Stigg key that no longer works'),
    what: l10n.t('The text holds a key that has expired or was revoked. It is recognised by its fingerprint among the keys that are kept on this machine, earlier values included; Stigg is not asked.'),
    why: l10n.t('Stigg answers 401 to every request with it. Depending on the SDK, customers then get their fallback entitlements or an error.'),
    howToFix: l10n.t('Let the program read the key from the environment, or put the current value there: the sidebar copies it, and a terminal opened from the sidebar has it.'),
  }),
  bad: [
    {
      path: 'src/billing.ts',
      facts: DEAD,
      text: (k) => `import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: '${k.server}' });\nawait stigg.waitForInitialization();\n`,
      fixed: () => "import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nawait stigg.waitForInitialization();\n",
    },
    { path: '.env.local', languageId: 'dotenv', facts: { ...DEAD, isIgnored: true }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', facts: { ...DEAD, isTracked: true }, text: (k) => `# old\nSTIGG_SERVER_API_KEY="${k.server}"\n` },
    { path: 'deploy/values.yaml', facts: { ...DEAD, isTracked: true }, text: (k) => `stigg-chart:\n  serverApiKey: ${k.server}\n` },
    { path: 'docs/setup.md', facts: DEAD, text: (k) => `Set STIGG_API_KEY to \`${k.legacy}\`.\n` },
    {
      path: 'src/Billing.tsx',
      dependencies: ['next', 'react'],
      facts: DEAD,
      text: (k) => `'use client';\nexport const key = '${k.client}'; // Stigg\n`,
      fixed: () => "'use client';\nexport const key = process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY; // Stigg\n",
    },
  ],
  good: [
    {
      path: 'src/billing.ts',
      facts: DEAD,
      text: () => "import Stigg from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nawait stigg.waitForInitialization();\n",
    },
    { path: '.env.local', languageId: 'dotenv', facts: { ...ALIVE, isIgnored: true }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.local', languageId: 'dotenv', facts: { isIgnored: true, now: NOW }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: 'src/keys.ts', facts: ALIVE, text: (k) => `export const publishable = '${k.client}'; // Stigg\n` },
    { path: 'src/ids.ts', facts: DEAD, text: (k) => `export const container = '${k.server.slice(0, 43)}';\n` },
    { path: 'src/masked.ts', facts: DEAD, text: () => 'export const expired = "server-6a4b…fe26 expired yesterday";\n' },
    { path: 'src/password.ts', facts: DEAD, text: (k) => `export const stiggUser = { passwordHash: '${k.legacy.slice(0, 60)}' };\n` },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    const now = file.context.now();
    for (const key of knownKeys(file)) {
      const { expireAt, isRetired } = key.known;
      if (expireAt === null || expireAt > now) continue;
      yield {
        anchor: `token@${key.start}`,
        severity: 'warning',
        start: key.start,
        end: key.end,
        message: isRetired === true
          ? l10n.t('The Stigg key {0} no longer works: a rotation has replaced this value of {1}.', key.mask, describeKnown(key.known))
          : l10n.t('The Stigg key {0}, {1}, no longer works: it has expired or was revoked.', key.mask, describeKnown(key.known)),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: readInstead(file, key),
      };
    }
  },
};
