import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Inventory } from '../../keys/inventory.js';
import type { Node } from '../environments/nodes.js';
import { pickKey } from '../keyCommands/pick.js';
import { withProgress } from '../report.js';
import { summaryOf } from '../usages/summary.js';
import { gone, type Leftovers, type Subject } from './leftovers.js';
import type { LeftoverCommand } from './index.js';
import type { LeftoverNode } from './nodes.js';
import { replaceAll, replaceFile } from './replaceCommands.js';

export interface LeftoverCommandDeps {
  readonly leftovers: Leftovers;
  readonly inventory: Inventory;
}

/** The commands of the view, by the end of their ids. They work without a row too: then the person is asked, or there is only one. */
export const LEFTOVER_COMMANDS = {
  search: onSubject(({ leftovers }, { id }) => search(leftovers, id)),
  replaceAll: onSubject(({ leftovers }, subject) => replaceAll(leftovers, subject)),
  replaceFile: onSubject(({ leftovers }, subject, node) => replaceFile(leftovers, subject, node?.kind === 'file' ? node.uri : undefined)),
  dismiss: onSubject(({ leftovers }, { id }) => leftovers.dismiss(id)),
  endNow: onSubject((deps, subject) => onOldKey(deps, subject, 'stiggKeys.revokeKey'), isRotation),
  extend: onSubject((deps, subject) => onOldKey(deps, subject, 'stiggKeys.changeGracePeriod'), isRotation),
  openTerminal: onSubject((deps, subject) => openTerminal(deps, subject)),
  closeTerminal: onSubject((_deps, subject, node) => closeTerminal(subject, node)),
  showTerminal: ({ leftovers }: LeftoverCommandDeps, row: unknown): Promise<void> => {
    const node = asNode(row);
    const subject = node === undefined ? undefined : leftovers.subject(node.subjectId);
    terminalOf(subject, node)?.show();
    return Promise.resolve();
  },
} satisfies Readonly<Record<LeftoverCommand, Command>>;

type Command = (deps: LeftoverCommandDeps, row: unknown) => Promise<void>;

function onSubject(run: (deps: LeftoverCommandDeps, subject: Subject, node: LeftoverNode | undefined) => Promise<void>, fits?: (subject: Subject) => boolean): Command {
  return async (deps, row) => {
    const node = asNode(row);
    const subject = await pickSubject(deps.leftovers, node, fits);
    if (subject !== undefined) await run(deps, subject, node);
  };
}

function isRotation({ oldKeyId }: Subject): boolean {
  return oldKeyId !== null;
}

/** A row that another extension made up is no better than none: only its ids count, and they are looked up. */
function asNode(node: unknown): LeftoverNode | undefined {
  return typeof node === 'object' && node !== null && 'subjectId' in node && typeof node.subjectId === 'string' ? (node as LeftoverNode) : undefined;
}

async function pickSubject(leftovers: Leftovers, node: LeftoverNode | undefined, fits: (subject: Subject) => boolean = () => true): Promise<Subject | undefined> {
  if (node !== undefined) return leftovers.subject(node.subjectId) ?? gone();
  const subjects = leftovers.subjects.filter(fits);
  if (subjects.length === 0) throw new ExpectedError('noLeftovers', vscode.l10n.t('There is no rotation to follow up.'), vscode.l10n.t('Rotate a key, or use "Find Usages" on one.'));
  if (subjects.length === 1) return subjects[0];
  const picked = await vscode.window.showQuickPick(subjects.map((subject) => ({ label: subject.keyName, description: subject.environmentName, subject })), { placeHolder: vscode.l10n.t('Which key?') });
  return picked?.subject;
}

/** Shows where the values of a key stand. */
export async function findUsages({ leftovers, inventory }: LeftoverCommandDeps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('No key is stored here, and only stored keys can be searched for.'), vscode.l10n.t('Add an environment, or use "Store Key" on a key.'));
  const key = await pickKey(inventory, node, vscode.l10n.t('Find Usages'), ({ row }) => row.stored !== null, none);
  if (key === undefined) return;
  const name = key.row.key.displayName;
  const found = await withProgress(vscode.l10n.t('Looking for "{0}"', name), (signal, report) => leftovers.ask(key, signal, (files) => { report(searchedWords(files)); }));
  const summary = summaryOf(found);
  if (summary === undefined) {
    void vscode.window.showInformationMessage([vscode.l10n.t('Nothing here holds a value of "{0}". Other machines, CI and hosting are not seen.', name), ...found.skipped].join(' '));
    return;
  }
  await vscode.commands.executeCommand('stiggKeys.leftovers.focus');
}

export function searchedWords(files: number): string {
  return vscode.l10n.t('{0} files searched', files);
}

async function search(leftovers: Leftovers, id: string): Promise<void> {
  await withProgress(vscode.l10n.t('Searching'), (signal, report) => leftovers.search(id, signal, (files) => { report(searchedWords(files)); }));
}

/** By the command of the sidebar, which asks, says what will break, and does it. */
async function onOldKey({ leftovers, inventory }: LeftoverCommandDeps, subject: Subject, command: string): Promise<void> {
  if (leftovers.keyNode(subject, 'old') === undefined) await inventory.refresh(subject.environmentId);
  const node = leftovers.keyNode(subject, 'old');
  if (node === undefined) throw new ExpectedError('notListed', vscode.l10n.t('Stigg does not list the old value of "{0}" any more.', subject.keyName), vscode.l10n.t('Nothing is left to do about it there.'));
  await vscode.commands.executeCommand(command, node);
}

async function openTerminal({ leftovers, inventory }: LeftoverCommandDeps, subject: Subject): Promise<void> {
  if (leftovers.keyNode(subject, 'new') === undefined) await inventory.refresh(subject.environmentId);
  await vscode.commands.executeCommand('stiggKeys.openTerminal', leftovers.keyNode(subject, 'new') ?? gone());
}

function terminalOf(subject: Subject | undefined, node: LeftoverNode | undefined): vscode.Terminal | undefined {
  const terminals = subject?.search?.terminals.map(({ terminal }) => terminal) ?? [];
  return node?.kind === 'terminal' ? terminals.find((terminal) => terminal === node.terminal) : terminals[0];
}

async function closeTerminal(subject: Subject, node: LeftoverNode | undefined): Promise<void> {
  const terminal = terminalOf(subject, node);
  if (terminal === undefined) throw new ExpectedError('noTerminal', vscode.l10n.t('No open terminal has that value.'), vscode.l10n.t('Nothing is left to do.'));
  const close = vscode.l10n.t('Close Terminal');
  const choice = await vscode.window.showWarningMessage(vscode.l10n.t('Close the terminal "{0}"?', terminal.name), { modal: true, detail: vscode.l10n.t('What runs in it is ended.') }, close);
  if (choice === close) terminal.dispose();
}
