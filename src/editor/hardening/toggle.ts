import * as vscode from 'vscode';
import { isCancelled } from '../../errors.js';
import { hardeningRefusal, readEnvironment, setHardening } from '../../keys/hardening.js';
import { asError } from '../../keys/keyActions.js';
import type { Environment } from '../../keys/model.js';
import type { Node } from '../environments/nodes.js';
import { pickEnvironment } from '../keyCommands/pick.js';
import { withProgress } from '../report.js';
import { placesWords } from '../usages/summary.js';
import type { HardeningCommandDeps } from './deps.js';
import type { UnsignedSearch, UnsignedUse } from './unsignedUses.js';

/** How many places a dialog names; all of them can be had as a list. */
const MOST_NAMED = 8;

/** Turns hardened client access of an environment on or off, after saying what that does to whom. */
export async function toggleHardenedAccess(deps: HardeningCommandDeps, node: Node | undefined): Promise<void> {
  const { inventory } = deps;
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Hardened Client Access'));
  if (row === undefined) return;
  const refusal = hardeningRefusal(row);
  if (refusal !== undefined) throw asError(refusal);
  // Somebody may have changed it in the console.
  const environment = await withProgress(vscode.l10n.t('Asking Stigg about hardened client access of {0}', row.environment.displayName), (signal) => readEnvironment(deps, row.environment.id, signal));
  const isOn = !environment.hardenClientAccessEnabled;
  const search = isOn ? await searchUses(deps) : undefined;
  if (search === 'cancelled' || !(await confirm(environment, isOn, search)) || !(await typedName(environment, isOn))) return;
  const changed = await withProgress(isOn ? vscode.l10n.t('Turning on hardened client access of {0}', environment.displayName) : vscode.l10n.t('Turning off hardened client access of {0}', environment.displayName), async (signal) => {
    try {
      return await setHardening(deps, environment.id, isOn, signal);
    } catch (error) {
      if (isCancelled(error)) void vscode.window.showWarningMessage(vscode.l10n.t('Cancelled. Stigg says that hardened client access of {0} is as it was; run the command again to look once more.', environment.displayName));
      throw error;
    } finally {
      await inventory.refresh(environment.id);
    }
  });
  // Not awaited: the command is over when its work is.
  void tell(changed).catch((error: unknown) => deps.reporter.show(error));
}

async function searchUses({ engine }: HardeningCommandDeps): Promise<UnsignedSearch | 'cancelled'> {
  try {
    return await withProgress(vscode.l10n.t('Looking for customers without a token in this workspace'), async (signal, report) => {
      const { findUnsignedUses } = await import('./unsignedUses.js');
      return findUnsignedUses(engine, signal, report);
    });
  } catch (error) {
    if (isCancelled(error)) return 'cancelled';
    throw error;
  }
}

/** Both directions hurt somebody at once, so it is always asked. True: go on. */
async function confirm(environment: Environment, isOn: boolean, search: UnsignedSearch | undefined): Promise<boolean> {
  const name = environment.type === 'PRODUCTION' ? vscode.l10n.t('{0} (PRODUCTION)', environment.displayName) : environment.displayName;
  const go = isOn ? vscode.l10n.t('Turn On') : vscode.l10n.t('Turn Off');
  const show = vscode.l10n.t('Show the Places');
  const uses = search?.uses ?? [];
  const choice = await vscode.window.showWarningMessage(
    isOn ? vscode.l10n.t('Turn on hardened client access of {0}?', name) : vscode.l10n.t('Turn off hardened client access of {0}?', name),
    { modal: true, detail: isOn ? onDetail(search) : vscode.l10n.t('Stigg will answer without a signed customer token again: anybody with the publishable key, which every visitor of your site has, and a customer id can read that customer\'s data.') },
    ...(uses.length === 0 ? [go] : [show, go]),
  );
  if (choice === show) await showPlaces(uses);
  return choice === go;
}

function onDetail(search: UnsignedSearch | undefined): string {
  const { uses, files, skipped } = search ?? { uses: [], files: 0, skipped: [] };
  const consequence = vscode.l10n.t('Frontends that pass a customer id without a signed token stop getting entitlements at once. Ship the signed token first.');
  const found = uses.length === 0
    ? files === 0
      ? vscode.l10n.t('No file of this workspace could be searched for them: look through your frontends yourself.')
      : vscode.l10n.t('None was found in the {0} files of this workspace that may be browser code; there may be others elsewhere.', files)
    : [
        vscode.l10n.t('In this workspace that breaks {0}:', placesWords(uses.length)),
        ...uses.slice(0, MOST_NAMED).map(placeWords),
        ...(uses.length > MOST_NAMED ? [vscode.l10n.t('and {0} more', uses.length - MOST_NAMED)] : []),
      ].join('\n');
  return [consequence, found, ...(skipped.length === 0 ? [] : [skipped.join('\n')])].join('\n\n');
}

function placeWords({ uri, range }: UnsignedUse): string {
  return `${vscode.workspace.asRelativePath(uri)}:${String(range.start.line + 1)}`;
}

async function showPlaces(uses: readonly UnsignedUse[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    uses.map((use) => ({ label: placeWords(use), use })),
    { title: vscode.l10n.t('Customers without a signed token'), placeHolder: vscode.l10n.t('Choose a place to open it; nothing was changed at Stigg') },
  );
  if (picked !== undefined) await vscode.window.showTextDocument(picked.use.uri, { selection: picked.use.range });
}

/** In production a click is too easy. */
async function typedName(environment: Environment, isOn: boolean): Promise<boolean> {
  if (environment.type !== 'PRODUCTION') return true;
  const name = environment.displayName;
  const typed = await vscode.window.showInputBox({
    title: isOn ? vscode.l10n.t('Turn on hardened client access in production') : vscode.l10n.t('Turn off hardened client access in production'),
    prompt: vscode.l10n.t('Type the name of the environment to go on: {0}', name),
    ignoreFocusOut: true,
    validateInput: (value) => (plain(name).startsWith(plain(value)) ? undefined : vscode.l10n.t('This is not the name of the environment.')),
  });
  return typed !== undefined && plain(typed) === plain(name);
}

async function tell({ displayName, hardenClientAccessEnabled }: Environment): Promise<void> {
  if (!hardenClientAccessEnabled) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Hardened client access of {0} is off.', displayName));
    return;
  }
  const insert = vscode.l10n.t('Insert Server Code');
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Hardened client access of {0} is on. Next: insert the server code that signs customer tokens.', displayName), insert);
  if (choice === insert) await vscode.commands.executeCommand('stiggKeys.insertCustomerToken');
}

/** As it is read: who types cannot see which white space a name holds, or how its accents are encoded. */
function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}
