import * as vscode from 'vscode';
import type { EnvSecret } from '../../envFiles/secrets.js';
import { environmentTypeWords } from '../environments/wording.js';
import { plainLabel } from '../plainLabel.js';
import type { EnvFileWithKeys } from './files.js';
import type { Health } from './learn.js';

/** A key in one file, and what Stigg says of it. */
export interface Found {
  readonly file: EnvFileWithKeys;
  readonly key: EnvSecret;
  readonly health: Health;
}

interface Item extends vscode.QuickPickItem {
  readonly found?: Found;
}

/** Which of the keys are taken out; what is no secret, or dead, has to be chosen. undefined: the person changed their mind. */
export async function chooseSecrets(all: readonly Found[]): Promise<readonly Found[] | undefined> {
  const items: Item[] = [];
  for (const found of all) {
    const previous = items.at(-1)?.found;
    if (previous?.file !== found.file) items.push({ label: found.file.path, kind: vscode.QuickPickItemKind.Separator });
    items.push({
      label: found.key.assignment.isComment ? `# ${found.key.assignment.name}` : found.key.assignment.name,
      description: found.key.secret.mask,
      detail: healthWords(found),
      picked: isTakenUnasked(found),
      found,
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Move Secrets of Env Files to the Keychain'),
    placeHolder: vscode.l10n.t('Choose the variables whose values leave their file. Each is stored first.'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.flatMap(({ found }) => (found === undefined ? [] : [found]));
}

function isTakenUnasked({ key, health }: Found): boolean {
  return key.kind !== 'client' && health.kind === 'works';
}

function healthWords({ key, health }: Found): string {
  if (health.kind === 'dead') return `$(circle-slash) ${vscode.l10n.t('dead: Stigg refuses it (401). It is taken out, and not stored')}`;
  if (key.kind === 'client') return `$(globe) ${vscode.l10n.t('publishable: no secret, it may stay')}`;
  const { environment } = health;
  if (environment === null) return `$(pass) ${vscode.l10n.t('works; Stigg does not say in which environment')}`;
  const where = [environment.account === null ? undefined : plainLabel(environment.account.displayName), plainLabel(environment.displayName), environmentTypeWords(environment.type)].filter((part) => part !== undefined);
  return `$(${environment.type === 'PRODUCTION' ? 'warning' : 'pass'}) ${vscode.l10n.t('works: {0}', where.join(' · '))}`;
}

/** What is left of the variables. undefined: the person changed their mind. */
export async function chooseHow(): Promise<'empty' | 'remove' | undefined> {
  const items: (vscode.QuickPickItem & { readonly how: 'empty' | 'remove' })[] = [
    { how: 'empty', label: vscode.l10n.t('Leave the variables empty'), detail: vscode.l10n.t('NAME= with a comment above it. In .envrc the line is removed all the same: a shell would empty the variable that a terminal or "stigg-keys run" has set.') },
    { how: 'remove', label: vscode.l10n.t('Remove the lines'), detail: vscode.l10n.t('A comment stands in their place. Also right for what Docker reads.') },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What is left in the files?'), placeHolder: vscode.l10n.t('Everything else in the files stays as it is'), ignoreFocusOut: true }))?.how;
}
