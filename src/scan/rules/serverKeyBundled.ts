import * as l10n from '@vscode/l10n';
import { stiggVariable, variableAnchor } from '../keyVariables.js';
import type { InlinedSetting } from '../languages/language.js';
import { contains } from '../languages/span.js';
import type { ScanFile } from '../scanFile.js';
import { browserBundle } from '../side/bundles.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import { publicPrefixOf } from '../variables.js';
import type { Rule, RuleFinding } from './rule.js';

const KEY = 'STIGG_SERVER_API_KEY';
/** What has to be in a text that is more than a token: a word that tools go by. */
const MAY_INLINE = /\b(?:env|define|public|publicRuntimeConfig|appConfig|extra|customFields|themeConfig|envPrefix|publicPrefix|allow[Ll]ist|whitelist|include|DefinePlugin|EnvironmentPlugin|replace)\b/;

/** A bundler that is told to put the server key into browser code, or a bundle that has it. */
export const serverKeyBundled: Rule = {
  id: 'server-key-bundled',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Stigg server key in a bundle'),
    what: l10n.t('The configuration of a bundler or framework copies a server key of Stigg into browser code, or a bundle that was built contains one.'),
    why: l10n.t('The variable has no public prefix and looks safe, but such a setting replaces it by its value: every visitor can read the key in the bundle.'),
    howToFix: l10n.t('Take the variable out of the setting and read it in code that runs on the server. Give browser code the publishable key. Rotate the key if such a bundle was ever deployed.'),
  }),
  bad: [
    { path: 'next.config.js', text: () => `module.exports = {\n  env: { ${KEY}: process.env.${KEY} },\n};\n` },
    { path: 'vite.config.ts', text: () => `import { defineConfig } from 'vite';\nexport default defineConfig({\n  define: { __STIGG_KEY__: JSON.stringify(process.env.${KEY}) },\n});\n` },
    { path: 'config/webpack.common.js', text: () => `const webpack = require('webpack');\nmodule.exports = { entry: './src', plugins: [new webpack.EnvironmentPlugin(['NODE_ENV', '${KEY}'])] };\n` },
    { path: 'vite.config.js', text: () => "// Stigg\nexport default { envPrefix: ['VITE_', 'STIGG_'] };\n" },
    { path: 'nuxt.config.ts', text: () => `export default defineNuxtConfig({\n  runtimeConfig: { public: { stiggServerKey: process.env.${KEY} } },\n});\n` },
    { path: 'docusaurus.config.js', text: () => `module.exports = { customFields: { stiggServerKey: process.env.${KEY} } };\n` },
    { path: 'app.json', text: (k) => `{ "expo": { "extra": { "stigg": "${k.server}" } } }\n` },
    { path: 'dist/assets/main.js', text: (k) => `(self.webpackChunk=self.webpackChunk||[]).push([[179],{1:function(e){e.exports="${k.server}"}}]);\n` },
    { path: 'app.config.ts', text: (k) => `export default { name: 'app', extra: { billing: '${k.server}' } };\n` },
  ],
  good: [
    { path: 'next.config.js', text: () => 'module.exports = {\n  env: { STIGG_CLIENT_API_KEY: process.env.STIGG_CLIENT_API_KEY },\n};\n' },
    { path: 'next.config.ts', text: () => `export default { serverRuntimeConfig: { stiggServerKey: process.env.${KEY} } };\n` },
    { path: 'vite.config.ts', text: () => `const stigg = process.env.${KEY};\nexport default { define: { __BILLING__: JSON.stringify(Boolean(stigg)), 'process.env.${KEY}': 'undefined' } };\n` },
    { path: 'webpack.config.js', text: () => `const { DefinePlugin } = require('webpack');\nmodule.exports = { target: 'node', plugins: [new DefinePlugin({ 'process.env.${KEY}': JSON.stringify(process.env.${KEY}) })] };\n` },
    { path: 'nuxt.config.ts', text: () => `export default defineNuxtConfig({\n  runtimeConfig: { stiggServerKey: process.env.${KEY}, public: { stiggClientKey: process.env.STIGG_CLIENT_API_KEY } },\n});\n` },
    { path: 'vite.config.js', text: () => "// Stigg's publishable key has the usual prefix\nexport default { envPrefix: ['VITE_', 'PUBLIC_'], server: { headers: { 'server-key': 'x' } } };\n" },
    { path: 'src/config.ts', text: () => `// for Stigg\nexport const config = { env: { ${KEY}: process.env.${KEY} } };\n` },
    { path: 'dist/assets/main.js', text: (k) => `(self.webpackChunk=self.webpackChunk||[]).push([[179],{1:function(e){e.exports="${k.client}"}}]); // stigg\n` },
  ],
  trigger: (text, traces) => (traces.stigg && MAY_INLINE.test(text)) || traces.token,
  *check(file) {
    const keys = Array.from(serverKeys(file));
    for (const setting of file.inlinedSettings) {
      const inside = keys.filter((key) => contains(setting, key));
      for (const key of inside) yield ofToken(file, key, l10n.t('the setting {0} puts it there', setting.setting));
      const message = inside.length > 0 ? undefined : messageOf(file, setting);
      if (message === undefined) continue;
      const { nameSpan } = setting;
      yield { anchor: variableAnchor(nameSpan), severity: 'error', start: nameSpan.start, end: nameSpan.end, message, fixes: [] };
    }
    const evidence = keys.length === 0 ? undefined : browserBundle(file);
    if (evidence !== undefined) for (const key of keys) yield ofToken(file, key, evidence);
  },
};

function ofToken(file: ScanFile, key: ServerKeySite, evidence: string): RuleFinding {
  return {
    anchor: `token@${key.start}`,
    severity: 'error',
    start: key.start,
    end: key.end,
    message: l10n.t('The Stigg server key {0} ships to the browser: {1}.', keyInWords(key, file.context.now()), evidence),
    mask: key.mask,
    fingerprint: key.fingerprint,
    fixes: [],
  };
}

function messageOf(file: ScanFile, { setting, variables, variablePrefix }: InlinedSetting): string | undefined {
  if (variablePrefix === '') return l10n.t('{0} puts all environment variables into browser code, and with them the Stigg server key.', setting);
  if (variablePrefix !== undefined) {
    if (!KEY.startsWith(variablePrefix)) return undefined;
    return l10n.t('{0} puts all variables that start with {1} into browser code, and with them {2}.', setting, variablePrefix, KEY);
  }
  // With a public prefix the name is reported where it is read.
  const name = variables.find((variable) => publicPrefixOf(variable) === undefined && stiggVariable(file, variable)?.kind === 'server');
  return name === undefined ? undefined : l10n.t('{0} puts the value of {1} into browser code.', setting, name);
}
