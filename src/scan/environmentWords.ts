import { isEnvFile } from './envFiles.js';
import { wordsOf } from './words.js';

/** The environments that names of files, folders and Stigg environments speak of. */
export type EnvironmentKind = 'production' | 'staging' | 'development' | 'testing' | 'sandbox';

const KINDS: Readonly<Record<string, EnvironmentKind>> = {
  production: 'production', prod: 'production', prd: 'production', live: 'production',
  staging: 'staging', stage: 'staging', stg: 'staging',
  development: 'development', develop: 'development', dev: 'development',
  testing: 'testing', test: 'testing', qa: 'testing',
  sandbox: 'sandbox', sbx: 'sandbox',
};
/** They turn the word after them into another environment, or into none: pre-production, non-prod. */
const MODIFIER = /^(?:pre|non|not|post|no|un)$/;

/** The environments that a name speaks of; none for a modified one. */
export function kindsIn(words: readonly string[]): Set<EnvironmentKind> {
  const kinds = new Set<EnvironmentKind>();
  for (const [index, word] of words.entries()) {
    const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
    if (kind === undefined) continue;
    if (MODIFIER.test(words[index - 1] ?? '')) return new Set();
    kinds.add(kind);
  }
  return kinds;
}

/** What a path says about the environment that the file is for. */
export interface FileEnvironment {
  /** As it is written in the path, e.g. `prod`. */
  readonly word: string;
  /** All words of the name that says it, since an environment may be called by several: `eu-production`. */
  readonly words: readonly string[];
  /** Undefined for a word that is no common name of an environment. */
  readonly kind: EnvironmentKind | undefined;
}

/** Env files name their environment after the dot; these names mean something else. */
const NO_ENVIRONMENT = new Set(['local', 'example', 'sample', 'template', 'tpl', 'dist', 'default', 'defaults', 'env', 'shared', 'common', 'base', 'vault', 'keys', 'backup', 'bak', 'old', 'docker', 'enc', 'encrypted', 'schema', 'd', 'ts']);
/** Files that hold settings, by their ending. A program that is called production.ts is about anything. */
const SETTINGS_FILE = /\.(?:ya?ml|jsonc?|json5|toml|ini|cfg|conf|config|properties|tfvars|tf|hcl|nix|plist|xml|envrc)$/i;
/** The folders whose files are settings, whatever they are written in. */
const SETTINGS_FOLDER = /(?:^|\/)(?:configs?|configuration|settings|env|envs|environments?|deploy(?:ments?)?|helm|k8s|kubernetes|terraform|infra(?:structure)?)\//i;
/** As folders these hold other things more often than settings of an environment: tests, Terragrunt's `live`, pipeline stages. */
const AMBIGUOUS_FOLDER = new Set(['test', 'testing', 'qa', 'live', 'stage']);

/** The environment that a path speaks of; undefined when it names none, or several. */
export function environmentOfPath(path: string): FileEnvironment | undefined {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  const env = /^\.(?:env(?:rc)?|dev\.vars)\.(.+)$/i.exec(name)?.[1] ?? /^(.+)\.env$/i.exec(name)?.[1];
  if (env !== undefined) return environmentOf(wordsOf(env).filter((word) => !NO_ENVIRONMENT.has(word)), true) ?? folderEnvironment(segments);
  if (isEnvFile(name)) return folderEnvironment(segments);
  if (!SETTINGS_FILE.test(name) && !SETTINGS_FOLDER.test(path)) return undefined;
  const stem = name.replace(/(?!^)\.[^.]*$/, '');
  const words = wordsOf(stem);
  // test_billing.yaml tests something; config/test.json is of an environment.
  const own = kindsIn(words).has('testing') && words.length > 1 && !/[.-](?:test|testing|qa)$/i.test(stem) ? undefined : environmentOf(words, false);
  return own ?? (kindsIn(words).size > 0 ? undefined : folderEnvironment(segments));
}

/** @param isExact every word belongs to the environment's name, as in `.env.eu`; otherwise only a common one tells */
function environmentOf(words: readonly string[], isExact: boolean): FileEnvironment | undefined {
  const kinds = kindsIn(words);
  if (kinds.size > 1) return undefined;
  const [kind] = kinds;
  if (kind === undefined) return isExact && words.length > 0 ? { word: words.join('-'), words, kind } : undefined;
  return { word: words.find((word) => KINDS[word] === kind) ?? kind, words, kind };
}

/** The innermost folder that is called like an environment. */
function folderEnvironment(folders: readonly string[]): FileEnvironment | undefined {
  for (const folder of [...folders].reverse()) {
    const kind = Object.hasOwn(KINDS, folder.toLowerCase()) ? KINDS[folder.toLowerCase()] : undefined;
    if (kind === undefined) continue;
    return AMBIGUOUS_FOLDER.has(folder.toLowerCase()) ? undefined : { word: folder, words: [folder.toLowerCase()], kind };
  }
  return undefined;
}
