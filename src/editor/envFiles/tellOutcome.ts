import * as vscode from 'vscode';
import { searchHistories } from '../remediation/historyPort.js';
import { withProgress } from '../report.js';
import type { Found } from './chooseSecrets.js';
import type { EnvFilesDeps } from './deps.js';
import { gitFactsOf, variableNamesOf } from './gitFacts.js';
import type { Outcome } from './takeOutOfFiles.js';

/** What could not be done at all. */
export interface Leftovers {
  /** Files with keys that are part of something longer. */
  readonly elsewhere: readonly string[];
  readonly unreadable: readonly string[];
}

/** Says what was done and what was not; then whether git still has what was taken out. */
export async function tellOutcome(deps: Pick<EnvFilesDeps, 'remediate' | 'reporter'>, { taken, left, stored }: Outcome, { elsewhere, unreadable }: Leftovers): Promise<void> {
  const files = new Set(taken.map(({ file }) => file.path));
  const notGiven = await namesNotGiven(taken);
  const sentences = [
    vscode.l10n.t('{0} stored in the keychain; {1} taken out of {2}.', keyWords(stored), keyWords(taken.length), [...files].join(', ') || vscode.l10n.t('no file')),
    ...(left.length === 0 ? [] : [vscode.l10n.t('Not changed: {0}.', left.map(({ path, reason }) => `${path} (${reason})`).join(', '))]),
    ...(elsewhere.length === 0 ? [] : [vscode.l10n.t('Keys that are part of something longer are still in {0}.', elsewhere.join(', '))]),
    ...(unreadable.length === 0 ? [] : [vscode.l10n.t('Not read: {0}.', unreadable.join(', '))]),
    ...(notGiven.length === 0 ? [] : [vscode.l10n.t('Terminals and "stigg-keys run" do not set {0}: name them under "variables" in .stigg-keys.json.', notGiven.join(', '))]),
  ];
  const message = sentences.join(' ');
  // Not awaited: the work is done.
  void (left.length === 0 && elsewhere.length === 0 ? vscode.window.showInformationMessage(message) : vscode.window.showWarningMessage(message));
  await tellOfGit(deps, taken);
}

function keyWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 key') : vscode.l10n.t('{0} keys', count);
}

/** What programs of the project read and nothing of ours would set. */
async function namesNotGiven(taken: readonly Found[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const { file, key, health } of taken) {
    if (health.kind === 'dead' || key.assignment.isComment) continue;
    const { server, publishable } = await variableNamesOf(file.uri);
    if (!(key.kind === 'client' ? publishable : server).includes(key.assignment.name)) missing.add(key.assignment.name);
  }
  return [...missing];
}

/** A value that git has is out, wherever it was moved to: only ending it helps. */
async function tellOfGit({ remediate, reporter }: Pick<EnvFilesDeps, 'remediate' | 'reporter'>, taken: readonly Found[]): Promise<void> {
  const secrets = taken.filter(({ key, health }) => key.kind !== 'client' && health.kind === 'works');
  const [first] = secrets;
  if (first === undefined) return;
  const tracked: Found[] = [];
  let isInRepository = false;
  for (const found of secrets) {
    const facts = await gitFactsOf(found.file.uri);
    isInRepository ||= facts.root !== undefined;
    if (facts.isTracked === true) tracked.push(found);
  }
  if (!isInRepository) return;
  const exposed = tracked.length > 0 ? tracked : await inHistory(secrets);
  const [leaked] = exposed;
  if (leaked === undefined) return;
  const remediateLeak = vscode.l10n.t('Remediate a Leak…');
  const message = tracked.length > 0
    ? vscode.l10n.t('Git tracks {0}: whoever has the repository has {1}. Taking it out of the file does not end it.', leaked.file.path, leaked.key.secret.mask)
    : vscode.l10n.t('The history of git holds {0}: whoever has the repository has it. Taking it out of the file does not end it.', leaked.key.secret.mask);
  void vscode.window.showWarningMessage(message, remediateLeak).then(async (choice) => {
    if (choice === remediateLeak) await remediate({ fingerprint: leaked.key.secret.fingerprint, secret: leaked.key.secret });
  }).then(undefined, (error: unknown) => void reporter.show(error));
}

async function inHistory(secrets: readonly Found[]): Promise<readonly Found[]> {
  const unique = [...new Map(secrets.map((found) => [found.key.secret.fingerprint, found])).values()];
  return withProgress(vscode.l10n.t('Looking for the keys in the history of git'), async (signal, report) => {
    const exposed: Found[] = [];
    for (const found of unique) {
      const { repositories } = await searchHistories(found.key.secret.fingerprint, [], signal, (objects) => { report(vscode.l10n.t('{0} objects', objects)); });
      if (repositories.some(({ commits, loose }) => commits.length > 0 || loose > 0)) exposed.push(found);
    }
    return exposed;
  });
}
