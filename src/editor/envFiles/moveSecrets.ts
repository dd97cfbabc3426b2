import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { withProgress } from '../report.js';
import { requireTrustToTakeKeys } from '../trust.js';
import { chooseHow, chooseSecrets, type Found } from './chooseSecrets.js';
import type { EnvFilesDeps } from './deps.js';
import { envFilesWithKeys, type EnvFileWithKeys } from './files.js';
import { keepProved } from './keep.js';
import { healthOf, type Health } from './learn.js';
import { takeOutOfFiles, type Kept, type Outcome } from './takeOutOfFiles.js';
import { tellOutcome } from './tellOutcome.js';

/**
 * "Move Secrets of Env Files to the Keychain". Every chosen key is stored and read back before the first file is changed; when Stigg or
 * the keychain does not answer, none is.
 */
export async function moveSecrets(deps: EnvFilesDeps): Promise<void> {
  requireTrustToTakeKeys();
  const { files, unreadable } = await envFilesWithKeys();
  if (files.every(({ secrets }) => secrets.length === 0)) {
    tellNothingFound(files, unreadable);
    return;
  }
  const found = await withProgress(vscode.l10n.t('Asking Stigg about the keys in your env files'), (signal) => learn(deps, files, signal));
  const chosen = await chooseSecrets(found);
  if (chosen === undefined || chosen.length === 0) return;
  const how = await chooseHow();
  if (how === undefined) return;
  const outcome = await withProgress(vscode.l10n.t('Moving keys to the keychain'), async (signal): Promise<Outcome> => {
    const kept = await keepAll(deps, chosen, signal);
    return takeOutOfFiles(chosen, how, kept);
  });
  await tellOutcome(deps, outcome, { elsewhere: files.filter(({ elsewhere }) => elsewhere > 0).map(({ path }) => path), unreadable });
}

/** One question for each value, however many files hold it. */
async function learn(deps: EnvFilesDeps, files: readonly EnvFileWithKeys[], signal: AbortSignal): Promise<Found[]> {
  const stored = await deps.vault.list();
  const known = new Map<string, Health>();
  const found: Found[] = [];
  for (const file of files) {
    for (const key of file.secrets) {
      const { fingerprint } = key.secret;
      // What is no secret is not sent anywhere to be asked about.
      const health = known.get(fingerprint) ?? (key.kind === 'client' ? { kind: 'works', environment: null } : await healthOf(deps, stored, key.secret, signal));
      known.set(fingerprint, health);
      found.push({ file, key, health });
    }
  }
  return found;
}

/** Keys that say where they belong first: scoped and publishable ones are recognised by the environment that those bring. */
async function keepAll(deps: EnvFilesDeps, chosen: readonly Found[], signal: AbortSignal): Promise<Kept> {
  const kept = new Map<string, { readonly slug: string }>();
  const turn = ({ key, health }: Found): number => (key.kind === 'client' ? 2 : Number(health.kind === 'works' && health.environment === null));
  const living = chosen.filter(({ health }) => health.kind === 'works').toSorted((a, b) => turn(a) - turn(b));
  for (const { key: { secret } } of living) {
    if (!kept.has(secret.fingerprint)) kept.set(secret.fingerprint, { slug: (await keepProved(deps, secret, signal)).slug });
  }
  if (signal.aborted) throw new ExpectedError('cancelled', vscode.l10n.t('You stopped it after the keys were stored; no file was changed.'), vscode.l10n.t('Run it again to take them out of the files.'));
  return kept;
}

function tellNothingFound(files: readonly EnvFileWithKeys[], unreadable: readonly string[]): void {
  const more = [
    ...(files.length === 0 ? [] : [vscode.l10n.t('Keys that are part of something longer are moved by hand: {0}.', files.map(({ path }) => path).join(', '))]),
    ...(unreadable.length === 0 ? [] : [vscode.l10n.t('Not read: {0}.', unreadable.join(', '))]),
  ];
  void vscode.window.showInformationMessage([vscode.l10n.t('No env file of this workspace has a Stigg key as the value of a variable.'), ...more].join(' '));
}
