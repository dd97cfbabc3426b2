import * as l10n from '@vscode/l10n';
import { isHandedOn, isSigningSecret, stiggVariable, variableAnchor } from '../keyVariables.js';
import type { Span } from '../languages/language.js';
import type { ScanFile } from '../scanFile.js';
import type { VariableName } from '../variables.js';
import { renameFixes } from './renameVariable.js';
import type { Rule, RuleFinding } from './rule.js';

/** The secret that signs customer tokens, or that Stigg's webhooks carry, where browsers can get it. */
export const exposedSigningSecret: Rule = {
  id: 'exposed-signing-secret',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Stigg signing or webhook secret in browser code'),
    what: l10n.t('The variable that holds the signing secret of an environment, or its webhook secret, is read in browser code or has a prefix that bundlers inline.'),
    why: l10n.t('With the signing secret anyone can sign a customer token for any customer, and with the webhook secret anyone can send events that look like those of Stigg.'),
    howToFix: l10n.t('Keep the secret on the server. Sign the customer id there and hand the browser the signed customer token alone.'),
  }),
  bad: [
    { path: 'src/Billing.tsx', text: () => "'use client';\nexport const secret = process.env.STIGG_CUSTOMER_TOKEN_SIGNING_SECRET;\n" },
    { path: '.env', text: () => 'NEXT_PUBLIC_STIGG_SIGNING_TOKEN=\n' },
    { path: 'src/main.ts', text: () => "import { createApp } from 'vue';\ncreateApp({ secret: import.meta.env.STIGG_WEBHOOK_SECRET });\n" },
    { path: 'server/sign.ts', text: () => 'export const secret = process.env.VITE_STIGG_SIGNING_SECRET;\n' },
    { path: 'next.config.js', text: () => 'module.exports = { env: { STIGG_SIGNING_SECRET: process.env.STIGG_SIGNING_SECRET } };\n' },
  ],
  good: [
    { path: 'server/sign.ts', text: () => 'export const secret = process.env.STIGG_CUSTOMER_TOKEN_SIGNING_SECRET;\n' },
    { path: 'apps/server/sign.ts', text: () => 'export const secret = process.env.NX_STIGG_SIGNING_TOKEN;\n' },
    { path: '.env', text: () => 'STIGG_CUSTOMER_TOKEN_SIGNING_SECRET=\nSTIGG_WEBHOOK_SECRET=\n' },
    { path: 'src/Billing.tsx', text: () => "'use client';\nexport const id = process.env.NEXT_PUBLIC_STIGG_SIGNING_SECRET_NAME;\n" },
    { path: 'src/Hooks.tsx', text: () => "'use client';\n// not Stigg's\nexport const secret = process.env.GITHUB_WEBHOOK_SECRET;\n" },
    { path: 'app/page.tsx', dependencies: ['next'], text: () => 'export default () => sign(process.env.STIGG_SIGNING_SECRET);\n' },
    { path: 'next.config.js', text: () => "module.exports = { env: { HAS_STIGG_SIGNING: String(Boolean(process.env.STIGG_SIGNING_SECRET)) } };\n" },
  ],
  trigger: (text, { stigg }) => stigg && /signing|webhook/i.test(text),
  *check(file) {
    for (const { name, nameSpan, isEnvironment } of file.definitions) {
      const secret = isEnvironment ? secretOf(file, name) : undefined;
      if (secret?.publicPrefix !== undefined) yield finding(name, prefixed(secret.publicPrefix), nameSpan, nameSpan, secret);
    }
    for (const read of file.variableReads) {
      const secret = secretOf(file, read.variable);
      if (secret === undefined || (secret.publicPrefix !== undefined && isHandedOn(read, file.definitions))) continue;
      const evidence = secret.publicPrefix === undefined ? browserEvidence(file, read) : prefixed(secret.publicPrefix);
      if (evidence !== undefined) yield finding(read.variable, evidence, read.nameSpan, read, secret);
    }
    for (const setting of file.inlinedSettings) {
      const name = setting.variables.find((variable) => secretOf(file, variable) !== undefined);
      const secret = name === undefined ? undefined : secretOf(file, name);
      // With a public prefix the name is reported where it is read.
      if (name === undefined || secret === undefined || secret.publicPrefix !== undefined) continue;
      yield finding(name, l10n.t('the setting {0} puts it there', setting.setting), setting.nameSpan, setting.nameSpan, undefined);
    }
  },
};

/** Only names that say Stigg: other services have webhook and signing secrets too. */
function secretOf(file: ScanFile, name: string): VariableName | undefined {
  const variable = stiggVariable(file, name);
  return variable?.namesStigg === true && isSigningSecret(variable) ? variable : undefined;
}

function browserEvidence(file: ScanFile, place: Span): string | undefined {
  const { side, evidence } = file.sideAt(place);
  return side === 'browser' ? evidence : undefined;
}

function prefixed(prefix: string): string {
  return l10n.t('bundlers copy variables that start with {0}', prefix);
}

function finding(name: string, evidence: string, place: Span, anchor: Span, secret: VariableName | undefined): RuleFinding {
  return {
    anchor: variableAnchor(anchor),
    severity: 'error',
    start: place.start,
    end: place.end,
    message: l10n.t('The Stigg secret {0} ships to the browser: {1}.', name, evidence),
    fixes: secret?.publicPrefix === undefined ? [] : renameFixes(name, secret.bare, place),
  };
}
