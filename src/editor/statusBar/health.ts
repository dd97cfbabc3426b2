import { t } from '@vscode/l10n';
import { attentionIn, attentionLines, totalOf } from '../../keys/attention.js';
import type { EnvironmentRow, InventorySnapshot } from '../../keys/inventory.js';
import type { EnvironmentType } from '../../keys/model.js';
import type { ChosenEnvironment } from '../activeEnvironment.js';
import { environmentTypeWords } from '../environments/wording.js';
import { plainLabel } from '../plainLabel.js';

/** How the active environment is, the worst first. */
export type Health =
  | 'valueMissing'
  | 'unreachable'
  | 'attention'
  | 'loading'
  | 'fine'
  /** It was chosen, but nobody has looked at the keychain in this window yet. */
  | 'notLookedAt'
  /** It was chosen, but is not on this machine (any more). */
  | 'gone'
  | 'noneChosen'
  | 'nothingAdded'
  | 'vaultError';

/** What the status bar says; undefined where it says nothing. All in words: the colour and the icon only repeat them. */
export interface StatusLook {
  readonly health: Health;
  readonly isProduction: boolean;
  /** With an icon, as the status bar draws it. */
  readonly text: string;
  /** Whole sentences, the next step last. */
  readonly lines: readonly string[];
  readonly command: 'stiggKeys.selectEnvironment' | 'stiggKeys.addEnvironment';
}

/**
 * @param active the environment that commands use, as the inventory knows it
 * @param chosen what was kept of the choice, which is known before the inventory is
 */
export function statusLook(snapshot: InventorySnapshot, active: EnvironmentRow | undefined, chosen: ChosenEnvironment | undefined): StatusLook | undefined {
  const select = 'stiggKeys.selectEnvironment';
  const another = t('Select to choose another environment.');
  if (active !== undefined) return ofEnvironment(active, snapshot, another);
  if (snapshot.vaultError !== null) {
    return { health: 'vaultError', isProduction: chosen?.type === 'PRODUCTION', text: `$(error) ${named(chosen, t('keychain'))} · ${t('cannot be read')}`, lines: [snapshot.vaultError.message, snapshot.vaultError.nextStep], command: select };
  }
  if (!snapshot.loaded) {
    // Nothing was asked for yet, and nothing is asked for to fill a status bar.
    if (chosen === undefined) return undefined;
    return {
      health: 'notLookedAt', isProduction: chosen.type === 'PRODUCTION', text: `${chosen.type === 'PRODUCTION' ? '$(warning)' : '$(key)'} ${named(chosen)}`,
      lines: [productionLine(chosen.type), t('Its keys have not been looked at in this window yet: open the Stigg view to see how they are.'), another].filter((line) => line !== ''), command: select,
    };
  }
  if (snapshot.environments.length === 0) {
    return { health: 'nothingAdded', isProduction: false, text: `$(key) ${t('Stigg: nothing added')}`, lines: [t('No environment has been added on this machine.'), t('Select to add one.')], command: 'stiggKeys.addEnvironment' };
  }
  if (chosen !== undefined) {
    return { health: 'gone', isProduction: false, text: `$(question) ${t('Stigg: choose environment')}`, lines: [t('"{0}", which this workspace used, is no longer on this machine.', chosen.displayName), t('Select to choose another environment.')], command: select };
  }
  return { health: 'noneChosen', isProduction: false, text: `$(key) ${t('Stigg: choose environment')}`, lines: [t('No environment is active in this workspace: commands ask which one is meant. Production is never taken without being chosen.'), t('Select to choose one.')], command: select };
}

function ofEnvironment(row: EnvironmentRow, snapshot: InventorySnapshot, another: string): StatusLook {
  const { environment, error, loading, keys } = row;
  const isProduction = environment.type === 'PRODUCTION';
  const name = named(environment);
  const about = [t('{0}: {1} environment', environment.displayName, environmentTypeWords(environment.type)) + (environment.account === null ? '' : ` · ${environment.account.displayName}`), productionLine(environment.type)];
  const look = (health: Health, icon: string, words: string, ...lines: readonly string[]): StatusLook => ({
    health, isProduction,
    // Production shows its sign whatever else there is to say.
    text: [`${isProduction ? '$(warning)' : icon} ${name}`, words].filter((part) => part !== '').join(' · '),
    lines: [...about, ...lines, another].filter((line) => line !== ''),
    command: 'stiggKeys.selectEnvironment',
  });
  if (snapshot.vaultError !== null) return look('vaultError', '$(error)', t('keychain cannot be read'), snapshot.vaultError.message, snapshot.vaultError.nextStep);
  if (error?.code === 'valueMissing') return look('valueMissing', '$(error)', t('value missing'), error.message, error.nextStep);
  if (error !== null) return look('unreachable', '$(error)', unreachableWords(error.code), error.message, error.nextStep);
  const counts = attentionIn([row]);
  const total = totalOf(counts);
  if (total > 0) return look('attention', '$(watch)', attentionWords(row, total), ...attentionLines(counts).map((line) => `${line}.`), t('Rotate or replace what ends: the Stigg view lists it.'));
  if (loading && keys.length === 0) return look('loading', '$(loading~spin)', '', t('Stigg is being asked for its keys.'));
  return look('fine', '$(key)', '', t('Its keys are fine: of those that are stored here none has expired or expires soon.'));
}

function attentionWords(row: EnvironmentRow, total: number): string {
  const counts = attentionIn([row]);
  const soon = (counts.get('expiring') ?? 0) + (counts.get('managementEnds') ?? 0);
  if (soon === total) return total === 1 ? t('1 key expires soon') : t('{0} keys expire soon', total);
  return soon === 0
    ? (total === 1 ? t('1 key has expired') : t('{0} keys have expired', total))
    : t('{0} keys have expired or expire soon', total);
}

/** Stigg answered, or it did not: the next step is another one. */
function unreachableWords(code: string): string {
  return code === 'unreachable' || code === 'serverError' || code === 'notStigg' || code === 'rateLimited' ? t('cannot be reached') : t('refused');
}

/** `Stigg: PRODUCTION`; with the name where that says something else. */
function named(environment: Pick<ChosenEnvironment, 'displayName' | 'type'> | undefined, otherwise = ''): string {
  if (environment === undefined) return t('Stigg: {0}', otherwise);
  if (environment.type !== 'PRODUCTION') return t('Stigg: {0}', plain(environment.displayName));
  const words = environmentTypeWords('PRODUCTION');
  return environment.displayName.trim().toLowerCase() === words.toLowerCase() ? t('Stigg: {0}', words.toUpperCase()) : t('Stigg: {0} ({1})', words.toUpperCase(), plain(environment.displayName));
}

const NAME_SHOWN = 40;

/** A name as the status bar can take it: one line, not endless, and without what it would draw as an icon. */
function plain(name: string): string {
  const text = plainLabel(name);
  const letters = Array.from(text);
  return letters.length <= NAME_SHOWN ? text : `${letters.slice(0, NAME_SHOWN - 1).join('')}…`;
}

function productionLine(type: EnvironmentType): string {
  return type === 'PRODUCTION' ? t('PRODUCTION: what you do with its keys acts on real customers.') : '';
}
