import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Leak } from '../../keys/remediation/identify.js';
import type { LeakEnd, RemediationRecord } from '../../keys/remediation/journal.js';
import { serverKeyFrom } from '../../keys/enrol.js';
import { Secret } from '../../secret.js';
import { environmentTypeWords } from '../environments/wording.js';
import { endChoice, leftWords } from './words.js';

const title = (): string => vscode.l10n.t('Remediate a Leak');

/** Where the leak is, when the command was called from the palette. */
export type Start = 'paste' | 'key' | RemediationRecord;

export async function askStart(unfinished: readonly { readonly record: RemediationRecord; readonly name: string }[], hasEnvironments: boolean): Promise<Start | undefined> {
  if (unfinished.length === 0 && !hasEnvironments) return 'paste';
  const picked = await vscode.window.showQuickPick(
    [
      ...unfinished.map(({ record, name }) => ({ label: `$(debug-continue) ${vscode.l10n.t('Continue: {0}', name)}`, description: leftWords(record), start: record })),
      { label: `$(clippy) ${vscode.l10n.t('Paste the leaked value')}`, description: '', start: 'paste' as const },
      ...(hasEnvironments ? [{ label: `$(key) ${vscode.l10n.t('Choose one of the keys')}`, description: '', start: 'key' as const }] : []),
    ],
    { title: title(), placeHolder: vscode.l10n.t('What has leaked?') },
  );
  return picked?.start;
}

/** A masked prompt; undefined when the person changed their mind. A publishable key is told to be none of the kind that leaks. */
export async function askValue(): Promise<Secret | undefined> {
  const text = await vscode.window.showInputBox({
    title: title(),
    prompt: vscode.l10n.t('Paste the leaked value. It is compared and proved, and never written to a file.'),
    placeHolder: 'server-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' ? undefined : refusal(value)),
  });
  return text === undefined ? undefined : valueFrom(text);
}

function valueFrom(text: string): Secret {
  const plain = new Secret(text.trim());
  // What a publishable key is told is another thing here than where environments are added.
  return plain.shape.kind === 'client' ? plain : serverKeyFrom(text);
}

function refusal(text: string): string | undefined {
  try {
    valueFrom(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return error.full;
    throw error;
  }
}

/** A key of an environment that is not here: adding it is the person's decision. */
export async function askAdopt({ environment, mask, isKnownAccount }: Extract<Leak, { kind: 'foreign' }>): Promise<boolean> {
  const add = vscode.l10n.t('Add and Go On');
  const account = environment.account?.displayName ?? vscode.l10n.t('an account that the key may not name');
  const choice = await vscode.window.showWarningMessage(
    isKnownAccount
      ? vscode.l10n.t('{0} works, and belongs to {1}, another environment of {2} that has not been added here.', mask, environment.displayName, account)
      : vscode.l10n.t('{0} works, and belongs to {1} of another account: {2}.', mask, environment.displayName, account),
    { modal: true, detail: vscode.l10n.t('To rotate it, its environment is added with this very key. If it is not yours, tell its owners instead, and leave it alone.') },
    add,
  );
  return choice === add;
}

export async function askDead({ mask, environment }: Extract<Leak, { kind: 'dead' }>): Promise<boolean> {
  const goOn = vscode.l10n.t('Replace and Report');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Stigg answers 401 to {0}: nobody can use it.', mask ?? vscode.l10n.t('this value')),
    {
      modal: true,
      detail: environment === null
        ? vscode.l10n.t('It has ended, or was never a key of the Stigg that is set as the endpoint. There is nothing to rotate; where it stands can be replaced, and the git history be looked at.')
        : vscode.l10n.t('It is an earlier value of {0}. There is nothing to rotate; where it stands can be replaced, and the git history be looked at.', environment.displayName),
    },
    goOn,
  );
  return choice === goOn;
}

/** Before a value is ended earlier than was chosen. */
export async function askEndNow(name: string): Promise<boolean> {
  const end = vscode.l10n.t('End It Now');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('End the leaked value of {0} now?', name),
    { modal: true, detail: vscode.l10n.t('It stops working at once, and this cannot be undone. Everything that still uses it gets 401.') },
    end,
  );
  return choice === end;
}

/** When the old value ends; undefined when the person changed their mind. */
export async function askEnd(leak: Extract<Leak, { kind: 'known' }>): Promise<LeakEnd | undefined> {
  const { row, environment, ends } = leak;
  const picked = await vscode.window.showQuickPick(
    ends.map((end) => ({ ...endChoice(end), end })),
    {
      title: vscode.l10n.t('Remediate the leak of "{0}" of {1}', row.key.displayName, environment.displayName),
      placeHolder: vscode.l10n.t('When should the leaked value {0} end?', leak.mask),
    },
  );
  if (picked === undefined) return undefined;
  return (await confirm(leak, picked.end)) ? picked.end : undefined;
}

async function confirm({ row, environment }: Extract<Leak, { kind: 'known' }>, end: LeakEnd): Promise<boolean> {
  const isProduction = environment.type === 'PRODUCTION';
  const isOutgoing = row.status.kind === 'expiring';
  const name = row.key.displayName;
  const go = vscode.l10n.t('Remediate');
  const where = isProduction ? vscode.l10n.t('{0} (PRODUCTION)', environment.displayName) : vscode.l10n.t('{0} ({1})', environment.displayName, environmentTypeWords(environment.type));
  const first = end === 'revoke' ? vscode.l10n.t('The key is revoked for good, which cannot be undone.')
    : isOutgoing ? vscode.l10n.t('This value is on its way out already: it is ended now, and its successor stays as it is.')
      : vscode.l10n.t('A new value is made, stored in the keychain and proved.');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remediate the leak of "{0}" of {1}?', name, where),
    { modal: true, detail: [first, vscode.l10n.t('The leaked value is replaced by the look-up wherever it stands in this workspace. It ends: {0}. Whatever still uses it then gets 401.', endChoice(end).label.toLowerCase())].join('\n') },
    go,
  );
  return choice === go;
}
