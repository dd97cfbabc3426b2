import * as l10n from '@vscode/l10n';
import { isHandedOn, isSigningSecret, stiggVariable, variableAnchor } from '../keyVariables.js';
import type { Definition, Span, VariableRead } from '../languages/language.js';
import { contains } from '../languages/span.js';
import type { ScanFile } from '../scanFile.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import { mayNamePublicVariable, publicPrefixOf, readVariableName } from '../variables.js';
import { renameFixes } from './renameVariable.js';
import type { Rule, RuleFinding } from './rule.js';

/** Older Nx web builds inline every variable with this prefix; on servers it is an ordinary one. */
const NX = 'NX_';
const NAMES_SERVER = /server|secret|backend|full_?access/i;
/** Their keys are names of variables where they look like one. */
const DATA = new Set(['json', 'jsonc', 'yaml', 'toml', 'ini', 'properties', 'terraform', 'hcl']);

/** A server key, or a variable named for one, behind a prefix that puts it into browser code. */
export const serverKeyInPublicEnv: Rule = {
  id: 'server-key-in-public-env',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Stigg server key in a public variable'),
    what: l10n.t('A server key of Stigg, or a variable that is named for one, stands behind a prefix such as {0} or {1}.', 'NEXT_PUBLIC_', 'VITE_'),
    why: l10n.t('Bundlers copy the values of variables with such a prefix into browser code, where every visitor can read them.'),
    howToFix: l10n.t('Drop the prefix and read the variable on the server only. Browser code gets the publishable key (it starts with client-). Rotate the key if such a build was ever deployed.'),
  }),
  bad: [
    { path: '.env.local', text: () => 'NEXT_PUBLIC_STIGG_SERVER_API_KEY=\n' },
    { path: '.env', text: (k) => `VITE_STIGG_API_KEY="${k.server}"\n` },
    { path: 'src/billing.ts', text: () => 'export const key = process.env.NEXT_PUBLIC_STIGG_SERVER_API_KEY;\n' },
    { path: 'src/lib/stigg.ts', dependencies: ['vite'], text: () => 'export const key = import.meta.env.VITE_STIGG_SECRET_KEY;\n' },
    { path: 'Dockerfile', text: () => 'FROM node:22\nENV REACT_APP_STIGG_FULL_ACCESS_KEY=""\n' },
    { path: 'k8s/web.yaml', text: () => 'env:\n  - name: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n    valueFrom: { secretKeyRef: { name: stigg, key: server } }\n' },
    { path: 'scripts/build.sh', text: () => 'echo "VITE_STIGG_SERVER_API_KEY=$KEY" >> .env\n' },
    { path: 'vercel.tf', text: () => 'resource "vercel_project_environment_variable" "stigg" {\n  key   = "NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n  value = var.stigg\n}\n' },
    { path: '.github/workflows/deploy.yml', text: () => 'env:\n  EXPO_PUBLIC_STIGG_SERVER_API_KEY: ${{ secrets.STIGG }}\n' },
  ],
  good: [
    { path: '.env.local', text: () => 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY=\nSTIGG_SERVER_API_KEY=\n' },
    { path: '.env', text: (k) => `VITE_STIGG_API_KEY=${k.client}\n` },
    { path: '.env.example', text: () => '# Stigg\n# NEXT_PUBLIC_STIGG_SERVER_API_KEY=\nNEXT_PUBLIC_STIGG_API_KEY=\n' },
    { path: 'src/config.ts', text: () => "// Stigg is elsewhere\nexport const api = process.env.NEXT_PUBLIC_SERVER_URL;\nexport const key = process.env.NEXT_PUBLIC_SERVER_KEY;\n" },
    { path: 'src/stigg.ts', text: () => 'export const id = process.env.NEXT_PUBLIC_STIGG_SERVER_KEY_ID;\nexport const url = import.meta.env.VITE_STIGG_SERVER_URL;\n' },
    { path: 'apps/server/stigg.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const key = process.env.NX_STIGG_SERVER_API_KEY;\n" },
    { path: '.env.production', text: () => 'STIGG_API_KEY=\nREACT_APP_RECAPTCHA_SECRET_KEY=\n' },
  ],
  trigger: (text, traces) => (text.includes(NX) || mayNamePublicVariable(text)) && ((traces.stigg && NAMES_SERVER.test(text)) || traces.token),
  *check(file) {
    const keys = Array.from(serverKeys(file));
    for (const definition of file.definitions) {
      const finding = defined(file, definition, keys);
      if (finding !== undefined) yield finding;
    }
    for (const read of file.variableReads) {
      const prefix = prefixOf(file, read);
      if (prefix === undefined || !namesServerKey(file, read.variable) || isHandedOn(read, file.definitions)) continue;
      yield named(read.variable, prefix, read.nameSpan, variableAnchor(read));
    }
  },
};

function defined(file: ScanFile, { name, nameSpan, valueSpan, isEnvironment }: Definition, keys: readonly ServerKeySite[]): RuleFinding | undefined {
  const prefix = publicPrefixOf(name) ?? nxPrefixOf(name);
  if (prefix === undefined || (!isEnvironment && !DATA.has(file.languageId))) return undefined;
  const key = keys.find((candidate) => contains(valueSpan, candidate));
  if (key === undefined) return namesServerKey(file, name) ? named(name, prefix, nameSpan, variableAnchor(nameSpan)) : undefined;
  return {
    anchor: `token@${key.start}`,
    severity: 'error',
    start: key.start,
    end: key.end,
    message: l10n.t('The Stigg server key {0} is the value of {1}: bundlers copy variables that start with {2} into browser code.',
      keyInWords(key, file.context.now()), name, prefix),
    mask: key.mask,
    fingerprint: key.fingerprint,
    // Under the name of a publishable key it is the value that is wrong.
    fixes: readVariableName(name)?.kind === 'publishable' ? [] : renameFixes(name, name.slice(prefix.length), nameSpan),
  };
}

function named(name: string, prefix: string, place: Span, anchor: string): RuleFinding {
  return {
    anchor,
    severity: 'error',
    start: place.start,
    end: place.end,
    message: l10n.t('{0} is named for a Stigg server key, and bundlers copy variables that start with {1} into browser code.', name, prefix),
    fixes: renameFixes(name, name.slice(prefix.length), place),
  };
}

/** Nx's prefix on a name that is made for browsers all the same: its second prefix says so, or that it is the publishable key's. */
function nxPrefixOf(name: string): string | undefined {
  if (!name.startsWith(NX)) return undefined;
  const second = publicPrefixOf(name.slice(NX.length));
  if (second !== undefined) return NX + second;
  return readVariableName(name)?.kind === 'publishable' ? NX : undefined;
}

/** The prefix because of which browsers get the variable. */
function prefixOf(file: ScanFile, read: VariableRead): string | undefined {
  const { variable } = read;
  const prefix = publicPrefixOf(variable);
  if (prefix !== undefined) return prefix;
  return variable.startsWith(NX) && namesServerKey(file, variable) && file.sideAt(read).side === 'browser' ? NX : undefined;
}

function namesServerKey(file: ScanFile, name: string): boolean {
  const variable = stiggVariable(file, name);
  return variable?.kind === 'server' && !isSigningSecret(variable);
}
