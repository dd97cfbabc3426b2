import { t } from '@vscode/l10n';

/** "2 d 4 h", "23 h", "3 h 12 min", "less than a minute": as exact as the time that is left makes worth knowing, never rounded up. */
export function timeLeft(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 === 0 ? t('{0} d', days) : t('{0} d {1} h', days, hours % 24);
  if (hours > 0) return hours >= 6 || minutes % 60 === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, minutes % 60);
  return minutes > 0 ? t('{0} min', minutes) : t('less than a minute');
}
