import * as l10n from '@vscode/l10n';
import type { KnownKey } from '../context.js';
import { describeKnown } from '../tokens/knownWording.js';
import { knownKeys, readInstead } from './knownKeyFixes.js';
import type { ExampleFacts, Rule } from './rule.js';

/** The longest grace period of Stigg's console. The sidebar calls every key "Expiring soon" that has an end; further away it is nobody's next task. */
const SOON_MS = 7 * 24 * 3_600_000;

const NOW = new Date('2026-03-01T12:00:00Z');
const server: KnownKey = { environmentName: 'Production', displayName: 'billing-service', keyType: 'SCOPED', expireAt: new Date('2026-03-01T14:00:00Z') };
const client: KnownKey = { environmentName: 'Production', displayName: 'Publishable key', keyType: 'CLIENT', expireAt: new Date('2026-03-04T12:00:00Z') };
const SOON: ExampleFacts = { known: { server, client, legacy: server }, isIgnored: true, now: NOW };
const LATER: ExampleFacts = { ...SOON, known: { server: { ...server, expireAt: new Date('2026-06-01T12:00:00Z') }, client: { ...client, expireAt: null } } };

/** A key on its way out, where nothing else is wrong with it. */
export const expiringKey: Rule = {
  id: 'expiring-key',
  severity: 'info',
  isPersonal: true,
  describe: () => ({
    title: l10n.t('Stigg key that is about to expire'),
    what: l10n.t('The text holds a key that stops working within a week, because it was rotated or was given an end. It is recognised by its fingerprint among the keys that are kept on this machine.'),
    why: l10n.t('From that moment on Stigg answers 401 to every request with it.'),
    howToFix: l10n.t('Put the value that replaces it there in time: the sidebar copies it. The grace period can be changed in the sidebar as well.'),
  }),
  bad: [
    { path: '.env.local', languageId: 'dotenv', facts: SOON, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', facts: SOON, text: (k) => `PORT=3000\nexport STIGG_API_KEY='${k.server}'\n` },
    {
      path: 'src/keys.ts',
      facts: SOON,
      text: (k) => `export const publishable = '${k.client}'; // Stigg\n`,
      fixed: () => 'export const publishable = process.env.STIGG_CLIENT_API_KEY; // Stigg\n',
    },
    {
      path: 'src/Billing.jsx',
      dependencies: ['vite', 'react'],
      facts: SOON,
      text: (k) => `export const key = '${k.client}'; // Stigg\nexport const Billing = () => <div onClick={() => load(key)} />;\n`,
      fixed: () => 'export const key = import.meta.env.VITE_STIGG_CLIENT_API_KEY; // Stigg\nexport const Billing = () => <div onClick={() => load(key)} />;\n',
    },
    { path: '.env.production', languageId: 'dotenv', facts: SOON, text: (k) => `NEXT_PUBLIC_STIGG_CLIENT_API_KEY=${k.client}\n` },
  ],
  good: [
    { path: '.env.local', languageId: 'dotenv', facts: LATER, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.local', languageId: 'dotenv', facts: { isIgnored: true, now: NOW }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.local', languageId: 'dotenv', facts: SOON, text: () => 'STIGG_SERVER_API_KEY=\n' },
    { path: 'src/keys.ts', facts: LATER, text: (k) => `export const publishable = '${k.client}'; // Stigg\n` },
    { path: 'src/keys.ts', facts: SOON, text: (k) => `export const id = '${k.client.slice(0, 43)}'; // not a key of Stigg\n` },
    { path: 'src/masked.ts', facts: SOON, text: () => 'export const shown = "client-6a4b…fe26 expires in 2 h"; // Stigg\n' },
    { path: 'src/password.ts', facts: SOON, text: (k) => `export const stiggUser = { passwordHash: '${k.legacy.slice(0, 60)}' };\n` },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    const now = file.context.now();
    for (const key of knownKeys(file)) {
      const left = (key.known.expireAt?.getTime() ?? Infinity) - now.getTime();
      if (left <= 0 || left > SOON_MS) continue;
      yield {
        anchor: `token@${key.start}`,
        severity: 'info',
        start: key.start,
        end: key.end,
        message: l10n.t('The Stigg key {0} is about to stop working: {1}.', key.mask, describeKnown(key.known, now)),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: readInstead(file, key),
      };
    }
  },
};
