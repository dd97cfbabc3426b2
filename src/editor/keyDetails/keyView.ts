import { t } from '@vscode/l10n';
import { refusalOf } from '../../keys/keyActions.js';
import type { KeyRow } from '../../keys/keyRows.js';
import { isIntegrationKey, type Environment } from '../../keys/model.js';
import type { EnvironmentRow } from '../../keys/inventory.js';
import type { Permissions, Refusal } from '../../keys/permissions.js';
import type { ActionView, Fact, KeyView, Tone } from '../../webview/keyDetails/protocol.js';
import { dateTimeWords, environmentTypeWords, keyTypeWords, statusWords, timeLeft } from '../environments/wording.js';
import { bannersOf } from './banners.js';

export interface KeyState {
  readonly environment: Environment;
  readonly permissions: Permissions;
  /** As it is now, or as it was last seen. */
  readonly row: KeyRow;
  /** `gone`: Stigg's list no longer has it. `removed`: the environment is no longer on this machine. */
  readonly presence: 'here' | 'gone' | 'removed';
  readonly found: EnvironmentRow | undefined;
  readonly successor: KeyRow | undefined;
  /** Where values are kept, in words. */
  readonly store: string;
  /** Why hardened client access cannot be changed from here; undefined where it can, null where nothing offers it. */
  readonly hardening: Refusal | null | undefined;
}

/** All that the page shows of a key but scope, activity and the value itself. */
export function keyView(state: KeyState, now: Date): KeyView {
  const { environment, permissions, row, presence, store } = state;
  const { key, stored } = row;
  const isHere = presence === 'here';
  const asKnown: KeyRow = isHere ? row : { ...row, isListed: false, stored: presence === 'removed' ? null : stored };
  const refused = (action: 'reveal' | 'rename' | 'rotate' | 'grace' | 'revoke'): string | null => words(refusalOf(action, asKnown, permissions, now));
  const status = statusOf(asKnown, presence);
  return {
    keyId: key.id,
    name: key.displayName,
    description: key.description ?? '',
    subtitle: [keyTypeWords(key.type), environment.displayName, environment.account?.displayName].filter((part) => part !== undefined).join(' · '),
    isProduction: environment.type === 'PRODUCTION',
    status,
    renameRefusal: refused('rename'),
    mask: stored?.mask ?? (key.type === 'CLIENT' ? 'client-…' : 'server-…'),
    valueNote: stored === null ? t('Not stored on this machine: shown or copied, it is read from Stigg.') : t('Kept in {0}.', store),
    revealRefusal: refused('reveal'),
    facts: factsOf(state, status),
    actions: actionsOf(state, refused),
    banners: bannersOf(state),
  };
}

function words(refusal: Refusal | undefined | null): string | null {
  return refusal === undefined || refusal === null ? null : `${refusal.reason} ${refusal.nextStep}`;
}

function statusOf({ status, isListed }: KeyRow, presence: KeyState['presence']): { readonly text: string; readonly tone: Tone } {
  if (presence === 'removed') return { text: t('Unknown'), tone: 'plain' };
  if (presence === 'gone' || !isListed) return { text: t('Not in Stigg\'s list'), tone: 'bad' };
  return { text: statusWords(status), tone: ({ active: 'good', expiring: 'warning', expired: 'bad' } as const)[status.kind] };
}

function actionsOf({ row, presence, environment, hardening }: KeyState, refused: (action: 'rotate' | 'grace' | 'revoke') => string | null): readonly ActionView[] {
  const actions: ActionView[] = [
    { action: 'rotate', label: t('Rotate…'), refusal: refused('rotate') },
    { action: 'grace', label: t('Change Grace Period…'), refusal: refused('grace') },
    { action: 'revoke', label: t('Revoke…'), refusal: refused('revoke') },
  ];
  if (presence === 'here' && row.isListed && row.stored === null && row.status.kind !== 'expired') actions.push({ action: 'store', label: t('Store Key'), refusal: null });
  if (row.key.type === 'CLIENT' && hardening !== null && presence === 'here') {
    actions.push({ action: 'harden', label: environment.hardenClientAccessEnabled ? t('Turn Off Hardened Client Access…') : t('Turn On Hardened Client Access…'), refusal: words(hardening) });
  }
  actions.push({ action: 'console', label: t('Open in Console'), refusal: presence === 'removed' ? t('The environment is no longer on this machine. Add it again.') : null });
  return actions;
}

function factsOf({ environment, row, presence }: KeyState, status: { readonly text: string; readonly tone: Tone }): readonly Fact[] {
  const { key } = row;
  const facts: Fact[] = [
    fact(t('Type'), t('{0} key', keyTypeWords(key.type)), row.isManagement ? t('The management key: this extension talks to Stigg with it.') : isIntegrationKey(key.type) ? t('Stigg provisions it for an integration, and removes it when that is disconnected.') : null),
    { ...fact(t('Status'), status.text), tone: status.tone },
    expiryOf(row, presence),
    fact(t('Created'), dateTimeWords(key.createdAt)),
    fact(t('Environment'), environment.displayName, environment.displayName === environmentTypeWords(environment.type) ? null : t('{0} environment', environmentTypeWords(environment.type))),
  ];
  if (key.type === 'CLIENT') {
    facts.push(environment.hardenClientAccessEnabled
      ? { ...fact(t('Hardened client access'), t('On'), t('Frontends must send a customer token that your server has signed.')), tone: 'good' }
      : { ...fact(t('Hardened client access'), t('Off'), t('Whoever has this key, which every visitor of your site does, can read the data of any customer whose id they know.')), tone: 'warning' });
  }
  return facts;
}

function expiryOf({ key, status }: KeyRow, presence: KeyState['presence']): Fact {
  const label = t('Expires');
  if (key.expireAt === null) return presence === 'here' ? fact(label, t('Never')) : fact(label, t('Unknown'));
  if (status.kind === 'expiring') return { ...fact(label, dateTimeWords(key.expireAt), t('{0} left', timeLeft(status.msLeft))), tone: 'warning' };
  return fact(t('Expired'), dateTimeWords(key.expireAt), t('Stigg answers 401 to it.'));
}

function fact(label: string, text: string, note: string | null = null): Fact {
  return { label, text, note, tone: 'plain' };
}

/** For a key that a panel remembers and nothing here knows (any more). */
export function missingKeyView(keyId: string): KeyView {
  return {
    keyId, name: t('This key is not here'), description: '', subtitle: t('Its environment was removed from this machine, or Stigg no longer lists it.'), isProduction: false,
    status: { text: t('Unknown'), tone: 'plain' }, renameRefusal: t('Nothing is known about it. Close this panel, or add its environment again.'), mask: '…', valueNote: null,
    revealRefusal: t('Nothing is known about it. Close this panel, or add its environment again.'), facts: [], actions: [], banners: [{ tone: 'plain', text: t('Ask Stigg once more, if you think it should be.'), button: { action: 'refresh', label: t('Try Again'), refusal: null } }],
  };
}
