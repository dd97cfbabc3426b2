import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { InjectedKeys, VariableNames } from '../../inject/variables.js';
import type { Environment } from '../../keys/model.js';
import type { StoredKey, Vault } from '../../keys/vault.js';
import { Secret } from '../../secret.js';
import { chooseKeys, findEnvironment } from './chooseKeys.js';

/** Which keys a person asks for. */
export interface WantedKeys {
  /** Id, slug or display name. */
  readonly environment: string;
  /** Id or display name of a key; left out, the environment's own. */
  readonly key: string | undefined;
}

/** The keys for one process. */
export interface FoundKeys {
  readonly keys: InjectedKeys;
  /** Null where nothing but the key is known. */
  readonly environment: Environment | null;
  /** What a person should hear before the command runs. */
  readonly notes: readonly string[];
}

/** Reads the keys from the keychain. Rejects with the errors of `findEnvironment` and `chooseKeys`, `valueMissing`, and the vault's own. */
export async function keysFromVault(vault: Pick<Vault, 'list' | 'read'>, wanted: WantedKeys, now: Date): Promise<FoundKeys> {
  const found = findEnvironment(await explained(vault.list()), wanted.environment);
  const chosen = chooseKeys(found, wanted.key);
  const notes: string[] = [];
  const valueOf = async (key: StoredKey): Promise<Secret> => {
    const value = await explained(vault.read(key));
    if (value === undefined) {
      throw new ExpectedError('valueMissing', t('The value of "{0}" is no longer stored on this machine.', key.displayName), t('Use "Store Key" on the key in VS Code, or add the environment again.'));
    }
    if (key.expireAt !== null && Date.parse(key.expireAt) <= now.getTime()) notes.push(t('"{0}" has expired: Stigg will answer 401.', key.displayName));
    return value;
  };
  const keys = {
    ...(chosen.server === undefined ? {} : { server: await valueOf(chosen.server) }),
    ...(chosen.publishable === undefined ? {} : { publishable: await valueOf(chosen.publishable) }),
  };
  return { keys, environment: found.environment, notes };
}

/**
 * Where there is no keychain, the key comes from our own environment, under one of the project's names. It has to be clear that it is
 * the environment's: either its id is asked for, which every key carries, or we run in CI, where somebody has set the variable for
 * this very run. Anywhere else a forgotten variable of a shell profile would decide where a command acts.
 */
export function keysFromEnvironment(env: NodeJS.ProcessEnv, names: VariableNames, wanted: WantedKeys, noKeychain: ExpectedError): FoundKeys {
  const server = firstSet(env, names.server);
  const publishable = firstSet(env, names.publishable);
  const key = server ?? publishable;
  if (key === undefined || wanted.key !== undefined) {
    const next = wanted.key === undefined ? t('Where there is none, such as in CI, set {0} and run this again.', names.server[0] ?? 'STIGG_SERVER_API_KEY') : t('Leave {0} out to take the key from the environment variable.', '--key');
    throw new ExpectedError(noKeychain.code, noKeychain.message, next, { cause: noKeychain });
  }
  const given = [server, publishable].filter((each) => each !== undefined);
  const ids = given.map(({ secret: { shape } }) => (shape.kind === 'unknown' ? undefined : shape.environmentId));
  const byId = UUID.test(wanted.environment);
  if (byId && ids.some((id) => id !== wanted.environment.toLowerCase())) {
    throw new ExpectedError('otherEnvironment', t('There is no keychain here, and the key in {0} is of another environment ({1}).', key.name, ids.find((id) => id !== undefined) ?? '?'), t('Set it to a key of {0}.', wanted.environment));
  }
  if (!byId && !isSet(env.CI)) {
    throw new ExpectedError(
      'unknownEnvironment',
      t('There is no keychain here, and nothing tells whether the key in {0} is of {1}.', key.name, wanted.environment),
      t('Name the environment by its id, or set {0} where this is a CI job.', 'CI=true'),
    );
  }
  return {
    keys: { ...(server === undefined ? {} : { server: server.secret }), ...(publishable === undefined ? {} : { publishable: publishable.secret }) },
    environment: null,
    notes: [t('There is no keychain here: the key comes from {0} ({1}).', key.name, key.secret.mask)],
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}

function firstSet(env: NodeJS.ProcessEnv, names: readonly string[]): { readonly name: string; readonly secret: Secret } | undefined {
  for (const name of names) {
    const value = env[name];
    if (value !== undefined && value !== '') return { name, secret: new Secret(value) };
  }
  return undefined;
}

/** The vault's next steps are those of VS Code; here another one helps. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'vaultLocked') throw error;
    throw new ExpectedError(error.code, error.message, t('Unlock it (on a desktop, or with your system\'s tool), then run this again.'), { cause: error });
  }
}
