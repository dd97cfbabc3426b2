import { t } from '@vscode/l10n';
import type { EnvironmentType, GracePeriod, KeyStatus, KeyType } from '../../keys/model.js';

/** "2 d 4 h", "23 h", "3 h 12 min", "less than a minute": as exact as the time that is left makes worth knowing, never rounded up. */
export function timeLeft(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 === 0 ? t('{0} d', days) : t('{0} d {1} h', days, hours % 24);
  if (hours > 0) return hours >= 6 || minutes % 60 === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, minutes % 60);
  return minutes > 0 ? t('{0} min', minutes) : t('less than a minute');
}

/** Stigg's words for a status, with the time that is left. */
export function statusWords(status: KeyStatus): string {
  switch (status.kind) {
    case 'active':
      return t('Active');
    case 'expiring':
      return t('{0} left · Expiring soon', timeLeft(status.msLeft));
    case 'expired':
      return t('Expired');
  }
}

export function keyTypeWords(type: KeyType): string {
  switch (type) {
    case 'SERVER':
      return t('Full access');
    case 'CLIENT':
      return t('Publishable');
    case 'SCOPED':
      return t('Scoped');
    case 'SALESFORCE':
      return t('Integration: Salesforce');
    case 'WORKFLOW':
      return t('Integration: Workflow');
  }
}

export function environmentTypeWords(type: EnvironmentType): string {
  switch (type) {
    case 'PRODUCTION':
      return t('Production');
    case 'SANDBOX':
      return t('Sandbox');
    case 'DEVELOPMENT':
      return t('Development');
  }
}

/** The label of a choice of grace period. */
export function graceWords(grace: GracePeriod): string {
  switch (grace) {
    case 'now':
      return t('Now');
    case '1h':
      return t('In 1 hour');
    case '24h':
      return t('In 24 hours');
    case '3d':
      return t('In 3 days');
    case '7d':
      return t('In 7 days');
  }
}

/** A date as the person's system writes it; `YYYY-MM-DD` would be nobody's everyday form. */
export function dateWords(date: Date): string {
  return Number.isNaN(date.getTime()) ? String(date) : dateFormat().format(date);
}

let format: Intl.DateTimeFormat | undefined;

/** Made once, because making one costs more than a hundred rows of the sidebar; and not at the start, where it would cost more than all the rest. */
function dateFormat(): Intl.DateTimeFormat {
  return (format ??= new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' }));
}

export function dateTimeWords(date: Date): string {
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
