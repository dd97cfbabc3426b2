import * as l10n from '@vscode/l10n';
import { isEnvFile } from '../envFiles.js';
import type { Fix } from '../finding.js';
import type { Span } from '../languages/language.js';
import { lineStartAt } from '../lines.js';
import type { ScanFile } from '../scanFile.js';
import { keyInWords } from '../tokens/knownWording.js';
import { serverKeys, type ServerKeySite } from '../tokens/serverKeys.js';
import { readVariableName } from '../variables.js';
import type { Rule } from './rule.js';

/** Files that show which variables there are, and are shared on purpose. */
const EXAMPLE = /\.(?:example|sample|template|tpl|dist|defaults?)$/i;

/** An env file with a server key that git has, or will have with the next commit of everything. */
export const unprotectedEnvFile: Rule = {
  id: 'unprotected-env-file',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Env file with a Stigg server key that git does not ignore'),
    what: l10n.t('An env file holds a full access or scoped key of Stigg, and git tracks the file or does not ignore it. An example file (.env.example) is meant to be shared, so that a real key in it is reported as well.'),
    why: l10n.t('The next commit of everything takes the file along. Whoever gets the repository then has the key, and it stays in the history after the file is deleted.'),
    howToFix: l10n.t('Add the file to .gitignore. If git tracks it already, take it out of the index too, with git rm --cached, and rotate the key if it was ever pushed. Safer still: keep the key in the keychain and leave the value empty.'),
  }),
  bad: [
    { path: '.env', languageId: 'dotenv', facts: { isTracked: false, isIgnored: false }, text: (k) => `PORT=3000\nSTIGG_SERVER_API_KEY=${k.server}\n` },
    { path: 'apps/api/.env.local', languageId: 'dotenv', facts: { isTracked: false, isIgnored: false }, text: (k) => `export STIGG_API_KEY="${k.server}"\r\n` },
    {
      path: '.env.production',
      languageId: 'dotenv',
      facts: { isTracked: true, isIgnored: true },
      text: (k) => `# Stigg\nSTIGG_SERVER_API_KEY='${k.server}' # full access\n`,
      fixed: () => '# Stigg\nSTIGG_SERVER_API_KEY= # full access\n',
    },
    {
      path: '.env.example',
      languageId: 'dotenv',
      facts: { isTracked: true, isIgnored: false },
      text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n`,
      fixed: () => 'STIGG_SERVER_API_KEY=\n',
    },
    {
      path: '.env.sample',
      languageId: 'dotenv',
      facts: { isTracked: false, isIgnored: false },
      text: (k) => `# STIGG_SERVER_API_KEY=${k.server}\n`,
      fixed: () => '# STIGG_SERVER_API_KEY=<STIGG_SERVER_API_KEY>\n',
    },
    { path: 'deploy/staging.env', languageId: 'dotenv', facts: { isTracked: false, isIgnored: false }, text: (k) => `STIGG_FULL_ACCESS_KEY=${k.legacy.replaceAll('$', '\\$')}\n` },
  ],
  good: [
    { path: '.env', languageId: 'dotenv', facts: { isTracked: false, isIgnored: true }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: false }, text: (k) => `STIGG_SERVER_API_KEY=${k.server}\n` },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: true }, text: () => 'STIGG_SERVER_API_KEY=\nPORT=3000\n' },
    { path: '.env.example', languageId: 'dotenv', facts: { isTracked: true }, text: () => 'STIGG_SERVER_API_KEY=<YOUR-SERVER-API-KEY>\nSTIGG_API_KEY=server-...\n' },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: true }, text: (k) => `STIGG_CLIENT_API_KEY=${k.client}\n` },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: true }, text: (k) => `STIGG_CLIENT_API_KEY=${k.legacy}\n` },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: true }, text: (k) => `STIGG_ADMIN_PASSWORD_HASH=${k.legacy.slice(0, 60)}\n` },
    { path: '.env', languageId: 'dotenv', facts: { isTracked: true }, text: (k) => `CONTAINER=${k.server.slice(0, 43)} # of Stigg's demo\n` },
  ],
  trigger: (_text, { token }) => token,
  *check(file) {
    if (!isEnvFile(file.path)) return;
    const exposure = exposureOf(file);
    if (exposure === undefined) return;
    for (const key of keysOf(file)) {
      yield {
        anchor: `token@${key.start}`,
        severity: 'error',
        start: key.start,
        end: key.end,
        message: message(key, exposure),
        mask: key.mask,
        fingerprint: key.fingerprint,
        fixes: fixes(file, key, exposure),
      };
    }
  },
};

