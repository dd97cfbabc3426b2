import { t } from '@vscode/l10n';
import { publishableVariable } from '../scan/languages/ecmascript/environment.js';
import { publicPrefixOf, readVariableName } from '../scan/variables.js';
import { wordsOf } from '../scan/words.js';
import { DEFAULT_VARIABLE_NAMES, type InjectedKeys, type VariableNames } from './variables.js';

/** More names than that no project reads. */
export const MOST_NAMES = 10;
const LONGEST_NAME = 100;

/** What a project's settings say of them; what they leave out follows from the project. An empty list: no key of that kind. */
export type ChosenNames = Partial<VariableNames>;

/** A variable that is to hold a key has one of these words in its name. Everything that steers programs instead (PATH, NODE_OPTIONS, LD_PRELOAD, HTTPS_PROXY) has none. */
const KEY_WORDS = new Set(['key', 'keys', 'apikey', 'token', 'secret', 'credential', 'credentials']);
/** Names with such a word that belong to others: whoever reads them would send Stigg's key there, or lose their own. */
const OTHERS = new Set([
  // Systems, editors and languages with their package managers.
  ...['ld', 'dyld', 'node', 'npm', 'corepack', 'yarn', 'pnpm', 'bun', 'deno', 'jsr', 'python', 'uv', 'pip', 'pypi', 'twine', 'poetry', 'ruby', 'gem', 'rubygems', 'bundle', 'java', 'gradle', 'maven', 'nuget', 'cargo', 'composer', 'homebrew', 'vscode', 'electron', 'expo'],
  // Code, builds and secrets.
  ...['git', 'gh', 'github', 'gitlab', 'bitbucket', 'ssh', 'gpg', 'ci', 'circle', 'circleci', 'travis', 'jenkins', 'buildkite', 'turbo', 'nx', 'snyk', 'sonar', 'codecov', 'vault', 'op', 'doppler'],
  // Clouds.
  ...['aws', 'azure', 'arm', 'gcp', 'google', 'gcloud', 'cloudsdk', 'firebase', 'docker', 'kube', 'tf', 'terraform', 'pulumi', 'digitalocean', 'fly', 'railway', 'hcloud', 'linode', 'vercel', 'netlify', 'heroku', 'cloudflare', 'supabase'],
  // Services.
  ...['openai', 'anthropic', 'gemini', 'mistral', 'cohere', 'groq', 'hf', 'huggingface', 'replicate', 'wandb', 'stripe', 'paypal', 'twilio', 'sendgrid', 'sentry', 'slack', 'datadog', 'dd'],
]);

/** Why a variable of that name gets no key of that kind, in one sentence; undefined when it may. */
export function refusalOfName(name: string, kind: keyof VariableNames): string | undefined {
  if (name.length > LONGEST_NAME || !/^[A-Za-z_]\w*$/.test(name)) return t('"{0}" is no name of a variable: letters, digits and _ only, and no digit first.', shown(name));
  const words = wordsOf(name);
  const namesStigg = words.some((word) => word.startsWith('stigg'));
  if (!namesStigg && !words.some((word) => KEY_WORDS.has(word))) return t('"{0}" gets no key: a variable for a key has KEY, TOKEN, SECRET or STIGG in its name.', shown(name));
  if (!namesStigg && OTHERS.has(words[0] ?? '')) return t('"{0}" gets no key: programs that have nothing to do with Stigg read it.', shown(name));
  // Some systems do not tell upper case from lower case here.
  const upper = name.toUpperCase();
  const prefix = publicPrefixOf(upper);
  const read = readVariableName(upper);
  if (read?.kind === 'signing' || read?.kind === 'webhook') return t('"{0}" names a secret that is no API key.', shown(name));
  if (kind === 'server' && prefix !== undefined) return t('"{0}" gets no server key: what begins with {1} is put into browser code.', shown(name), prefix);
  if (kind === 'server' && read?.kind === 'publishable') return t('"{0}" names a publishable key, so it gets no server key.', shown(name));
  if (kind === 'publishable' && read?.kind === 'server') return t('"{0}" names a server key, so it gets no publishable key.', shown(name));
  return undefined;
}

/**
 * The names under which a project's processes get their keys: those of its settings, otherwise Stigg's own, and for the publishable key
 * the one that its framework puts into browser code as well.
 *
 * @param dependencies of the package that the process belongs to, where there is one
 */
export function variableNames(chosen: ChosenNames, dependencies?: ReadonlySet<string>): VariableNames {
  const framework = dependencies === undefined ? undefined : publishableVariable(dependencies);
  const usual = [...new Set([...DEFAULT_VARIABLE_NAMES.publishable, ...(framework === undefined ? [] : [framework])])];
  const publishable = chosen.publishable ?? usual;
  // A name that the settings give to one kind is not taken by the other's usual ones.
  const server = chosen.server ?? DEFAULT_VARIABLE_NAMES.server.filter((name) => !publishable.includes(name));
  return { server, publishable: publishable.filter((name) => !server.includes(name)) };
}

function shown(name: string): string {
  const plain = name.replace(/\p{C}/gu, '?');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

/** The names that a process gets keys under, where a project has chosen one of them itself: its files may be anyone's, so the person is told. Otherwise none. */
export function namesToTell(names: VariableNames, keys: InjectedKeys): readonly string[] {
  const server = keys.server === undefined ? [] : names.server;
  const publishable = keys.publishable === undefined ? [] : names.publishable;
  const isUsual = server.every((name) => DEFAULT_VARIABLE_NAMES.server.includes(name))
    // With the prefix of a framework too.
    && publishable.every((name) => DEFAULT_VARIABLE_NAMES.publishable.some((usual) => name.endsWith(usual)));
  return isUsual ? [] : [...server, ...publishable];
}
