import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';

const SETTING = 'stiggKeys.vault.store';

/** The keychain is there and does not open. */
export function locked(cause?: unknown): ExpectedError {
  return new ExpectedError(
    'vaultLocked',
    t('The keychain is locked.'),
    t('Unlock it and try again, or choose VS Code\'s own secret storage in the setting {0}.', SETTING),
    { cause },
  );
}

/** The keychain did not answer in time, most often because a prompt waits for the person. */
export function timedOut(ms: number): ExpectedError {
  return new ExpectedError(
    'vaultLocked',
    t('The keychain did not answer within {0} seconds; it may be waiting for you to unlock it.', Math.round(ms / 1000)),
    t('Unlock it and try again, or choose VS Code\'s own secret storage in the setting {0}.', SETTING),
  );
}

/** A write that could not be confirmed. `state` says what is known about what is stored now. */
export function writeFailed(state: 'unchanged' | 'unknown', cause?: unknown): ExpectedError {
  return state === 'unchanged'
    ? new ExpectedError('vaultWriteFailed', t('The keychain did not keep the key; nothing was saved.'), t('Check that the keychain is unlocked and try again.'), { cause })
    : new ExpectedError(
        'vaultWriteFailed',
        t('The keychain failed in the middle of saving, and what it holds now is not certain.'),
        t('Unlock the keychain and save the key again.'),
        { cause },
      );
}

/** The entry is not, or no longer, in this vault. */
export function notStored(): ExpectedError {
  return new ExpectedError('vaultWriteFailed', t('This key is no longer stored here, so nothing was changed.'), t('Refresh, then store the key again.'));
}

/** Something was asked to be removed and is still there. */
export function notDeleted(cause?: unknown): ExpectedError {
  return new ExpectedError('vaultWriteFailed', t('The keychain did not remove the key.'), t('Unlock the keychain and try again.'), { cause });
}

const LOCKED = [
  /locked/i,
  /prompt was dismissed|dismissed the prompt/i,
  // macOS
  /user interaction is not allowed/i,
  /user canceled|user cancelled/i,
  /user name or passphrase you entered is not correct/i,
  /no UI possible/i,
];

const NO_SERVICE = [
  /org\.freedesktop\.secrets/i,
  /ServiceUnknown|NoReply|Disconnected|Spawn\.|NameHasNoOwner/,
  /D-?Bus/i,
  /Could not connect|connection (?:is|was) closed|Connection refused/i,
  /no session bus|machine-id/i,
];

const NO_COLLECTION = [/No such secret collection/i, /Object does not exist at path/i, /default keychain could not be found/i, /No keychain is available/i];

/**
 * What the operating system's keychain answered, as what a person can do about it. The native messages name services and
 * paths, never values.
 */
export function keychainError(error: unknown): ExpectedError {
  if (error instanceof ExpectedError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (LOCKED.some((pattern) => pattern.test(reason))) return locked(error);
  if (NO_COLLECTION.some((pattern) => pattern.test(reason))) {
    return unavailable(
      t('There is no default keychain.'),
      t('Create one (on Linux: in Passwords and Keys; on macOS: in Keychain Access), or choose VS Code\'s own secret storage in the setting {0}.', SETTING),
      error,
    );
  }
  if (NO_SERVICE.some((pattern) => pattern.test(reason))) {
    return unavailable(
      t('No keychain service is running here.'),
      t('Start one (GNOME Keyring, KWallet or KeePassXC, in a desktop session), or choose VS Code\'s own secret storage in the setting {0}.', SETTING),
      error,
    );
  }
  return unavailable(
    t('The keychain cannot be used: {0}', reason),
    t('Try again, or choose VS Code\'s own secret storage in the setting {0}.', SETTING),
    error,
  );
}

function unavailable(message: string, nextStep: string, cause: unknown): ExpectedError {
  return new ExpectedError('vaultUnavailable', message, nextStep, { cause });
}
