import { t } from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ExpectedError } from '../errors.js';
import { KEYTAR_FUNCTIONS, type Keytar, type NativeKeychain } from './keytar.js';
import { KeytarProcess, ProcessUnavailable } from './keytarProcess.js';

/** Where to load from; what is left out is taken from the running process. */
export interface Platform {
  readonly platform: string;
  readonly arch: string;
  readonly musl: boolean;
}

/** The folder of the running platform's binding, such as `linux-x64` or `linuxmusl-x64`. */
export function bindingFolder(platform: Platform = runningPlatform()): string {
  return `${platform.platform}${platform.musl ? 'musl' : ''}-${platform.arch}`;
}

/**
 * Loads the keychain binding below `directory` (`<platform>-<arch>/keytar.node`). On Linux it runs in a process of its own, because
 * libsecret can hang on a prompt and crash on a locked collection. Rejects with ExpectedError `vaultUnavailable`.
 */
export async function loadKeytar(directory: string, platform: Platform = runningPlatform()): Promise<NativeKeychain> {
  const folder = bindingFolder(platform);
  const file = path.join(directory, folder, 'keytar.node');
  if (!existsSync(file)) {
    throw unavailable(
      t('This version has no keychain module for this system ({0}).', folder),
      t('Choose VS Code\'s own secret storage in the setting {0}.', 'stiggKeys.vault.store'),
    );
  }
  if (platform.platform === 'linux') {
    try {
      return await KeytarProcess.start(file);
    } catch (error) {
      if (!(error instanceof ProcessUnavailable)) throw loadFailure(error, folder);
      // Sandboxes can forbid new processes; the vault's own care (see hidesLocked) then has to do.
    }
  }
  try {
    return { keytar: requireKeytar(file), hidesLocked: platform.platform === 'linux', interrupt: nothing, dispose: nothing };
  } catch (error) {
    throw loadFailure(error, folder);
  }
}

function nothing(): void {
  // A call inside our own process can neither be ended nor owned.
}

function requireKeytar(file: string): Keytar {
  const loaded: unknown = createRequire(import.meta.url)(file);
  const missing = KEYTAR_FUNCTIONS.filter((name) => typeof (loaded as Partial<Record<string, unknown>> | null)?.[name] !== 'function');
  if (missing.length > 0) throw new Error(`The module lacks ${missing.join(', ')}`);
  return loaded as Keytar;
}

/** Turns what the system's loader said into what a person can do about it. Exported for its test. */
export function loadFailure(error: unknown, folder: string): ExpectedError {
  const reason = error instanceof Error ? error.message : String(error);
  const orElse = t('Or choose VS Code\'s own secret storage in the setting {0}.', 'stiggKeys.vault.store');
  if (/libsecret-1|libglib-2|libgio-2|libgobject-2/.test(reason)) {
    return unavailable(
      t('The keychain cannot be reached: the system library libsecret is missing.'),
      `${t('Install it (Debian and Ubuntu: {0}; Fedora: {1}; Arch: {2}; Alpine: {3}) and try again.', 'libsecret-1-0', 'libsecret', 'libsecret', 'libsecret')} ${orElse}`,
      error,
    );
  }
  if (/invalid ELF|wrong ELF|Exec format|not a valid Win32|incompatible architecture|mach-o|libc\.musl|ld-musl|ld-linux/i.test(reason)) {
    return unavailable(
      t('The keychain module is not for this system ({0}).', folder),
      `${t('Install the extension again from its published package.')} ${orElse}`,
      error,
    );
  }
  if (/GLIBC|CXXABI|version `/.test(reason)) {
    return unavailable(t('This system\'s C library is too old for the keychain module.'), `${t('Update the system.')} ${orElse}`, error);
  }
  return unavailable(t('The keychain module does not load: {0}', reason), orElse, error);
}

function unavailable(message: string, nextStep: string, cause?: unknown): ExpectedError {
  return new ExpectedError('vaultUnavailable', message, nextStep, { cause });
}

let running: Platform | undefined;

function runningPlatform(): Platform {
  running ??= { platform: process.platform, arch: process.arch, musl: process.platform === 'linux' && isMusl() };
  return running;
}

/** Node's report says which C library runs; it is slow to make, and only asked for where musl is there at all. */
function isMusl(): boolean {
  const loaders = ['x86_64', 'aarch64', 'armhf', 'i386'].map((name) => `/lib/ld-musl-${name}.so.1`);
  if (!loaders.some((file) => existsSync(file))) return false;
  // Without this the report looks up every open socket's host name.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: unknown } };
  return report.header?.glibcVersionRuntime === undefined;
}
