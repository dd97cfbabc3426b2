import * as l10n from '@vscode/l10n';
import type { KnownKey } from '../context.js';
import { environmentOfPath, kindsIn, type FileEnvironment } from '../environmentWords.js';
import { describeKnown } from '../tokens/knownWording.js';
import { wordsOf } from '../words.js';
import { knownKeys } from './knownKeyFixes.js';
import type { ExampleFacts, Rule } from './rule.js';

const sandbox: KnownKey = { environmentName: 'Sandbox', displayName: 'Full access key', keyType: 'SERVER', environmentType: 'SANDBOX', expireAt: null };
const production: KnownKey = { environmentName: 'Production', displayName: 'Full access key', keyType: 'SERVER', environmentType: 'PRODUCTION', expireAt: null };
const facts = (key: KnownKey, ...environmentNames: readonly string[]): ExampleFacts => ({
  known: { server: key, client: { ...key, keyType: 'CLIENT', displayName: 'Publishable key' } }, environmentNames: [key.environmentName, ...environmentNames], isIgnored: true,
});
const SANDBOX = facts(sandbox, 'Production');
const PRODUCTION = facts(production, 'Sandbox', 'Staging');

/** A key of one environment in a file that is for another. */
export const wrongEnvironmentKey: Rule = {
  id: 'wrong-environment-key',
  severity: 'warning',
  isPersonal: true,
  describe: () => ({
    title: l10n.t('Stigg key of another environment'),
    what: l10n.t('The file is named for one environment (.env.production, values-prod.yaml, config/staging.json) and holds a stored key of another. The key is recognised by its fingerprint among those that are kept on this machine.'),
    why: l10n.t('A key works in its own environment only: production then reads the plans and customers of the sandbox, or a test writes into production.'),
    howToFix: l10n.t('Put the key of the named environment there: the sidebar copies it. A key of the other environment that was committed should be rotated.'),
  }),
  bad: [
    { path: '.env.production', languageId: 'dotenv', facts: SANDBOX, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: 'apps/web/.env.prod.local', languageId: 'dotenv', facts: SANDBOX, text: (k) => `NEXT_PUBLIC_STIGG_CLIENT_API_KEY=${k.client}\n` },
    { path: '.env.staging', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_SERVER_API_KEY="${k.server}"\n` },
    { path: '.env.test', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_API_KEY=${k.server}\n` },
    { path: 'config/production.json', languageId: 'json', facts: SANDBOX, text: (k) => `{ "stigg": { "publishableKey": "${k.client}" } }\n` },
    { path: 'helm/values-prod.yaml', languageId: 'yaml', facts: SANDBOX, text: (k) => `web:\n  stiggPublishableKey: ${k.client}\n` },
    { path: '.env.eu', languageId: 'dotenv', facts: facts(sandbox, 'EU'), text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
  ],
  good: [
    { path: '.env.production', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.local', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.development', languageId: 'dotenv', facts: facts(sandbox), text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.production', languageId: 'dotenv', facts: facts({ ...production, environmentName: 'EU' }), text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.non-prod', languageId: 'dotenv', facts: SANDBOX, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env.production', languageId: 'dotenv', facts: { isIgnored: true }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: 'src/production.ts', facts: SANDBOX, text: (k) => `export const publishable = '${k.client}'; // Stigg\n` },
    { path: '.env.customer-a', languageId: 'dotenv', facts: PRODUCTION, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    const named = environmentOfPath(file.path);
    if (named === undefined) return;
    for (const key of knownKeys(file)) {
      const wanted = otherEnvironment(named, key.known, file.context.environmentNames());
      if (wanted === undefined) continue;
      yield {
        anchor: `token@${key.start}`,
        severity: 'warning',
        start: key.start,
        end: key.end,
        message: l10n.t('The Stigg key {0} is of {1}, but the name of this file says {2}.', key.mask, describeKnown(key.known), wanted),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: [],
      };
    }
  },
};

/** The environment that the file is for, in words, when the key is certainly of another; otherwise undefined. */
function otherEnvironment(file: FileEnvironment, key: KnownKey, stored: readonly string[]): string | undefined {
  if (speaksOf(file, key.environmentName)) return undefined;
  const isProduction = isProductionKey(key);
  // One production may be called by its region, another by its name.
  if (file.kind === 'production' && isProduction === true) return undefined;
  const home = stored.find((name) => name !== key.environmentName && speaksOf(file, name));
  if (home !== undefined) return home;
  if (file.kind === undefined || isProduction === undefined) return undefined;
  return (file.kind === 'production') === isProduction ? undefined : file.word;
}

/** Could the file be for the environment of that name? */
function speaksOf(file: FileEnvironment, environmentName: string): boolean {
  const words = wordsOf(environmentName);
  if (words.join('-') === file.words.join('-')) return true;
  return file.kind !== undefined && kindsIn(words).has(file.kind);
}

/** Undefined where neither Stigg nor the name says it. */
function isProductionKey({ environmentName, environmentType }: KnownKey): boolean | undefined {
  const kinds = kindsIn(wordsOf(environmentName));
  if (kinds.has('production') || environmentType === 'PRODUCTION') return true;
  return environmentType === undefined && kinds.size === 0 ? undefined : false;
}
