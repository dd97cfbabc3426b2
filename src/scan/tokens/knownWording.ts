import * as l10n from '@vscode/l10n';
import type { KnownKey } from '../context.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "Production / billing-service (scoped), expires in 2 h" for a stored key; without `now` for messages that say themselves when it ends. */
export function describeKnown(known: KnownKey, now?: Date): string {
  const name = l10n.t('{0} / {1} ({2})', known.environmentName, known.displayName, kindWords(known.keyType));
  return now === undefined || known.expireAt === null ? name : l10n.t('{0}, {1}', name, describeExpiry(known.expireAt, now));
}

/** A key as a sentence names it: by its mask, a stored one with what is known about it as an insertion between commas. */
export function keyInWords({ mask, known }: { readonly mask: string; readonly known: KnownKey | undefined }, now?: Date): string {
  return known === undefined ? mask : l10n.t('{0}, {1},', mask, describeKnown(known, now));
}

/** "expires in 2 h", "expired 3 days ago". Counts full units, as people do. */
export function describeExpiry(expireAt: Date, now: Date): string {
  const left = expireAt.getTime() - now.getTime();
  return left > 0 ? l10n.t('expires in {0}', durationWords(left)) : l10n.t('expired {0} ago', durationWords(-left));
}

function kindWords(keyType: KnownKey['keyType']): string {
  switch (keyType) {
    case 'SERVER':
      return l10n.t('full access');
    case 'SCOPED':
      return l10n.t('scoped');
    case 'CLIENT':
      return l10n.t('publishable');
    case 'SALESFORCE':
      return l10n.t('Salesforce');
    case 'WORKFLOW':
      return l10n.t('workflow');
  }
}

/** "less than a minute", "12 min", "2 h", "1 day", "3 days". */
function durationWords(ms: number): string {
  if (ms < MINUTE) return l10n.t('less than a minute');
  if (ms < HOUR) return l10n.t('{0} min', Math.floor(ms / MINUTE));
  if (ms < DAY) return l10n.t('{0} h', Math.floor(ms / HOUR));
  const days = Math.floor(ms / DAY);
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}