/** Why others will get the file; undefined when nothing says that they will. */
type Exposure = 'tracked' | 'notIgnored' | 'example';

function exposureOf({ path, context }: ScanFile): Exposure | undefined {
  const isTracked = context.isTracked(path) === true;
  if (!isTracked && context.isIgnored(path) !== false) return undefined;
  if (EXAMPLE.test(path)) return 'example';
  return isTracked ? 'tracked' : 'notIgnored';
}

/** Of a legacy key the variable says whether it is a server key, where nothing else does. */
function* keysOf(file: ScanFile): Iterable<ServerKeySite> {
  const certain = new Set<number>();
  for (const key of serverKeys(file)) {
    certain.add(key.start);
    yield key;
  }
  for (const token of file.tokens) {
    if (token.kind !== 'legacy' || certain.has(token.start) || file.context.knownKey(token.fingerprint) !== undefined) continue;
    const name = readVariableName(assignmentAround(file.text, token)?.name ?? '');
    if (name?.kind === 'server' && name.namesStigg) yield { ...token, known: undefined };
  }
}

function message(key: ServerKeySite, exposure: Exposure): string {
  const name = keyInWords(key);
  switch (exposure) {
    case 'tracked':
      return l10n.t('The Stigg server key {0} is in an env file that git tracks: everybody who gets the repository gets the key.', name);
    case 'notIgnored':
      return l10n.t('The Stigg server key {0} is in an env file that git does not ignore: the next commit of everything takes it along.', name);
    case 'example':
      return l10n.t('The Stigg server key {0} is a real key in an example file, which is there to be shared.', name);
  }
}

function fixes(file: ScanFile, key: ServerKeySite, exposure: Exposure): Fix[] {
  const keep = keepFixes(file, key);
  if (exposure === 'example' || file.context.isIgnored(file.path) === true) return keep;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const ignore: Fix = {
    title: exposure === 'tracked' ? l10n.t('Add {0} to .gitignore (git rm --cached takes it out of the index)', name) : l10n.t('Add {0} to .gitignore', name),
    safety: 'safe',
    edits: [],
    action: { kind: 'ignoreFile' },
  };
  // Where git has the file already, ignoring it alone protects nothing.
  return exposure === 'tracked' ? [...keep, ignore] : [{ ...ignore, preferred: true }, ...keep];
}

function keepFixes({ text }: ScanFile, key: ServerKeySite): Fix[] {
  const assignment = assignmentAround(text, key);
  if (assignment === undefined) return [];
  if (assignment.isComment) {
    const edits = [{ start: key.start, end: key.end, text: '<STIGG_SERVER_API_KEY>' }];
    return [{ title: l10n.t('Move the key to the keychain and leave its name here'), safety: 'safe', edits, preferred: true, before: 'keepSecret' }];
  }
  if (assignment.value === undefined) return [];
  // Unsafe: programs that read the file need the key from elsewhere then.
  return [{
    title: l10n.t('Move the key to the keychain and leave {0} empty', assignment.name),
    safety: 'unsafe',
    edits: [{ ...assignment.value, text: '' }],
    before: 'keepSecret',
  }];
}

/** The line of an env file that holds the token. */
export interface Assignment {
  readonly name: string;
  readonly isComment: boolean;
  /** The value with its quotes, when it is the token alone. */
  readonly value: Span | undefined;
}

/** No line that a person writes has more in front of a value. */
const LONGEST_NAME = 400;
const COMMENT = /^\uFEFF?[ \t]*#[# \t]*/;
const BEFORE = /^\uFEFF?[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(["'`]?)$/;

/** Read by lines rather than by a parser: env files have as many dialects as readers, and all of them agree on this. */
export function assignmentAround(text: string, token: Span): Assignment | undefined {
  const lineStart = lineStartAt(text, token.start);
  if (token.start - lineStart > LONGEST_NAME) return undefined;
  const before = text.slice(lineStart, token.start);
  const isComment = COMMENT.test(before);
  const match = BEFORE.exec(before.replace(COMMENT, ''));
  if (match === null) return isComment ? { name: '', isComment, value: undefined } : undefined;
  const [, name = '', quote = ''] = match;
  const isWhole = quote === '' ? /^(?:\s|$)/.test(text.slice(token.end, token.end + 1)) : text.startsWith(quote, token.end);
  return {
    name,
    isComment,
    value: isWhole ? { start: token.start - quote.length, end: token.end + quote.length } : undefined,
  };
}
